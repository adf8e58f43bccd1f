"""Picture input: pictures and drawings from files, the clipboard and drag and drop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from engine.errors import PictureError
from engine.ink import Ink
from engine.ink_file import ink_from_text, read_ink_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INK_MIME = "application/x-scratchpad-ink+json"

_MOST_PIXELS = 64_000_000
# These are decoded in small, in no more memory than the small picture takes.
_MOST_PIXELS_JPEG = 128_000_000
# Decoding more than this takes longer than the pen would wait.
_LARGE_PIXELS = 3_000_000
# More than the normaliser can make use of; a photograph is reduced to this before it goes anywhere.
_LONGEST_SIDE = 1024


def content_from_file(path: Path) -> Ink | QImage:
    """Read a picture, or a drawing in JSON.

    Raises:
        PictureError: It is no picture, damaged, gigantic or not there.
        InkError: It is JSON, but no ink.
    """
    start = _start_of_file(path)
    if path.suffix.lower() == ".json" or start.lstrip().startswith(b"{"):
        return read_ink_file(path)
    return image_from_file(path)


def image_from_file(path: Path) -> QImage:
    """Read a picture: turned upright, grey, its longer side 1,024 pixels at most.

    Raises:
        PictureError: It is no picture, damaged, gigantic or not there.
    """
    _start_of_file(path)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead():
        raise PictureError(f"{path.name} is not a picture that can be read; use a PNG or JPEG file.")
    # Asked of the header, before any memory is taken for pixels.
    size = reader.size()
    if reader.format() == b"jpeg":
        _refuse_more_than(_MOST_PIXELS_JPEG, size, path.name)
    else:
        bits = max(32, QImage.toPixelFormat(reader.imageFormat()).bitsPerPixel())
        _refuse_gigantic(size, path.name, bits)
    if size.isValid() and max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(_shrunk(size, _LONGEST_SIDE))
    image = reader.read()
    if image.isNull():
        raise PictureError(f"{path.name} is damaged and cannot be read; use another picture.")
    return reduced(image)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a picture or drawing comes from.

    Attributes:
        read: Answers what is there, or raises a `PictureError` or `InkError`; may be called in a thread.
        is_slow: Whether that takes so long that it should be.
    """

    read: Callable[[], Ink | QImage]
    is_slow: bool = False


def source_of_file(path: Path) -> Source:
    """A picture, or a drawing in JSON."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    return Source(lambda: content_from_file(path), _is_large(reader.size()))


def source_of_mime(mime: QMimeData | None) -> Source:
    """What was pasted or dropped: ink, one local file of either kind, a picture, or ink as text.

    An empty clipboard may have no data at all, not even empty ones.
    """
    if mime is None:
        mime = QMimeData()
    if mime.hasFormat(INK_MIME):
        ink = bytes(mime.data(INK_MIME).data())
        return Source(lambda: ink_from_text(ink))
    path = next((Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()), None)
    if path is not None:
        return source_of_file(path)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Source(lambda: _reduced_if_not_gigantic(image), _is_large(image.size()))
        return _refusal("The picture cannot be read; save it as a PNG file and open that.")
    text = mime.text()
    if text.lstrip().startswith("{"):
        return Source(lambda: ink_from_text(text.encode(errors="replace")))
    return _refusal("There is no picture here; copy a picture of a digit, or drop its file on the pad.")


def _refusal(sentence: str) -> Source:
    def refuse() -> Ink | QImage:
        raise PictureError(sentence)

    return Source(refuse)


def _is_large(size: QSize) -> bool:
    return size.isValid() and size.width() * size.height() > _LARGE_PIXELS


def _reduced_if_not_gigantic(image: QImage) -> QImage:
    _refuse_gigantic(image.size(), "The picture")
    return reduced(image)


def reduced(image: QImage) -> QImage:
    """The picture on paper of its own, grey without transparency, its longer side 1,024 pixels at most."""
    image = shrunk_to(image, _LONGEST_SIDE)
    return _on_paper(image).convertToFormat(QImage.Format.Format_Grayscale8)


def shrunk_to(image: QImage, longest_side: int) -> QImage:
    """The picture, its longer side no longer than so many pixels."""
    if max(image.width(), image.height()) <= longest_side:
        return image
    return image.scaled(
        _shrunk(image.size(), longest_side),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def grey_from_image(image: QImage) -> NDArray[np.uint8]:
    """A picture as (height, width) uint8, 0 black to 255 white; transparent parts get paper of their own.

    Raises:
        PictureError: The picture has no pixels.
    """
    import numpy as np

    if image.isNull():
        raise PictureError("The picture is empty; use another one.")
    grey = _on_paper(image).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


def _shrunk(size: QSize, longest_side: int) -> QSize:
    longest = QSize(longest_side, longest_side)
    return size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _on_paper(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    lightness = _paper_lightness(image)
    paper.fill(QColor(lightness, lightness, lightness))
    painter = QPainter(paper)
    # The size in points would count with a picture from a screen of high density.
    painter.drawImage(paper.rect(), image, image.rect())
    painter.end()
    return paper


def _paper_lightness(image: QImage) -> int:
    """How light the paper under a transparent picture has to be, 0 to 255, for its drawing to show."""
    side = 64
    small = image.scaled(
        side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    pixels = [small.pixelColor(x, y) for y in range(side) for x in range(side)]
    opacity = sum(pixel.alphaF() for pixel in pixels)
    opaque = sorted(pixel.lightness() for pixel in pixels if pixel.alpha() > 127)
    if len(opaque) > len(pixels) / 2:
        # A picture with paper of its own, say a screenshot with round corners: that paper goes on.
        return opaque[len(opaque) // 2]
    drawn = sum(pixel.alphaF() * pixel.lightness() for pixel in pixels)
    return 0 if opacity > 0 and drawn / opacity > 127 else 255


def _refuse_gigantic(size: QSize, name: str, bits_per_pixel: int = 32) -> None:
    # Qt decodes no picture beyond a limit of its own, in megabytes, and calls that damage.
    limit = 8 * QImageReader.allocationLimit() * 1024 * 1024 // bits_per_pixel
    _refuse_more_than(min(_MOST_PIXELS, limit or _MOST_PIXELS), size, name)


def _refuse_more_than(most: int, size: QSize, name: str) -> None:
    if size.isValid() and size.width() * size.height() > most:
        raise PictureError(
            f"{name} is too large ({size.width():,} × {size.height():,} pixels); cut out the digit first."
        )


def _start_of_file(path: Path) -> bytes:
    """The first bytes of a file, or one sentence why there are none."""
    try:
        if path.is_dir():
            raise PictureError(f"{path.name} is a folder; choose a picture in it.")
        if not path.is_file():
            raise PictureError(f"There is no picture {path.name}; choose another one.")
        with path.open("rb") as file:
            start = file.read(64)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PictureError(f"{path.name} cannot be opened ({reason}); choose another picture.") from error
    if not start:
        raise PictureError(f"{path.name} is empty; choose another picture.")
    return start
