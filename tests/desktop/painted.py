"""What a widget is asked to paint, noted while it paints."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QWidget


class Painted(QObject):
    """The paint events of some widgets from now on, and their layout requests.

    Attributes:
        regions: What was painted, by widget, together.
        counts: How many paint events each had.
        layouts: How many layout requests each had.
    """

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__(widgets[0])
        QApplication.processEvents()
        self.forget()
        for widget in widgets:
            widget.installEventFilter(self)

    def forget(self) -> None:
        """What was painted until now."""
        self.regions: dict[QObject, QRegion] = {}
        self.counts: dict[QObject, int] = {}
        self.layouts: dict[QObject, int] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Note it, and let it through."""
        if event.type() == QEvent.Type.Paint:
            self.regions[watched] = self.regions.get(watched, QRegion()).united(event.region())
            self.counts[watched] = self.counts.get(watched, 0) + 1
        elif event.type() == QEvent.Type.LayoutRequest:
            self.layouts[watched] = self.layouts.get(watched, 0) + 1
        return False

    def area(self, widget: QWidget) -> int:
        """How many pixels of a widget were painted."""
        rectangles = self.regions.get(widget, QRegion())
        return sum(each.width() * each.height() for each in rectangles)
