"""Picture input: pictures and drawings from files, the clipboard and drag and drop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from desktop.pad.picture_decoding import decoded, grey_image, reduced_if_not_gigantic
from engine.errors import PictureError
from engine.preprocessing.ink import Ink
from engine.preprocessing.ink_file import ink_from_text
from engine.preprocessing.photographs.picture_file import read_picture_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INK_MIME = "application/x-scratchpad-ink+json"

Source = Callable[[], Ink | QImage]
"""Answers what is there, or raises a `PictureError` or `InkError`; to be called in a thread."""


def content_from_file(path: Path) -> Ink | QImage:
    """Read a picture, or a drawing in JSON.

    Raises:
        PictureError: It is no picture, damaged, gigantic or not there.
        InkError: It is JSON, but no ink.
    """
    data = read_picture_file(path)
    if path.suffix.lower() == ".json" or data[:64].lstrip().startswith(b"{"):
        return ink_from_text(data)
    return decoded(data, path.name)


def image_from_file(path: Path) -> QImage:
    """Read a picture: turned upright, grey, its longer side 1,024 pixels at most.

    Raises:
        PictureError: It is no picture, damaged, gigantic or not there.
    """
    return decoded(read_picture_file(path), path.name)


def source_of_file(path: Path) -> Source:
    """A picture, or a drawing in JSON."""
    return lambda: content_from_file(path)


def source_of_mime(mime: QMimeData | None) -> Source:
    """What was pasted or dropped: ink, one local file of either kind, a picture, or ink as text.

    What the clipboard has is taken out of it at once, since it may change; it is read when the source is
    called. An empty clipboard may have no data at all, not even empty ones.
    """
    if mime is None:
        mime = QMimeData()
    if mime.hasFormat(INK_MIME):
        ink = bytes(mime.data(INK_MIME).data())
        return lambda: ink_from_text(ink)
    path = next((Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()), None)
    if path is not None:
        return source_of_file(path)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return lambda: reduced_if_not_gigantic(image)
        return _refusal("The picture cannot be read; save it as a PNG file and open that.")
    text = mime.text()
    if text.lstrip().startswith("{"):
        return lambda: ink_from_text(text.encode(errors="replace"))
    return _refusal("There is no picture here; copy a picture of a digit, or drop its file on the pad.")


def _refusal(sentence: str) -> Source:
    def refuse() -> Ink | QImage:
        raise PictureError(sentence)

    return refuse


def grey_from_image(image: QImage) -> NDArray[np.uint8]:
    """A picture as (height, width) uint8, 0 black to 255 white; transparent parts get paper of their own.

    Raises:
        PictureError: The picture has no pixels.
    """
    import numpy as np

    if image.isNull():
        raise PictureError("The picture is empty; use another one.")
    grey = grey_image(image)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()
