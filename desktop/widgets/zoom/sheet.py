"""Sheet: a style sheet at the zoom in use."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.widgets.zoom.lengths import USUAL, line_width, scaled, zoom_factor, zoom_percent

_RULE = re.compile(r"\{[^{}]*\}")
_BORDER = re.compile(r"\b(border(?:-top|-right|-bottom|-left)?: )(\d+)px")
_RADIUS = re.compile(r"\b(border-radius: )(\d+)px")
_WIDTH = re.compile(r"(?<!-)\bwidth: (\d+)px")
_PADDING = re.compile(r"\bpadding: [^;}]*")
_PIXELS = re.compile(r"(?<![\w.])(\d+)px")
# Stands where one of a pixel does without the keyboard: the contents must not move.
_FOCUS_FRAME = re.compile(r"\bborder: 2px")
_DONE = "pixels"


def scaled_sheet(sheet: str) -> str:
    """A style sheet whose lengths are in pixels at 100 %, at the zoom in use."""
    if zoom_percent() == USUAL:
        return sheet
    return _RULE.sub(lambda rule: _scaled_rule(rule.group()), sheet)


def _scaled_rule(rule: str) -> str:
    line = int(line_width())
    if _FOCUS_FRAME.search(rule):
        # What the frame has more than the usual one, the padding has less.
        rule = _PADDING.sub(lambda padding: _beside_focus_frame(padding.group(), line), rule)
    corner = _corners(rule, line)
    rule = _BORDER.sub(lambda found: f"{found[1]}{_frame(int(found[2]), line)}{_DONE}", rule)
    rule = _RADIUS.sub(lambda found: f"{found[1]}{corner(int(found[2]))}{_DONE}", rule)
    rule = _PIXELS.sub(lambda found: f"{scaled(int(found[1]))}{_DONE}", rule)
    return rule.replace(_DONE, "px")


def _frame(width: int, line: int) -> int:
    """A thin one is as many times a line as it was; a thick one is an area."""
    return line * width if width <= 2 else scaled(width)


def _corners(rule: str, line: int) -> Callable[[int], int]:
    """How round they are: where a radius is more than half of what rounding has left, Qt paints a square."""
    wide, border = _WIDTH.search(rule), _BORDER.search(rule)
    width, frame = (int(wide[1]) if wide else 0), (int(border[2]) if border else 0)

    def corner(radius: int) -> int:
        if wide and 2 * radius >= width + 2 * frame:  # a circle
            return (scaled(width) + 2 * _frame(frame, line)) // 2
        return int(0.85 * radius * zoom_factor())

    return corner


def _beside_focus_frame(padding: str, line: int) -> str:
    return _PIXELS.sub(lambda found: f"{max(0, scaled(int(found[1]) + 1) - line)}{_DONE}", padding)
