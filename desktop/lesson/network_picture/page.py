"""Network page: the whole network with the drawing on the pad flowing through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.network_choice import NetworkChoice
from desktop.lesson.network_picture.picture import NetworkPicture
from desktop.lesson.network_picture.text import formula_text, meaning_text, unit_name
from desktop.lesson.network_picture.unit_detail import UnitDetail
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.explain.flow_excerpt import FlowExcerpt
    from engine.explain.unit_formula import UnitFormula

FRAME_MS = 16
"""Between two pictures while somebody draws: as often as a screen shows them."""

WEIGHTS_MS = 650
"""Between two pictures while a network learns: more would take their time from the training."""

DETAIL_MS = 120
"""Between two sums of a unit in words: numbers that change more often cannot be read."""


class NetworkPage(Page):
    """Asks for what it shows only while it can be seen, and not more often than eyes can follow.

    Attributes:
        choice: Which network is shown.
        picture: The network.
        detail: The unit pointed at, in numbers.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("network", parent)
        self._picture_source: Callable[[], None] = lambda: None
        self._detail_source: Callable[[], None] = lambda: None
        self._is_stale, self._is_detail_stale = True, False
        self._caption, self._message = muted_label(), PlainLabel()
        self._caption.setAccessibleName("Which network and which digit")
        for label in (self._caption, self._message):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.choice = NetworkChoice()
        self.picture, self.detail = NetworkPicture(), UnitDetail()
        self.picture.unit_changed.connect(self._on_unit_changed)
        self.picture.places_changed.connect(self.show_soon)
        self.column.addWidget(self.choice)
        self.column.addWidget(self._caption)
        self.column.addWidget(self._message)
        self.column.addWidget(self.picture, 1)
        self.column.addWidget(self.detail)
        self._frame = self._rest(FRAME_MS, self._on_due)
        self._weights = self._rest(WEIGHTS_MS, self._on_due)
        self._detail = self._rest(DETAIL_MS, self._on_detail_due)
        self.show_message("")

    def _rest(self, pause_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.setInterval(pause_ms)
        timer.timeout.connect(then)
        return timer

    @property
    def caption(self) -> str:
        """Which network this is, and which digit."""
        return self._caption.text()

    @property
    def message(self) -> str:
        """What is said in place of the picture; empty if it is shown."""
        return self._message.text()

    @property
    def is_stale(self) -> bool:
        """Whether something came that is not shown yet."""
        return self._is_stale or self._is_detail_stale

    def set_sources(self, picture: Callable[[], None], detail: Callable[[], None]) -> None:
        """Whom to ask.

        Args:
            picture: Calls `show_excerpt` or `show_message`.
            detail: Calls `show_unit`, if there is a unit to show.
        """
        self._picture_source, self._detail_source = picture, detail
        self.show_soon()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.picture.set_colours(colours)
        self.detail.set_colours(colours)

    def show_soon(self) -> None:
        """There is another drawing or unit: shown at once, but at most once for each frame of the screen."""
        self._is_stale = True
        if self.isVisible() and not self._frame.isActive():
            self._refresh()

    def show_weights_soon(self) -> None:
        """There are other weights: shown a few times a second."""
        self._is_stale = True
        if self.isVisible() and not self._weights.isActive():
            self._weights.start()

    def show_message(self, message: str) -> None:
        """Say why there is no picture."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self.picture.show_excerpt(None)
        self.picture.set_unit_words("", message)
        self._show_parts(False)

    def show_excerpt(self, excerpt: FlowExcerpt, caption: str) -> None:
        """Show another picture.

        Args:
            excerpt: Of the network at work.
            caption: Which network this is, and which digit.
        """
        self._message.setText("")
        self._message.hide()
        self._show_parts(True)
        if self._caption.text() != caption:
            self._caption.setText(caption)
        self.picture.show_excerpt(excerpt)

    def show_unit(self, formula: UnitFormula, answer: str | None, probability: float | None) -> None:
        """Show the weights and the sum of a unit.

        Args:
            formula: Of the unit.
            answer: What the unit stands for in the last layer; None in hidden layers.
            probability: What softmax makes of the unit's logit, 0 to 1; None in hidden layers.
        """
        name = unit_name(formula.layer, formula.unit, answer)
        words = formula_text(formula)
        meaning = meaning_text(formula, probability)
        self.detail.show_unit(name, words, meaning, formula.weights, formula.contributions)
        if self.picture.pointed is not None:
            self.picture.set_unit_words(name, words)
        else:
            self.picture.set_unit_words("", f"{name}: {words}")

    def _show_parts(self, are_shown: bool) -> None:
        for widget in (self._caption, self.picture, self.detail):
            widget.setVisible(are_shown)

    def _on_unit_changed(self) -> None:
        self._detail.stop()  # who points at something wants to know at once
        self.show_soon()

    def _on_due(self) -> None:
        if self._is_stale and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self._frame.start()
        self._picture_source()
        self._is_detail_stale = True
        if not self._detail.isActive():
            self._on_detail_due()

    def _on_detail_due(self) -> None:
        if self._is_detail_stale and self.isVisible():
            self._is_detail_stale = False
            self._detail.start()
            self._detail_source()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while nobody looked."""
        super().showEvent(event)
        if self.is_stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is to be shown any more."""
        super().hideEvent(event)
        for timer in (self._frame, self._weights, self._detail):
            timer.stop()
