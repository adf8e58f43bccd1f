"""The pad: mouse, pen tablet and touch to ink, shown smooth, every step of it undoable."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QIODevice,
    QMimeData,
    QPointF,
    QRectF,
    QSaveFile,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QUndoStack,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.pad.eraser import is_touched
from desktop.pad.history import ChangeContent, PadContent
from desktop.pad.painter import PadGeometry, fitted, ink_pen, paint_picture, paint_strokes, picture_area
from desktop.pad.pen import Pen
from desktop.pad.picture_decoding import reduced
from desktop.pad.picture_input import INK_MIME, source_of_file, source_of_mime
from desktop.pad.picture_opener import PictureOpener
from desktop.pad.smoothing import STEADYING_REACH, LivePath, steadied_stroke
from desktop.pad.surface import outline, paint_frame, paint_hint, paint_paper
from desktop.widgets.digit_keys import typed_digit
from engine.errors import PictureError
from engine.files.file_kinds import FileKind, file_kind
from engine.preprocessing.ink import Ink, Point

_PICTURE_SIDE = 560
# A photograph takes a megabyte, and every step keeps the one before it.
_MOST_UNDO_STEPS = 200
_HINT = "Draw a digit"
# A tenth of a pixel of the 28 that the network sees. Points nearer than this only carry the jitter of whole
# screen pixels, and a mouse that reports 1,000 times a second would make painting slow with them.
_LEAST_STEP_UNITS = 4.0


class Canvas(QWidget):
    """A pad to draw a digit or a number on.

    Ink is kept in units of its own (`desktop.pad.painter.UNIT` along the shorter side, from the middle), so
    that it grows and shrinks with the window.

    Signals:
        ink_changed: The content changed, while drawing or by undo, clear, paste and the like.
        stroke_completed: The pen was lifted.
        picture_refused: One sentence why a picture or drawing was not taken; nothing changed.
        digit_typed: The key of a digit, 0 to 9.
        opening_changed: Whether a picture is being read in the background.
        files_dropped: Files were dropped of which one is no picture and no drawing, or is unknown.
        step_requested: So many places to the right, another digit of a number is to be looked at.
    """

    ink_changed = Signal()
    stroke_completed = Signal()
    picture_refused = Signal(str)
    digit_typed = Signal(int)
    opening_changed = Signal(bool)
    files_dropped = Signal(object)
    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_MOST_UNDO_STEPS)
        self._content = PadContent()
        self._stroke: list[Point] = []
        self._live_path: LivePath | None = None
        self._pen = Pen(self)
        self._opener = PictureOpener(self)
        self._opener.opened.connect(self._on_opened)
        self._opener.refused.connect(self.picture_refused)
        self._opener.busy_changed.connect(self.opening_changed)
        self._is_drop_target = False
        self._started_ms: int | None = None
        self._paper = QColor("#17181d")
        self._ink_colour = QColor("#f4f1ea")
        self._hint_colour = QColor("#b9bac4")
        self._hint = _HINT
        self._cache: QPixmap | None = None
        self._next_cache: QPixmap | None = None
        self.setAccessibleName("Pad")
        self.setAccessibleDescription(
            "Draw a digit or a number with mouse, pen or finger, or paste a picture of one"
        )
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
        return None if self._stroke else self._content.picture

    @property
    def picture_area(self) -> QRectF:
        """Where the picture is painted; empty without one."""
        picture = self.picture
        if picture is None:
            return QRectF()
        area = QRectF(self.rect())
        room = min(area.width(), area.height()) * 0.08
        return picture_area(picture, area.adjusted(room, room, -room, -room))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self._stroke and self._content.is_empty

    @property
    def is_drawing(self) -> bool:
        """Whether the pen is down."""
        return bool(self._stroke)

    def clear(self) -> None:
        """Empty the pad; can be undone."""
        self.complete_stroke()
        if not self._content.is_empty:
            self._change("Clear", PadContent())

    def put_ink(self, ink: Ink, text: str = "Put drawing") -> None:
        """Show a drawing of any unit, fitted to the pad, in place of what is there; can be undone."""
        self.complete_stroke()
        self._started_ms = None
        self._change(text, PadContent(fitted(ink)))

    def put_picture(self, image: QImage, text: str = "Put picture") -> None:
        """Show a picture in place of what is there; can be undone. One without pixels is refused."""
        if image.isNull():
            self.picture_refused.emit("The picture is empty; use another one.")
            return
        self.complete_stroke()
        self._change(text, PadContent(picture=reduced(image)))

    def open_file(self, path: Path) -> None:
        """Show a picture or drawing from a file, or say why not; a large one comes when it was read."""
        self._opener.open(source_of_file(path), "Open")

    def paste(self) -> None:
        """Show what the clipboard holds, or say why not."""
        self._opener.open(source_of_mime(QGuiApplication.clipboard().mimeData()), "Paste")

    def close_opener(self) -> None:
        """What is being read does not come any more."""
        self._opener.close()

    def copy(self) -> None:
        """Put what stands on the pad on the clipboard, ink as a picture and as ink."""
        if self.is_empty:
            return
        mime = QMimeData()
        mime.setImageData(self._shareable())
        if self.picture is None:
            mime.setData(INK_MIME, self.ink.to_json().encode())
        QGuiApplication.clipboard().setMimeData(mime)

    def save_png(self, path: Path) -> None:
        """Write what stands on the pad as a picture; a file of that name stays whole where that fails.

        Raises:
            PictureError: The folder or disk does not take it.
        """
        file = QSaveFile(str(path))
        if not (
            file.open(QIODevice.OpenModeFlag.WriteOnly)
            and QImageWriter(file, b"png").write(self._shareable())
            and file.commit()
        ):
            raise PictureError(f"{path.name} could not be written: choose another folder or free some space.")

    def _shareable(self) -> QImage:
        """A picture as it came: with the pad around it, it would not be read the same again."""
        picture = self.picture
        return self.image(_PICTURE_SIDE) if picture is None else picture

    def image(self, side: int) -> QImage:
        """The drawing without hint and frame, as a square picture of `side` pixels."""
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(self._paper)
        painter = QPainter(image)
        picture = self.picture
        if picture is not None:
            paint_picture(painter, picture, QRectF(image.rect()))
        # Ink may lie beyond the square on a pad that is not one: fitted, nothing is lost.
        bounds = self.ink.bounds()
        reach = max(map(abs, bounds)) if bounds else 0.0
        shown = fitted(self.ink, 0.86) if reach > 460 else self.ink
        steadied = [steadied_stroke(stroke) for stroke in shown.strokes]
        paint_strokes(painter, steadied, PadGeometry(QSizeF(side, side)), self._ink_colour)
        painter.end()
        return image

    def set_hint(self, words: str = "") -> None:
        """Ask for something else on an empty pad, or for a digit again."""
        self._hint = words or _HINT
        self.update()

    def set_colours(self, paper: str, ink: str, hint: str) -> None:
        """Paint with other colours, each ``#rrggbb``."""
        self._paper, self._ink_colour, self._hint_colour = QColor(paper), QColor(ink), QColor(hint)
        self._forget_cache()

    def _on_opened(self, content: Ink | QImage, text: str) -> None:
        if isinstance(content, Ink):
            self.put_ink(content, text)
        else:
            self.put_picture(content, text)

    def _change(self, text: str, after: PadContent) -> None:
        self.undo_stack.push(ChangeContent(text, self._content, after, self._show_content))

    def _show_content(self, content: PadContent) -> None:
        """Change what is under the pen, too: a stroke that is being drawn goes on."""
        self._content = content
        self._forget_cache()
        self._cache, self._next_cache = self._next_cache, None
        self.ink_changed.emit()

    # The pen

    def begin_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        """Put the pen down; a stroke under way is completed."""
        self.complete_stroke()
        strokes = self._content.ink.strokes
        last_ms = strokes[-1][-1].time_ms if strokes else 0.0
        if self._started_ms is None or not strokes or time_ms - self._started_ms < last_ms:
            # Undo and drawings from elsewhere come with times of their own: time goes on from there.
            self._started_ms = time_ms - int(last_ms)
        self._stroke = [self._point(position, pressure, time_ms)]
        if self._content.picture is not None:
            # Drawing on a picture starts afresh; the picture comes back with undo.
            self._cache = None
        self.update()
        self.ink_changed.emit()

    def extend_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        """Append a point and ask for as little painting as shows it: X11 drops moves if this is slow."""
        stroke, point = self._stroke, self._point(position, pressure, time_ms)
        tip = stroke[-1]
        if len(stroke) > 1 and math.dist(stroke[-2][:2], tip[:2]) < _LEAST_STEP_UNITS:
            stroke[-1] = point
        else:
            stroke.append(point)
        # The last points move a little when another arrives, and the former end may go.
        touched = PadGeometry(QSizeF(self.size())).around([*stroke[-4 - STEADYING_REACH :], tip])
        self.update(touched.toAlignedRect())
        self.ink_changed.emit()

    def _point(self, position: QPointF, pressure: float, time_ms: int) -> Point:
        place = PadGeometry(QSizeF(self.size())).to_ink(position)
        return Point(place.x(), place.y(), pressure, float(max(0, time_ms - (self._started_ms or 0))))

    def complete_stroke(self) -> None:
        """Lift the pen: what was drawn becomes one undo step."""
        if not self._stroke:
            return
        before = Ink() if self._content.picture is not None else self._content.ink
        after = PadContent(before.with_stroke(self._stroke))
        cache = self._finished(self.devicePixelRatioF())
        painter = QPainter(cache)
        self._paint_live_stroke(painter)
        painter.end()
        # Nothing else moved: the stroke was painted to the others instead of all of them again.
        self._next_cache = cache
        self._stroke = []
        self._pen.lift()
        self._change("Stroke", after)
        self.stroke_completed.emit()

    def cancel_stroke(self) -> None:
        """Forget the stroke under the pen; a picture that it was about to replace stays."""
        if self._stroke:
            self._stroke, self._live_path = [], None
            self._pen.lift()
            self._forget_cache()
            self.ink_changed.emit()

    def erase_at(self, position: QPointF) -> None:
        """The other end of a tablet's pen: each stroke that it touches goes, one undo step each."""
        place = PadGeometry(QSizeF(self.size())).to_ink(position)
        kept = tuple(stroke for stroke in self._content.ink.strokes if not is_touched(stroke, place))
        if kept != self._content.ink.strokes:
            self._change("Erase", PadContent(Ink(kept)))

    # Qt

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(548, 548)

    def minimumSizeHint(self) -> QSize:
        """A digit can still be drawn."""
        return QSize(240, 240)

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
        """Delete and Backspace clear; digits say what is drawn; Left and Right choose one.

        Escape is for the window, which closes what is open before it clears.
        """
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif (digit := typed_digit(event)) is not None:
            self.digit_typed.emit(digit)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step_requested.emit(1 if event.key() == Qt.Key.Key_Right else -1)
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
        """Take anything: what is no picture is refused with a sentence when dropped."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._set_drop_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the frame."""
        super().dragLeaveEvent(event)
        self._set_drop_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped. Copied, whatever was proposed: the other side would delete what is moved."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._set_drop_target(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if any(file_kind(path) is not FileKind.PICTURE for path in paths):
            self.files_dropped.emit(paths)
        else:
            self._opener.open(source_of_mime(event.mimeData()), "Drop")

    def _set_drop_target(self, is_target: bool) -> None:
        self._is_drop_target = is_target
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ink grows with the pad."""
        super().resizeEvent(event)
        self._forget_cache()

    def _forget_cache(self) -> None:
        self._cache = None
        self._live_path = None
        self.update()

    def _finished(self, ratio: float) -> QPixmap:
        """Everything but the stroke under the pen, painted once for a device pixel ratio."""
        if self._cache is None or self._cache.devicePixelRatioF() != ratio:
            self._cache = QPixmap((QSizeF(self.size()) * ratio).toSize().expandedTo(QSize(1, 1)))
            self._cache.setDevicePixelRatio(ratio)
            self._cache.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._cache)
            self._paint_finished(painter)
            painter.end()
        return self._cache

    def _paint_finished(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        paint_paper(painter, area, self._paper)
        painter.setClipPath(outline(area))
        picture = self.picture
        if picture is not None:
            paint_picture(painter, picture, self.picture_area)
        steadied = [steadied_stroke(stroke) for stroke in self._content.ink.strokes]
        paint_strokes(painter, steadied, PadGeometry(area.size()), self._ink_colour)

    def _paint_live_stroke(self, painter: QPainter) -> None:
        geometry = PadGeometry(QSizeF(self.size()))
        if self._live_path is None:
            self._live_path = LivePath(geometry)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(outline(QRectF(self.rect())), Qt.ClipOperation.IntersectClip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink_pen(geometry, self._ink_colour))
        painter.drawPath(self._live_path.through(self._stroke))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Finished strokes from the cache, the one under the pen on top; a hint while there is nothing.

        Qt clips to what was asked for, so a whole pixmap drawn in place costs only the part that changed.
        """
        painter = QPainter(self)
        # The painter's ratio rather than the screen's: a picture may be taken of the pad at a higher one.
        painter.drawPixmap(0, 0, self._finished(painter.deviceTransform().m11()))
        if self._stroke:
            painter.save()
            self._paint_live_stroke(painter)
            painter.restore()
        elif self._content.is_empty:
            paint_hint(painter, QRectF(self.rect()), self._hint_colour, self.font(), self._hint)
        is_marked = self.hasFocus() or self._is_drop_target
        frame = self.palette().accent() if is_marked else self.palette().mid()
        paint_frame(painter, QRectF(self.rect()), frame.color())
        painter.end()
