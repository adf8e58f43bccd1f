"""Drawings for Hypothesis to play with."""

import numpy as np
from hypothesis import strategies as st

from engine.preprocessing.ink import Ink

_coordinate = st.floats(0, 100, allow_nan=False).map(lambda number: round(number, 3))
_point = st.tuples(_coordinate, _coordinate)


@st.composite
def drawings(draw: st.DrawFn) -> list[np.ndarray]:
    """One to three polylines of two to eight points that span at least 20 units."""
    strokes = draw(st.lists(st.lists(_point, min_size=2, max_size=8), min_size=1, max_size=3))
    # Two far corners, so that a drawing is never a speck whose proportions are rounding errors.
    strokes[0] = [(10.0, 5.0), *strokes[0], (60.0, 95.0)]
    return [np.array(stroke, dtype=np.float64) for stroke in strokes]


@st.composite
def inks(draw: st.DrawFn) -> Ink:
    """Ink with pressures and times."""
    number = st.floats(-1e6, 1e6, allow_nan=False)
    point = st.tuples(number, number, st.floats(0, 1), st.floats(0, 1e6))
    return Ink.from_lists(draw(st.lists(st.lists(point, min_size=1, max_size=5), max_size=4)))
