"""Outlined tensors: what the outline of a pickle says of tensors, checked against what is there."""

from __future__ import annotations

import contextlib
import math
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch

from engine.errors import ModelFileError
from engine.models.named_tensors import REAL_TYPES, NamedTensor, tensor_of
from engine.models.network_limits import MOST_VALUES
from engine.models.pickle_outline import Call, Name, OutlineError, Outside, TooLongError

_STORAGES = {
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "FloatStorage": torch.float32,
    "DoubleStorage": torch.float64,
}
_KINDS = {
    "_rebuild_sparse_tensor": "a sparse tensor",
    "_rebuild_sparse_csr_tensor": "a sparse tensor",
    "_rebuild_nested_tensor": "a nested tensor",
    "_rebuild_qtensor": "a quantised tensor",
    "_rebuild_meta_tensor_no_storage": "a tensor without values (on the device “meta”)",
}
# Of the types that are no real numbers, only the size counts.
_OTHER_STORAGES = {
    "ByteStorage": 1,
    "CharStorage": 1,
    "BoolStorage": 1,
    "ShortStorage": 2,
    "IntStorage": 4,
    "LongStorage": 8,
    "ComplexFloatStorage": 8,
    "ComplexDoubleStorage": 16,
    "UntypedStorage": 1,
    "QInt8Storage": 1,
    "QUInt8Storage": 1,
    "QInt32Storage": 4,
}

Part = Callable[[int, int], bytes]
"""From a first byte and a number of bytes to these bytes."""
Storages = Callable[[str, int], Part]
"""From a storage's key and size in bytes to its parts, which are known to be there and not read yet."""


@contextlib.contextmanager
def damage_told() -> Iterator[None]:
    """Whatever the readers of archives and pickles make of damaged bytes is one sentence."""
    try:
        yield
    except TooLongError as error:
        raise ModelFileError("holds far more than a network: save the state dict alone.") from error
    except (
        OutlineError,
        zipfile.BadZipFile,
        struct.error,
        ArithmeticError,
        EOFError,
        LookupError,
        MemoryError,
        RuntimeError,  # encrypted entries, unknown compressions, and what is too deep
        ValueError,
    ) as error:
        raise ModelFileError("is damaged or no file of PyTorch; open another one.") from error


@dataclass(frozen=True, slots=True)
class OddTensor:
    """A tensor that is none of plain numbers.

    Attributes:
        kind: What it is, in a few words.
    """

    kind: str


def with_tensors(content: Any, storages: Storages) -> Any:
    """The outline's dictionaries, two deep, with a tensor for each call that would make one.

    Raises:
        ModelFileError: One of them is larger than any network.
        OutlineError: One of them does not fit what is there.
    """
    if not isinstance(content, dict):
        return _tensor(content, storages)
    return {
        key: {name: _tensor(inner, storages) for name, inner in value.items()}
        if isinstance(value, dict)
        else _tensor(value, storages)
        for key, value in content.items()
    }


def _tensor(value: Any, storages: Storages) -> Any:
    """A `NamedTensor` for the call that rebuilds one, an `OddTensor` for other tensors, else as it was."""
    if not isinstance(value, Call) or not isinstance(value.function, Name):
        return value
    function, arguments = value.function, value.arguments
    if function.module != "torch._utils":
        return value
    if function.name in ("_rebuild_parameter", "_rebuild_parameter_with_state") and arguments:
        return _tensor(arguments[0], storages)
    if function.name in _KINDS:
        return OddTensor(_KINDS[function.name])
    if function.name != "_rebuild_tensor_v2" or len(arguments) < 4:
        return OddTensor("a tensor of a kind that cannot be read here")
    outside, offset, shape, strides = arguments[:4]
    if not isinstance(outside, Outside) or not isinstance(offset, int):
        raise OutlineError("a tensor without a storage")
    if not (_are_sizes(shape) and _are_sizes(strides) and len(shape) == len(strides)):
        raise OutlineError("a tensor without sizes")
    return _dense(outside, offset, shape, strides, storages)


def _dense(
    outside: Outside, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], storages: Storages
) -> NamedTensor | OddTensor:
    key, width, held = storage_of(outside)
    count = math.prod(shape)
    if count > MOST_VALUES:
        raise ModelFileError("is too large: it asks for more values than any network here has.")
    if not _is_contiguous(shape, strides) and not _is_contiguous(shape[::-1], strides[::-1]):
        return OddTensor("a view of another tensor (save it with .contiguous())")
    if offset < 0 or offset + count > held:
        raise OutlineError("a tensor beyond its storage")
    part = storages(key, held * width)
    dtype = _STORAGES.get(outside.key[1].name)  # type: ignore[index]
    if dtype is None:
        return NamedTensor("", shape, None)

    def read() -> torch.Tensor:
        with damage_told():
            content = part(offset * width, count * width)
        if _is_contiguous(shape, strides):
            return tensor_of(content, dtype, shape)
        return tensor_of(content, dtype, shape[::-1]).permute(*reversed(range(len(shape))))

    return NamedTensor("", shape, read)


def _are_sizes(sizes: object) -> bool:
    return (
        isinstance(sizes, tuple)
        and len(sizes) <= 8
        and all(type(size) is int and 0 <= size < 2**40 for size in sizes)
    )


def _is_contiguous(shape: tuple[int, ...], strides: tuple[int, ...]) -> bool:
    """Whether the values lie row by row without gaps; the stride of a single row or of none means nothing."""
    expected = 1
    for size, stride in zip(reversed(shape), reversed(strides), strict=True):
        if size > 1 and stride != expected:
            return False
        expected *= max(size, 1)
    return True


def storage_of(outside: Outside) -> tuple[str, int, int]:
    """Of a storage its key, bytes for each value, and number of values.

    Raises:
        OutlineError: It is no storage.
    """
    match outside.key:
        case ("storage", Name() as kind, str() as key, _, int() as count, *_) if count >= 0:
            dtype = _STORAGES.get(kind.name)
            size = _OTHER_STORAGES.get(kind.name) if dtype is None else REAL_TYPES[dtype]
            if size is None:
                raise OutlineError("a storage of unknown kind")
            return key, size, count
    raise OutlineError("something beside the pickle that is no storage")
