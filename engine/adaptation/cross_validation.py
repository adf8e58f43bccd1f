"""Cross-validation: what a lesson of few drawings is worth, although it learns from all of them.

None can be held out where there are one or two of each digit. Instead, several networks are taught besides
the one that will read: each learns from most drawings and reads the others, until every drawing was read by a
network that had not learned from it (M. Stone, "Cross-validatory choice and assessment of statistical
predictions", 1974).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.adaptation.fine_tuning import FineTuningSettings, taught_weights
from engine.data.digits import Digits
from engine.data.pen_digits import PenDigits
from engine.models.classifier import Classifier
from engine.models.model import Model
from engine.preprocessing.normaliser import normalise_inks
from engine.training.thread_tuning import ThreadChooser

MOST_FOLDS = 4
"""Networks at the most: each takes half as long as the lesson itself, and somebody waits for the figure."""


@dataclass(frozen=True, slots=True)
class ValidationProgress:
    """How far the test is.

    Attributes:
        share: Of all steps of all folds, 0 to 1.
    """

    share: float


@dataclass(frozen=True, slots=True)
class ReadByOthers:
    """What the test came to.

    Attributes:
        right: Drawings read correctly by a network that had not learned from them.
    """

    right: int


def fold_count(drawings: int) -> int:
    """How many networks are taught to test so many drawings; 0 where there is no other to learn from."""
    return min(drawings, MOST_FOLDS) if drawings > 1 else 0


def fold_of_each(labels: tuple[int, ...]) -> list[int]:
    """In which fold each drawing is read: drawings of one digit in different ones, as far as that goes."""
    folds = [0] * len(labels)
    ranked = sorted(range(len(labels)), key=lambda place: (labels[place], place))
    for rank, place in enumerate(ranked):
        folds[place] = rank % fold_count(len(labels))
    return folds


def cross_validate(
    model: Model,
    drawings: PenDigits,
    rehearsed: Digits,
    validation: Digits,
    settings: FineTuningSettings,
    threads: ThreadChooser | None = None,
) -> Iterator[ValidationProgress | ReadByOthers]:
    """Teach a network for each fold all drawings but those of that fold, which it then reads.

    Args:
        model: What every one of them starts from.
        drawings: At least two.
        rehearsed: What is mixed with them, as in the lesson that is to be judged.
        validation: Known digits that decide how much of the way is gone, as there.
        settings: Of that lesson.
        threads: Chooses the number of CPU threads on the way.

    Yields:
        `ValidationProgress` again and again, and `ReadByOthers` at last. Stopping is not asking for the next.

    Raises:
        DivergedError: A loss was not finite.
    """
    folds, count = fold_of_each(drawings.labels), fold_count(len(drawings))
    right = 0
    for fold in range(count):
        others = drawings.where([each != fold for each in folds])
        left_out = drawings.where([each == fold for each in folds])
        lesson = taught_weights(model, others, rehearsed, validation, settings, threads=threads)
        while True:
            try:
                steps = next(lesson)
            except StopIteration as ended:
                right += count_right(replace(model, weights=ended.value), left_out)
                break
            done = (steps.first_step + len(steps.losses)) / steps.total_steps
            yield ValidationProgress((fold + done) / count)
    yield ReadByOthers(right)


def count_right(model: Model, drawings: PenDigits) -> int:
    """How many drawings a network reads as what they are, and takes for digits."""
    readings = Classifier(model).read_vectors(normalise_inks(drawings.inks))
    return sum(
        reading.is_digit and reading.digit == label
        for reading, label in zip(readings, drawings.labels, strict=True)
    )
