"""Page facts: what the lesson's pages tell by their signals, as facts for exercises."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.lesson.exercises.facts import DescentJudged, Fact, LevelChosen, RateChosen, ShapesCompared
from desktop.lesson.exercises.settled import Settled

if TYPE_CHECKING:
    from desktop.widgets.page import Page

Tell = Callable[[Fact], None]
Shape = tuple[int, ...]


class PageFacts(QObject):
    """Listens to a page from the moment it is made; pages know nothing of exercises.

    Attributes:
        shapes: Takes those of the Broadcasting page, which are typed key by key.
    """

    def __init__(self, tell: Tell, parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self.shapes = Settled(tell, self)
        self._listeners: dict[str, Callable[[Page], None]] = {
            "Levels": self._listen_to_levels,
            "Rate": self._listen_to_rate,
            "Descent": self._listen_to_descent,
            "Broadcasting": self._listen_to_broadcasting,
        }

    def listen_to(self, name: str, page: Page) -> None:
        """A page was made."""
        if name in self._listeners:
            self._listeners[name](page)

    # The pages are there: importing their modules costs nothing any more.

    def _listen_to_levels(self, page: Page) -> None:
        from desktop.lesson.levels.page import LevelsPage

        assert isinstance(page, LevelsPage)
        page.level_chosen.connect(self._on_level_chosen)

    def _listen_to_rate(self, page: Page) -> None:
        from desktop.lesson.rate_page import RatePage

        assert isinstance(page, RatePage)
        page.rate_chosen.connect(self._on_rate_chosen)

    def _listen_to_descent(self, page: Page) -> None:
        from desktop.lesson.descent.page import DescentPage

        assert isinstance(page, DescentPage)
        page.step_judged.connect(self._on_step_judged)

    def _listen_to_broadcasting(self, page: Page) -> None:
        from desktop.lesson.broadcasting.page import BroadcastingPage

        assert isinstance(page, BroadcastingPage)
        page.own_shapes_compared.connect(self._on_shapes_compared)

    def _on_level_chosen(self, level: int) -> None:
        self._tell(LevelChosen(level))

    def _on_rate_chosen(self, rate: float) -> None:
        self._tell(RateChosen(rate))

    def _on_step_judged(self, number: int, verdict: str) -> None:
        self._tell(DescentJudged(number, verdict))

    def _on_shapes_compared(self, first: Shape, second: Shape, result: Shape | None) -> None:
        self.shapes.put(ShapesCompared(first, second, result))
