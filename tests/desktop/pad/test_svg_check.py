"""Simple SVG drawings are read; those that repeat themselves or look elsewhere are refused at once."""

import pytest

from desktop.pad.picture_decoding import decoded
from desktop.pad.picture_input import grey_from_image
from engine.errors import PictureError

pytestmark = pytest.mark.usefixtures("qapp")

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
HEAD = f'<svg {XMLNS} width="90" height="70">'
DOCTYPE = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">'
SEVEN = '<path d="M30 20L60 20L40 55" stroke="black" stroke-width="4" fill="none"/>'


def svg(content: str, head: str = HEAD) -> bytes:
    return f"{head}{content}</svg>".encode()


def nested() -> str:
    """Two kilobytes that draw ten thousand million lines."""
    groups = [f'<g id="g0">{SEVEN}</g>']
    for level in range(1, 11):
        groups.append(f'<g id="g{level}">' + f'<use xlink:href="#g{level - 1}"/>' * 10 + "</g>")
    return f'<defs>{"".join(groups)}</defs><use xlink:href="#g10"/>'


@pytest.mark.parametrize(
    "data",
    [
        svg(SEVEN),
        svg(f"<metadata/><g style='stroke-dasharray:none'>{SEVEN}</g>"),
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->' + DOCTYPE + svg(SEVEN),
    ],
)
def test_shapes_are_drawn(data):
    grey = grey_from_image(decoded(data, "seven.svg"))
    assert grey.shape == (70, 90)
    assert grey[0, 0] == 255
    assert grey[20, 45] < 100


@pytest.mark.parametrize(
    "content",
    [
        nested(),
        '<image xlink:href="/etc/passwd" width="9" height="9"/>',
        '<pattern id="p"/>',
        '<mask id="m"/>',
        '<marker id="m"/>',
        '<filter id="f"/>',
        f'<g xlink:href="other.svg">{SEVEN}</g>',
        "<style>@import 'file:///etc/passwd';</style>",
        f'<g style="fill:url(file:///etc/passwd)">{SEVEN}</g>',
        '<path d="M0 0L90 70" stroke="black" stroke-dasharray="0.00001"/>',
        '<path d="M0 0L90 70" style="stroke-d&#x61;sharray: 0.00001"/>',
        "<svg>" * 3_000 + "</svg>" * 3_000,
        f"<!-- {'x' * 1_100_000} -->",
    ],
)
def test_more_than_simple_shapes_is_refused(content):
    with pytest.raises(PictureError, match="more than simple shapes"):
        decoded(svg(content), "odd.svg")


def test_entities_are_refused():
    entities = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(PictureError, match=r"not a picture|more than simple shapes"):
        decoded(entities.encode() + svg("<text>&b;</text>"), "odd.svg")


def test_a_damaged_one_is_refused():
    with pytest.raises(PictureError, match="damaged"):
        decoded(svg(SEVEN)[:-20], "half.svg")
