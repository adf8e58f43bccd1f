"""Judgement: how good a candidate is, by what the network says of it and by its shape.

The weights are those of a log-linear model: the probability of a segmentation is to be proportional to the
exponential of the sum of its candidates' scores (J. Lafferty, A. McCallum and F. Pereira, "Conditional random
fields", 2001). They were fitted to numbers made of the digits of 25 of the 97 writers from whom programs may
learn, by a network that had learned from the other 72.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.segmentation.scores import Looked

# Less probable than this is all the same: a network's doubts have no more to say.
_LEAST_LOG = -8.0

# In the order of `candidates.FEATURES`; then of the probability of being a digit, and of the best digit.
_WITH_OTHERS = np.array([-1.62, 5.21, -0.25, -1.46, -7.57, -5.50, -20.36, -13.18, 4.0, 0.71, 1.97])
_DIGITS_ALONE = np.array([-2.27, 5.91, -0.34, -1.57, -8.13, -8.57, -24.55, -14.39, 6.0, 0.0, 3.12])


def judge(shapes: NDArray[np.float64], looks: Sequence[Looked], knows_others: bool) -> NDArray[np.float64]:
    """The scores of candidates, (candidates,) float64.

    Args:
        shapes: (candidates, features), see `engine.preprocessing.segmentation.candidates.shapes`.
        looks: At each of them.
        knows_others: Whether the network has learned what is no digit.
    """
    said = np.array([(looked.is_digit, looked.best) for looked in looks])
    weights = _WITH_OTHERS if knows_others else _DIGITS_ALONE
    scores: NDArray[np.float64] = np.hstack([shapes, np.maximum(said, _LEAST_LOG)]) @ weights
    return scores
