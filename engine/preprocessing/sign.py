"""Sign: all that stands on the pad or in a picture as one, for networks whose classes are no digits.

Only digits make up numbers; of other signs nobody knows how many strokes one has, or which may stand apart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import centre, fit_pictures, fit_polylines, to_polylines
from engine.preprocessing.number import Number
from engine.preprocessing.photographs.ink_finding import FoundInk, find_ink
from engine.preprocessing.segmentation.known_strokes import StrokePart
from engine.preprocessing.segmentation.pieces import around


def sign_of_ink(ink: Ink) -> Number:
    """A drawing as one sign.

    Raises:
        InkError: It is empty.
    """
    polylines = to_polylines(ink)
    fitted = fit_polylines([polylines])
    parts = tuple(StrokePart(index, 0, len(line)) for index, line in enumerate(polylines))
    return Number(
        fitted,
        centre(fitted),
        ((0.0, 0.0, 0.0, 0.0),),
        (tuple(range(len(polylines))),),
        parts=(parts,),
    )


def sign_of_picture(grey: NDArray[np.generic]) -> Number:
    """All ink of a (height, width) grey picture of any real type and range as one sign.

    Raises:
        PictureError: It is no picture, or nothing is drawn on it.
    """
    return sign_of_found(find_ink(grey))


def sign_of_found(found: FoundInk) -> Number:
    """The same with the ink that was found."""
    fitted = fit_pictures([found.ink])
    return Number(fitted, centre(fitted), (around(found.boxes),), found=found)
