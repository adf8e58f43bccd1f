"""Own fonts: those that a widget was given, without what the style sheet has added."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from desktop.widgets.zoom.kept_lengths import kept_lengths
from desktop.widgets.zoom.lengths import rounded

_BEFORE_STYLING = "_q_styleSheetWidgetFont"
"""Where Qt keeps the font that a widget gets back when the style sheet is taken away."""
_SIZE_RESOLVED = 2
"""Qt's QFont::SizeResolved, which PySide6 does not have."""


def rescale_font(widget: QWidget, old: float, new: float) -> None:
    """The size of a font of its own, from one factor to another; nothing where it has none, in points."""
    font = _own_font(widget)
    if _has_size(font):
        font.setPointSizeF(kept_lengths(widget).rescaled_points(font.pointSizeF(), old, new))
        _set_own_font(widget, font)


def pass_font_on(widget: QWidget) -> None:
    """What a font of its own leaves open comes from the font of the application as it is now.

    With a style sheet Qt passes fonts on only when it styles anew, which what is hidden waits for.
    """
    font = _own_font(widget)
    if not font.resolveMask() & _SIZE_RESOLVED:
        _set_own_font(widget, font)


def resized(font: QFont, factor: float) -> QFont:
    """A font so many times as large."""
    larger = QFont(font)
    if font.pointSizeF() > 0:
        larger.setPointSizeF(font.pointSizeF() * factor)
    else:
        larger.setPixelSize(rounded(font.pixelSize() * factor))
    return larger


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
