"""The pad: shows a document, and hands it what mouse, pen tablet and touch draw."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.pad.document import PadDocument
from desktop.pad.geometry import PadGeometry
from desktop.pad.painter import ink_pen, paint_picture, paint_strokes, picture_area
from desktop.pad.pen import Pen
from desktop.pad.picture_input import source_of_mime
from desktop.pad.smoothing import STEADYING_REACH, LivePath, steadied_stroke
from desktop.pad.surface import has_edge, outline, paint_edge, paint_hint, paint_paper
from desktop.widgets.ground import Ground
from desktop.widgets.panels.dropped_files import accept_copy, local_files
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled_size
from engine.files.file_kinds import FileKind, file_kind
from engine.preprocessing.ink import Point

# Between a picture and the edge of the pad, as a share of the shorter side.
_PICTURE_MARGIN = 0.08


class Canvas(QWidget):
    """The view of a document.

    Attributes:
        document: What is shown, and drawn on.
        take_key: Asked first of each key; an event filter in Python would be asked of pen moves, too.

    Signals:
        step_requested: So many places to the right, another digit of a number is to be looked at.
        files_dropped: Files were dropped of which one is no picture and no drawing, or is unknown.
        resized: The pad is as large as it is now.
        picture_dropped: The `desktop.pad.picture_input.Source` of a picture or drawing that was dropped.
    """

    step_requested = Signal(int)
    files_dropped = Signal(object)
    resized = Signal()
    picture_dropped = Signal(object)

    def __init__(self, document: PadDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.take_key: Callable[[QKeyEvent], bool] = lambda _event: False
        self._ground = Ground(self)
        self._live_path: LivePath | None = None
        self._pen = Pen(document, lambda position: self._geometry_now().to_ink(position), self.setFocus)
        self._is_drop_target, self._colours = False, LIGHT
        self._hint = self._usual_hint = "Draw a digit"
        self._geometry = PadGeometry(QSizeF(self.size()))
        self._cache: QPixmap | None = None
        self._next_cache: QPixmap | None = None
        document.stroke_begun.connect(self.update)
        document.stroke_extended.connect(self._on_stroke_extended)
        document.stroke_about_to_complete.connect(self._on_stroke_about_to_complete)
        document.content_changed.connect(self._on_content_changed)
        self.setAccessibleName("Pad")
        self.setAccessibleDescription("Draw with mouse, pen or finger, or paste a picture")
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def colours(self) -> Colours:
        """What the pad is painted with."""
        return self._colours

    @property
    def picture_area(self) -> QRectF:
        """Where the picture is painted; empty without one."""
        picture = self.document.picture
        if picture is None:
            return QRectF()
        area = QRectF(self.rect())
        margin = min(area.width(), area.height()) * _PICTURE_MARGIN
        return picture_area(picture, area.adjusted(margin, margin, -margin, -margin))

    def set_hint(self, words: str = "") -> None:
        """Ask for something else on an empty pad, or for what is usual again."""
        self._hint = words or self._usual_hint
        self.update()

    def set_noun(self, noun: str) -> None:
        """What is drawn from now on, as it is called: ``digit``, or ``sign``."""
        self._usual_hint = f"Draw a {noun}"
        self.set_hint()

    def set_colours(self, colours: Colours, ground: str = "") -> None:
        """Paint with the colours of another appearance.

        Args:
            colours: Of pad and ink.
            ground: What the round corners stand on, ``#rrggbb``; empty where that is not one colour.
        """
        self._colours = colours
        if ground:
            self._ground.set(ground)
        self._forget_cache()

    # What the document says

    def _on_stroke_extended(self, former_tip: Point) -> None:
        """Ask for as little painting as shows the point."""
        # The last points move a little when another arrives, and the former end may go.
        moved = [*self.document.stroke[-4 - STEADYING_REACH :], former_tip]
        self.update(self._geometry_now().around(moved).toAlignedRect())

    def _on_stroke_about_to_complete(self) -> None:
        """Nothing else moves: the stroke is painted to the others instead of all of them again."""
        cache = self._finished(self.devicePixelRatioF())
        painter = QPainter(cache)
        painter.setClipPath(outline(QRectF(self.rect())))
        self._paint_live_stroke(painter, self.rect())
        painter.end()
        self._next_cache = cache

    def _on_content_changed(self) -> None:
        self._forget_cache()
        self._cache, self._next_cache = self._next_cache, None

    # Qt

    def _geometry_now(self) -> PadGeometry:
        """Kept: it is asked for several times with every move of the pen."""
        if not self._geometry.is_for(self.width(), self.height()):
            self._geometry = PadGeometry(QSizeF(self.size()))
        return self._geometry

    def sizeHint(self) -> QSize:
        """As in the design."""
        return scaled_size(548, 548)

    def minimumSizeHint(self) -> QSize:
        """A digit can still be drawn."""
        return scaled_size(200, 200)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pen down."""
        self._pen.press_mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pen moved."""
        self._pen.move_mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pen up."""
        self._pen.release_mouse(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pen of a tablet."""
        self._pen.use_tablet(event)

    def event(self, event: QEvent) -> bool:
        """Touch has no handler of its own."""
        if isinstance(event, QTouchEvent):
            self._pen.touch(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace clear; Left and Right choose a digit. Escape is for the window."""
        if self.take_key(event):
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.document.clear()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step_requested.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was drawn."""
        super().focusOutEvent(event)
        self.document.complete_stroke()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was drawn."""
        self.document.complete_stroke()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take anything: what is no picture is refused with a sentence when dropped."""
        accept_copy(event)
        self._set_drop_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the frame."""
        super().dragLeaveEvent(event)
        self._set_drop_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        accept_copy(event)
        self._set_drop_target(False)
        paths = local_files(event)
        if any(file_kind(path) is not FileKind.PICTURE for path in paths):
            self.files_dropped.emit(paths)
        else:
            self.picture_dropped.emit(source_of_mime(event.mimeData()))

    def _set_drop_target(self, is_target: bool) -> None:
        self._is_drop_target = is_target
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ink grows with the pad."""
        super().resizeEvent(event)
        self._forget_cache()
        self.resized.emit()

    # Painting

    def _forget_cache(self) -> None:
        self._cache = None
        self._live_path = None
        self.update()

    def _finished(self, ratio: float) -> QPixmap:
        """Everything but the stroke under the pen, painted once for a device pixel ratio."""
        if self._cache is None or self._cache.devicePixelRatioF() != ratio:
            self._cache = QPixmap((QSizeF(self.size()) * ratio).toSize().expandedTo(QSize(1, 1)))
            self._cache.setDevicePixelRatio(ratio)
            self._cache.fill(self._ground.colour or Qt.GlobalColor.transparent)
            painter = QPainter(self._cache)
            self._paint_finished(painter)
            painter.end()
        return self._cache

    def _paint_finished(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        paint_paper(painter, area, QColor(self._colours.pad))
        painter.setClipPath(outline(area))
        picture = self.document.picture
        if picture is not None:
            paint_picture(painter, picture, self.picture_area)
        steadied = [steadied_stroke(stroke) for stroke in self.document.finished_strokes]
        paint_strokes(painter, steadied, PadGeometry(area.size()), QColor(self._colours.ink))

    def _paint_live_stroke(self, painter: QPainter, area: QRect) -> None:
        """Paint as much of it as an area of the pad needs."""
        geometry = self._geometry_now()
        if self._live_path is None:
            self._live_path = LivePath(geometry)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink_pen(geometry, QColor(self._colours.ink)))
        painter.drawPath(self._live_path.through(self.document.stroke, QRectF(area)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Finished strokes from the cache, the one under the pen on top; a hint while there is nothing.

        Qt clips to what was asked for, so a whole pixmap drawn in place costs only the part that changed.
        """
        painter, area = QPainter(self), event.rect()
        # The painter's ratio rather than the screen's: a picture may be taken of the pad at a higher one.
        painter.drawPixmap(0, 0, self._finished(painter.deviceTransform().m11()))
        is_at_edge = has_edge(area, self.rect())
        if self.document.is_drawing:
            if is_at_edge:
                painter.save()
                painter.setClipPath(outline(QRectF(self.rect())), Qt.ClipOperation.IntersectClip)
            self._paint_live_stroke(painter, area)
            if is_at_edge:
                painter.restore()
        elif self.document.is_empty:
            hint_colour = QColor(self._colours.pad_text)
            paint_hint(painter, QRectF(self.rect()), hint_colour, self.font(), self._hint)
        if is_at_edge:
            is_marked = self.hasFocus() or self._is_drop_target
            frame = self.palette().accent() if is_marked else self.palette().mid()
            paint_edge(painter, QRectF(self.rect()), frame.color())
        painter.end()
