"""Learning somebody's drawings: what it is tested on, and how all is read before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.adaptation.cross_validation import (
    ReadByOthers,
    ValidationProgress,
    count_right,
    cross_validate,
    fold_count,
)
from engine.adaptation.fine_tuning import FineTuned, FineTuningSettings, check_drawings, fine_tune
from engine.adaptation.rehearsal import choose_rehearsed
from engine.data.pen_digits import PenDigits
from engine.data.sources import TrainingData
from engine.errors import DataError
from engine.models.model import Model
from engine.preprocessing.normaliser import SIDE
from engine.training.fit import StepsCompleted
from engine.training.thread_tuning import ThreadChooser

_TAUGHT = ", taught "


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a set is read before and after.

    Attributes:
        before: Of its digits, read correctly by the network that was started from.
        after: The same for the network that was taught; see `Learned.cross_validated`.
        digits: In the set.
        name: Of the set.
    """

    before: int
    after: int
    digits: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """What learning came to.

    Attributes:
        model: The network that knows the hand.
        labels: The digits that there were drawings of, ascending.
        taught: The drawings that were learned from.
        held_out: Those kept aside; None where there are too few of each digit.
        cross_validated: All drawings, each read afterwards by a network that was taught the others and not
            this one; None where some were held out, and of a single drawing.
        known: The test set of what was rehearsed, or its validation set where it has none.
        may_know_some: Whether the network had a lesson before, of drawings that may be among these.
    """

    model: Model
    labels: tuple[int, ...]
    taught: Comparison
    held_out: Comparison | None
    cross_validated: Comparison | None
    known: Comparison
    may_know_some: bool


def learn(
    model: Model,
    drawings: PenDigits,
    known: TrainingData,
    settings: FineTuningSettings | None = None,
    threads: ThreadChooser | None = None,
) -> Iterator[StepsCompleted | ValidationProgress | Learned]:
    """Teach a network these drawings; `model` itself is left as it is.

    Args:
        model: What to start from.
        drawings: Oldest first, with their labels. With three of a digit, one is held out; where none is, all
            are tested by cross-validation.
        known: What to rehearse meanwhile, from `engine.adaptation.rehearsal`.
        settings: Of the fine-tuning.
        threads: Chooses the number of CPU threads on the way.

    Yields:
        `StepsCompleted` again and again, then `ValidationProgress` where it is cross-validated, and `Learned`
        at last. Stopping is not asking for the next.

    Raises:
        DataError: There are no drawings, one of them cannot be learned, or the network reads no digits.
        DivergedError: A loss was not finite.
    """
    check_teachable(model)
    check_drawings(drawings)
    settings = settings or FineTuningSettings()
    taught, held_out = drawings.split_in_order()
    # Taught once more, it is still the same network by name: many lessons must not make a long one.
    first = replace(model, name=model.name.partition(_TAUGHT)[0])
    # Chosen once for all networks that are taught: whoever chooses reads everything that is known.
    settings.check()
    rehearsed = choose_rehearsed(first, known.training, settings.rehearsed, settings.seed)
    done = None
    for result in fine_tune(first, taught, known, held_out, settings, threads=threads, rehearsed=rehearsed):
        if isinstance(result, StepsCompleted):
            yield result
        else:
            done = result
    assert done is not None
    cross_validated = None
    if folds_to_test(drawings):
        for tested in cross_validate(model, taught, rehearsed, known.validation, settings, threads):
            if isinstance(tested, ReadByOthers):
                cross_validated = Comparison(count_right(model, taught), tested.right, len(taught))
            else:
                yield tested
    yield _compared(done, model, taught, held_out, cross_validated, known)


def folds_to_test(drawings: PenDigits) -> int:
    """How many networks `learn` teaches besides, to test drawings of which none is held out."""
    return 0 if len(drawings.split_in_order()[1]) else fold_count(len(drawings))


def check_teachable(model: Model) -> None:
    """Do nothing if a network reads digits.

    Raises:
        DataError: It does not.
    """
    if model.architecture.sizes[0] != SIDE * SIDE or not model.reads_digits:
        raise DataError(
            f"{model.name} does not read pictures of 28 × 28 pixels as ten digits: choose another network "
            "to teach."
        )


def _compared(
    done: FineTuned,
    old: Model,
    taught: PenDigits,
    held_out: PenDigits,
    cross_validated: Comparison | None,
    known: TrainingData,
) -> Learned:
    test = known.validation if known.test is None else known.test
    before, after = (round(each.known * len(test)) for each in (done.before, done.after))
    name = f"{known.training.name} test" if known.test is not None else "built-in handwriting"
    return Learned(
        done.model,
        tuple(sorted({*taught.labels, *held_out.labels})),
        _comparison(old, done.model, taught),
        _comparison(old, done.model, held_out) if len(held_out) else None,
        cross_validated,
        Comparison(before, after, len(test), name),
        _TAUGHT in old.name,
    )


def _comparison(old: Model, new: Model, drawings: PenDigits) -> Comparison:
    return Comparison(count_right(old, drawings), count_right(new, drawings), len(drawings))
