"""Kept lengths: what a widget or a layout holds in pixels and points, at another zoom.

Each remembers the exact lengths behind the whole pixels that it got here, so that going to another zoom and
back ends where it began. What was set by others in the meantime is taken as meant for the zoom of then.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMargins, QObject, QSize
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QGridLayout,
    QLayout,
    QLineEdit,
    QSplitter,
    QWidget,
)

from desktop.widgets.zoom.lengths import rounded

_NO_BOUND = 2**24 - 1
"""Qt's own largest size of a widget: it stands for none."""
_UNBOUND = QSize(_NO_BOUND, _NO_BOUND)
_WITH_PARTS = (QSplitter, QLineEdit, QAbstractItemView)
_KEPT = "scratchpadUnscaled"


@dataclass(slots=True)
class KeptLengths:
    """What a widget or layout got here, and the exact lengths at 100 % behind it."""

    lengths: tuple[int, ...] = ()
    exact: tuple[float, ...] = ()
    points: float = 0.0
    exact_points: float = 0.0

    def rescaled(self, lengths: tuple[int, ...], old: float, new: float) -> tuple[int, ...]:
        """Lengths that were meant for one factor, as they are for another."""
        if lengths != self.lengths:
            self.exact = tuple(length / old for length in lengths)
        self.lengths = tuple(
            length if length < 0 or length == _NO_BOUND else rounded(exact * new)
            for length, exact in zip(lengths, self.exact, strict=True)
        )
        return self.lengths

    def rescaled_points(self, points: float, old: float, new: float) -> float:
        """The same of the size of a font."""
        if points != self.points:
            self.exact_points = points / old
        self.points = self.exact_points * new
        return self.points


def rescale_lengths(widget: QWidget, old: float, new: float) -> None:
    """Sizes and margins of a widget and of its layouts, from one factor to another."""
    _rescale_widget(widget, old, new)
    layout = widget.layout()
    if layout is not None:
        _rescale_layout(layout, old, new)
        for part in layout.findChildren(QLayout):
            _rescale_layout(part, old, new)


def kept_lengths(holder: QObject) -> KeptLengths:
    """What a widget or a layout remembers; nothing yet where it got nothing here."""
    kept = holder.property(_KEPT)
    if not isinstance(kept, KeptLengths):
        kept = KeptLengths()
        holder.setProperty(_KEPT, kept)
    return kept


def _rescale_widget(widget: QWidget, old: float, new: float) -> None:
    least, most, margins = widget.minimumSize(), widget.maximumSize(), widget.contentsMargins()
    if least.isNull() and most == _UNBOUND and margins.isNull() and not isinstance(widget, _WITH_PARTS):
        return  # as most are
    if widget.isWindow():
        # Bound by what is in it and by its screen, not by the zoom.
        least, most = QSize(0, 0), QSize(_NO_BOUND, _NO_BOUND)
    lengths = (
        *least.toTuple(),
        *most.toTuple(),
        *(margins.left(), margins.top(), margins.right(), margins.bottom()),
        *_parts(widget),
    )
    if not _has_any(lengths):
        return
    now = kept_lengths(widget).rescaled(lengths, old, new)
    if now[:4] != lengths[:4]:
        # Both ways at once, or the least could pass the most for a moment and move it.
        widget.setMaximumSize(_NO_BOUND, _NO_BOUND)
        widget.setMinimumSize(now[0], now[1])
        widget.setMaximumSize(now[2], now[3])
    if now[4:8] != lengths[4:8]:
        widget.setContentsMargins(QMargins(*now[4:8]))
    if now[8:] != lengths[8:]:
        _set_parts(widget, now[8:])


def _has_any(lengths: tuple[int, ...]) -> bool:
    """Most widgets and layouts hold none."""
    return any(0 < length < _NO_BOUND for length in lengths)


def _parts(widget: QWidget) -> tuple[int, ...]:
    """Lengths that only widgets of some kinds have, where they were set."""
    if isinstance(widget, QSplitter):
        return (widget.handleWidth(),)
    if isinstance(widget, QLineEdit):
        margins = widget.textMargins()
        return margins.left(), margins.top(), margins.right(), margins.bottom()
    if isinstance(widget, QAbstractItemView) and widget.iconSize().isValid():
        return widget.iconSize().width(), widget.iconSize().height()
    return ()


def _set_parts(widget: QWidget, lengths: tuple[int, ...]) -> None:
    if isinstance(widget, QSplitter):
        widget.setHandleWidth(lengths[0])
    elif isinstance(widget, QLineEdit):
        widget.setTextMargins(QMargins(*lengths))
    elif isinstance(widget, QAbstractItemView):
        widget.setIconSize(QSize(*lengths))


def _rescale_layout(layout: QLayout, old: float, new: float) -> None:
    margins = layout.contentsMargins()
    lengths = (margins.left(), margins.top(), margins.right(), margins.bottom(), *_spacings(layout))
    if not _has_any(lengths):
        return
    now = kept_lengths(layout).rescaled(lengths, old, new)
    if now == lengths:
        return
    layout.setContentsMargins(QMargins(*now[:4]))
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(now[4])
        layout.setVerticalSpacing(now[5])
    elif isinstance(layout, QBoxLayout):
        layout.setSpacing(now[4])


def _spacings(layout: QLayout) -> tuple[int, ...]:
    if isinstance(layout, QGridLayout):
        return layout.horizontalSpacing(), layout.verticalSpacing()
    return (layout.spacing(),) if isinstance(layout, QBoxLayout) else ()
