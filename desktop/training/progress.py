"""Progress of a run in words: how far, how fast, and how long still."""

from __future__ import annotations

from dataclasses import dataclass, field

# Share of the newest speed in the running one: steady enough to read, quick enough to follow.
_NEWEST = 0.15


@dataclass(slots=True)
class TrainingProgress:
    """Counts steps and time.

    Attributes:
        total_steps: Of the whole run.
        epochs: Of the whole run.
        started_s: Of a clock that only runs forwards.
    """

    total_steps: int
    epochs: int
    started_s: float
    _steps: int = 0
    _told_s: float = field(init=False)
    _seconds_per_step: float = 0.0
    _examples_per_s: float = 0.0

    def __post_init__(self) -> None:
        self._told_s = self.started_s

    def update(self, steps_done: int, examples: int, now_s: float) -> None:
        """Take in a chunk: steps done so far, digits seen in the chunk, and the time."""
        steps = steps_done - self._steps
        seconds = now_s - self._told_s
        if steps <= 0 or seconds <= 0:
            return
        share = _NEWEST if self._seconds_per_step else 1.0
        self._seconds_per_step += share * (seconds / steps - self._seconds_per_step)
        self._examples_per_s += share * (examples / seconds - self._examples_per_s)
        self._steps, self._told_s = steps_done, now_s

    @property
    def share(self) -> float:
        """Done, 0 to 1."""
        return self._steps / self.total_steps

    @property
    def epoch(self) -> int:
        """The epoch under way, counted from 1."""
        return min(self.epochs, self._steps * self.epochs // self.total_steps + 1)

    def pace(self) -> str:
        """``epoch 2 of 3 · 214,000/s``, in digits a second."""
        if not self._examples_per_s:
            return f"epoch {self.epoch} of {self.epochs}"
        # Three figures are as much as holds still for a moment.
        digits = max(0, len(str(int(self._examples_per_s))) - 3)
        return f"epoch {self.epoch} of {self.epochs} · {round(self._examples_per_s, -digits):,.0f}/s"

    def time_left(self) -> str:
        """``12 s left``."""
        if not self._seconds_per_step:
            return ""
        seconds = (self.total_steps - self._steps) * self._seconds_per_step
        if seconds >= 90:
            return f"{seconds / 60:.0f} min left"
        return f"{seconds:.0f} s left" if seconds >= 1 else "a moment left"
