"""Leaf colours: those of the classes, the paler the more a leaf is mixed, with words that stand on them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from desktop.boundaries.plane.class_styles import class_colours
from desktop.widgets.theme import DARK, LIGHT, Colours
from engine.trees.tree import Tree

_FAINTEST = 0.18
_STEPS = 12
_DARK_WORDS, _LIGHT_WORDS = LIGHT.text, DARK.text


def leaf_colours(tree: Tree, colours: Colours) -> tuple[list[QColor], NDArray[np.int64]]:
    """For each node, the colour of its class; full where all samples are of that class.

    Returns:
        A few colours, and which of them each node has, (nodes,) int64.
    """
    shares = tree.shares
    labels = shares.argmax(axis=1)
    # 0 where all classes are as frequent, 1 where there is but one.
    purity = (shares.max(axis=1) * tree.classes - 1) / (tree.classes - 1)
    steps = np.rint(_STEPS * np.clip(purity, 0, 1)).astype(np.int64)
    return _palette(colours), labels * (_STEPS + 1) + steps


@lru_cache(maxsize=4)
def _palette(colours: Colours) -> list[QColor]:
    """Each class's colours, from the faintest to the full one."""
    ground = QColor(colours.panel)
    return [
        mixed(ground, QColor(colour), _FAINTEST + (1 - _FAINTEST) * step / _STEPS)
        for colour in class_colours(colours)
        for step in range(_STEPS + 1)
    ]


def mixed(one: QColor, other: QColor, part: float) -> QColor:
    """From one colour, 0, to the other, 1."""
    return QColor(
        round(one.red() + part * (other.red() - one.red())),
        round(one.green() + part * (other.green() - one.green())),
        round(one.blue() + part * (other.blue() - one.blue())),
    )


def words_on(ground: QColor) -> QColor:
    """Dark or light, whichever is read more easily."""
    return _words_on(ground.name())


@lru_cache(maxsize=1024)
def _words_on(ground: str) -> QColor:
    own = _luminance(QColor(ground))
    dark, light = QColor(_DARK_WORDS), QColor(_LIGHT_WORDS)
    is_dark_better = (own + 0.05) / (_luminance(dark) + 0.05) >= (_luminance(light) + 0.05) / (own + 0.05)
    return dark if is_dark_better else light


def _luminance(colour: QColor) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines have it, 0 to 1."""
    parts = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
