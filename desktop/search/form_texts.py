"""Form texts: what the fields of a search are called, what they take, and what stands there first."""

from __future__ import annotations

from desktop.training.field_texts import SPOKEN_NAMES as TRAINING_NAMES
from engine.nn.registry import OPTIMISERS, trainable_activations
from engine.nn.schedules import SCHEDULES

SPOKEN_NAMES = {
    **{name: text for name, text in TRAINING_NAMES.items() if name not in ("data", "level")},
    "weight_decay": "Weight decay",
    "warps": "Warps",
    "seed": "Seeds",
    "sampler": "Which points to try",
    "trials": "Trainings at most",
    "objective": "What to choose by",
    "jobs": "Where trainings run",
}
"""For screen readers, by the names of the settings."""

_LIST = "One value, several, or a range"

TIPS = {
    "hidden": "Networks, with semicolons between them: 32; 100; 100 50. A range, 16..128, has one layer",
    "activation": f"One or several of {', '.join(trainable_activations())}",
    "learning_rate": f"{_LIST}: 0.1, or 0.02 0.1 0.5, or 0.01..0.5; a grid takes five numbers of a range",
    "epochs": f"{_LIST}: 5, or 3 5 10, or 2..10",
    "batch_size": f"{_LIST}: 64, or 32 64 128, or 16..256",
    "momentum": f"{_LIST}: 0.9, or 0 0.9, or 0..0.95",
    "schedule": f"One or several of {', '.join(SCHEDULES)}",
    "optimiser": f"One or several of {', '.join(OPTIMISERS)}",
    "weight_decay": f"How much the weights are pulled towards 0. {_LIST}: 0, or 0 0.0001, or 0.00001..0.01",
    "warps": "Rotate, slant and stretch each picture a little: off, on, or off on to compare",
    "seed": "Every point is trained with each of these: 1, or 1 2 3, or 1..5. Several show the spread",
    "sampler": (
        "Grid: every combination of the values. Random: combinations at random. Learning: looks where good "
        "ones were found"
    ),
    "trials": "Trainings at most; leave it empty for the whole grid, or for 50",
    "objective": "The figure on the validation set by which the best network is chosen",
    "halving": "After 1, 3 and 9 epochs only the best third goes on, which leaves time for more trainings",
    "jobs": (
        "Several processes train at the same time; leave a core for the pad. In this program, a search "
        "starts at once, but the window runs less smoothly"
    ),
}
"""By the names of the settings."""

FIRST_TEXTS = {"hidden": "50; 100; 256", "learning_rate": "0.02 0.05 0.1", "epochs": "6"}
"""What stands in the fields before anybody has written there: a search of two minutes."""
