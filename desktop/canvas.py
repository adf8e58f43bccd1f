"""The pad: mouse, pen tablet and touch to ink, shown smooth, every step of it undoable."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QEventPoint,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QUndoStack,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.fonts import tabular
from desktop.pad_history import ChangeContent, PadContent
from desktop.pad_painter import PadGeometry, fitted, paint_picture, paint_strokes
from desktop.picture_input import INK_MIME, content_from_file, content_from_mime, has_content, reduced
from engine.errors import PictureError, ScratchpadError
from engine.ink import Ink, Point

_CORNER = 10
_PICTURE_SIDE = 560


class Canvas(QWidget):
    """A pad to draw one digit on.

    Ink is kept in units of its own (`desktop.pad_painter.UNIT` along the shorter side, from the middle), so
    that it grows and shrinks with the window.

    Signals:
        ink_changed: The content changed, while drawing or by undo, clear, paste and the like.
        stroke_completed: The pen was lifted.
        picture_refused: One sentence why a picture or drawing was not taken; nothing changed.
    """

    ink_changed = Signal()
    stroke_completed = Signal()
    picture_refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._content = PadContent()
        self._stroke: list[Point] = []
        self._started_ms = 0
        self._touch_id: int | None = None
        self._paper = QColor("#17181d")
        self._ink_colour = QColor("#f4f1ea")
        self._hint_colour = QColor("#b9bac4")
        self._cache: QPixmap | None = None
        self.setAccessibleName("Pad")
        self.setAccessibleDescription("Draw a digit with mouse, pen or finger, or paste a picture of one")
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What stands on the pad

    @property
    def ink(self) -> Ink:
        """The strokes, the one under the pen included."""
        return self._content.ink.with_stroke(self._stroke)

    @property
    def picture(self) -> QImage | None:
        """The picture that stands on the pad instead of ink, grey, or None."""
        return self._content.picture

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self._stroke and self._content.is_empty

    def clear(self) -> None:
        """Empty the pad; can be undone."""
        self.complete_stroke()
        if not self._content.is_empty:
            self._change("Clear", PadContent())

    def put_ink(self, ink: Ink, text: str = "Put drawing") -> None:
        """Show a drawing of any unit, fitted to the pad, in place of what is there; can be undone."""
        self.complete_stroke()
        self._change(text, PadContent(fitted(ink)))

    def put_picture(self, image: QImage, text: str = "Put picture") -> None:
        """Show a picture in place of what is there; can be undone."""
        self.complete_stroke()
        self._change(text, PadContent(picture=reduced(image)))

    def open_file(self, path: Path) -> None:
        """Show a picture or drawing from a file, or say why not."""
        self._take(lambda: content_from_file(path), "Open")

    def paste(self) -> None:
        """Show what the clipboard holds, or say why not."""
        self._take(lambda: content_from_mime(QGuiApplication.clipboard().mimeData()), "Paste")

    def copy(self) -> None:
        """Put the drawing on the clipboard, as a picture and as ink."""
        mime = QMimeData()
        mime.setImageData(self.image(_PICTURE_SIDE))
        if self._content.picture is None:
            mime.setData(INK_MIME, self.ink.to_json().encode())
        QGuiApplication.clipboard().setMimeData(mime)

    def save_png(self, path: Path) -> None:
        """Write the drawing as a picture.

        Raises:
            PictureError: The folder or disk does not take it.
        """
        if not self.image(_PICTURE_SIDE).save(str(path), "PNG"):
            raise PictureError(f"{path.name} could not be written: choose another folder or free some space.")

    def image(self, side: int) -> QImage:
        """The drawing without hint and frame, as a square picture of `side` pixels."""
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(self._paper)
        painter = QPainter(image)
        if self._content.picture is not None:
            paint_picture(painter, self._content.picture, QRectF(image.rect()))
        # Ink may lie beyond the square on a pad that is not one: fitted, nothing is lost.
        bounds = self.ink.bounds()
        reach = max(map(abs, bounds)) if bounds else 0.0
        shown = fitted(self.ink, 0.86) if reach > 460 else self.ink
        paint_strokes(painter, shown.strokes, PadGeometry(QSizeF(side, side)), self._ink_colour)
        painter.end()
        return image

    def set_colours(self, paper: str, ink: str, hint: str) -> None:
        """Paint with other colours, each ``#rrggbb``."""
        self._paper, self._ink_colour, self._hint_colour = QColor(paper), QColor(ink), QColor(hint)
        self._forget_cache()

    def _take(self, read: object, text: str) -> None:
        try:
            content = read()  # type: ignore[operator]
        except ScratchpadError as error:
            self.picture_refused.emit(str(error))
            return
        if isinstance(content, Ink):
            self.put_ink(content, text)
        else:
            self.put_picture(content, text)

    def _change(self, text: str, after: PadContent) -> None:
        self.undo_stack.push(ChangeContent(text, self._content, after, self._show_content))

    def _show_content(self, content: PadContent) -> None:
        self._content = content
        self._stroke = []
        self._forget_cache()
        self.ink_changed.emit()

    # The pen

    def _begin_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        self.complete_stroke()
        if self._content.ink.is_empty:
            self._started_ms = time_ms
        if self._content.picture is not None:
            # Drawing on a picture starts afresh; the picture comes back with undo.
            self._forget_cache()
        self._extend_stroke(position, pressure, time_ms)

    def _extend_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        """Append a point and ask for as little painting as shows it: X11 drops moves if this is slow."""
        geometry = PadGeometry(QSizeF(self.size()))
        place = geometry.to_ink(position)
        self._stroke.append(Point(place.x(), place.y(), pressure, float(max(0, time_ms - self._started_ms))))
        if len(self._stroke) == 1:
            self.update()
        else:
            # The curve between the last three points moves when a fourth arrives.
            self.update(geometry.around(self._stroke[-4:]).toAlignedRect())
        self.ink_changed.emit()

    def complete_stroke(self) -> None:
        """Lift the pen: what was drawn becomes one undo step."""
        if not self._stroke:
            return
        stroke, self._stroke = self._stroke, []
        before = Ink() if self._content.picture is not None else self._content.ink
        self._change("Stroke", PadContent(before.with_stroke(stroke)))
        self.stroke_completed.emit()

    def cancel_stroke(self) -> None:
        """Forget the stroke under the pen."""
        if self._stroke:
            self._stroke = []
            self.update()
            self.ink_changed.emit()

    # Qt

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(548, 548)

    def minimumSizeHint(self) -> QSize:
        """A digit can still be drawn."""
        return QSize(240, 240)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pen down, left button only."""
        if event.button() != Qt.MouseButton.LeftButton or self._touch_id is not None:
            event.ignore()
            return
        self._begin_stroke(event.position(), 1.0, event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw while the button is down."""
        if self._stroke and event.buttons() & Qt.MouseButton.LeftButton:
            self._extend_stroke(event.position(), 1.0, event.timestamp())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pen up."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.complete_stroke()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pen of a tablet. Always accepted: else Qt sends compressed mouse events besides."""
        event.accept()
        kind = event.type()
        if kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin_stroke(event.position(), event.pressure(), event.timestamp())
        elif kind == QEvent.Type.TabletMove and self._stroke and event.pressure() > 0:
            self._extend_stroke(event.position(), event.pressure(), event.timestamp())
        elif kind == QEvent.Type.TabletRelease:
            self.complete_stroke()

    def event(self, event: QEvent) -> bool:
        """Touch: the first finger draws, the others are ignored."""
        if event.type() in (
            QEvent.Type.TouchBegin,
            QEvent.Type.TouchUpdate,
            QEvent.Type.TouchEnd,
            QEvent.Type.TouchCancel,
        ) and isinstance(event, QTouchEvent):
            self._on_touched(event)
            event.accept()  # accepted, so that no mouse events are made from it
            return True
        return super().event(event)

    def _on_touched(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            self._touch_id = None
            self.cancel_stroke()
            return
        for point in event.points():
            if point.state() == QEventPoint.State.Pressed and self._touch_id is None:
                self._touch_id = point.id()
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self._begin_stroke(point.position(), 1.0, event.timestamp())
            elif point.id() == self._touch_id:
                if point.state() == QEventPoint.State.Updated:
                    self._extend_stroke(point.position(), 1.0, event.timestamp())
                elif point.state() == QEventPoint.State.Released:
                    self._touch_id = None
                    self.complete_stroke()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete, Backspace and Escape clear."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was drawn."""
        super().focusOutEvent(event)
        self.complete_stroke()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was drawn."""
        self.complete_stroke()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take whatever may be a picture; a file that is none is refused with a sentence when dropped."""
        if has_content(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped."""
        mime = event.mimeData()
        event.acceptProposedAction()
        self._take(lambda: content_from_mime(mime), "Drop")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ink grows with the pad."""
        super().resizeEvent(event)
        self._forget_cache()

    def _forget_cache(self) -> None:
        self._cache = None
        self.update()

    def _finished(self) -> QPixmap:
        """Everything but the stroke under the pen, painted once."""
        ratio = self.devicePixelRatioF()
        if self._cache is None or self._cache.devicePixelRatioF() != ratio:
            self._cache = QPixmap((QSizeF(self.size()) * ratio).toSize().expandedTo(QSize(1, 1)))
            self._cache.setDevicePixelRatio(ratio)
            self._cache.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._cache)
            self._paint_finished(painter)
            painter.end()
        return self._cache

    def _paint_finished(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(area, _CORNER, _CORNER)
        painter.setClipPath(outline)
        painter.fillRect(area, self._paper)
        if self._content.picture is None:
            paint_strokes(painter, self._content.ink.strokes, PadGeometry(area.size()), self._ink_colour)
        elif not self._stroke:
            room = min(area.width(), area.height()) * 0.08
            paint_picture(painter, self._content.picture, area.adjusted(room, room, -room, -room))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Finished strokes from the cache, the one under the pen on top; a hint while there is nothing."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        target = event.rect()
        source = QRectF(
            target.x() * ratio, target.y() * ratio, target.width() * ratio, target.height() * ratio
        )
        painter.drawPixmap(QRectF(target), self._finished(), source)
        if self._stroke:
            paint_strokes(painter, [self._stroke], PadGeometry(QSizeF(self.size())), self._ink_colour)
        elif self._content.is_empty:
            self._paint_hint(painter)
        if self.hasFocus() and QGuiApplication.focusWindow() is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().accent().color(), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
        painter.end()

    def _paint_hint(self, painter: QPainter) -> None:
        middle = QRectF(self.rect())
        painter.setPen(self._hint_colour)
        painter.setFont(tabular(self.font(), 1.6, QFont.Weight.Medium))
        upper = middle.adjusted(8, 0, -8, -24)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, "Draw a digit")
        painter.setFont(self.font())
        faint = QColor(self._hint_colour)
        faint.setAlphaF(0.75)
        painter.setPen(faint)
        painter.drawText(
            middle.adjusted(8, 30, -8, 0), Qt.AlignmentFlag.AlignCenter, "with mouse, pen or finger"
        )
