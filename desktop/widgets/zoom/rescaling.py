"""Rescaling: what widgets and layouts hold in pixels and points follows when the zoom changes.

Each remembers the exact lengths behind the whole pixels that it got here, so that going to another zoom and
back ends where it began. What was set by others in the meantime is taken as meant for the zoom of then.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QMargins, QObject, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QComboBox,
    QFrame,
    QGridLayout,
    QLayout,
    QLineEdit,
    QMenu,
    QScrollBar,
    QSplitter,
    QWidget,
)

from desktop.widgets.zoom.lengths import rounded, set_zoom_percent, zoom_percent

_NO_BOUND = 2**24 - 1
"""Qt's own largest size of a widget: it stands for none."""
_UNBOUND = QSize(_NO_BOUND, _NO_BOUND)
_WITH_PARTS = (QSplitter, QLineEdit, QAbstractItemView)
_KEPT = "scratchpadUnscaled"
_BEFORE_STYLING = "_q_styleSheetWidgetFont"
"""Where Qt keeps the font that a widget gets back when the style sheet is taken away."""
_SIZE_RESOLVED = 2
"""Qt's QFont::SizeResolved, which PySide6 does not have."""


@dataclass(slots=True)
class _Kept:
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


def rescale(application: QApplication, percent: int, usual_font: QFont) -> None:
    """Go over to another zoom.

    Lengths come first, then fonts of their own, then the font of all others: whoever sets lengths or fonts by
    a new font has the last word.

    Args:
        application: All of its widgets follow.
        percent: One of `zoom.STEPS`.
        usual_font: The application's at 100 %.
    """
    old, new = zoom_percent() / 100, percent / 100
    set_zoom_percent(percent)
    widgets = _widgets_with_lengths(application)
    for widget in widgets:
        _rescale_widget(widget, old, new)
        layout = widget.layout()
        if layout is not None:
            _rescale_layout(layout, old, new)
            for part in layout.findChildren(QLayout):
                _rescale_layout(part, old, new)
    fonts = [(widget, _own_font(widget)) for widget in widgets]
    for widget, font in fonts:
        if _has_size(font):
            font.setPointSizeF(_kept(widget).rescaled_points(font.pointSizeF(), old, new))
            _set_own_font(widget, font)
    application.setFont(_resized(usual_font, new))
    for widget, font in fonts:
        # With a style sheet Qt passes fonts on only when it styles anew, which what is hidden waits for.
        if not font.resolveMask() & _SIZE_RESOLVED:
            _set_own_font(widget, font)


def _widgets_with_lengths(application: QApplication) -> list[QWidget]:
    """All but those that hold no lengths or are never seen; they are as many again.

    A menu that belongs to no window is one of pyqtgraph's, which has a form of sixty widgets for each plot.
    """
    found = []
    for window in application.topLevelWidgets():
        if window.parentWidget() is None and type(window) is not QMenu:
            lists = _lists_of_choices(window)
            inside = (each for each in window.findChildren(QWidget) if type(each) is not QScrollBar)
            found += [window, *(each for each in inside if each not in lists)]
    return found


def _lists_of_choices(window: QWidget) -> set[QWidget]:
    """What is in the lists below combo boxes: they get their font from the box, by Qt."""
    return {
        part
        for box in window.findChildren(QComboBox)
        for child in box.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for part in (child, *child.findChildren(QWidget))
    }


def rearrange(widget: QWidget) -> None:
    """What is seen and arranged by its room is arranged anew: the room is the same, what is in it is not."""
    for each in (widget, *widget.findChildren(QWidget)):
        kind: Any = type(each)
        # Ours alone: those of libraries are laid out by what they hold.
        if _is_arranged_here(kind) and each.isVisible():
            QCoreApplication.sendEvent(each, QResizeEvent(each.size(), each.size()))


@cache
def _is_arranged_here(kind: type[QWidget]) -> bool:
    return getattr(kind.resizeEvent, "__module__", "").split(".")[0] == __name__.split(".")[0]


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
    now = _kept(widget).rescaled(lengths, old, new)
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
    now = _kept(layout).rescaled(lengths, old, new)
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


def _own_font(widget: QWidget) -> QFont:
    """Without what the style sheet has added; one that says nothing where a widget has none."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
        return QFont()
    font, before = widget.font(), widget.property(_BEFORE_STYLING)
    # Set once more since it was styled, it is what it is now.
    is_same = isinstance(before, QFont) and before.pointSizeF() == font.pointSizeF()
    return QFont(before if is_same else font)


def _set_own_font(widget: QWidget, font: QFont) -> None:
    widget.setFont(font)
    if widget.property(_BEFORE_STYLING) is not None:
        widget.setProperty(_BEFORE_STYLING, font)


def _has_size(font: QFont) -> bool:
    """Of its own, in points; one in pixels was chosen by the room there is, not by the zoom."""
    return bool(font.resolveMask() & _SIZE_RESOLVED) and font.pointSizeF() > 0


def _kept(holder: QObject) -> _Kept:
    kept = holder.property(_KEPT)
    if not isinstance(kept, _Kept):
        kept = _Kept()
        holder.setProperty(_KEPT, kept)
    return kept


def _resized(font: QFont, factor: float) -> QFont:
    resized = QFont(font)
    if font.pointSizeF() > 0:
        resized.setPointSizeF(font.pointSizeF() * factor)
    else:
        resized.setPixelSize(rounded(font.pixelSize() * factor))
    return resized
