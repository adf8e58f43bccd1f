"""A diverging colour scale: two hues that meet in the middle at zero, told apart by lightness too."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# From the most negative to the most positive; blue and orange are told apart by most colour-blind people.
NEGATIVE, POSITIVE = (49, 110, 214), (226, 116, 28)
# Colours on each side of the middle, looked up: far quicker than mixing them pixel by pixel.
_STEPS = 2000


def diverging_colours(
    values: NDArray[np.floating], limit: float, middle: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """Colours for values of any shape.

    Args:
        values: Any shape, any float; what is not finite is painted as zero.
        limit: The size of a value that gets the full hue, above 0; larger ones get it too.
        middle: Red, green and blue of zero, such as the panel's own colour.

    Returns:
        The shape of `values` and one more axis of 4: blue, green, red, 255, as Qt's Format_RGB32 wants them.
    """
    scaled = np.multiply(values, _STEPS / limit, dtype=np.float32)
    np.nan_to_num(scaled, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    np.rint(np.clip(scaled, -_STEPS, _STEPS, out=scaled), out=scaled)
    scaled += _STEPS
    colours: NDArray[np.uint32] = _scale(middle).take(scaled.astype(np.intp))
    return colours.view(np.uint8).reshape(*values.shape, 4)


@lru_cache(maxsize=8)
def _scale(middle: tuple[int, int, int]) -> NDArray[np.uint32]:
    """(2 * _STEPS + 1,) colours, each four bytes in one number."""
    shares = np.linspace(-1, 1, 2 * _STEPS + 1)[:, None]
    ends = np.where(shares < 0, np.array(NEGATIVE), np.array(POSITIVE))
    # The square root lifts small values out of the middle: most weights are much smaller than the largest.
    rgb = np.array(middle) + np.sqrt(np.abs(shares)) * (ends - np.array(middle))
    colours = np.full((len(shares), 4), 255, dtype=np.uint8)
    colours[:, :3] = np.rint(rgb[:, ::-1]).astype(np.uint8)
    return colours.view(np.uint32)[:, 0]
