"""A request: what to search, where, and how it may be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.data.sources import TrainingData
from engine.search.plan import SearchPlan
from engine.search.recording import NoSearchRecording, SearchRecording
from engine.search.ways.way import InThisProcess, Way


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to search.

    Attributes:
        plan: What to try.
        data: To learn from, to choose on, and to measure the best on.
        way: Where trials run; for one search alone.
        side_by_side: Trials that a worker trains together, at most, where their settings allow it.
        recording: Keeps trials as they end, and knows those of an earlier run of the search.
        is_stopped: Asked again and again whether to end early.
    """

    plan: SearchPlan
    data: TrainingData
    way: Way = field(default_factory=InThisProcess)
    side_by_side: int = 1
    recording: SearchRecording = field(default_factory=NoSearchRecording)
    is_stopped: Callable[[], bool] = lambda: False
