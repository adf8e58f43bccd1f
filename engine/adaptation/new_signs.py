"""New signs: a network that has read digits and letters learns signs of somebody's own from a few drawings.

What its hidden layers have learned of strokes serves other signs, too. So they are where the training starts,
with a new last layer for the new classes; the drawings are learned many times over, each time with their
strokes bent anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.data.digits import Digits
from engine.data.pen_digits import PenDigits
from engine.data.stroke_augmentation import StrokeWarps
from engine.errors import DataError, SettingsError
from engine.models.model import Model, Provenance
from engine.nn.network import Architecture, Network, Weights
from engine.preprocessing.normaliser import SIDE
from engine.settings import TrainingSettings
from engine.training.fit import StepsCompleted, fit
from engine.training.thread_tuning import ThreadChooser

# Stronger than for digits, of which more hands are known.
_WARPS = StrokeWarps(turn_degrees=15.0, shear=0.35, stretch=0.4, bend=0.06, drift=0.06)
FEWEST_OF_EACH = 2
"""Drawings of a sign: from one alone nobody can tell what belongs to it."""


@dataclass(frozen=True, slots=True)
class NewSignsSettings:
    """How new signs are learned.

    Attributes:
        copies: Pictures of all drawings together, warped copies among them; bounds the time.
        epochs: Times that these are learned.
        batch_size: Pictures in a mini-batch.
        learning_rate: The peak of the schedule.
        weight_decay: Of all layers.
        seed: Decides the new layer, warps and order.
    """

    copies: int = 2_000
    epochs: int = 6
    batch_size: int = 32
    learning_rate: float = 0.01
    weight_decay: float = 1e-4
    seed: int = 1


def learn_signs(
    start: Model,
    drawings: PenDigits,
    settings: NewSignsSettings | None = None,
    threads: ThreadChooser | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
    report_interval_s: float = 0.03,
    name: str = "",
) -> Iterator[StepsCompleted | Model]:
    """Train a network for the classes of the drawings; `start` itself is left as it is.

    Args:
        start: Has read digits and letters before.
        drawings: What to learn, two of each class or more.
        settings: The usual ones if not given.
        threads: Chooses the number of CPU threads on the way.
        is_stopped: When it says so, the network is what it is by then.
        report_interval_s: Seconds between two `StepsCompleted`.
        name: Of the new network; empty for one made of the drawings' name and classes.

    Yields:
        `StepsCompleted` again and again, and the `Model` that tells the signs apart at last.

    Raises:
        DataError: There are too few drawings of a sign, or one of them has no ink.
        SettingsError: `start` does not read pictures of 28 x 28 pixels, or has no hidden layer.
        DivergedError: A loss was not finite.
    """
    settings = settings or NewSignsSettings()
    _check(start, drawings)
    pictures = _pictures(drawings, settings)
    sizes = (*start.architecture.sizes[:-1], len(drawings.classes))
    architecture = Architecture(sizes, start.architecture.activation)
    weights = _start_weights(start, architecture, settings.seed)
    for result in fit(
        pictures,
        # Training asks for something to measure on. So few drawings are all learned from: whoever drew them
        # sees by the next one how well.
        drawings.normalised(),
        _training_settings(architecture, settings),
        start.standardisation,
        start=weights,
        threads=threads,
        is_stopped=is_stopped,
        report_interval_s=report_interval_s,
    ):
        weights = result.weights
        if isinstance(result, StepsCompleted):
            yield result
    yield Model(
        name or f"{drawings.name}: {drawings.classes.listed()}",
        architecture,
        weights,
        start.standardisation,
        Provenance(
            data=f"{len(drawings)} drawings of {len(drawings.classes)} signs, on top of {start.name}",
            seed=settings.seed,
            attribution=start.provenance.attribution,
        ),
        classes=drawings.classes,
    )


def _check(start: Model, drawings: PenDigits) -> None:
    if start.architecture.sizes[0] != SIDE**2 or len(start.architecture.sizes) < 3:
        raise SettingsError(
            "hidden", f"New signs cannot be learned on top of {start.name}: choose another one."
        )
    counts = [drawings.labels.count(place) for place in range(len(drawings.classes))]
    for name, count in zip(drawings.classes, counts, strict=True):
        if count < FEWEST_OF_EACH:
            raise DataError(
                f"There {'is' if count == 1 else 'are'} {count} drawing{'s' * (count != 1)} of “{name}”: "
                f"{FEWEST_OF_EACH} are the least, and five are better."
            )
    if any(ink.is_empty for ink in drawings.inks):
        raise DataError("One of the drawings has no ink: delete it and learn again.")


def _pictures(drawings: PenDigits, settings: NewSignsSettings) -> Digits:
    """Each drawing as it is and with its strokes warped, equally often."""
    return drawings.varied(max(1, round(settings.copies / len(drawings)) - 1), settings.seed, _WARPS)


def _start_weights(start: Model, architecture: Architecture, seed: int) -> Weights:
    """The hidden layers of `start`, and a last layer that says nothing yet."""
    weights = dict(start.weights)
    last = len(architecture.sizes) - 2
    fresh = Network(architecture, seed).snapshot()
    weights[f"{last}.weights"], weights[f"{last}.bias"] = fresh[f"{last}.weights"], fresh[f"{last}.bias"]
    return weights


def _training_settings(architecture: Architecture, settings: NewSignsSettings) -> TrainingSettings:
    return TrainingSettings(
        hidden=architecture.sizes[1:-1],
        activation=architecture.activation,
        epochs=settings.epochs,
        batch_size=settings.batch_size,
        learning_rate=settings.learning_rate,
        weight_decay=settings.weight_decay,
        warps=True,
        averaging=True,
        seed=settings.seed,
    )
