"""Training settings: everything that decides how a network is trained, checked before anything starts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from engine.errors import SettingsError
from engine.number_text import latin_digits

LARGEST_LAYER = 4096
MOST_LAYERS = 8
ACTIVATION_NAMES = ("relu", "leaky-relu", "elu")
SCHEDULE_NAMES = ("constant", "one-cycle")
OPTIMISER_NAMES = ("sgd", "adam")
ACTIVATION_TITLES = {
    "relu": "ReLU",
    "leaky-relu": "leaky ReLU",
    "elu": "ELU",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
}
OPTIMISER_TITLES = {"sgd": "SGD", "adam": "Adam"}
"""What to call them in front of a user."""
USUAL_RATES = {"sgd": 0.05, "adam": 0.002}
"""Learning rates to begin with, by the optimiser's name."""
LEVELS = range(1, 7)


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How to train.

    Attributes:
        hidden: Units of each hidden layer, none for logistic regression.
        activation: One of `ACTIVATION_NAMES`.
        epochs: Times that every digit is seen.
        batch_size: Digits in a mini-batch.
        learning_rate: Of the optimiser; the peak of a schedule.
        momentum: 0 (none) to below 1; of Adam, its running mean of the gradients.
        weight_decay: Pull of the weights towards 0; 0 for none.
        schedule: One of `SCHEDULE_NAMES`.
        warps: Whether each digit is warped a little, anew in every epoch.
        averaging: Whether the result is a running average of the weights rather than the last ones.
        seed: Decides the first weights, the order of the digits, and the warps.
        optimiser: One of `OPTIMISER_NAMES`.
        level: 1 (the library does everything) to 6 (nothing but tensors): see
            `engine.levels.descriptions`.
    """

    hidden: tuple[int, ...] = (100,)
    activation: str = "relu"
    epochs: int = 5
    batch_size: int = 64
    learning_rate: float = USUAL_RATES["sgd"]
    momentum: float = 0.9
    weight_decay: float = 0.0
    schedule: str = "one-cycle"
    warps: bool = False
    averaging: bool = False
    seed: int = 1
    optimiser: str = "sgd"
    level: int = 6

    def check(self) -> None:
        """Do nothing if the settings make sense.

        Raises:
            SettingsError: They do not; names the field at fault.
        """
        if len(self.hidden) > MOST_LAYERS:
            raise SettingsError("hidden", f"Use at most {MOST_LAYERS} hidden layers.")
        if any(not 1 <= size <= LARGEST_LAYER for size in self.hidden):
            raise SettingsError("hidden", f"A hidden layer needs 1 to {LARGEST_LAYER:,} units.")
        if self.activation not in ACTIVATION_NAMES:
            raise SettingsError("activation", f"The activation must be one of {', '.join(ACTIVATION_NAMES)}.")
        if self.schedule not in SCHEDULE_NAMES:
            raise SettingsError("schedule", f"The schedule must be one of {', '.join(SCHEDULE_NAMES)}.")
        if self.optimiser not in OPTIMISER_NAMES:
            raise SettingsError("optimiser", f"The optimiser must be one of {', '.join(OPTIMISER_NAMES)}.")
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
        usual_rate = USUAL_RATES.get(self.optimiser, usual.learning_rate)
        said = {
            f"level {self.level}": self.level != usual.level,
            ACTIVATION_TITLES.get(self.activation, self.activation): bool(self.hidden)
            and self.activation != usual.activation,
            OPTIMISER_TITLES.get(self.optimiser, self.optimiser): self.optimiser != OPTIMISER_NAMES[0],
            f"rate {self.learning_rate:g}": self.learning_rate != usual_rate,
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
