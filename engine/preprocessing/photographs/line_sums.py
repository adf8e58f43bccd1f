"""Line sums: the sum of a picture along every straight line that runs across it, all of them at once.

The sums of two halves of a line make up the sum of the whole, and each half is shared by many lines: a
discrete Radon transform of n columns takes about n log n additions for each row instead of n squared (W. A.
Götz, H. J. Druckmüller, "A fast digital Radon transform", Pattern Recognition 29, 1996; M. L. Brady, "A fast
discrete approximation algorithm for the Radon transform", SIAM Journal on Computing 27, 1998).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def line_sums(picture: NDArray[np.float32], steepest: float) -> NDArray[np.float32]:
    """Sums along lines that go down by 0 to `steepest` rows for each column.

    Args:
        picture: (rows, columns) float32; beyond its border it is 0.
        steepest: From 0 to 1.

    Returns:
        (descents, rows + descents - 1) float32: element (d, r) is the sum along the line that starts in row
        r - descents + 1 of the first column and is d rows lower after the last, columns rounded up to a power
        of two.
    """
    rows, columns = picture.shape
    width = 1 << max(0, columns - 1).bit_length()
    descents = int(np.ceil(steepest * (width - 1))) + 1
    # Lines may start above the picture, and end below it.
    sums = np.zeros((width, 1, rows + 2 * (descents - 1)), dtype=np.float32)
    sums[:columns, 0, descents - 1 : descents - 1 + rows] = picture.T
    span = 1
    while span < width:
        span *= 2
        count = min(span, int(np.ceil(steepest * (span - 1))) + 1)
        left, right = sums[0::2], sums[1::2]
        joined = left[:, np.minimum(np.arange(count) // 2, left.shape[1] - 1)]
        for descent in range(count):
            # The halves descend as evenly as whole rows allow.
            half = min(descent // 2, left.shape[1] - 1)
            shift = descent - half
            joined[:, descent, : joined.shape[2] - shift] += right[:, half, shift:]
        sums = joined
    return np.ascontiguousarray(sums[0, :, : rows + descents - 1])
