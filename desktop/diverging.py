"""A diverging colour scale: two hues that meet in the middle at zero, told apart by lightness too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# From the most negative to the most positive; blue and orange are told apart by most colour-blind people.
_NEGATIVE, _POSITIVE = (49, 110, 214), (226, 116, 28)


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
    shares = np.clip(np.nan_to_num(values / limit, nan=0.0, posinf=0.0, neginf=0.0), -1, 1)[..., None]
    ends = np.where(shares < 0, np.array(_NEGATIVE), np.array(_POSITIVE))
    # The square root lifts small values out of the middle: most weights are much smaller than the largest.
    strength = np.sqrt(np.abs(shares))
    rgb = np.array(middle) + strength * (ends - np.array(middle))
    out = np.full((*values.shape, 4), 255, dtype=np.uint8)
    out[..., :3] = np.rint(rgb[..., ::-1]).astype(np.uint8)
    return out
