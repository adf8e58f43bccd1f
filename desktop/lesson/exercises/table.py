"""Exercises: the table. A new one is a row here, and a fact in `facts` if there is none that tells of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from desktop.lesson.exercises.facts import (
    DescentJudged,
    DigitRead,
    Fact,
    LevelChosen,
    MatricesTyped,
    ProductCompleted,
    RateChosen,
    RunEnded,
    ShapesCompared,
    SpeedMeasured,
    StepTaken,
    UnitPointedAt,
)

_F = TypeVar("_F", bound=Fact)

_NO_BETTER_THAN_CHANCE = 0.2
# Below it the Speed page says that something else was running.
_QUIET = 0.9


@dataclass(frozen=True, slots=True)
class Exercise(Generic[_F]):
    """A row of the table.

    Attributes:
        name: What the settings call it: words with hyphens, never changed.
        page: Of the lesson.
        text: What to do.
        fact: The type of fact that can show it done.
        is_done: Whether it is, of all such facts since the lesson was opened, the newest last.
    """

    name: str
    page: str
    text: str
    fact: type[_F]
    is_done: Callable[[Sequence[_F]], bool]


def exercises_of(page: str) -> tuple[Exercise[Any], ...]:
    """Those of a page of the lesson, in the order of the table."""
    return tuple(each for each in EXERCISES if each.page == page)


def _differ_only_in(field: str, runs: Sequence[RunEnded]) -> list[tuple[RunEnded, RunEnded]]:
    """Each earlier run that went to its end with the settings of the last but for one, and the last."""
    last = runs[-1]
    return [
        (run, last)
        for run in runs[:-1]
        if not (run.was_stopped or last.was_stopped)
        and getattr(run.settings, field) != getattr(last.settings, field)
        and replace(run.settings, **{field: getattr(last.settings, field)}) == last.settings
    ]


def _is_tenfold(first: float, second: float) -> bool:
    return max(first, second) >= 9.99 * min(first, second)


def _failed(run: RunEnded) -> bool:
    is_guessing = run.accuracy is not None and run.accuracy < _NO_BETTER_THAN_CHANCE
    return run.has_diverged or (is_guessing and not run.was_stopped)


def _has_overshot(steps: Sequence[DescentJudged]) -> bool:
    """Whether the last step arrived after one since the start that went too far."""
    if steps[-1].verdict != "arrived":
        return False
    start = max((place for place, step in enumerate(steps) if step.number == 1), default=0)
    return any(step.verdict == "overshoots" for step in steps[start:])


EXERCISES: tuple[Exercise[Any], ...] = (
    Exercise(
        "levels-same-curves",
        "Levels",
        "Train at two levels with Overlay ticked and nothing else changed: their curves coincide.",
        RunEnded,
        lambda runs: bool(_differ_only_in("level", runs)),
    ),
    Exercise(
        "levels-own-gradients",
        "Levels",
        "Find the first level that does without PyTorch's automatic differentiation.",
        LevelChosen,
        lambda levels: levels[-1].level == 6,
    ),
    Exercise(
        "levels-slow",
        "Levels",
        "Train for one epoch at level 3, and see how much longer it takes.",
        RunEnded,
        lambda runs: runs[-1].settings.level == 3 and not runs[-1].was_stopped,
    ),
    Exercise(
        "step-ten",
        "Step",
        "Take ten steps and watch the loss.",
        StepTaken,
        lambda steps: steps[-1].number >= 10,
    ),
    Exercise(
        "step-worse",
        "Step",
        "Find a step that makes the loss of its own mini-batch worse. A high rate helps.",
        StepTaken,
        lambda steps: steps[-1].loss_after > steps[-1].loss_before,
    ),
    Exercise(
        "step-all-right",
        "Step",
        "Keep going until a mini-batch of 32 digits or more is read without a mistake.",
        StepTaken,
        lambda steps: steps[-1].count >= 32 and steps[-1].right == steps[-1].count,
    ),
    Exercise(
        "weights-no-hidden",
        "Weights",
        "Train without hidden layers: each of the ten units becomes a picture of its digit.",
        RunEnded,
        lambda runs: not runs[-1].settings.hidden and not _failed(runs[-1]),
    ),
    Exercise(
        "weights-forty-units",
        "Weights",
        "Reach 97 % on the validation digits with at most 40 hidden units.",
        RunEnded,
        lambda runs: (
            0 < sum(runs[-1].settings.hidden) <= 40
            and runs[-1].accuracy is not None
            and runs[-1].accuracy >= 0.97
        ),
    ),
    Exercise(
        "network-hidden",
        "Network",
        "Point at a hidden unit and follow its sum.",
        UnitPointedAt,
        lambda units: not units[-1].is_answer,
    ),
    Exercise(
        "network-answer",
        "Network",
        "Point at an answer that the network does not give, and see what speaks against it.",
        UnitPointedAt,
        lambda units: units[-1].is_answer and not units[-1].is_chosen,
    ),
    Exercise(
        "rate-use",
        "Rate",
        "Find a rate and write it into the training panel.",
        RateChosen,
        lambda _: True,
    ),
    Exercise(
        "rate-tenth",
        "Rate",
        "Train twice with Overlay ticked, the second time at a tenth of the rate or at ten times the rate.",
        RunEnded,
        lambda runs: any(
            _is_tenfold(run.settings.learning_rate, last.settings.learning_rate)
            for run, last in _differ_only_in("learning_rate", runs)
        ),
    ),
    Exercise(
        "rate-fail",
        "Rate",
        "Find a rate at which training fails: the loss is no longer a number, or nothing is learned.",
        RunEnded,
        lambda runs: _failed(runs[-1]),
    ),
    Exercise(
        "descent-diverge",
        "Descent",
        "Find a rate at which descent diverges.",
        DescentJudged,
        lambda steps: steps[-1].verdict == "diverged",
    ),
    Exercise(
        "descent-overshoot",
        "Descent",
        "Find a rate that overshoots the valley and still arrives.",
        DescentJudged,
        _has_overshot,
    ),
    Exercise(
        "descent-three",
        "Descent",
        "Arrive in three steps or fewer.",
        DescentJudged,
        lambda steps: steps[-1].verdict == "arrived" and steps[-1].number <= 3,
    ),
    Exercise(
        "product-complete",
        "Matrix product",
        "Follow a product to its last number.",
        ProductCompleted,
        lambda _: True,
    ),
    Exercise(
        "product-three-views",
        "Matrix product",
        "Follow a product to its end in each of the three views.",
        ProductCompleted,
        lambda products: len({product.view for product in products}) == 3,
    ),
    Exercise(
        "product-no-fit",
        "Matrix product",
        "Type two matrices that cannot be multiplied.",
        MatricesTyped,
        lambda pairs: pairs[-1].first[1] != pairs[-1].second[0],
    ),
    Exercise(
        "broadcasting-fail",
        "Broadcasting",
        "Type two shapes that cannot be combined.",
        ShapesCompared,
        lambda pairs: pairs[-1].result is None,
    ),
    Exercise(
        "broadcasting-both",
        "Broadcasting",
        "Type two shapes that are both stretched.",
        ShapesCompared,
        lambda pairs: pairs[-1].result not in (None, pairs[-1].first, pairs[-1].second),
    ),
    Exercise(
        "broadcasting-axes",
        "Broadcasting",
        "Combine a shape of one axis with a shape of three.",
        ShapesCompared,
        lambda pairs: (
            pairs[-1].result is not None and {len(pairs[-1].first), len(pairs[-1].second)} == {1, 3}
        ),
    ),
    Exercise(
        "functions-unsure",
        "Functions",
        "Draw a digit whose largest softmax value is below 0.6.",
        DigitRead,
        lambda digits: digits[-1].probability < 0.6,
    ),
    Exercise(
        "functions-two-sigmoids",
        "Functions",
        "Draw a digit for which at least two sigmoids are above one half.",
        DigitRead,
        lambda digits: sum(logit > 0 for logit in digits[-1].logits) >= 2,
    ),
    Exercise(
        "functions-sure",
        "Functions",
        "Draw a digit whose largest softmax value is above 0.999.",
        DigitRead,
        lambda digits: digits[-1].probability > 0.999,
    ),
    Exercise(
        "speed-measure",
        "Speed",
        "Measure how fast this machine is, and let it finish.",
        SpeedMeasured,
        lambda _: True,
    ),
    Exercise(
        "speed-quiet",
        "Speed",
        "Measure while nothing else is running, so that the page has nothing to complain about.",
        SpeedMeasured,
        lambda measured: measured[-1].work_share >= _QUIET,
    ),
)
"""All exercises; those of a page in the order in which they are shown."""
