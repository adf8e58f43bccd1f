"""Pairs of shapes that are worth looking at, with the numbers they are shown with."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.lesson.broadcasting.values import Shape, SmallTensor, channel_means, counted

# Around the mean of a channel; they add up to nothing.
_SHADES = (-3, -1, 1, 3, -2, 0, 0, 2, -1, 1, -1, 1, 2, -2, 1, -1)
_BRIGHTNESSES = (4, 6, 5)


@dataclass(frozen=True, slots=True)
class Preset:
    """Two shapes and what is done with them.

    Attributes:
        title: What people call it.
        first: The first shape as text.
        second: The second shape as text.
        operation: A key of `OPERATIONS`.
        sentence: What there is to see.
        summed_axis: Axis of the result that is summed over afterwards, or None.
        takes_means: Whether the second tensor has the means of the first one's channels.
    """

    title: str
    first: str
    second: str
    operation: str
    sentence: str
    summed_axis: int | None = None
    takes_means: bool = False


PRESETS = (
    Preset("Scalar and matrix", "()", "(3, 4)", "+", "A scalar has no axes, so it matches every shape."),
    Preset("Row and matrix", "(4,)", "(3, 4)", "+", "The row is added to each row of the matrix."),
    Preset(
        "Column with an axis of size 1",
        "(3, 1)",
        "(3, 4)",
        "+",
        "The axis of size 1 turns three numbers into a column, which is added to each column of the matrix.",
    ),
    Preset(
        "Outer product",
        "(3, 1)",
        "(1, 4)",
        "×",
        "A column times a row: both are stretched, and every number of one meets every number of the other.",
    ),
    Preset("Outer sum", "(3, 1)", "(1, 4)", "+", "A column plus a row: every pair of numbers is added once."),
    Preset(
        "Image minus channel mean",
        "(3, 4, 4)",
        "(3, 1, 1)",
        "−",
        "Three channels of 4 × 4 pixels; the mean of each channel is subtracted from all its pixels, "
        "so each channel of the result adds up to 0.",
        takes_means=True,
    ),
    Preset(
        "Matrix product: multiply, then sum",
        "(2, 3, 1)",
        "(3, 4)",
        "×",
        "A (2, 3) matrix with a trailing axis of size 1, times a (3, 4) matrix, then summed over the axis "
        "of size 3: that is their matrix product, of shape (2, 4).",
        summed_axis=1,
    ),
)


def numbers(
    first: Shape, second: Shape, operation: str, preset: Preset | None
) -> tuple[SmallTensor, SmallTensor]:
    """Whole numbers for two small tensors.

    In sums and differences the first one has tens and the second one ones, so that a result such as 32
    tells where it comes from.
    """
    if preset is not None and preset.takes_means:
        image = SmallTensor(first, _pixels())
        return image, channel_means(image)
    return counted(first, 1 if operation == "×" else 10), counted(second)


def _pixels() -> tuple[int, ...]:
    """A (3, 4, 4) image, the same shades turned on by some pixels from channel to channel."""
    pixels: list[int] = []
    for channel, brightness in enumerate(_BRIGHTNESSES):
        turned = _SHADES[5 * channel :] + _SHADES[: 5 * channel]
        pixels += [brightness + shade for shade in turned]
    return tuple(pixels)
