"""Digits as strokes, 100 high, and numbers made of them."""

import numpy as np

from engine.preprocessing.ink import Ink

ONE = [[(30, 0), (30, 100)]]
TWO = [[(0, 25), (5, 8), (25, 0), (48, 8), (52, 25), (40, 50), (0, 98), (58, 98)]]
THREE = [
    [
        *[(0, 10), (20, 0), (45, 8), (48, 28), (38, 42), (18, 48)],
        *[(45, 55), (55, 75), (40, 95), (18, 100), (0, 90)],
    ]
]
FOUR = [[(10, 0), (0, 60), (55, 60)], [(45, 30), (40, 100)]]
FIVE = [[(10, 0), (5, 42), (30, 38), (50, 52), (52, 78), (35, 98), (0, 92)], [(10, 0), (52, 2)]]
SEVEN = [[(0, 0), (60, 0), (20, 100)]]
ZERO = [
    [
        (30 + 28 * np.cos(angle), 50 + 50 * np.sin(angle))
        for angle in np.linspace(-np.pi / 2, 1.5 * np.pi, 40).tolist()
    ]
]
DOT, COMMA, DASH = [[(0, 0)]], [[(4, 0), (0, 22)]], [[(0, 0), (40, 1)]]


def ink(*placed):
    """A drawing of shapes, each with how far it is moved to the right and down."""
    return Ink.from_lists(
        [[(x + across, y + down) for x, y in stroke] for shape, across, down in placed for stroke in shape]
    )
