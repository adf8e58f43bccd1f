"""Training settings: everything that decides how a network is trained, checked before anything starts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.errors import SettingsError
from engine.nn.registry import ACTIVATIONS, OPTIMISERS, trainable_activations
from engine.nn.schedules import SCHEDULES
from engine.number_text import latin_digits

LARGEST_LAYER = 4096
MOST_LAYERS = 8
LEVELS = range(1, 8)
# Of plain SGD at a constant rate, which never settles: a larger rate for a mini-batch jumps about more, a
# smaller one takes more epochs. On MNIST's test set 784-10 came to 92.0 to 92.3 % with three seeds, and
# 784-100-10 to 97.0 %.
_LESSON_RATE, _LESSON_BATCH_SIZE, _LESSON_EPOCHS = 0.05, 128, 7


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How to train.

    Attributes:
        hidden: Units of each hidden layer, none for logistic regression.
        activation: One of `engine.nn.registry.trainable_activations`.
        epochs: Times that every digit is seen.
        batch_size: Digits in a mini-batch.
        learning_rate: Of the optimiser; the peak of a schedule.
        momentum: 0 (none) to below 1; of Adam, its running mean of the gradients.
        weight_decay: Pull of the weights towards 0; 0 for none.
        schedule: A name in `engine.nn.schedules.SCHEDULES`.
        warps: Whether each digit is warped a little, anew in every epoch.
        averaging: Whether the result is a running average of the weights rather than the last ones.
        seed: Decides the first weights, the order of the digits, and the warps.
        optimiser: A name in `engine.nn.registry.OPTIMISERS`.
        level: 1 (the library does everything) to 7 (nothing but tensors, written for speed): see
            `engine.levels.descriptions`.
    """

    hidden: tuple[int, ...] = (100,)
    activation: str = "relu"
    epochs: int = 5
    batch_size: int = 64
    learning_rate: float = OPTIMISERS["sgd"].usual_rate
    momentum: float = 0.9
    weight_decay: float = 0.0
    schedule: str = "one-cycle"
    warps: bool = False
    averaging: bool = False
    seed: int = 1
    optimiser: str = "sgd"
    level: int = 7

    def check(self) -> None:
        """Do nothing if the settings make sense.

        Raises:
            SettingsError: They do not; names the field at fault.
        """
        if len(self.hidden) > MOST_LAYERS:
            raise SettingsError("hidden", f"Use at most {MOST_LAYERS} hidden layers.")
        if any(not 1 <= size <= LARGEST_LAYER for size in self.hidden):
            raise SettingsError("hidden", f"A hidden layer needs 1 to {LARGEST_LAYER:,} units.")
        _check_choice("activation", self.activation, trainable_activations())
        _check_choice("schedule", self.schedule, SCHEDULES)
        _check_choice("optimiser", self.optimiser, OPTIMISERS)
        if self.level not in LEVELS:
            raise SettingsError("level", f"The level must be {LEVELS[0]} to {LEVELS[-1]}.")
        if not 1 <= self.epochs <= 1000:
            raise SettingsError("epochs", "Train for 1 to 1,000 epochs.")
        if not 1 <= self.batch_size <= 8192:
            raise SettingsError("batch_size", "A mini-batch holds 1 to 8,192 digits.")
        if not (math.isfinite(self.learning_rate) and 0 < self.learning_rate <= 10):
            raise SettingsError("learning_rate", "The learning rate must be above 0 and at most 10.")
        if not 0 <= self.momentum < 1:
            raise SettingsError("momentum", "Momentum must be 0 or more and below 1.")
        if not 0 <= self.weight_decay <= 1:
            raise SettingsError("weight_decay", "Weight decay must be from 0 to 1.")
        if not 0 <= self.seed < 2**63:
            raise SettingsError("seed", "The seed must be a whole number, 0 or more.")

    def differences(self) -> tuple[str, ...]:
        """What is not as usual, sizes apart, in a few words each: it tells two runs of one network apart."""
        usual = TrainingSettings(hidden=self.hidden, optimiser=self.optimiser)
        said = {
            f"level {self.level}": self.level != usual.level,
            ACTIVATIONS[self.activation].title: bool(self.hidden) and self.activation != usual.activation,
            OPTIMISERS[self.optimiser].title: self.optimiser != next(iter(OPTIMISERS)),
            f"rate {self.learning_rate:g}": self.learning_rate != OPTIMISERS[self.optimiser].usual_rate,
            f"momentum {self.momentum:g}": self.momentum != usual.momentum,
            f"weight decay {self.weight_decay:g}": self.weight_decay != usual.weight_decay,
            f"{self.schedule} rate": self.schedule != usual.schedule,
            f"{self.epochs} epoch{'s' * (self.epochs != 1)}": self.epochs != usual.epochs,
            f"batches of {self.batch_size}": self.batch_size != usual.batch_size,
            "warps": self.warps,
            "averaged": self.averaging,
            f"seed {self.seed}": self.seed != usual.seed,
        }
        return tuple(words for words, differs in said.items() if differs)


def usual_settings(settings: TrainingSettings) -> TrainingSettings:
    """How the same network is trained usually: network, seed and level stay, all else is as at first."""
    return trained_like(TrainingSettings(), settings)


def lesson_settings(settings: TrainingSettings) -> TrainingSettings:
    """Plain stochastic gradient descent for the same network, and nothing that the lesson does not have.

    No momentum, no schedule, no weight decay, no warps and no average: what is left is
    ``parameter -= learning_rate * gradient``.
    """
    plain = TrainingSettings(
        learning_rate=_LESSON_RATE,
        batch_size=_LESSON_BATCH_SIZE,
        epochs=_LESSON_EPOCHS,
        momentum=0.0,
        schedule="constant",
    )
    return trained_like(plain, settings)


def trained_like(way: TrainingSettings, settings: TrainingSettings) -> TrainingSettings:
    """Network, seed and level of `settings`, and all else of `way`."""
    return replace(
        way, hidden=settings.hidden, activation=settings.activation, seed=settings.seed, level=settings.level
    )


def _check_choice(field: str, chosen: str, choices: Iterable[str]) -> None:
    names = list(choices)
    if chosen not in names:
        raise SettingsError(field, f"The {field} must be one of {', '.join(names)}.")


def parse_hidden(text: str) -> tuple[int, ...]:
    """Hidden sizes from text such as ``512 256``, ``100`` or nothing (logistic regression).

    Raises:
        SettingsError: The text is something else, or a size is out of bounds.
    """
    written = latin_digits(text).strip(" \t,;").lower()
    if written in ("", "none"):
        return ()
    thousand = re.search(r"(?<![0-9,])([1-9]),([0-9]{3})(?![0-9,])", written)
    if thousand is not None and int("".join(thousand.groups())) <= LARGEST_LAYER:
        first, second = thousand.groups()
        raise SettingsError(
            "hidden",
            f"{first},{second} could be one layer of {first}{second} units or two of {first} and "
            f"{int(second)}: write {first}{second}, or {first} {int(second)}.",
        )
    if not re.fullmatch(r"[0-9]{1,9}([\s,;×x–-]+[0-9]{1,9})*", written):
        raise SettingsError("hidden", "Write hidden layers as whole numbers, such as 100 or 512 256.")
    sizes = tuple(map(int, re.findall("[0-9]+", written)))
    TrainingSettings(hidden=sizes).check()
    return sizes
