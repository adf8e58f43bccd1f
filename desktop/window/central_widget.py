"""Central widget: the bands at the top, the panels below them, and the notice at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.pad.pad_room import PadRoom
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from desktop.window.splitter import PanelSplitter

_MARGIN = 16


class CentralWidget(QWidget):
    """What is between the toolbar and the status line.

    Attributes:
        bands: Takes in what is shown above the panels now and then.
        panels: Pad, reading, side view and training.
    """

    def __init__(
        self,
        pad: QWidget,
        reading: QWidget,
        training: QWidget,
        notice: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bands = QVBoxLayout()
        self.bands.setSpacing(scaled(8))
        self.panels = PanelSplitter(PadRoom(pad), reading, training, scaled(_MARGIN), self)
        self._notice = notice
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN))
        column.setSpacing(scaled(12))
        column.addLayout(self.bands)
        column.addWidget(self.panels, 1)
        column.addWidget(notice)

    @property
    def parts(self) -> list[QWidget]:
        """From top to bottom and from left to right: bands, panels, notice."""
        children = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        bands = [each for each in children if self.bands.indexOf(each) >= 0]
        return [*sorted(bands, key=self.bands.indexOf), *self.panels.parts, self._notice]
