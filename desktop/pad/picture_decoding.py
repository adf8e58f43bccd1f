"""Picture decoding: the bytes of a picture file to a grey image of moderate size, upright, by Qt."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QTransform

from desktop.pad.svg_check import check_svg, is_svg
from engine.preprocessing.photographs.exif_orientation import UPRIGHT, Turn, turn_of
from engine.preprocessing.photographs.picture_file import (
    LONGEST_SIDE,
    MOST_PIXELS,
    MOST_PIXELS_JPEG,
    check_size,
    damaged,
    kind_of,
    no_picture,
)

_SVG = "svg"
# A damaged file can make Qt name a format that does not exist, and asking anything of that one reads beyond
# the table of formats and ends the program.
_KNOWN_FORMATS = frozenset(QImage.Format) - {QImage.Format.Format_Invalid, QImage.Format.NImageFormats}


def decoded(data: bytes, name: str) -> QImage:
    """A picture file's picture: turned upright, grey, its longer side `LONGEST_SIDE` pixels at most.

    Args:
        data: The whole file.
        name: Of the file.

    Raises:
        PictureError: It is no picture, damaged, gigantic, or an SVG that asks for more than drawing.
    """
    kind = kind_of(data) or (_SVG if is_svg(data) else None)
    if kind is None:
        raise no_picture(name)
    if kind == _SVG:
        check_svg(data, name)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # The kind is known: no other decoder gets to see the file.
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(False)
    try:
        image = _read(reader, data, kind, name)
    finally:
        # Decoders use the device until they are gone, and Python frees the buffer first.
        reader.setDevice(None)  # type: ignore[arg-type]
    return reduced(_turned(image, turn_of(data)))


def _read(reader: QImageReader, data: bytes, kind: str, name: str) -> QImage:
    if not reader.canRead():
        raise damaged(name)
    # Asked of the header, before any memory is taken for pixels.
    size = reader.size()
    check_size(data, kind, size.width(), size.height(), name, _most_pixels(reader, kind, name))
    if max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(_shrunk(size, LONGEST_SIDE))
    image = reader.read()
    if image.isNull():
        raise damaged(name)
    return image


def reduced(image: QImage) -> QImage:
    """The picture on paper of its own, grey without transparency, its longer side 1,024 pixels at most."""
    image = shrunk_to(image, LONGEST_SIDE)
    return grey_image(image)


def grey_image(image: QImage) -> QImage:
    """The picture on paper of its own, its colours brought to grey as the command line brings them."""
    image = on_paper(image)
    if image.isGrayscale():
        return image.convertToFormat(QImage.Format.Format_Grayscale8)
    # The window opens before NumPy is there.
    import numpy as np

    from engine.preprocessing.photographs.colour_filter import grey_of_colour

    coloured = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height = coloured.width(), coloured.height()
    rows = np.frombuffer(coloured.constBits(), np.uint8).reshape(height, coloured.bytesPerLine())
    grey = grey_of_colour(rows[:, : 3 * width].reshape(height, width, 3))
    return QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()


def reduced_if_not_gigantic(image: QImage) -> QImage:
    """The same of a picture that is decoded already, unless it would take too much memory to convert.

    Raises:
        PictureError: It has more than `MOST_PIXELS` pixels.
    """
    check_size(b"", "", image.width(), image.height(), "The picture")
    return reduced(image)


def shrunk_to(image: QImage, longest_side: int) -> QImage:
    """The picture, its longer side no longer than so many pixels."""
    if max(image.width(), image.height()) <= longest_side:
        return image
    return image.scaled(
        _shrunk(image.size(), longest_side),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def on_paper(image: QImage) -> QImage:
    """The picture with paper under its transparent parts, of a lightness that its drawing shows on."""
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


def _most_pixels(reader: QImageReader, kind: str, name: str) -> int:
    """How many pixels Qt decodes: it has a limit in megabytes, beyond which it speaks of damage."""
    if kind == "jpeg":
        return MOST_PIXELS_JPEG
    image_format = reader.imageFormat()
    if image_format == QImage.Format.Format_Invalid:
        bits = 32
    elif image_format in _KNOWN_FORMATS:
        bits = max(32, QImage.toPixelFormat(image_format).bitsPerPixel())
    else:
        raise damaged(name)
    limit = 8 * QImageReader.allocationLimit() * 1024 * 1024 // bits
    return min(MOST_PIXELS, limit or MOST_PIXELS)


def _turned(image: QImage, turn: Turn) -> QImage:
    if turn == UPRIGHT:
        return image
    # Qt does first what was asked for last.
    return image.transformed(QTransform().rotate(90 * turn.quarters).scale(-1 if turn.is_mirrored else 1, 1))


def _shrunk(size: QSize, longest_side: int) -> QSize:
    longest = QSize(longest_side, longest_side)
    return size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


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
