"""Training values: the settings of a training as the texts that the settings file has."""

from __future__ import annotations

from collections.abc import Callable

from desktop.settings.stored_level import LEVELS_KEY, stored_level
from engine.errors import NumberError, SettingsError
from engine.number_text import parse_decimal, parse_whole
from engine.settings import LEVELS, TrainingSettings

# Kept as Python writes them.
_PLAIN = (
    "activation",
    "epochs",
    "batch_size",
    "learning_rate",
    "schedule",
    "momentum",
    "seed",
    "level",
    "optimiser",
)


def read_training(text: Callable[[str, str], str]) -> TrainingSettings:
    """The settings that a file has; the usual ones if any of its values makes no sense.

    Args:
        text: From a key and a default to the text that the file has for the key.
    """
    default = TrainingSettings()
    try:
        read = TrainingSettings(
            hidden=tuple(map(parse_whole, text("training/hidden", "100").split())),
            activation=text("training/activation", default.activation),
            epochs=parse_whole(text("training/epochs", str(default.epochs))),
            batch_size=parse_whole(text("training/batch_size", str(default.batch_size))),
            learning_rate=parse_decimal(text("training/learning_rate", str(default.learning_rate))),
            momentum=parse_decimal(text("training/momentum", str(default.momentum))),
            schedule=text("training/schedule", default.schedule),
            warps=text("training/warps", str(default.warps).lower()) == "true",
            seed=parse_whole(text("training/seed", str(default.seed))),
            level=stored_level(text),
            optimiser=text("training/optimiser", default.optimiser),
        )
        read.check()
    except (NumberError, SettingsError):
        return default
    return read


def training_values(settings: TrainingSettings) -> dict[str, str]:
    """Keys and texts from which `read_training` reads these settings again."""
    values = {f"training/{name}": str(getattr(settings, name)) for name in _PLAIN}
    # A quoted list would come back as a list: sizes are joined by blanks, never commas.
    values["training/hidden"] = " ".join(map(str, settings.hidden))
    values[LEVELS_KEY] = str(len(LEVELS))
    values["training/warps"] = str(settings.warps).lower()
    return values
