"""Beside: what a side view is to be seen together with where there is no room for all."""

from __future__ import annotations

from enum import Enum


class Beside(Enum):
    """What stands next to a side view."""

    PAD = "pad and reading"
    TRAINING = "training"
    NOTHING = "nothing, however wide the window is"
