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

from engine.preprocessing.segmentation.candidates import FEATURES
from engine.preprocessing.segmentation.scores import Looked

# Less probable than this is all the same: a network's doubts have no more to say.
_LEAST_LOG = -8.0

# By the names of `candidates.FEATURES`; then of the network's two answers, the probability of being a digit
# and that of the best digit. What speaks against a cut was chosen by hand: hardly anybody writes so.
_WITH_OTHERS = {
    "one more": -3.75,
    "overlap": 4.97,
    "near": -0.17,
    "joined": -1.11,
    "gap": -6.67,
    "space": -3.23,
    "low": -21.15,
    "wide": -11.67,
    "whole": 3.26,
    "apart": 6.31,
    "cut": 4.0,
    "is digit": 0.68,
    "best": 2.97,
}
_DIGITS_ALONE = {
    "one more": -3.91,
    "overlap": 5.38,
    "near": -0.98,
    "joined": -0.67,
    "gap": -8.05,
    "space": -3.09,
    "low": -25.41,
    "wide": -13.83,
    "whole": 3.14,
    "apart": 6.49,
    "cut": 6.0,
    "is digit": 0.0,
    "best": 3.85,
}
_NAMES = (*FEATURES, "is digit", "best")


def judge(shapes: NDArray[np.float64], looks: Sequence[Looked], knows_others: bool) -> NDArray[np.float64]:
    """The scores of candidates, (candidates,) float64.

    Args:
        shapes: (candidates, features), see `engine.preprocessing.segmentation.candidates.shapes`.
        looks: At each of them.
        knows_others: Whether the network has learned what is no digit.
    """
    said = np.array([(looked.is_digit, looked.best) for looked in looks])
    named = _WITH_OTHERS if knows_others else _DIGITS_ALONE
    weights = np.array([named[name] for name in _NAMES])
    scores: NDArray[np.float64] = np.hstack([shapes, np.maximum(said, _LEAST_LOG)]) @ weights
    return scores
