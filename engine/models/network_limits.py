"""Network limits: how large a network may be that is opened, known before any memory is taken for it."""

from __future__ import annotations

from itertools import pairwise

from engine.errors import ModelFileError
from engine.settings import LARGEST_LAYER, MOST_LAYERS

LARGEST_FILE = 600_000_000
"""Bytes. The largest network that can be trained here takes 483 MB."""
MOST_VALUES = 784 * LARGEST_LAYER + (MOST_LAYERS - 1) * LARGEST_LAYER**2 + 100_000
"""Weights and biases together: those of the largest network that can be trained here, and a few more."""
MOST_LINEAR_LAYERS = 64
"""Networks from elsewhere may be deeper than those trained here; each layer of thousands would cost time."""


def check_sizes(sizes: tuple[int, ...]) -> None:
    """Do nothing if a network of these sizes may be opened.

    Raises:
        ModelFileError: It is too deep or too large; to be completed with the file's name in front.
    """
    if len(sizes) - 1 > MOST_LINEAR_LAYERS:
        raise ModelFileError(
            f"has {len(sizes) - 1:,} layers: networks of at most {MOST_LINEAR_LAYERS} can be opened."
        )
    values = sum(inputs * outputs + outputs for inputs, outputs in pairwise(sizes))
    if values > MOST_VALUES:
        raise ModelFileError("is too large: a network of at most 120 million weights can be opened.")
