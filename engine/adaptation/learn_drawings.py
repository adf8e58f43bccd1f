"""Learning somebody's drawings: which are held out, and how all is read before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.adaptation.fine_tuning import FineTuned, FineTuningSettings, check_drawings, fine_tune
from engine.data.digits import CLASSES, Digits
from engine.data.pen_digits import PenDigits
from engine.data.sources import TrainingData
from engine.errors import DataError
from engine.evaluation.evaluate import evaluate
from engine.models.model import Model
from engine.nn.matmul import fast_product
from engine.nn.network import Network
from engine.preprocessing.normaliser import SIDE
from engine.training.fit import StepsCompleted
from engine.training.thread_tuning import ThreadChooser

_TAUGHT = ", taught "


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a set is read before and after.

    Attributes:
        before: Of its digits, read correctly by the network that was started from.
        after: The same for the network that was taught.
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
        known: The test set of what was rehearsed, or its validation set where it has none.
    """

    model: Model
    labels: tuple[int, ...]
    taught: Comparison
    held_out: Comparison | None
    known: Comparison


def learn(
    model: Model,
    drawings: PenDigits,
    known: TrainingData,
    settings: FineTuningSettings | None = None,
    threads: ThreadChooser | None = None,
) -> Iterator[StepsCompleted | Learned]:
    """Teach a network these drawings; `model` itself is left as it is.

    Args:
        model: What to start from.
        drawings: Oldest first, with their labels. With three of a digit, one is held out.
        known: What to rehearse meanwhile, from `engine.adaptation.rehearsal`.
        settings: Of the fine-tuning.
        threads: Chooses the number of CPU threads on the way.

    Yields:
        `StepsCompleted` again and again, and `Learned` at last. Stopping is not asking for the next.

    Raises:
        DataError: There are no drawings, one of them cannot be learned, or the network reads no digits.
        DivergedError: A loss was not finite.
    """
    check_teachable(model)
    check_drawings(drawings)
    taught, held_out = drawings.split_in_order()
    # Taught once more, it is still the same network by name: many lessons must not make a long one.
    first = replace(model, name=model.name.partition(_TAUGHT)[0])
    for result in fine_tune(first, taught, known, held_out, settings, threads=threads):
        if isinstance(result, StepsCompleted):
            yield result
        else:
            yield _compared(result, model, taught, held_out, known)


def check_teachable(model: Model) -> None:
    """Do nothing if a network reads digits.

    Raises:
        DataError: It does not.
    """
    if (model.architecture.sizes[0], model.architecture.sizes[-1]) != (SIDE * SIDE, CLASSES):
        raise DataError(
            f"{model.name} does not read pictures of 28 × 28 pixels as ten digits: choose another network "
            "to teach."
        )


def _compared(
    done: FineTuned, old: Model, taught: PenDigits, held_out: PenDigits, known: TrainingData
) -> Learned:
    held_out_comparison = None
    if done.before.held_out is not None and done.after.held_out is not None:
        held_out_comparison = _comparison(done.before.held_out, done.after.held_out, len(held_out))
    test = known.validation if known.test is None else known.test
    name = f"{known.training.name} test" if known.test is not None else "built-in handwriting"
    inks = taught.normalised()
    return Learned(
        done.model,
        tuple(sorted({*taught.labels, *held_out.labels})),
        _comparison(_accuracy(old, inks), _accuracy(done.model, inks), len(taught)),
        held_out_comparison,
        _comparison(done.before.known, done.after.known, len(test), name),
    )


def _comparison(before: float, after: float, digits: int, name: str = "") -> Comparison:
    return Comparison(round(before * digits), round(after * digits), digits, name)


def _accuracy(model: Model, digits: Digits) -> float:
    network = Network(model.architecture, product=fast_product)
    network.load(model.weights)
    return evaluate(network, model.standardisation(digits.intensities()), digits.labels).accuracy
