"""Search job: what goes into a search of the searcher, and what is told of its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.training.training_job import TrainingJob

if TYPE_CHECKING:
    from engine.search.plan import SearchPlan


@dataclass(frozen=True, slots=True)
class SearchJob:
    """What to search.

    Attributes:
        plan: What to try.
        training: Names the data and the device.
        jobs: Processes that train; 0 to train in this one.
        search: Number of an earlier search in the store to go on with; None for a new one.
    """

    plan: SearchPlan
    training: TrainingJob
    jobs: int = 0
    search: int | None = None


@dataclass(frozen=True, slots=True)
class SearchOver:
    """How a search ended; told of each, whatever happened.

    Attributes:
        message: One sentence on what went wrong, or empty.
        details: For a bug report, or empty.
        field: The setting at fault, or empty.
    """

    message: str = ""
    details: str = ""
    field: str = ""
