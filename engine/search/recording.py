"""Recording: what keeps the trials of a search, and knows those of an earlier run of it."""

from __future__ import annotations

from typing import Protocol

from engine.data.sources import TrainingData
from engine.models.model import Model
from engine.search.events import TrialCompleted
from engine.search.plan import SearchPlan
from engine.search.trial import SentWeights


class SearchRecording(Protocol):
    """Keeps a search. What cannot be kept is said, and the search goes on.

    Attributes:
        search: Its number, once it is kept; else None.
    """

    search: int | None

    def begin(self, plan: SearchPlan, data: TrainingData) -> list[TrialCompleted]:
        """The search begins, or goes on.

        Returns:
            What it has done already, in the order of the trials' numbers.

        Raises:
            StoreError: It cannot be kept, or is another search than the one to go on with.
        """
        ...

    def add(self, completed: TrialCompleted, model: Model | None) -> tuple[int | None, str]:
        """A trial is over.

        Args:
            completed: What came of it.
            model: Its network, if it is among the best.

        Returns:
            The number of its run; and a sentence on what could not be kept, or an empty text.
        """
        ...

    def drop_weights(self, run: int | None) -> None:
        """The weights of a run are no longer among the best."""
        ...

    def weights(self, run: int | None) -> SentWeights | None:
        """The weights of a run, if they were kept."""
        ...

    def end(self, state: str, run: int | None, model: Model | None) -> str:
        """The search is over, for now or for good; only the first call counts.

        Args:
            state: `FINISHED` or `STOPPED`.
            run: Of the best trial.
            model: Its network, measured.

        Returns:
            A sentence on what could not be kept, or an empty text.
        """
        ...


class NoSearchRecording:
    """Keeps nothing."""

    search: int | None = None

    def begin(self, plan: SearchPlan, data: TrainingData) -> list[TrialCompleted]:
        """Nothing was done before."""
        return []

    def add(self, completed: TrialCompleted, model: Model | None) -> tuple[int | None, str]:
        """Nothing."""
        return None, ""

    def drop_weights(self, run: int | None) -> None:
        """Nothing."""

    def weights(self, run: int | None) -> SentWeights | None:
        """None."""
        return None

    def end(self, state: str, run: int | None, model: Model | None) -> str:
        """Nothing."""
        return ""
