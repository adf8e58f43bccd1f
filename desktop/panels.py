"""Panels: pad, reading, the lesson's place and training beside each other, and who gets how much width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

_WIDTH_FOR_PAD_AND_LESSON = 1560
_USUAL_WIDTHS = [548, 300, 0, 368]
_READING_WIDTH, _TRAINING_WIDTH = 300, 400


class Panels(QSplitter):
    """Pad and reading stay beside the lesson where there is room, and make room for it where not."""

    def __init__(self, pad: QWidget, reading: QWidget, training: QWidget, gap: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(gap)
        self.setChildrenCollapsible(False)
        self._pad, self._reading = pad, reading
        # The lesson's place is kept from the start, so that a remembered splitter fits with and without it.
        self._lesson_room = QWidget()
        room = QVBoxLayout(self._lesson_room)
        room.setContentsMargins(0, 0, 0, 0)
        for index, (panel, stretch) in enumerate(
            ((pad, 5), (reading, 2), (self._lesson_room, 6), (training, 3))
        ):
            self.addWidget(panel)
            self.setStretchFactor(index, stretch)
        self._widths_with_pad = _USUAL_WIDTHS
        self.setSizes(self._widths_with_pad)
        self._lesson_room.hide()

    @property
    def has_lesson(self) -> bool:
        """Whether the lesson is shown; the pad's widths are not the usual ones then."""
        return not self._lesson_room.isHidden()

    def add_lesson(self, place: QWidget) -> None:
        """What is shown in the lesson's place."""
        self._lesson_room.layout().addWidget(place)

    def choose_place(self, place: QWidget) -> None:
        """Show this one of the places that share the lesson's room."""
        room = self._lesson_room.layout()
        for index in range(room.count()):
            each = room.itemAt(index).widget()
            each.setVisible(each is place)

    def show_lesson(self, is_shown: bool) -> None:
        """Show the lesson, or go back to the pad and the widths that it had."""
        if is_shown:
            self._widths_with_pad = self.sizes()
        self._lesson_room.setVisible(is_shown)
        self.fit_window()
        if is_shown:
            self._share_width()
        else:
            self.setSizes(self._widths_with_pad)

    def fit_window(self) -> None:
        """The window has another width, or the lesson came or went."""
        keeps_pad = not self.has_lesson or self.window().width() >= _WIDTH_FOR_PAD_AND_LESSON
        if keeps_pad == self._pad.isHidden():
            self._pad.setVisible(keeps_pad)
            self._reading.setVisible(keeps_pad)
            if self.has_lesson:
                self._share_width()

    def _share_width(self) -> None:
        """The panels become as narrow as is usual; the lesson gets more of the rest than the pad."""
        training = min(self._widths_with_pad[3], _TRAINING_WIDTH)
        if self._pad.isHidden():
            self.setSizes([0, 0, self.width() - training, training])
        else:
            reading = min(self._widths_with_pad[1], _READING_WIDTH)
            rest = self.width() - training - reading
            self.setSizes([rest * 2 // 5, reading, rest * 3 // 5, training])
