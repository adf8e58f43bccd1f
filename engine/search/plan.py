"""A plan: all that decides what a search does, as it is stored for a search that goes on later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from engine.errors import SettingsError, StoreError
from engine.search.objective import ACCURACY, OBJECTIVES
from engine.search.samplers import GRID, SAMPLERS
from engine.search.space import Dimension, Point, Range, Space, Value, Values
from engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What to search, and how.

    Attributes:
        space: Where to look.
        sampler: One of `engine.search.samplers.SAMPLERS`.
        trials: Trainings at most; None for the whole grid, or a usual number of points at random.
        sampler_seed: Of what the sampler does at random.
        halving: Whether trials that are behind most others are given up on the way.
        objective: One of `engine.search.objective.OBJECTIVES`.
    """

    space: Space = field(default_factory=Space)
    sampler: str = GRID
    trials: int | None = None
    sampler_seed: int = 1
    halving: bool = False
    objective: str = ACCURACY

    def check(self) -> None:
        """Do nothing if it makes sense.

        Raises:
            SettingsError: It does not; names the field at fault.
        """
        self.space.check()
        if self.sampler not in SAMPLERS:
            raise SettingsError("sampler", f"The sampler must be one of {', '.join(SAMPLERS)}.")
        if self.objective not in OBJECTIVES:
            raise SettingsError("objective", f"Choose by one of {', '.join(OBJECTIVES)}.")


def plan_text(plan: SearchPlan) -> str:
    """The plan as JSON."""
    space = plan.space
    return json.dumps(
        {
            "base": asdict(space.base),
            "dimensions": {name: _stored(each) for name, each in space.dimensions.items()},
            "seeds": space.seeds,
            "sampler": plan.sampler,
            "trials": plan.trials,
            "sampler_seed": plan.sampler_seed,
            "halving": plan.halving,
            "objective": plan.objective,
        }
    )


def plan_from(text: str) -> SearchPlan:
    """A plan from what `plan_text` wrote.

    Raises:
        StoreError: It was written by another version, or damaged.
    """
    try:
        stored = json.loads(text)
        known = {each.name for each in fields(TrainingSettings)}
        base = {name: _value(value) for name, value in stored["base"].items() if name in known}
        space = Space(
            TrainingSettings(**base),
            {name: _dimension(each) for name, each in stored["dimensions"].items()},
            tuple(int(seed) for seed in stored["seeds"]),
        )
        plan = SearchPlan(
            space,
            stored["sampler"],
            stored["trials"],
            stored["sampler_seed"],
            stored["halving"],
            stored["objective"],
        )
        plan.check()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, SettingsError) as error:
        raise StoreError(
            "This search cannot be gone on with: it was stored by another version, or is damaged. Start "
            "it anew."
        ) from error
    return plan


def values_of(space: Space, settings: TrainingSettings) -> Point:
    """What a training has for each setting that the space names."""
    values: dict[str, Value] = {}
    for name, dimension in space.dimensions.items():
        value: Any = getattr(settings, name)
        # A range of hidden sizes is one of a single layer.
        values[name] = value[0] if isinstance(dimension, Range) and isinstance(value, tuple) else value
    return values


def _stored(dimension: Dimension) -> Mapping[str, Any]:
    return {"values": dimension.values} if isinstance(dimension, Values) else asdict(dimension)


def _dimension(stored: Mapping[str, Any]) -> Dimension:
    if "values" in stored:
        return Values(tuple(_value(each) for each in stored["values"]))
    return Range(**stored)


def _value(stored: Any) -> Any:
    return tuple(stored) if isinstance(stored, list) else stored
