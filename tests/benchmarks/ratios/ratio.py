"""Ratio: two things measured on the same machine, one over the other, in each of some rounds."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Ratio:
    """Without a unit.

    Attributes:
        name: What over what, in words; the same name is compared from run to run.
        median: Of all rounds that count.
        least: Of the same.
        greatest: Of the same.
        rounds: How many these are.
        is_lower_better: Whether the program is the better the smaller it is.
        is_disturbed: Whether the machine had other things to do in too many rounds to leave them all out.
    """

    name: str
    median: float
    least: float
    greatest: float
    rounds: int
    is_lower_better: bool = True
    is_disturbed: bool = False

    @classmethod
    def of(
        cls, name: str, values: Sequence[float], is_lower_better: bool = True, is_disturbed: bool = False
    ) -> Ratio:
        """Of one value for each round, at least one."""
        return cls(
            name,
            statistics.median(values),
            min(values),
            max(values),
            len(values),
            is_lower_better,
            is_disturbed,
        )

    def change_from(self, last: Ratio) -> float:
        """Of the median, in per cent of the last one."""
        return 100 * (self.median / last.median - 1)

    def is_clearly_worse_than(self, last: Ratio) -> bool:
        """Whether even its best round was worse than the worst one then; one round alone has no range."""
        if min(self.rounds, last.rounds) < 2:
            return False
        return self.least > last.greatest if self.is_lower_better else self.greatest < last.least

    def cell(self) -> str:
        """For a table."""
        figure = f"{self.median:.2f}{'*' if self.is_disturbed else ''}"
        return figure if self.rounds < 2 else f"{figure} ({self.least:.2f} to {self.greatest:.2f})"

    def as_json(self) -> dict[str, Any]:
        """Numbers to four digits, which is more than any of them is good for."""
        values = asdict(self)
        return {name: float(f"{v:.4g}") if isinstance(v, float) else v for name, v in values.items()}

    @classmethod
    def from_json(cls, values: Any) -> Ratio:
        """What `as_json` gave.

        Raises:
            ValueError: It is something else.
        """
        if not isinstance(values, dict) or values.keys() != {field.name for field in fields(cls)}:
            raise ValueError("a ratio has other fields than it should")
        numbers = [values[name] for name in ("median", "least", "greatest", "rounds")]
        answers = [values[name] for name in ("is_lower_better", "is_disturbed")]
        is_sound = isinstance(values["name"], str) and all(type(each) is bool for each in answers)
        if not is_sound or not all(type(each) in (int, float) for each in numbers):
            raise ValueError("a ratio has a field of another kind than it should")
        found = cls(**values)
        if not 0 < found.least <= found.median <= found.greatest < math.inf:
            raise ValueError(f"the numbers of {found.name!r} are no median and range")
        return found
