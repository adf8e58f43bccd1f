"""Replacement: whether a network that was just trained takes the place of the one in use.

The one place where that is decided, for the window, for learning from drawings, for runs and for the command
line. Pure: figures go in, a judgement comes out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings

if TYPE_CHECKING:
    from torch import Tensor

CHANCE = 0.1
"""Share of ten digits that is right by guessing, where the labels are not at hand."""

# A guess is right by luck in so many standard errors more than its share; 99.9 of 100 guesses in fewer.
_DEVIATIONS = 3.0
_USUAL_COUNT = 3_000
# A small network that one trains to learn from, such as logistic regression with 92 %, still replaces one
# with 99 %; one with 80 % is a mishap.
_CLEARLY = 0.1


class Verdict(Enum):
    """What is said of a new network."""

    USABLE = "usable"
    LEARNED_NOTHING = "learned nothing"
    CLEARLY_WORSE = "clearly worse"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the figures behind it.

    Attributes:
        verdict: What is said of the new network.
        accuracy: Of the new network on the validation set, 0 to 1; None where it was not measured.
        former: Of the network in use on the same digits, or None.
        chance: What guessing comes to on them.
    """

    verdict: Verdict
    accuracy: float | None
    former: float | None = None
    chance: float = CHANCE

    @property
    def may_replace(self) -> bool:
        """Whether the new network is put to use without asking."""
        return self.verdict is Verdict.USABLE

    @property
    def reason(self) -> str:
        """Why it is not, as the rest of a sentence that begins with the network's name; else empty."""
        right = "" if self.accuracy is None else f"{100 * self.accuracy:.1f} % right on the validation set"
        if self.verdict is Verdict.LEARNED_NOTHING:
            return f"learned nothing: {right} ({100 * self.chance:.0f} % is chance)"
        if self.verdict is Verdict.CLEARLY_WORSE:
            return f"is clearly worse: {right}, where the network in use has {100 * (self.former or 0):.1f} %"
        if self.verdict is Verdict.UNFINISHED:
            return "is unfinished" + (f": {right} so far" if right else "")
        return ""


def judge(
    accuracy: float | None,
    former: float | None = None,
    chance: float = CHANCE,
    digits: int = _USUAL_COUNT,
    is_interrupted: bool = False,
) -> Judgement:
    """Judge a new network.

    Args:
        accuracy: Its accuracy on the validation set, 0 to 1; None where it was not measured.
        former: That of the network in use on the same digits; None where there is none.
        chance: What guessing comes to on them; see `chance_of`.
        digits: How many they are, 1 or more.
        is_interrupted: Whether its training ended neither by itself nor because somebody stopped it.
    """

    def as_(verdict: Verdict) -> Judgement:
        return Judgement(verdict, accuracy, former, chance)

    if is_interrupted:
        return as_(Verdict.UNFINISHED)
    if accuracy is None:
        return as_(Verdict.USABLE)
    if accuracy <= chance + _DEVIATIONS * math.sqrt(chance * (1 - chance) / digits):
        return as_(Verdict.LEARNED_NOTHING)
    if former is not None and accuracy < former - _CLEARLY:
        return as_(Verdict.CLEARLY_WORSE)
    return as_(Verdict.USABLE)


def chance_of(labels: Tensor) -> float:
    """The share of the most frequent label, (digits,) int64: what always giving one answer comes to."""
    return float(labels.bincount().max()) / len(labels)


def smaller_rate(settings: TrainingSettings) -> float:
    """A learning rate to try after one that was too large: the usual one, or a tenth of a smaller one."""
    return min(OPTIMISERS[settings.optimiser].usual_rate, float(f"{settings.learning_rate / 10:.1e}"))
