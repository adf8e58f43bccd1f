"""Fine-tuning: a trained network learns one person's hand from a few drawings and forgets little.

The lesson is the drawings, each many times over with its strokes bent anew, shuffled into digits that the
network knows, many of them such that it is least sure of. Training is that of every other network; of the way
from what the network was, averaged over its steps, only as much is gone as loses next to nothing on known
digits that were kept aside.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import torch

from engine.adaptation.interpolation import farthest_that_keeps
from engine.adaptation.rehearsal import choose_rehearsed
from engine.data.classes import DIGITS
from engine.data.digits import Digits
from engine.data.pen_digits import PenDigits
from engine.data.sources import TrainingData
from engine.errors import DataError, SettingsError
from engine.evaluation.evaluate import evaluate
from engine.models.model import Model, Provenance
from engine.nn.matmul import fast_product
from engine.nn.network import Network, Weights
from engine.preprocessing.normaliser import SIDE
from engine.settings import TrainingSettings
from engine.training.fit import StepsCompleted, fit
from engine.training.thread_tuning import ThreadChooser


@dataclass(frozen=True, slots=True)
class FineTuningSettings:
    """How to fine-tune; chosen by ``python -m tests.benchmarks.writer_adaptation --tried``.

    Attributes:
        variants: Most warped copies of each drawing.
        copies: Warped copies of all drawings together, give or take one of each; bounds the time.
        rehearsed: Digits that the network knows in the lesson, half of them those it is least sure of.
        batch_size: Digits in a mini-batch.
        learning_rate: The peak of the schedule.
        most_lost: Accuracy on the validation set of what is known that may be lost, 0 to 1.
        seed: Decides warps, what is rehearsed, and the order.
    """

    variants: int = 100
    copies: int = 3_000
    rehearsed: int = 20_000
    batch_size: int = 128
    learning_rate: float = 0.02
    most_lost: float = 0.001
    seed: int = 1

    def check(self) -> None:
        """Do nothing if the settings make sense.

        Raises:
            SettingsError: They do not; names the field at fault.
        """
        for field in ("variants", "copies", "rehearsed"):
            if not 1 <= getattr(self, field) <= 1_000_000:
                raise SettingsError(field, f"Fine-tuning needs 1 to 1,000,000 {field}.")
        if not 0 <= self.most_lost <= 1:
            raise SettingsError("most_lost", "The accuracy that may be lost must be from 0 to 1.")
        TrainingSettings(batch_size=self.batch_size, learning_rate=self.learning_rate, seed=self.seed).check()


@dataclass(frozen=True, slots=True)
class Figures:
    """Accuracies of one network, 0 to 1.

    Attributes:
        held_out: On drawings of the same hand that were not learned from; None where there are none.
        known: On the test set of what it rehearses, or its validation set where it has none.
    """

    held_out: float | None
    known: float


@dataclass(frozen=True, slots=True)
class FineTuned:
    """What a fine-tuning came to.

    Attributes:
        model: The network that knows the hand.
        before: Figures of the network it was made of.
        after: Figures of `model`.
    """

    model: Model
    before: Figures
    after: Figures


def fine_tune(
    model: Model,
    drawings: PenDigits,
    known: TrainingData,
    held_out: PenDigits | None = None,
    settings: FineTuningSettings | None = None,
    device: torch.device | str = "cpu",
    report_interval_s: float = 0.03,
    threads: ThreadChooser | None = None,
    rehearsed: Digits | None = None,
) -> Iterator[StepsCompleted | FineTuned]:
    """Teach a network a hand; `model` itself is left as it is.

    Args:
        model: What to start from.
        drawings: What to learn, with their labels.
        known: What to rehearse meanwhile, from `engine.adaptation.rehearsal`.
        held_out: Drawings of the same hand to measure on.
        settings: The usual ones if not given.
        device: Where the network is trained.
        report_interval_s: Seconds between two `StepsCompleted`; 0 reports every step.
        threads: Chooses the number of CPU threads on the way, as for `engine.training.fit.fit`.
        rehearsed: Of `known`, what is mixed with the drawings; by itself, what `choose_rehearsed` says.

    Yields:
        `StepsCompleted` again and again, and `FineTuned` at last. Stopping is not asking for the next.

    Raises:
        DataError: There are no drawings, or one of them has no ink or no digit for a label.
        SettingsError: The settings make no sense, or the network does not read digits.
        DivergedError: A loss was not finite.
        DeviceError: The device failed or ran out of memory.
    """
    settings = settings or FineTuningSettings()
    settings.check()
    check_drawings(drawings)
    _check_reads_digits(model)
    held_out_digits = None
    if held_out is not None and len(held_out):
        check_drawings(held_out)
        held_out_digits = held_out.normalised()
    if rehearsed is None:
        rehearsed = choose_rehearsed(model, known.training, settings.rehearsed, settings.seed)
    weights = yield from taught_weights(
        model, drawings, rehearsed, known.validation, settings, device, report_interval_s, threads
    )
    before, after = (_figures(model, each, held_out_digits, known) for each in (model.weights, weights))
    yield FineTuned(_finished(model, weights, len(drawings), known, after, settings), before, after)


def taught_weights(
    model: Model,
    drawings: PenDigits,
    rehearsed: Digits,
    validation: Digits,
    settings: FineTuningSettings,
    device: torch.device | str = "cpu",
    report_interval_s: float = 0.03,
    threads: ThreadChooser | None = None,
) -> Generator[StepsCompleted, None, Weights]:
    """Give one lesson and measure nothing.

    Args:
        model: What to start from.
        drawings: What to learn.
        rehearsed: What is mixed with them, from `choose_rehearsed`.
        validation: Known digits that decide how much of the way is gone.
        settings: Of the lesson.
        device: Where the network is trained.
        report_interval_s: Seconds between two `StepsCompleted`.
        threads: Chooses the number of CPU threads on the way.

    Yields:
        `StepsCompleted` again and again.

    Returns:
        The weights that came of it.
    """
    lesson = make_lesson(drawings, rehearsed, settings)
    weights = model.weights
    for result in fit(
        lesson,
        # Training asks for something to measure on; the figures that count are taken afterwards.
        drawings.normalised(),
        training_settings(model, len(lesson), settings),
        model.standardisation,
        device,
        start=model.weights,
        report_interval_s=report_interval_s,
        threads=threads,
    ):
        weights = result.weights
        if isinstance(result, StepsCompleted):
            yield result
    return _kept(model, weights, validation, settings.most_lost)


def check_drawings(drawings: PenDigits) -> None:
    """Do nothing if a network can learn from these.

    Raises:
        DataError: There are none, or one has no ink or no digit for a label.
    """
    if len(drawings) == 0:
        raise DataError("There are no drawings to learn from: draw some digits and say what they are.")
    for number, (ink, label) in enumerate(zip(drawings.inks, drawings.labels, strict=True), start=1):
        if ink.is_empty:
            raise DataError(f"Drawing {number} has no ink: delete it and learn again.")
        if type(label) is not int or not 0 <= label < len(DIGITS):
            raise DataError(f"Drawing {number} is labelled {label}: a label must be 0 to 9.")


def _check_reads_digits(model: Model) -> None:
    if model.architecture.sizes[0] != SIDE**2 or not model.reads_digits:
        raise SettingsError("hidden", f"A {model.architecture.describe()} network does not read digits.")


def make_lesson(drawings: PenDigits, rehearsed: Digits, settings: FineTuningSettings) -> Digits:
    """The drawings, their warped copies, and what is rehearsed."""
    variants = max(1, min(settings.variants, round(settings.copies / len(drawings))))
    return drawings.varied(variants, settings.seed).joined(rehearsed)


def training_settings(model: Model, digits: int, settings: FineTuningSettings) -> TrainingSettings:
    """What a lesson of so many digits is trained with."""
    return TrainingSettings(
        hidden=model.architecture.sizes[1:-1],
        activation=model.architecture.activation,
        epochs=1,
        batch_size=min(settings.batch_size, digits),
        learning_rate=settings.learning_rate,
        averaging=True,
        seed=settings.seed,
    )


def _kept(model: Model, weights: Weights, known: Digits, most_lost: float) -> Weights:
    inputs = model.standardisation(known.intensities())
    return farthest_that_keeps(model.architecture, model.weights, weights, inputs, known.labels, most_lost)


def _figures(model: Model, weights: Weights, held_out_digits: Digits | None, known: TrainingData) -> Figures:
    network = Network(model.architecture, product=fast_product)
    network.load(weights)

    def measured(digits: Digits) -> float:
        return evaluate(network, model.standardisation(digits.intensities()), digits.labels).accuracy

    test = known.validation if known.test is None else known.test
    return Figures(None if held_out_digits is None else measured(held_out_digits), measured(test))


def _finished(
    model: Model,
    weights: Weights,
    drawings: int,
    known: TrainingData,
    figures: Figures,
    settings: FineTuningSettings,
) -> Model:
    """The model that comes of it, and where it came from."""
    learned = f"{drawings} drawing{'s' * (drawings != 1)}"
    origin = model.provenance
    named = [each for each in (origin.attribution, known.attribution) if each]
    attribution = named[0] if named and known.attribution in origin.attribution else "; ".join(named)
    return replace(
        model,
        name=f"{model.name}, taught {learned}",
        weights=weights,
        provenance=Provenance(
            data=f"{origin.data}, then {learned} and {known.training.name}",
            validation_accuracy=figures.held_out,
            test_accuracy=None if known.test is None else figures.known,
            seed=settings.seed,
            attribution=attribution,
        ),
    )
