"""Safetensors files: their header, checked before anything is read, and their tensors."""

from __future__ import annotations

import io
import json
import math
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

import torch

from engine.models.named_tensors import REAL_TYPES, NamedTensor, tensor_of

_LARGEST_HEADER = 1_000_000
_TYPES = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64}
# Of the types that are no real numbers, only the size counts.
_OTHER_SIZES = {"BOOL": 1, "U8": 1, "I8": 1, "U16": 2, "I16": 2, "U32": 4, "I32": 4, "U64": 8, "I64": 8}


class NoSafetensorsError(Exception):
    """It is no such file, or a damaged one."""


@dataclass(frozen=True, slots=True)
class SafetensorsContent:
    """What such a file holds.

    Attributes:
        metadata: Texts by name.
        tensors: In the order of the file; read while it is open.
    """

    metadata: dict[str, str]
    tensors: list[NamedTensor]


def read_safetensors(file: BinaryIO) -> SafetensorsContent:
    """Read the header and check that the tensors lie behind it, one after another, to the end of the file.

    The package safetensors maps the whole file into memory instead, where the process dies as soon as
    somebody else shortens the file, and takes headers of 100 MB.

    Raises:
        NoSafetensorsError: It is no such file, or damaged.
    """
    try:
        (length,) = struct.unpack("<Q", file.read(8))
        if not 2 <= length <= _LARGEST_HEADER:
            raise NoSafetensorsError(f"a header of {length} bytes")
        text = file.read(length)
        header = json.loads(text)
        metadata = header.pop("__metadata__", {})
        if not all(isinstance(value, str) for value in metadata.values()):
            raise NoSafetensorsError("metadata that are no texts")
        first = 8 + length
        held = file.seek(0, io.SEEK_END) - first
        parts = sorted(((name, *_part(about)) for name, about in header.items()), key=lambda part: part[3])
        place = 0
        for _, dtype, shape, start, end in parts:
            size = math.prod(shape) * (_OTHER_SIZES.get(dtype) or REAL_TYPES[_TYPES[dtype]])
            if start != place or end - start != size:
                raise NoSafetensorsError("a tensor in the wrong place")
            place = end
        if len(text) != length or place != held:
            raise NoSafetensorsError("another length than the header says")
    except (struct.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoSafetensorsError(str(error)) from error
    tensors = [
        _tensor(file, name, dtype, shape, first + start, end - start)
        for name, dtype, shape, start, end in parts
    ]
    return SafetensorsContent(metadata, tensors)


def _part(about: Any) -> tuple[str, tuple[int, ...], int, int]:
    dtype, shape, (start, end) = about["dtype"], about["shape"], about["data_offsets"]
    whole = [*shape, start, end]
    if len(whole) > 10 or not all(type(number) is int and 0 <= number < 2**40 for number in whole):
        raise NoSafetensorsError("sizes that are none")
    return dtype, tuple(shape), start, end


def _tensor(
    file: BinaryIO, name: str, dtype: str, shape: tuple[int, ...], first: int, size: int
) -> NamedTensor:
    real = _TYPES.get(dtype)
    if real is None:
        return NamedTensor(name, shape, None)

    def read() -> torch.Tensor:
        file.seek(first)
        return tensor_of(file.read(size), real, shape)

    return NamedTensor(name, shape, read)
