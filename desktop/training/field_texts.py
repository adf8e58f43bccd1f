"""Field texts: what the fields of a training are called, and what each of them means in a sentence."""

from __future__ import annotations

from engine.levels.descriptions import LEVEL_DESCRIPTIONS

SPOKEN_NAMES = {
    "data": "Data to train on",
    "level": f"Level, 1 to {len(LEVEL_DESCRIPTIONS)}",
    "hidden": "Hidden layers",
    "activation": "Activation",
    "learning_rate": "Peak learning rate",
    "schedule": "Schedule of the learning rate",
    "epochs": "Epochs",
    "batch_size": "Batch size",
    "momentum": "Momentum",
    "optimiser": "Optimiser",
    "seed": "Seed",
}
"""For screen readers, by the names of the settings."""

SCHEDULE_TIPS = {
    "constant": "Every step has the same rate",
    "one-cycle": (
        "The rate rises from a 25th of the peak over the first quarter of the steps, then falls to almost "
        "nothing"
    ),
}
"""What each schedule does; one that is new needs none."""

TIPS = {
    "hidden": "Units in each hidden layer, such as 100 or 512 256; leave it empty for none",
    "learning_rate": (
        "How far each step goes against the gradient: the largest rate that the schedule comes to, above 0 "
        "and at most 10"
    ),
    "epochs": "How often every training picture is seen",
    "batch_size": "How many pictures each step looks at",
    "momentum": (
        "How much of the last step each step carries on, from 0 for none to below 1; 0.9 is usual, and 0 is "
        "plain gradient descent"
    ),
    "optimiser": "What makes a step of a gradient: SGD or Adam, with the momentum beside it",
    "seed": "Decides the first weights and the order of the pictures: the same seed gives the same training",
    "warps": "Rotates, slants and stretches each picture anew in every epoch: slower, but reads better",
}
"""By the names of the settings."""
