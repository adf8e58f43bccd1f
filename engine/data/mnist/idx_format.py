"""The IDX format, in which MNIST is handed round: a header of types and sizes, then the values row by row."""

from __future__ import annotations

import math
import struct

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError

_UNSIGNED_BYTES = 0x08
_TYPES = {0x09: "signed bytes", 0x0B: "short integers", 0x0C: "integers", 0x0D: "floats", 0x0E: "doubles"}
_MOST_DIMENSIONS = 4


def idx_bytes(values: NDArray[np.uint8]) -> bytes:
    """An array of bytes as an IDX file."""
    header = struct.pack(f">HBB{values.ndim}I", 0, _UNSIGNED_BYTES, values.ndim, *values.shape)
    return header + np.ascontiguousarray(values).tobytes()


def idx_shape(start: bytes, name: str) -> tuple[int, ...]:
    """The sizes that a header speaks of.

    Args:
        start: The first 32 bytes of a file or more.
        name: What to call it in a sentence.

    Raises:
        DataError: It is no header, or not one of unsigned bytes.
    """
    if len(start) < 4 or start[:2] != b"\0\0" or not 1 <= start[3] <= _MOST_DIMENSIONS:
        raise DataError(f"{name} is not an IDX file: choose a folder with MNIST’s own files.")
    if start[2] != _UNSIGNED_BYTES:
        kind = _TYPES.get(start[2], "values of an unknown type")
        raise DataError(f"{name} holds {kind}: only unsigned bytes, as MNIST has them, can be read.")
    length = 4 + 4 * start[3]
    if len(start) < length:
        raise DataError(f"{name} is cut off in its header: copy or download it again.")
    return struct.unpack(f">{start[3]}I", start[4:length])


def idx_values(content: bytes, name: str, inner: tuple[int, ...]) -> NDArray[np.uint8]:
    """The values of a whole file, (count, *inner) uint8, which share its memory.

    Args:
        content: Of the file.
        name: What to call it in a sentence.
        inner: Sizes of each thing in it: (28, 28) for images, nothing for labels.

    Raises:
        DataError: It is no such file, of other sizes, or cut off.
    """
    shape = idx_shape(content, name)
    if shape[1:] != inner:
        found, wanted = (" × ".join(map(str, sizes)) or "single numbers" for sizes in (shape[1:], inner))
        raise DataError(f"{name} holds {found} where {wanted} are needed: choose MNIST’s own files.")
    first = 4 + 4 * len(shape)
    if len(content) - first != math.prod(shape):
        raise DataError(f"{name} is damaged: its header speaks of another length; copy or download it again.")
    return np.frombuffer(content, np.uint8, offset=first).reshape(shape)


def idx_labels(content: bytes, name: str, classes: int) -> NDArray[np.uint8]:
    """The labels of a whole file, (count,) uint8, each below `classes`.

    Raises:
        DataError: It is no such file, is cut off, or has labels beyond that.
    """
    labels = idx_values(content, name, ())
    if labels.size and int(labels.max()) >= classes:
        raise DataError(
            f"{name} has the label {int(labels.max())}: digits have labels from 0 to {classes - 1}."
        )
    return labels
