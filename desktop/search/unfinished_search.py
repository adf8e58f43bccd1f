"""Unfinished search: the newest one in the store that can go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.search.plan import SearchPlan
    from engine.store.store import Store


@dataclass(frozen=True, slots=True)
class UnfinishedSearch:
    """A search that was stopped, or that a crash has ended.

    Attributes:
        number: In the store.
        plan: What it does.
        data: What `desktop.training.training_job.TrainingJob` names it by.
        done: Trials that are over.
    """

    number: int
    plan: SearchPlan
    data: str
    done: int


def find_unfinished(store: Store, data_by_set: Mapping[str, str]) -> UnfinishedSearch | None:
    """The newest search, if it can go on; None if it came to its end, or there is none. Takes a while.

    Args:
        store: Has all searches.
        data_by_set: What names data in a job, by the plain names of the training sets.

    Raises:
        StoreError: The store cannot be read.
    """
    from engine.errors import StoreError
    from engine.plain_text import plain_name
    from engine.search.plan import plan_from
    from engine.store.run import TRAINING
    from engine.training.run_states import FINISHED

    for each in store.searches.entries():
        if each.state == FINISHED:
            return None
        data = data_by_set.get(plain_name(each.data), "")
        if each.state == TRAINING or not data:
            continue
        try:
            plan = plan_from(each.plan)
        except StoreError:  # of another version
            continue
        return UnfinishedSearch(each.id, plan, data, len(store.searches.trials(each.id)))
    return None
