"""Fonts: the system's own, with figures of one width where numbers change in place."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase


def tabular(font: QFont, scale: float = 1.0, weight: QFont.Weight | None = None) -> QFont:
    """A copy of `font` with tabular figures, `scale` times as large."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    if scale != 1.0:
        if copy.pointSizeF() > 0:
            copy.setPointSizeF(copy.pointSizeF() * scale)
        else:
            copy.setPixelSize(round(copy.pixelSize() * scale))
    if weight is not None:
        copy.setWeight(weight)
    return copy


def fixed_font(font: QFont, scale: float = 1.0) -> QFont:
    """The system's font for code, `scale` times as large as `font`."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setStyleHint(QFont.StyleHint.Monospace)
    if font.pointSizeF() > 0:
        fixed.setPointSizeF(font.pointSizeF() * scale)
    else:
        fixed.setPixelSize(round(font.pixelSize() * scale))
    return fixed
