"""Picture input: pictures and drawings from files, the clipboard and drag and drop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from engine.errors import InkError, PictureError
from engine.ink import Ink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INK_MIME = "application/x-scratchpad-ink+json"

_MOST_PIXELS = 64_000_000
# More than the normaliser can make use of; a photograph is reduced to this before it goes anywhere.
_LONGEST_SIDE = 1024
_LARGEST_INK_FILE = 5_000_000


def content_from_file(path: Path) -> Ink | QImage:
    """Read a picture, or a drawing in JSON.

    Raises:
        PictureError: It is no picture, damaged or gigantic.
        InkError: It is JSON, but no ink.
    """
    if path.suffix.lower() == ".json":
        return _ink_from_file(path)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not path.is_file():
        raise PictureError(f"There is no picture {path.name}.")
    if not reader.canRead():
        raise PictureError(f"{path.name} is not a picture that can be read; use a PNG or JPEG file.")
    size = reader.size()
    _refuse_gigantic(size, path.name)
    if size.isValid() and max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(
            size.scaled(_LONGEST_SIDE, _LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(
                QSize(1, 1)
            )
        )
    image = reader.read()
    if image.isNull():
        raise PictureError(f"{path.name} is damaged and cannot be read; use another picture.")
    return reduced(image)


def content_from_mime(mime: QMimeData) -> Ink | QImage:
    """Read what was pasted or dropped: ink, a picture, or one local file of either.

    Raises:
        PictureError: There is no picture in it, or one that cannot be read.
        InkError: It claims to be ink and is none.
    """
    if mime.hasFormat(INK_MIME):
        return _ink_from_text(bytes(mime.data(INK_MIME).data()))
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return content_from_file(files[0])
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            _refuse_gigantic(image.size(), "The picture")
            return reduced(image)
        raise PictureError("The picture cannot be read; save it as a PNG file and open that.")
    if mime.text().lstrip().startswith("{"):
        return _ink_from_text(mime.text().encode())
    raise PictureError("There is no picture here; copy a picture of a digit, or drop its file on the pad.")


def has_content(mime: QMimeData) -> bool:
    """Whether it is worth a try to read this."""
    return mime.hasFormat(INK_MIME) or mime.hasImage() or mime.hasUrls() or mime.hasText()


def reduced(image: QImage) -> QImage:
    """The picture on paper of its own, without transparency, its longer side 1,024 pixels at most."""
    if max(image.width(), image.height()) > _LONGEST_SIDE:
        image = image.scaled(
            _LONGEST_SIDE,
            _LONGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    if image.hasAlphaChannel():
        paper = QImage(image.size(), QImage.Format.Format_RGB32)
        paper.fill(QColor("black") if _is_light_where_opaque(image) else QColor("white"))
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.end()
        image = paper
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def grey_from_image(image: QImage) -> NDArray[np.uint8]:
    """A picture as (height, width) uint8, 0 black to 255 white."""
    import numpy as np

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


def _is_light_where_opaque(image: QImage) -> bool:
    """Whether what is not transparent is light: such ink needs dark paper."""
    # On white and on black paper the same picture gives two mean greys: light ink hardly changes the white.
    small = image.scaled(
        64, 64, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    weight = total = 0
    for y in range(small.height()):
        for x in range(small.width()):
            colour = small.pixelColor(x, y)
            weight += colour.alpha()
            total += colour.alpha() * colour.lightness()
    return weight > 0 and total / weight > 127


def _refuse_gigantic(size: QSize, name: str) -> None:
    if size.isValid() and size.width() * size.height() > _MOST_PIXELS:
        raise PictureError(
            f"{name} is too large ({size.width():,} × {size.height():,} pixels); cut out the digit first."
        )


def _ink_from_file(path: Path) -> Ink:
    try:
        if path.stat().st_size > _LARGEST_INK_FILE:
            raise InkError(f"{path.name} is too large for a drawing.")
        return _ink_from_text(path.read_bytes())
    except OSError as error:
        raise InkError(f"{path.name} cannot be read: {error.strerror}.") from error


def _ink_from_text(text: bytes) -> Ink:
    try:
        ink = Ink.from_json(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InkError("This is not ink: the text is not UTF-8.") from error
    if ink.is_empty:
        raise InkError("There are no strokes in this drawing.")
    return ink
