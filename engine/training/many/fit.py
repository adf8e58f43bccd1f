"""Fit many: `fit_many`, which trains networks side by side and hands out frozen results after each epoch.

For searches: the same data with other first weights, learning rates, momenta or weight decays. A small
network's step is mostly the way from one operation to the next; here many networks share it.
"""

from __future__ import annotations

import itertools
import math
import operator
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from math import nan

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.mini_batches.augmentation import Warps
from engine.data.mini_batches.batches import Batches
from engine.data.mini_batches.preparation import Preparation
from engine.errors import SettingsError
from engine.levels.stepping import Batch
from engine.nn.schedules import SCHEDULES
from engine.settings import TrainingSettings
from engine.training.device_errors import device_errors
from engine.training.epoch_figures import EpochFigures
from engine.training.learner import check_training
from engine.training.many.networks import ManyNetworks
from engine.training.many.results import ManyCompleted
from engine.training.many.stretched import StretchedNetworks, stretched_networks
from engine.training.many.trainee import Trainee
from engine.training.many.variants import Variant
from engine.training.stretches.stretches import Reading
from engine.training.stretches.way import StretchWay
from engine.training.thread_tuning import ThreadChooser


def fit_many(
    training: Digits,
    validation: Digits,
    settings: TrainingSettings,
    standardisation: Standardisation,
    variants: Sequence[Variant],
    device: torch.device | str = "cpu",
    report_interval_s: float = 0.1,
    threads: ThreadChooser | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
    way: StretchWay | None = None,
) -> ManyFit:
    """Train one network for each variant, all together.

    Each learns what `fit` would teach it by itself, up to rounding: that of `Variant.of(settings)` what
    ``fit(training, validation, settings, ...)`` does. Networks with the same order seed share their
    mini-batches and their first product; with others, each seed's mini-batches are made by themselves.

    Args:
        training: Digits to learn from.
        validation: Digits to measure each epoch on; never learned from.
        settings: What the networks have in common; the level is always 7, which is written for speed.
        standardisation: Of the inputs.
        variants: One for each network.
        device: Where all of them live.
        report_interval_s: Seconds after which losses are read from the device and `is_stopped` is asked; 0
            for every step.
        threads: Chooses the number of CPU threads on the way; without it that number is left alone.
        is_stopped: When it says so, the epoch ends there, and the last result has the figures of the weights
            as they are then.
        way: How stretches of steps are recorded, where networks see the same mini-batches and differ in seed
            and learning rate alone; by default the way of the device, if it is faster with one.

    Returns:
        An iterator of one `ManyCompleted` after each epoch. Between two, `ManyFit.keep` drops networks.

    Raises:
        SettingsError: The settings, sets or variants make no sense.
        DeviceError: The device failed or ran out of memory; while iterating, too.
    """
    check_training(settings, training)
    if len(validation) == 0:
        raise SettingsError("data", "There are no digits to validate on. Choose other data.")
    if not variants:
        raise SettingsError("seed", "There are no networks to train: name a seed and a rate for each.")
    for variant in variants:
        variant.within(settings).check()
    with device_errors(device):
        return ManyFit(
            training,
            validation,
            settings,
            standardisation,
            variants,
            device,
            report_interval_s,
            threads,
            is_stopped,
            way,
        )


class ManyFit(Iterator[ManyCompleted]):
    """A training of many networks that goes on whenever the next result is asked for.

    A network whose loss is no longer a finite number is out: the result of that epoch says so, those after it
    do not have it, and the others go on.

    Attributes:
        steps: Taken so far; another thread may look at it.
        total_steps: Of the whole training.
    """

    def __init__(
        self,
        training: Digits,
        validation: Digits,
        settings: TrainingSettings,
        standardisation: Standardisation,
        variants: Sequence[Variant],
        device: torch.device | str,
        report_interval_s: float,
        threads: ThreadChooser | None,
        is_stopped: Callable[[], bool],
        way: StretchWay | None,
    ) -> None:
        """See `fit_many`, which checks the arguments."""
        self._settings, self._device = settings, device
        self._report_interval_s, self._threads, self._is_stopped = report_interval_s, threads, is_stopped
        seeds = [settings.seed if each.order_seed is None else each.order_seed for each in variants]
        # Those of one seed next to each other.
        first_places = {seed: place for place, seed in reversed(list(enumerate(seeds)))}
        places = sorted(range(len(variants)), key=lambda place: first_places[seeds[place]])
        self._trainees = [Trainee(place) for place in places]
        self._diverged: list[Trainee] = []
        trials = [variants[place].within(settings) for place in places]
        order_seeds = [seeds[place] for place in places]
        self._steps_of_epoch = -(-len(training) // settings.batch_size)
        self.total_steps = self._steps_of_epoch * settings.epochs
        stretched = stretched_networks(
            trials, order_seeds, way, training, standardisation, self.total_steps, device
        )
        self._networks: ManyNetworks | StretchedNetworks = stretched or ManyNetworks(
            trials, order_seeds, device, training.classes
        )
        distinct = () if stretched else self._networks.distinct_order_seeds
        self._batches = _make_batches(training, settings, standardisation, distinct, device)
        self._inputs = standardisation(validation.intensities(device))
        self._targets = validation.labels.to(device)
        self.steps = 0
        self._schedule = SCHEDULES[settings.schedule]
        self._results = self._epochs()

    def __next__(self) -> ManyCompleted:
        """Train for an epoch.

        Raises:
            DeviceError: The device failed or ran out of memory.
        """
        with device_errors(self._device):
            return next(self._results)

    @property
    def networks(self) -> tuple[int, ...]:
        """Those in training, by their places among the variants."""
        return tuple(sorted(trainee.place for trainee in self._trainees))

    def keep(self, networks: Collection[int]) -> None:
        """Drop all networks but these, and free their memory; to be called between two results.

        Args:
            networks: Places among the variants; with none of them, the training is over.

        Raises:
            ValueError: One of them is not in training.
        """
        unknown = set(networks).difference(self.networks)
        if unknown:
            raise ValueError(f"not in training: {sorted(unknown)}")
        self._keep([trainee.place in networks for trainee in self._trainees])

    def close(self) -> None:
        """End the training before its time; without that, Python frees its memory only now and then."""
        self._results.close()
        self.keep([])

    def _keep(self, are_kept: Sequence[bool]) -> None:
        if all(are_kept):
            return
        self._networks.keep([index for index, is_kept in enumerate(are_kept) if is_kept])
        self._trainees = [each for each, is_kept in zip(self._trainees, are_kept, strict=True) if is_kept]
        seeds = self._networks.distinct_order_seeds
        self._batches = {seed: self._batches[seed] for seed in seeds if seed in self._batches}

    def _epochs(self) -> Generator[ManyCompleted, None, None]:
        for epoch in range(1, self._settings.epochs + 1):
            if not self._trainees:
                return
            self._take_epoch()
            yield self._completed(epoch)
            if self.steps < epoch * self._steps_of_epoch:
                return

    def _take_epoch(self) -> None:
        """Take the steps of an epoch, or fewer."""
        self._trainees = [Trainee(each.place) for each in self._trainees]
        self._diverged = []
        epochs = {seed: iter(batches) for seed, batches in self._batches.items()}
        if isinstance(self._networks, StretchedNetworks):
            self._networks.begin_epoch(self.steps)
        left = self._steps_of_epoch
        while left and self._trainees:
            if isinstance(self._networks, StretchedNetworks):
                reading = self._networks.take(self._report_interval_s)
                self.steps += len(reading.lengths)
            else:
                self._take_steps(self._networks, [epochs[seed] for seed in self._batches], left)
                reading = self._networks.read_losses()
            left -= len(reading.lengths)
            self._note_losses(reading)
            if self._is_stopped():
                return

    @torch.inference_mode()
    def _take_steps(self, networks: ManyNetworks, epochs: Sequence[Iterator[Batch]], most: int) -> None:
        """One step at least, and as many as the time or the memory for losses allow."""
        due = time.perf_counter() + self._report_interval_s
        for _ in range(most):
            share = self._schedule(min(1.0, self.steps / max(1, self.total_steps - 1)))
            must_read = networks.take_step([next(batches) for batches in epochs], share)
            self.steps += 1
            if self._threads:
                self._threads.step_done()
            if must_read or time.perf_counter() >= due:
                return

    def _note_losses(self, reading: Reading) -> None:
        """Add them to those of each network; one whose loss is not finite is dropped."""
        for trainee, losses, correct in zip(self._trainees, reading.losses, reading.correct, strict=True):
            finite = list(itertools.takewhile(math.isfinite, losses))
            trainee.has_diverged = len(finite) < len(losses)
            trainee.losses += finite
            trainee.loss_sum += sum(map(operator.mul, finite, reading.lengths))
            trainee.correct += correct
            trainee.digits += sum(reading.lengths)
        self._drop_diverged()

    def _drop_diverged(self) -> None:
        """No sums with what is not a number any more, and no memory for it."""
        self._diverged += [trainee for trainee in self._trainees if trainee.has_diverged]
        self._keep([not trainee.has_diverged for trainee in self._trainees])

    def _completed(self, epoch: int) -> ManyCompleted:
        # A step may blow up the weights although its own loss, taken before it, was still finite.
        judged = self._networks.evaluate(self._inputs, self._targets) if self._trainees else []
        snapshots = self._networks.snapshots() if self._trainees else []
        networks = []
        for trainee, (loss, accuracy), weights in zip(self._trainees, judged, snapshots, strict=True):
            trainee.has_diverged = not math.isfinite(loss)
            if not trainee.has_diverged:
                figures = trainee.figures(epoch, self.steps, loss, accuracy)
                networks.append(trainee.completed(figures, weights))
        self._drop_diverged()
        first_step = (epoch - 1) * self._steps_of_epoch
        for trainee in self._diverged:
            figures = EpochFigures(epoch, first_step + len(trainee.losses), nan, nan, nan, nan)
            networks.append(trainee.completed(figures, None))
        networks.sort(key=lambda each: each.network)
        return ManyCompleted(epoch, self._settings.epochs, self.total_steps, tuple(networks))


def _make_batches(
    training: Digits,
    settings: TrainingSettings,
    standardisation: Standardisation,
    seeds: Sequence[int],
    device: torch.device | str,
) -> dict[int, Batches]:
    """Those that `fit` makes with each seed, from one copy of the digits."""
    if not seeds:
        return {}
    images, labels = training.images.to(device), training.labels.to(device)
    batches = {}
    for seed in seeds:
        preparation = Preparation(standardisation, Warps() if settings.warps else None, seed)
        # What is prepared for all seeds is to stay in a processor's caches, as for one.
        at_once = max(1, preparation.at_once(settings.batch_size) // len(seeds))
        batches[seed] = Batches(images, labels, settings.batch_size, seed, preparation, at_once)
    return batches
