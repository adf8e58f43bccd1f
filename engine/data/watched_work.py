"""Watched work: whoever waits for something long is told how far it has come, and may end it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.errors import StoppedError

OnProgress = Callable[[float], None]
"""Told the share done, 0 to 1."""
IsCancelled = Callable[[], bool]
"""Asked now and then whether to give up; any thread may ask."""


@dataclass(frozen=True, slots=True)
class WatchedWork:
    """Work, or a part of it. Whoever does it tells the share after each piece, and thereby may be ended.

    Attributes:
        stopped: One sentence for the error that ends it.
        on_progress: Told the share of the whole work.
        is_cancelled: Asked with each piece.
        first: Share of the whole at which this part begins.
        last: Share of the whole at which it ends.
    """

    stopped: str = ""
    on_progress: OnProgress | None = None
    is_cancelled: IsCancelled | None = None
    first: float = 0.0
    last: float = 1.0

    def check(self) -> None:
        """See whether to go on.

        Raises:
            StoppedError: `is_cancelled` said that it is to end.
        """
        if self.is_cancelled is not None and self.is_cancelled():
            raise StoppedError(self.stopped)

    def tell(self, share: float) -> None:
        """So much of this part is done, 0 to 1.

        Raises:
            StoppedError: `is_cancelled` said that it is to end.
        """
        self.check()
        if self.on_progress is not None:
            self.on_progress(self._of_whole(min(max(share, 0.0), 1.0)))

    def part(self, first: float, last: float) -> WatchedWork:
        """What lies between two shares of this part."""
        return replace(self, first=self._of_whole(first), last=self._of_whole(last))

    def parts(self, weights: Sequence[float]) -> list[WatchedWork]:
        """This part divided, in order, by what each takes: bytes or whatever they have in common."""
        whole = sum(weights) or 1.0
        ends = [sum(weights[: number + 1]) / whole for number in range(len(weights))]
        return [self.part(first, last) for first, last in zip([0.0, *ends], ends, strict=False)]

    def _of_whole(self, share: float) -> float:
        return self.first + (self.last - self.first) * share


UNWATCHED = WatchedWork()
"""Nobody waits: nothing is told, and nothing ends it."""
