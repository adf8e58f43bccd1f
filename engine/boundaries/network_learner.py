"""Networks of the plane: the same layers, losses, optimisers and loops as those of the digits.

At level 7 a small network takes `engine.training.quick` steps, which come to the same and are faster.
There is no last epoch: whoever watches goes on asking until the picture is good.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.boundaries.figures import NO_FIGURES, figures_of_logarithms
from engine.boundaries.learner import State
from engine.data.mini_batches.preparation import Unchanged
from engine.errors import DivergedError
from engine.levels.descriptions import FAST_LEVEL
from engine.levels.levels import LEVELS
from engine.nn.network import Architecture, Network
from engine.nn.protocols import Optimiser, TrainableNetwork
from engine.plane.features import USUAL_FEATURES, Scaling, features_of
from engine.plane.grid import Grid
from engine.plane.model import PlaneNetwork
from engine.plane.points import Points, check_learnable
from engine.settings import TrainingSettings
from engine.training.quick.choice import CHOICES
from engine.training.quick.optimisers import QuickOptimiser
from engine.training.quick.sources import Table
from engine.training.quick.steps import QuickSteps

USUAL_SETTINGS = TrainingSettings(
    hidden=(8, 8), batch_size=10, learning_rate=0.03, momentum=0.0, schedule="constant"
)
"""What to begin with: plain SGD in small steps, which is good to watch."""

SPIRALS_SETTINGS = TrainingSettings(
    hidden=(32, 32), batch_size=32, learning_rate=0.01, optimiser="adam", schedule="constant"
)
"""What reads two spirals."""


_OVER = object()
# Parameters, and numbers that the hidden layers put out for a mini-batch, together. Measured with one to
# eight layers: below, quick steps took 0.1 to 0.7 of level 7's time.
_SMALL = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class NetworkState(State):
    """How far a network is.

    Attributes:
        network: As it is now; also the model.
        steps: Mini-batches so far.
        epochs: Epochs so far, with decimals within one.
    """

    network: PlaneNetwork
    steps: int
    epochs: float


class NetworkLearner:
    """A network in training.

    Attributes:
        settings: How it is trained; schedule and epochs do not matter, since there is no end.
        steps: Mini-batches so far.
    """

    is_counted = False

    def __init__(
        self,
        training: Points,
        test: Points,
        settings: TrainingSettings = USUAL_SETTINGS,
        features: tuple[str, ...] = USUAL_FEATURES,
    ) -> None:
        """Put the parts of the chosen level together.

        Args:
            training: Points to learn from.
            test: Points to measure on, never learned from; there may be none.
            settings: How; a mini-batch takes all points if there are fewer.
            features: What the network is told of each point.

        Raises:
            DataError: There is nothing to learn.
            SettingsError: The settings make no sense.
        """
        settings.check()
        check_learnable(training)
        given = features_of(training.coordinates, features)
        level = LEVELS[settings.level]
        self.settings = settings
        self.steps = 0
        self._features, self._scaling = features, Scaling.of(given)
        self._sets = training, test
        self._architecture = Architecture(
            (len(features), *settings.hidden, max(training.classes, test.classes)), settings.activation
        )
        self._network = level.make_network(self._architecture, settings.seed)
        self._steps_in_epoch = -(-len(training) // settings.batch_size)
        self._mode = torch.inference_mode if level.is_in_place else nullcontext
        self._optimiser, self._new_epoch = _steps(
            self._network, self._scaling(given), training.labels, settings
        )
        self._epoch: Iterator[object] = iter(())

    @property
    def is_over(self) -> bool:
        """There is no last epoch."""
        return False

    @property
    def learning_rate(self) -> float:
        """May be changed between steps."""
        return self._optimiser.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._optimiser.learning_rate = rate

    def advance(self, longest_s: float | None = None) -> NetworkState:
        """Take one step at least.

        Args:
            longest_s: Seconds to take steps for; without, to the end of the epoch.

        Raises:
            DivergedError: The loss is not a finite number any more.
        """
        due = None if longest_s is None else time.perf_counter() + longest_s
        # A loss that stops being a number is told of in a sentence; NumPy need not warn.
        with self._mode(), np.errstate(all="ignore"):
            while True:
                if next(self._epoch, _OVER) is _OVER:
                    self._epoch = self._new_epoch()
                    next(self._epoch)
                self.steps += 1
                is_over = (
                    self.steps % self._steps_in_epoch == 0 if due is None else time.perf_counter() >= due
                )
                if is_over:
                    break
        return self._state()

    def _state(self) -> NetworkState:
        network = self._now()
        training, test = (
            figures_of_logarithms(network.log_probabilities(points.coordinates), points)
            if len(points)
            else NO_FIGURES
            for points in self._sets
        )
        if not math.isfinite(training.loss):
            raise DivergedError(
                f"The loss stopped being a finite number: the learning rate of {self.learning_rate:g} is too "
                "high for this network. Try a third of it."
            )
        return NetworkState(network, training, test, network, self.steps, self.steps / self._steps_in_epoch)

    def on_grid(self, grid: Grid) -> NDArray[np.float64]:
        """What the network answers on a grid, (rows, columns, classes) float64."""
        return grid.arranged(self._now().probabilities(grid.coordinates))

    def go_to(self, _count: int) -> NetworkState:
        """A network has neither cuts nor trees: as it is."""
        return self._state()

    def _now(self) -> PlaneNetwork:
        return PlaneNetwork(self._architecture, self._network.snapshot(), self._features, self._scaling)

    def close(self) -> None:
        """There is nothing to end."""


def _steps(
    network: TrainableNetwork,
    inputs: NDArray[np.float32],
    labels: NDArray[np.int64],
    settings: TrainingSettings,
) -> tuple[Optimiser | QuickOptimiser, Callable[[], Iterator[object]]]:
    """What moves the network, and what takes the steps of an epoch, one whenever it is asked for the next."""
    if settings.level == FAST_LEVEL and isinstance(network, Network):
        quick = _quick_steps(network, inputs, labels, settings)
        if quick is not None:
            return quick.optimiser, quick.epoch
    level = LEVELS[settings.level]
    batches = level.make_batches(
        torch.from_numpy(inputs),
        torch.from_numpy(labels),
        min(settings.batch_size, len(inputs)),
        settings.seed,
        Unchanged(),
    )
    stepping = level.make_stepping(network, settings, keeps_gradients=False)
    return stepping.optimiser, lambda: stepping.epoch(batches)


def _quick_steps(
    network: Network, inputs: NDArray[np.float32], labels: NDArray[np.int64], settings: TrainingSettings
) -> QuickSteps | None:
    """Quick steps, where they are quicker than those of level 7."""
    units = sum(network.architecture.sizes[1:-1])
    parameters = sum(parameter.numel() for parameter in network.parameters())
    is_small = parameters + units * min(settings.batch_size, len(inputs)) <= _SMALL
    if not is_small and not CHOICES.is_quicker(network.architecture, settings):
        return None
    try:
        return QuickSteps(network, Table(inputs), labels, settings)
    except LookupError:
        return None


def fit_plane(
    training: Points,
    test: Points,
    settings: TrainingSettings = USUAL_SETTINGS,
    features: tuple[str, ...] = USUAL_FEATURES,
    report_interval_s: float | None = None,
) -> Iterator[NetworkState]:
    """Train without an end; to stop, do not ask for the next result.

    The same settings give the same numbers, however often results are reported. The arguments are those of
    `NetworkLearner`, and the seconds between two results; by default there is one after each epoch.

    Raises:
        DataError: There is nothing to learn.
        SettingsError: The settings make no sense.
        DivergedError: The loss is not a finite number any more.
    """
    learner = NetworkLearner(training, test, settings, features)
    while True:
        yield learner.advance(report_interval_s)
