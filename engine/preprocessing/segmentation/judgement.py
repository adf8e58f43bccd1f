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
# and that of the best digit; for strokes and for patches, and for networks that know what is no digit and
# those that do not. What speaks against the cut of a stroke was chosen by hand: hardly anybody writes so.
# What speaks for a whole stroke, with a network that knows others, was chosen by the single digits of all 97.
_STROKES_WITH_OTHERS = {
    "one more": -3.75,
    "overlap": 4.97,
    "near": -0.17,
    "joined": -1.11,
    "gap": -6.67,
    "space": -3.23,
    "low": -21.15,
    "wide": -11.67,
    "whole": 5.0,
    "apart": 6.31,
    "cut": 4.0,
    "crossed": 0.0,
    "is digit": 0.68,
    "best": 2.97,
}
_STROKES_DIGITS_ALONE = {
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
    "crossed": 0.0,
    "is digit": 0.0,
    "best": 3.85,
}
_PATCHES_WITH_OTHERS = {
    "one more": -3.01,
    "overlap": 1.99,
    "near": -1.4,
    "joined": 0.24,
    "gap": -1.26,
    "space": 1.48,
    "low": -11.6,
    "wide": -7.61,
    "whole": 2.84,
    "apart": 2.6,
    "cut": 0.38,
    "crossed": 3.04,
    "is digit": 0.82,
    "best": 4.1,
}
_PATCHES_DIGITS_ALONE = {
    "one more": -4.79,
    "overlap": 2.41,
    "near": -0.77,
    "joined": 0.15,
    "gap": -2.9,
    "space": -0.14,
    "low": -10.07,
    "wide": -10.24,
    "whole": 2.7,
    "apart": 2.33,
    "cut": 1.58,
    "crossed": 3.47,
    "is digit": 0.0,
    "best": 6.48,
}
_WEIGHTS = {
    key: np.array([named[name] for name in (*FEATURES, "is digit", "best")])
    for key, named in (
        ((True, True), _STROKES_WITH_OTHERS),
        ((True, False), _STROKES_DIGITS_ALONE),
        ((False, True), _PATCHES_WITH_OTHERS),
        ((False, False), _PATCHES_DIGITS_ALONE),
    )
}


# With the surest network a candidate is not chosen below this score: it is not even looked at.
_HOPELESS = -8.0


def are_hopeful(shapes: NDArray[np.float64], knows_others: bool, are_strokes: bool) -> NDArray[np.bool_]:
    """Which candidates may be chosen by their shapes, (candidates,) bool.

    Args:
        shapes: (candidates, features), see `engine.preprocessing.segmentation.candidates.shapes`.
        knows_others: Whether the network has learned what is no digit.
        are_strokes: Whether they are made of strokes, and not of the patches of a picture.
    """
    weights = _WEIGHTS[are_strokes, knows_others][: shapes.shape[1]]
    hopeful: NDArray[np.bool_] = shapes @ weights >= _HOPELESS
    return hopeful


def judge(
    shapes: NDArray[np.float64], looks: Sequence[Looked], knows_others: bool, are_strokes: bool
) -> NDArray[np.float64]:
    """The scores of candidates, (candidates,) float64.

    Args:
        shapes: (candidates, features), see `engine.preprocessing.segmentation.candidates.shapes`.
        looks: At each of them.
        knows_others: Whether the network has learned what is no digit.
        are_strokes: Whether they are made of strokes, and not of the patches of a picture.
    """
    said = np.array([(looked.is_digit, looked.best) for looked in looks])
    weights = _WEIGHTS[are_strokes, knows_others]
    scores: NDArray[np.float64] = np.hstack([shapes, np.maximum(said, _LEAST_LOG)]) @ weights
    return scores
