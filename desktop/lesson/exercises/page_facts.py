"""Page facts: what the lesson's pages tell by their signals, as facts for exercises."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.lesson.exercises.facts import (
    DescentJudged,
    Fact,
    LevelChosen,
    MatricesTyped,
    ProductCompleted,
    RateChosen,
    ShapesCompared,
    SpeedMeasured,
    UnitPointedAt,
)
from desktop.lesson.exercises.settled import Settled

if TYPE_CHECKING:
    from desktop.widgets.panels.page import Page

Shape = tuple[int, ...]


class PageFacts(QObject):
    """Listens to a page from the moment it is made. It does not import the pages' classes.

    Attributes:
        typed: Takes what is typed key by key: shapes and matrices.
        pointed: Takes units that the pointer passes over.
    """

    def __init__(self, tell: Callable[[Fact], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self.typed = Settled(tell, self)
        self.pointed = Settled(tell, self)
        # By page: its signals, and what takes them.
        self._listeners: dict[str, dict[str, Callable[..., None]]] = {
            "Levels": {"level_chosen": self._on_level_chosen},
            "Rate": {"rate_chosen": self._on_rate_chosen},
            "Descent": {"step_judged": self._on_step_judged},
            "Broadcasting": {"own_shapes_compared": self._on_shapes_compared},
            "Matrix product": {"completed": self._on_product_completed},
            "Speed": {"measured": self._on_measured},
        }
        # The same for signals that say only that something is different now: the page is handed on.
        self._askers: dict[str, dict[str, Callable[[Any], None]]] = {
            "Matrix product": {
                "first_field.changed": self._on_matrix_typed,
                "second_field.changed": self._on_matrix_typed,
            },
            "Network": {"picture.unit_changed": self._on_unit_changed},
        }

    def listen_to(self, name: str, page: Page) -> None:
        """A page was made."""
        for signal, listener in self._listeners.get(name, {}).items():
            attrgetter(signal)(page).connect(listener)
        for signal, asker in self._askers.get(name, {}).items():
            attrgetter(signal)(page).connect(partial(asker, page))

    def _on_level_chosen(self, level: int) -> None:
        self._tell(LevelChosen(level))

    def _on_rate_chosen(self, rate: float) -> None:
        self._tell(RateChosen(rate))

    def _on_step_judged(self, number: int, verdict: str) -> None:
        self._tell(DescentJudged(number, verdict))

    def _on_shapes_compared(self, first: Shape, second: Shape, result: Shape | None) -> None:
        self.typed.put(ShapesCompared(first, second, result))

    def _on_matrix_typed(self, page: Any, *_: object) -> None:
        first, second = page.first_field.value, page.second_field.value
        if first and second:
            self.typed.put(MatricesTyped((len(first), len(first[0])), (len(second), len(second[0]))))
        else:
            self.typed.put(None)

    def _on_product_completed(self, view: Any) -> None:
        self._tell(ProductCompleted(view.value))

    def _on_unit_changed(self, page: Any) -> None:
        unit, excerpt = page.picture.pointed, page.picture.excerpt
        if unit is None or excerpt is None:
            self.pointed.put(None)
            return
        is_answer = unit[0] == len(excerpt.layers)
        self.pointed.put(UnitPointedAt(is_answer, is_answer and unit[1] == excerpt.answer))

    def _on_measured(self, timings: list[Any]) -> None:
        self._tell(SpeedMeasured(min(timing.work_share for timing in timings)))
