"""Pad document: what stands on the pad, stroke by stroke, and the way back; no widget is in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QImage

from desktop.pad.eraser import is_touched
from desktop.pad.geometry import fitted
from desktop.pad.history import PadContent, PadHistory
from desktop.pad.picture_decoding import reduced
from engine.errors import PictureError
from engine.preprocessing.ink import Ink, Point, Stroke

# A tenth of a pixel of the 28 that the network sees. Points nearer than this only carry the jitter of whole
# screen pixels, and a mouse that reports 1,000 times a second would make painting slow with them.
_LEAST_STEP_UNITS = 4.0


class PadDocument(QObject):
    """Ink, or a picture in its place, and the stroke that is being drawn.

    Positions are in ink units (`desktop.pad.geometry.UNIT` along the shorter side of the pad, from its
    middle), so that a drawing grows and shrinks with the window; times in milliseconds of the system's clock.

    The three signals in the middle are for the view, which repaints as little as it can; each of them is
    emitted before `changed`.

    Attributes:
        history: One step for each stroke, erased stroke, clear, drawing or picture.

    Signals:
        changed: There is something else to read: also after each point of the pen.
        stroke_completed: The pen was lifted, and its stroke is one undo step.
        stroke_begun: The pen was put down.
        stroke_extended: The pen moved: the point that was its last one before, which may be gone.
        content_changed: Anything but the stroke under the pen is another.
        stroke_about_to_complete: The stroke under the pen is going to be one of the others, which are going
            to stay as they are.
    """

    changed = Signal()
    stroke_completed = Signal()
    stroke_begun = Signal()
    stroke_extended = Signal(object)
    content_changed = Signal()
    stroke_about_to_complete = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = PadHistory(self)
        self.history.moved.connect(self._on_history_moved)
        self._stroke: list[Point] = []
        self._started_ms: int | None = None
        self._revision = 0

    @property
    def ink(self) -> Ink:
        """The strokes, the one under the pen included."""
        return self.history.content.ink.with_stroke(self._stroke)

    @property
    def finished_strokes(self) -> tuple[Stroke, ...]:
        """The strokes without the one under the pen."""
        return self.history.content.ink.strokes

    @property
    def stroke(self) -> Sequence[Point]:
        """The stroke under the pen, which may grow after this; empty while the pen is up."""
        return self._stroke

    @property
    def picture(self) -> QImage | None:
        """The picture that stands on the pad instead of ink, grey, or None."""
        return None if self._stroke else self.history.content.picture

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self._stroke and self.history.content.is_empty

    @property
    def is_drawing(self) -> bool:
        """Whether the pen is down."""
        return bool(self._stroke)

    @property
    def revision(self) -> int:
        """Another number after each change: what was made from the document is of this one, or is old."""
        return self._revision

    def clear(self) -> None:
        """Empty the pad; can be undone."""
        self.complete_stroke()
        if not self.history.content.is_empty:
            self.history.push(PadContent())

    def put_ink(self, ink: Ink) -> None:
        """Show a drawing of any unit, fitted to the pad, in place of what is there; can be undone."""
        self.complete_stroke()
        self._started_ms = None
        self.history.push(PadContent(fitted(ink)))

    def put_picture(self, image: QImage) -> None:
        """Show a picture in place of what is there; can be undone.

        Raises:
            PictureError: It has no pixels.
        """
        if image.isNull():
            raise PictureError("The picture is empty; use another one.")
        self.complete_stroke()
        self.history.push(PadContent(picture=reduced(image)))

    # The pen

    def begin_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        """Put the pen down; a stroke under way is completed. Pressure is 0 to 1.

        Drawing on a picture starts afresh; the picture comes back with undo.
        """
        self.complete_stroke()
        strokes = self.history.content.ink.strokes
        last_ms = strokes[-1][-1].time_ms if strokes else 0.0
        if self._started_ms is None or not strokes or time_ms - self._started_ms < last_ms:
            # Undo and drawings from elsewhere come with times of their own: time goes on from there.
            self._started_ms = time_ms - int(last_ms)
        self._stroke = [self._point(position, pressure, time_ms)]
        self._revision += 1
        self.stroke_begun.emit()
        if self.history.content.picture is not None:
            self.content_changed.emit()
        self.changed.emit()

    def extend_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        """Move the pen; nothing while it is up. Kept quick: X11 drops moves otherwise."""
        stroke = self._stroke
        if not stroke:
            return
        point, tip = self._point(position, pressure, time_ms), stroke[-1]
        if len(stroke) > 1 and math.dist(stroke[-2][:2], tip[:2]) < _LEAST_STEP_UNITS:
            stroke[-1] = point
        else:
            stroke.append(point)
        self._revision += 1
        self.stroke_extended.emit(tip)
        self.changed.emit()

    def complete_stroke(self) -> None:
        """Lift the pen: what was drawn becomes one undo step."""
        if not self._stroke:
            return
        before = Ink() if self.history.content.picture is not None else self.history.content.ink
        after = PadContent(before.with_stroke(self._stroke))
        self.stroke_about_to_complete.emit()
        self._stroke = []
        self.history.push(after)
        self.stroke_completed.emit()

    def cancel_stroke(self) -> None:
        """Forget the stroke under the pen; a picture that it was about to replace stays."""
        if self._stroke:
            self._stroke = []
            self._revision += 1
            self.content_changed.emit()
            self.changed.emit()

    def erase_at(self, position: QPointF) -> None:
        """The other end of a tablet's pen: each stroke that it touches goes, one undo step each."""
        strokes = self.finished_strokes
        kept = tuple(stroke for stroke in strokes if not is_touched(stroke, position))
        if kept != strokes:
            self.history.push(PadContent(Ink(kept)))

    def _point(self, position: QPointF, pressure: float, time_ms: int) -> Point:
        since_start_ms = float(max(0, time_ms - (self._started_ms or 0)))
        return Point(position.x(), position.y(), pressure, since_start_ms)

    def _on_history_moved(self) -> None:
        """Change what is under the pen, too: a stroke that is being drawn goes on."""
        self._revision += 1
        self.content_changed.emit()
        self.changed.emit()
