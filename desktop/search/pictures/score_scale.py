"""Score scale: from a score to its place between poor and best, and to a colour.

The colours go from faint to strong in lightness as well as in hue, from yellow to blue (the scale cividis,
made for people with any kind of cones), and end in what stands out on the panel: dark blue in the light
appearance, yellow in the dark one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor

from desktop.widgets.theme import Colours

_ON_LIGHT = ("#ddd3a0", "#a69d75", "#7c7b78", "#575d6d", "#00224e")
_ON_DARK = ("#35456c", "#575d6d", "#848279", "#bcaf6f", "#fee838")
# How far poor scores reach below the best, in times of what the better three quarters do.
_REACH = 2.5
_LEAST_SPAN = 1e-4
_TICKS = 4


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """What is shown of scores; a few that are far off are put at its poor end.

    Attributes:
        poor: The poor end.
        best: The other end: the largest accuracy, or the least loss.
    """

    poor: float
    best: float

    @classmethod
    def of(cls, scores: Sequence[float], is_accuracy: bool) -> ScoreScale:
        """The scale that suits some scores, one at least."""
        ranked = sorted(scores, reverse=is_accuracy)
        best, worst = ranked[0], ranked[-1]
        reach = abs(ranked[(3 * len(ranked) - 1) // 4] - best) * _REACH
        if is_accuracy:
            poor = max(worst, best - reach) if reach else worst
            return cls(min(poor, best - _LEAST_SPAN), best)
        poor = min(worst, best + reach) if reach else worst
        return cls(max(poor, best + _LEAST_SPAN), best)

    def share(self, score: float) -> float:
        """0 at the poor end or beyond, 1 at the best."""
        return min(1.0, max(0.0, (score - self.poor) / (self.best - self.poor)))

    def clipped(self, score: float) -> float:
        """The score, or the poor end for what lies beyond it."""
        return self.poor + self.share(score) * (self.best - self.poor)

    @property
    def limits(self) -> tuple[float, float]:
        """Lower and upper end, whichever is the better."""
        return min(self.poor, self.best), max(self.poor, self.best)


def score_ticks(scale: ScoreScale, is_accuracy: bool) -> list[tuple[float, str]]:
    """Round scores from one end of the scale, or a little beyond, to the other; and how they are written."""
    low, high = scale.limits
    unit = 100.0 if is_accuracy else 1.0
    rough = unit * (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(each for each in (1, 2, 5, 10) if each * power >= rough * (1 - 1e-9))
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.floor(unit * low / step + 1e-6), math.ceil(unit * high / step - 1e-6)
    sign = " %" if is_accuracy else ""
    return [(mark * step / unit, f"{mark * step:.{decimals}f}{sign}") for mark in range(first, last + 1)]


def score_colour(share: float, colours: Colours) -> QColor:
    """Of a score at that share of the scale."""
    is_dark = QColor(colours.panel).lightness() < 128
    anchors = [QColor(each) for each in (_ON_DARK if is_dark else _ON_LIGHT)]
    place = min(max(share, 0.0), 1.0) * (len(anchors) - 1)
    index = min(int(place), len(anchors) - 2)
    low, high, part = anchors[index], anchors[index + 1], place - index
    return QColor(
        *(
            round(a + part * (b - a))
            for a, b in zip(
                (low.red(), low.green(), low.blue()), (high.red(), high.green(), high.blue()), strict=True
            )
        )
    )
