"""SVG check: shapes are drawn; what repeats itself, loads files or takes for ever is refused unseen by Qt.

An SVG file is a program of a kind: two kilobytes of elements that use each other ten times, ten levels deep,
draw ten thousand million lines, and an image element shows any picture of the computer it is opened on.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from engine.errors import PictureError

_MOST_BYTES, _MOST_ELEMENTS = 1_000_000, 2_000
_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:\w+:)?svg\b", re.DOTALL
)
_DRAWN = {
    "svg",
    "g",
    "defs",
    "path",
    "line",
    "polyline",
    "polygon",
    "rect",
    "circle",
    "ellipse",
    "text",
    "tspan",
}
_PAINTS = {"style", "linearGradient", "radialGradient", "stop"}
# What drawing programs note about themselves, which nobody draws.
_NOTES = (
    {"title", "desc", "metadata", "RDF", "Work", "format", "type", "date", "creator", "Agent", "namedview"}
    | {"grid", "guide", "page", "path-effect", "perspective", "license", "License", "permits", "requires"}
)  # fmt: skip
_ALLOWED = _DRAWN | _PAINTS | _NOTES
# A dash may be a millionth of the line that it divides.
_DASHES = re.compile(r"dasharray\s*:\s*(?!none|0\s*(?:;|$))")
_LINKS = re.compile(r"url\s*\(\s*['\"]?(?!#)|@import")


def is_svg(data: bytes) -> bool:
    """Whether a file says that it is an SVG drawing; packed ones are not taken."""
    return _START.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) is not None


def check_svg(data: bytes, name: str) -> None:
    """Let simple drawings pass.

    Args:
        data: The whole file.
        name: Of the file.

    Raises:
        PictureError: It is damaged, large, or has anything but shapes, text and gradients of its own.
    """
    if len(data) > _MOST_BYTES:
        raise _refusal(name)
    parser = expat.ParserCreate()
    check = _Check(name)
    parser.StartElementHandler = check.start
    parser.CharacterDataHandler = check.text
    parser.EntityDeclHandler = check.refuse
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise PictureError(f"{name} is damaged and cannot be read: use another picture.") from error


class _Check:
    """Looks at one element after the other."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """An element with its attributes, entities replaced."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or _local(element) not in _ALLOWED:
            self.refuse()
        for key, value in attributes.items():
            if _local(key) == "href" or (_local(key) == "stroke-dasharray" and value not in ("none", "0")):
                self.refuse()
            self.text(value)

    def text(self, text: str) -> None:
        """What stands between elements, such as a style sheet, or in an attribute."""
        if _DASHES.search(text) or _LINKS.search(text):
            self.refuse()

    def refuse(self, *_: object) -> None:
        raise _refusal(self._name)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refusal(name: str) -> PictureError:
    return PictureError(
        f"{name} is an SVG with more than simple shapes: save it as a PNG file and open that."
    )
