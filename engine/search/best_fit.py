"""`best_fit`: a whole search in one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engine.data.digits import Digits, Standardisation
from engine.data.sources import TrainingData
from engine.models.model import Model
from engine.search.events import SearchEnded, SearchEvent
from engine.search.objective import ACCURACY
from engine.search.plan import SearchPlan
from engine.search.request import SearchRequest
from engine.search.samplers import GRID
from engine.search.search import run_search
from engine.search.space import Space
from engine.search.ways.way import InThisProcess, Way
from engine.settings import TrainingSettings


class BestFit(NamedTuple):
    """What a search has found.

    Attributes:
        network: The best one, ready to read with; its provenance has its accuracy on both sets. None if no
            training came to anything.
        score: Its validation accuracy, 0 to 1, or validation loss; with several seeds, the mean of its point.
        settings: Of every training, best first.
        scores: Of every training in the same order; None for those that failed.
    """

    network: Model | None
    score: float | None
    settings: tuple[TrainingSettings, ...]
    scores: tuple[float | None, ...]


def best_fit(
    space: Space,
    training: Digits,
    validation: Digits,
    test: Digits | None = None,
    sampler: str = GRID,
    trials: int | None = None,
    halving: bool = False,
    objective: str = ACCURACY,
    way: Way | None = None,
    side_by_side: int = 1,
    on_event: Callable[[SearchEvent], None] = lambda _: None,
) -> BestFit:
    """Train a network for each point of a space, and choose the best by the validation set.

    Args:
        space: Where to look.
        training: To learn from.
        validation: To choose on.
        test: Read once, by the best network; None for no such figure.
        sampler: One of `engine.search.samplers.SAMPLERS`.
        trials: Trainings at most; None for the whole grid, or a usual number of points.
        halving: Whether trainings that are behind most others are given up on the way.
        objective: ``accuracy`` or ``loss``, both on the validation set.
        way: Where trainings run; by default one after another, or side by side, in this process.
        side_by_side: Trainings that run as one batched product, at most, where their settings allow it.
        on_event: Told of everything, as it comes.

    Raises:
        SettingsError: Something that was asked for makes no sense.
    """
    plan = SearchPlan(space, sampler, trials, halving=halving, objective=objective)
    data = TrainingData(training, validation, test, Standardisation.of(training))
    ended: SearchEnded | None = None
    for event in run_search(SearchRequest(plan, data, way or InThisProcess(), side_by_side)):
        on_event(event)
        if isinstance(event, SearchEnded):
            ended = event
    assert ended is not None  # the last event of every search that raises nothing
    return BestFit(
        ended.model,
        ended.point_score,
        tuple(each.trial.settings for each in ended.trials),
        tuple(each.score for each in ended.trials),
    )
