"""Label fit: which nodes of a level have room for their words beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def labels_that_fit(
    places: NDArray[np.float64],
    levels: NDArray[np.int64],
    lengths: NDArray[np.float64],
    weights: NDArray[np.float64],
    dot: float,
    ends: tuple[float, float],
) -> Sequence[bool]:
    """Give room to one label after another, to those with the most weight first.

    Args:
        places: (nodes,) middles of labels along their level; on each level ascending.
        levels: (nodes,) which level each is on, ascending.
        lengths: (nodes,) of the labels, with the space that is to be left.
        weights: (nodes,) how much each label matters.
        dot: Half the width of a node without a label.
        ends: Between which all must lie.

    Returns:
        (nodes,) whether its label fits.
    """
    halves = lengths / 2
    away = np.where(np.diff(levels) == 0, np.diff(places), np.inf)
    left, right = np.append(np.inf, away), np.append(away, np.inf)
    # Many have no room even beside dots; the others are few enough for a loop.
    may = (
        (halves + dot <= np.minimum(left, right))
        & (places - halves >= ends[0])
        & (places + halves <= ends[1])
    )
    taken = np.full(len(places), dot)
    found = np.zeros(len(places), dtype=bool)
    taken_list, left_list, right_list, half_list = (
        taken.tolist(),
        left.tolist(),
        right.tolist(),
        halves.tolist(),
    )
    for node in sorted(np.flatnonzero(may).tolist(), key=lambda each: -weights[each]):
        half = half_list[node]
        # Beyond the first and last node of all there is nothing: there, the distance is infinite.
        before = taken_list[node - 1] if node else dot
        after = taken_list[node + 1] if node + 1 < len(taken_list) else dot
        if half + before <= left_list[node] and half + after <= right_list[node]:
            taken_list[node] = half
            found[node] = True
    return found.tolist()
