"""Ink files: one drawing as JSON, checked before it goes on a pad or to a network.

Pure Python on purpose, as `engine.preprocessing.ink` is.
"""

from __future__ import annotations

from pathlib import Path

from engine.errors import InkError
from engine.files.regular_files import open_regular
from engine.preprocessing.ink import Ink

_LARGEST = 5_000_000
# Beyond these, sums and quotients of coordinates overflow; no pen reaches them.
_FARTHEST_COORDINATE = 1e9
_SMALLEST_EXTENT = 1e-9


def read_ink_file(path: Path) -> Ink:
    """A drawing that was saved as JSON; it is not empty.

    Raises:
        InkError: The file is missing, too large, no drawing, or an empty one.
    """
    try:
        with open_regular(path) as file:
            text = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise InkError(f"There is no drawing {path.name}; choose another one.") from error
    except OSError as error:
        raise InkError(f"{path.name} cannot be opened ({error.strerror}); choose another drawing.") from error
    if len(text) > _LARGEST:
        raise InkError(f"{path.name} is too large for a drawing; choose another one.")
    return ink_from_text(text)


def ink_from_text(text: bytes) -> Ink:
    """A drawing from JSON in UTF-8, such as the clipboard holds; it is not empty.

    Raises:
        InkError: The text is too large, no drawing, or an empty one.
    """
    if len(text) > _LARGEST:
        raise InkError("The text is too large for a drawing; choose another one.")
    try:
        ink = Ink.from_json(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InkError("This is not ink: the text is not UTF-8.") from error
    bounds = ink.bounds()
    if bounds is None:
        raise InkError("There are no strokes in this drawing; choose another one.")
    extent = max(bounds.width, bounds.height)
    if max(map(abs, bounds)) > _FARTHEST_COORDINATE or 0 < extent < _SMALLEST_EXTENT:
        raise InkError("This is not ink: its coordinates are too large or too small.")
    return ink
