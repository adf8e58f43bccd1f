"""The recipe: how the shipped network is made, and what else was tried when it was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field

from resources.shipped_network.samples import Amounts
from resources.shipped_network.student import StudentSettings
from resources.shipped_network.teachers import TeacherSettings

CHOSEN = "distilled"
STUDENTS = {
    "distilled": StudentSettings(trust=0.7, weight_decay=2e-4),
    "labels-alone": StudentSettings(trust=0.0, weight_decay=2e-4),
    "less-decay": StudentSettings(trust=0.7, weight_decay=5e-5),
    "softened": StudentSettings(trust=0.9, temperature=2.0, weight_decay=1e-4),
}
"""Trained with ``--choose`` and compared on writers left out; the one that is `CHOSEN` is shipped."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything but the student, who is one of `STUDENTS`.

    Attributes:
        amounts: Samples of each kind.
        teacher: How each teacher is trained.
        teachers: How many there are.
        lessons: Times that each sample is warped.
        seed: Of everything.
        digit_threshold: Of the model: so few digits of the writers left out were less likely to be digits.
    """

    amounts: Amounts = field(default_factory=Amounts)
    teacher: TeacherSettings = field(default_factory=TeacherSettings)
    teachers: int = 2
    lessons: int = 8
    seed: int = 1
    digit_threshold: float = 0.57


FULL = Recipe()
QUICK = Recipe(Amounts(1, 1, 1_000, 0, 1_000, 1_000), TeacherSettings((4, 8, 8), epochs=1), 1, 2)
"""Shows in a minute or two whether all parts fit together; the network is a poor one."""
