"""The two windows that a hand draws in: the program's own, and one that only repaints what moves change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, QSizeF
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.pad.geometry import PadGeometry
from desktop.settings.settings import Settings
from desktop.widgets.theme import Theme
from desktop.window.main_window import MainWindow
from engine.preprocessing.ink import Point
from tests.benchmarks.pen_latency.drawings import Strokes
from tests.benchmarks.pen_latency.parts import PARTS
from tests.benchmarks.pen_latency.watch import Watch


class RealWindow(MainWindow):
    """The program's window, watched from outside."""

    def __init__(self, settings: Settings, theme: Theme) -> None:
        self.watch = Watch()
        super().__init__(settings, theme)
        self.reader.reading_completed.connect(lambda _: self.watch.on_read())
        self.reader.reading_refused.connect(lambda _: self.watch.on_read())

    @property
    def pad(self) -> QWidget:
        """Takes the pen."""
        return self.canvas

    def event(self, event: QEvent) -> bool:
        """An update request paints everything that is to be painted, children included."""
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        with PARTS.of("paint of all else"):
            done = super().event(event)
        self.watch.on_painted()
        return done

    def put(self, strokes: Strokes) -> None:
        """Have strokes on the pad, without a move."""
        for stroke in strokes:
            self.document.begin_stroke(self._ink_at(stroke[0]), 1.0, 0)
            self.extend(stroke[1:])
            self.document.complete_stroke()

    def extend(self, points: Sequence[tuple[float, float]]) -> None:
        """Have the stroke under the pen go through more points."""
        for point in points:
            self.document.extend_stroke(self._ink_at(point), 1.0, 0)

    def clear(self) -> None:
        """The pad."""
        self.document.clear()

    def _ink_at(self, point: tuple[float, float]) -> QPointF:
        return PadGeometry(QSizeF(self.canvas.size())).to_ink(place_on(self.canvas, point))


class BareWindow(QWidget):
    """A window with a pad and bars that are painted in one colour, as large and as often as the real ones.

    What a move costs here, no window can do without: its event, and painting what it changed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.watch = Watch()
        self.pad = _BarePad(self)
        self.bars = _Ground(self)

    def lay_out_like(self, window: RealWindow) -> None:
        """Take the size and the places of another window's parts."""
        self.resize(window.size())
        bars = window.prediction.bars
        for own, other in ((self.pad, window.canvas), (self.bars, bars)):
            own.setGeometry(QRect(other.mapTo(window, QPoint(0, 0)), other.size()))

    def sizeHint(self) -> QSize:
        """Whatever it was given."""
        return self.size()

    def event(self, event: QEvent) -> bool:
        """As in the real window."""
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:
            self.watch.on_painted()
        return done

    def put(self, strokes: Strokes) -> None:
        """Nothing is kept."""

    def extend(self, points: Sequence[tuple[float, float]]) -> None:
        """Nothing is kept."""

    def clear(self) -> None:
        """Nothing is there."""
        self.update()


class _Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(40, 44, 52))
        painter.end()


class _BarePad(_Ground):
    """Asks for the pixels around the newest two places of the pen, and for the bars."""

    def __init__(self, window: BareWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last = Point(0.0, 0.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(event, is_first=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._take(event)

    def _take(self, event: QMouseEvent, is_first: bool = False) -> None:
        geometry = PadGeometry(QSizeF(self.size()))
        place = geometry.to_ink(event.position())
        point = Point(place.x(), place.y())
        self.update(geometry.around([point if is_first else self._last, point]).toAlignedRect())
        self._last = point
        self._window.bars.update()
        self._window.watch.on_read()


def place_on(pad: QWidget, point: tuple[float, float]) -> QPointF:
    """A point of a drawing among the pixels of a pad."""
    side = min(pad.width(), pad.height())
    return QPointF((0.15 + 0.7 * point[0]) * side, (0.15 + 0.7 * point[1]) * side)
