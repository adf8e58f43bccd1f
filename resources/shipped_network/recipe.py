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
class Finish:
    """The last training: more of MNIST, labels alone. Half of the way that it goes is kept.

    Attributes:
        amounts: Samples of each kind.
        lessons: Times that each sample is warped.
        student: How it is trained.
        share: Of the way from the student's weights to those that the last training ends at, 0 to 1.
        sample_seed: Of the samples.
        lesson_seed: Of the warps.
    """

    amounts: Amounts = field(default_factory=lambda: Amounts(4, 12, 30_000, 2, 10_000, 15_000))
    lessons: int = 3
    student: StudentSettings = field(
        default_factory=lambda: StudentSettings(
            epochs=1, batch_size=256, learning_rate=0.05, weight_decay=5e-5, trust=0.0
        )
    )
    share: float = 0.5
    sample_seed: int = 7
    lesson_seed: int = 11


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything but the student, who is one of `STUDENTS`.

    Attributes:
        amounts: Samples of each kind.
        teacher: How each teacher is trained.
        teachers: How many there are.
        lessons: Times that each sample is warped.
        finish: What comes after the student's training.
        seed: Of everything before that.
        digit_threshold: Of the model: so few digits of the writers left out were less likely to be digits.
    """

    amounts: Amounts = field(default_factory=Amounts)
    teacher: TeacherSettings = field(default_factory=TeacherSettings)
    teachers: int = 2
    lessons: int = 8
    finish: Finish = field(default_factory=Finish)
    seed: int = 1
    digit_threshold: float = 0.75


FULL = Recipe()
_LITTLE = Amounts(1, 1, 1_000, 0, 1_000, 1_000)
QUICK = Recipe(_LITTLE, TeacherSettings((4, 8, 8), epochs=1), 1, 2, Finish(_LITTLE, 1))
"""Shows in a minute or two whether all parts fit together; the network is a poor one."""
