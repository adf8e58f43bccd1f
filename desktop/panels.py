"""Panels: pad, reading, a guest (lesson or Why) and training beside each other, and who gets what width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

_WIDTH_FOR_ALL = 1560
_FIRST_WIDTHS = [548, 300, 0, 368]
_READING_WIDTH, _TRAINING_WIDTH = 300, 400
_MOST_WHY_WIDTH = 520


class Panels(QSplitter):
    """Where there is no room for all, pad and reading make room for the lesson, and training for Why.

    Why is about what is on the pad, so that the two are always seen together.
    """

    def __init__(self, pad: QWidget, reading: QWidget, training: QWidget, gap: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(gap)
        self.setChildrenCollapsible(False)
        self._pad, self._reading, self._training = pad, reading, training
        self._lesson: QWidget | None = None
        self._why: QWidget | None = None
        # The guest's place is kept from the start, so that a remembered splitter fits with and without it.
        self._guest_room = QWidget()
        room = QVBoxLayout(self._guest_room)
        room.setContentsMargins(0, 0, 0, 0)
        for index, (panel, stretch) in enumerate(
            ((pad, 5), (reading, 2), (self._guest_room, 6), (training, 3))
        ):
            self.addWidget(panel)
            self.setStretchFactor(index, stretch)
        self._usual_widths = _FIRST_WIDTHS
        self.setSizes(self._usual_widths)
        self._guest_room.hide()

    @property
    def has_guest(self) -> bool:
        """Whether lesson or Why is shown; the pad's widths are not the usual ones then."""
        return not self._guest_room.isHidden()

    @property
    def _has_why(self) -> bool:
        return self._why is not None and not self._why.isHidden()

    def add_lesson(self, place: QWidget) -> None:
        """What `show_lesson` shows."""
        self._lesson = place
        self._add_guest(place)

    def add_why(self, view: QWidget) -> None:
        """What `show_why` shows."""
        self._why = view
        self._add_guest(view)

    def _add_guest(self, guest: QWidget) -> None:
        guest.hide()
        self._guest_room.layout().addWidget(guest)

    def show_lesson(self, is_shown: bool) -> None:
        """Show the lesson, or go back to the pad and the widths that it had."""
        self._show_guest(self._lesson, is_shown)

    def show_why(self, is_shown: bool) -> None:
        """Show Why, or go back to the widths that there were."""
        self._show_guest(self._why, is_shown)

    def _show_guest(self, guest: QWidget | None, is_shown: bool) -> None:
        if guest is None:
            return
        if is_shown and not self.has_guest:
            self._usual_widths = self.sizes()
        guest.setVisible(is_shown)
        self._guest_room.setVisible(is_shown)
        self.fit_window()
        if is_shown:
            self._share_width()
        else:
            self.setSizes(self._usual_widths)

    def fit_window(self) -> None:
        """The window has another width, or a guest came or went."""
        is_wide = not self.has_guest or self.window().width() >= _WIDTH_FOR_ALL
        shows_pad, shows_training = is_wide or self._has_why, is_wide or not self._has_why
        if shows_pad == self._pad.isHidden() or shows_training == self._training.isHidden():
            self._pad.setVisible(shows_pad)
            self._reading.setVisible(shows_pad)
            self._training.setVisible(shows_training)
            if self.has_guest:
                self._share_width()

    def _share_width(self) -> None:
        """The panels become as narrow as is usual; the guest gets much of the rest."""
        training = 0 if self._training.isHidden() else min(self._usual_widths[3], _TRAINING_WIDTH)
        if self._pad.isHidden():
            self.setSizes([0, 0, self.width() - training, training])
            return
        reading = min(self._usual_widths[1], _READING_WIDTH)
        rest = self.width() - training - reading
        guest = min(_MOST_WHY_WIDTH, rest * 9 // 20) if self._has_why else rest * 3 // 5
        self.setSizes([rest - guest, reading, guest, training])
