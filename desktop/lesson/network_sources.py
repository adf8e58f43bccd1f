"""Network sources: the newest weights of each network that the lesson can look into."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.lesson.shown_network import READING, STEPPED, TRAINED, ShownNetwork

if TYPE_CHECKING:
    from desktop.lesson.step_runner import StepRunner
    from desktop.networks.networks import Networks
    from desktop.training.controller import TrainingController
    from engine.data.digits import Standardisation
    from engine.models.model import Model
    from engine.nn.network import Architecture, Weights
    from engine.training.run_events import RunStarted
    from engine.training.step_by_step import ObservedStep

_IN_TRAINING = ", in training"


class NetworkSources(QObject):
    """Follows them from the moment the lesson is opened, whichever pages exist. It only holds references.

    Signals:
        appeared: There are weights of one of them, which is named, for the first time.
        arrived: There are newer weights of one of them, which is named.
        step_reset: The Step page's network stands before its first step: its title, its number of steps.
        step_observed: An `ObservedStep`, told after the weights that it led to have arrived.
    """

    appeared = Signal(str)
    arrived = Signal(str)
    step_reset = Signal(str, int)
    step_observed = Signal(object)

    def __init__(
        self, networks: Networks, training: TrainingController, step_runner: StepRunner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._newest: dict[str, ShownNetwork] = {}
        networks.network_changed.connect(self._on_network_changed)
        training.weights_arrived.connect(self._on_weights_arrived)
        training.running_changed.connect(self._on_running_changed)
        step_runner.was_reset.connect(self._on_was_reset)
        step_runner.step_observed.connect(self._on_step_observed)
        if networks.model is not None:
            self._on_network_changed(networks.model)

    def network(self, source: str) -> ShownNetwork | None:
        """The newest weights of one of them; None while there are none."""
        return self._newest.get(source)

    def _put(self, source: str, network: ShownNetwork) -> None:
        is_first = source not in self._newest
        self._newest[source] = network
        if is_first:
            self.appeared.emit(source)
        self.arrived.emit(source)

    def _on_network_changed(self, model: Model) -> None:
        title = f"The network in use: {model.name}"
        self._put(
            READING,
            ShownNetwork(
                model.architecture,
                model.weights,
                model.standardisation,
                title,
                model.temperature,
                model.classes,
            ),
        )

    def _on_weights_arrived(self, run: RunStarted, weights: Weights) -> None:
        title = f"{run.title}{_IN_TRAINING}"
        network = ShownNetwork(run.architecture, weights, run.standardisation, title, classes=run.classes)
        self._put(TRAINED, network)
        self._put(READING, network)

    def _on_running_changed(self, is_running: bool) -> None:
        trained = self.network(TRAINED)
        if not is_running and trained is not None and trained.title.endswith(_IN_TRAINING):
            title = trained.title.removesuffix(_IN_TRAINING) + ", trained last"
            self._put(TRAINED, replace(trained, title=title))

    def _on_was_reset(
        self,
        title: str,
        architecture: Architecture,
        weights: Weights,
        standardisation: Standardisation,
        total_steps: int,
    ) -> None:
        before = f"{architecture.describe()} on the Step page, before the first step"
        self._put(STEPPED, ShownNetwork(architecture, weights, standardisation, before))
        self.step_reset.emit(title, total_steps)

    def _on_step_observed(self, step: ObservedStep) -> None:
        former = self.network(STEPPED)
        if former is None:  # each reset comes before its steps
            return
        title = f"{former.architecture.describe()} on the Step page, after step {step.number:,}"
        self._put(STEPPED, replace(former, weights=step.weights_after, title=title))
        self.step_observed.emit(step)
