"""PyTorch files: the tensors in a file of ``torch.save``, told from an outline of its pickle.

``torch.load`` is not asked, not even for weights only: a file of 2 KB can make it take 9 GB by strides of
zero, or a minute by thousands of layers. Here all sizes are known and compared with the bytes that are there
before any memory is taken, and whatever else a checkpoint holds is passed over without being made.

Two forms are known: a ZIP archive with ``data.pkl`` and an entry for each storage (PyTorch 1.6 and later),
and before that a row of pickles with the storages behind them.
"""

from __future__ import annotations

import contextlib
import io
import math
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import torch

from engine.errors import ModelFileError
from engine.named_tensors import REAL_TYPES, NamedTensor, tensor_of
from engine.network_limits import MOST_VALUES
from engine.pickle_outline import Call, Name, OutlineError, Outside, TooLongError, pickle_outline

ZIP_START = b"PK\x03\x04"
OLD_START = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."
"""The magic number that files of PyTorch before 1.6 begin with, as a pickle."""
_LARGEST_PICKLE = 8_000_000
_LARGEST_DIRECTORY = 1_000_000
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

_Part = Callable[[int, int], bytes]
"""From a first byte and a number of bytes to these bytes."""
_Storages = Callable[[str, int], _Part]
"""From a storage's key and size in bytes to its parts, which are known to be there and not read yet."""


def read_torch_file(file: BinaryIO) -> Any:
    """What a file of ``torch.save`` holds: dictionaries and the like, tensors as nameless `NamedTensor`.

    Args:
        file: Open for reading, at its beginning; it has to stay open until the tensors have been read.

    Raises:
        ModelFileError: It is none, or damaged; to be completed with the file's name in front.
    """
    with _damage_told():
        start = file.read(len(OLD_START))
        file.seek(0)
        if start.startswith(ZIP_START):
            return _read_archive(file)
        if start == OLD_START:
            return _read_row(file)
        # Anything else that is a pickle at all, such as a dictionary of arrays.
        pickle_outline(io.BytesIO(file.read(_LARGEST_PICKLE)))
    raise ModelFileError("is a pickle that torch.save did not write: save the network with torch.save.")


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
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


def _read_archive(file: BinaryIO) -> Any:
    _check_directory(file)
    archive = zipfile.ZipFile(file)
    names = set(archive.namelist())
    roots = [name.removesuffix("data.pkl") for name in names if name.endswith("data.pkl")]
    root = min(roots, key=len, default=None)
    if root is None:
        raise ModelFileError(_foreign_archive(names))
    if f"{root}constants.pkl" in names or any(name.startswith(f"{root}code/") for name in names):
        raise ModelFileError(
            "is a program of TorchScript, which is not run here: save its weights with "
            "torch.save(torch.jit.load(file).state_dict(), other_file) and open those."
        )
    if f"{root}byteorder" in names and _content(archive, f"{root}byteorder", 16) != b"little":
        raise ModelFileError("was written on a big-endian computer: save it anew on this one.")
    content = _content(archive, f"{root}data.pkl", _LARGEST_PICKLE)

    def storages(key: str, size: int) -> _Part:
        name = f"{root}data/{key}"
        if name not in names or archive.getinfo(name).file_size != size:
            raise OutlineError("a storage that is not there or of another size")
        info = _entry(archive, name, size)

        def part(first: int, length: int) -> bytes:
            if length == size:
                return archive.read(info)  # the checksum is compared, too
            with archive.open(info) as entry:
                entry.seek(first)
                return entry.read(length)

        return part

    return _with_tensors(pickle_outline(io.BytesIO(content)), storages)


def _check_directory(file: BinaryIO) -> None:
    """Refuse an archive whose list of contents alone would fill the memory."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise zipfile.BadZipFile("no end of the list of contents")
    (size,) = struct.unpack_from("<I", tail, place + 12)
    if place >= 76 and tail.startswith(b"PK\x06\x07", place - 20):
        # The longer form of the end, which PyTorch writes for small files, too.
        (size,) = struct.unpack_from("<Q", tail, place - 76 + 40)
    if size > _LARGEST_DIRECTORY:
        raise zipfile.BadZipFile("more entries than a network has")


def _content(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    return archive.read(_entry(archive, name, most))


def _entry(archive: zipfile.ZipFile, name: str, most: int) -> zipfile.ZipInfo:
    """An entry that is stored as it is, so that no more comes out of a file than there is in it."""
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        raise ModelFileError(
            "is compressed, which torch.save does not do: load it with PyTorch and save it anew."
        )
    if info.file_size > most:
        raise ModelFileError("holds more than a network: save the state dict alone.")
    return info


def _foreign_archive(names: set[str]) -> str:
    if any(name.endswith(("saved_model.json", "serialized_exported_program.json")) for name in names) or any(
        "/models/" in name and name.endswith(".json") for name in names
    ):
        return (
            "is an exported program of PyTorch, which is not run here: save the state dict of the network "
            "instead, with torch.save(network.state_dict(), file)."
        )
    if "config.json" in names and any(name.endswith(".h5") for name in names):
        return "is a network of Keras, which cannot be read here: open a state dict of PyTorch."
    return "is a ZIP archive without a network in it: unpack it, or open another file."


def _read_row(file: BinaryIO) -> Any:
    beginning = io.BytesIO(file.read(_LARGEST_PICKLE))
    _magic, _protocol, about = (pickle_outline(beginning) for _ in range(3))
    if isinstance(about, dict) and about.get("little_endian") is False:
        raise ModelFileError("was written on a big-endian computer: save it anew on this one.")
    content, keys = pickle_outline(beginning), pickle_outline(beginning)
    if isinstance(content, Call):
        return content  # a whole object, whose class stands beside the pickle, too
    place, end = beginning.tell(), file.seek(0, io.SEEK_END)
    if not isinstance(keys, list):
        raise OutlineError("no list of storages")
    sizes = _storage_sizes(content)
    places: dict[str, int] = {}
    for key in keys:
        # Each storage begins with the number of its values.
        size = sizes.get(key) if isinstance(key, str) else None
        if size is None or key in places or place + 8 + size > end:
            raise OutlineError("a storage that is not there")
        places[key] = place + 8
        place += 8 + size

    def storages(key: str, size: int) -> _Part:
        if key not in places or sizes[key] != size:
            raise OutlineError("a storage that is not there or of another size")

        def part(first: int, length: int) -> bytes:
            file.seek(places[key] + first)
            return file.read(length)

        return part

    return _with_tensors(content, storages)


def _storage_sizes(content: Any) -> dict[str, int]:
    """Bytes of each storage that the outline names."""
    sizes: dict[str, int] = {}
    for each in _all_within(content):
        if isinstance(each, Outside):
            key, dtype_size, count = _storage(each)
            sizes[key] = dtype_size * count
    return sizes


def _all_within(content: Any) -> list[Any]:
    """Everything that was put together, each thing once, whatever hangs in whatever."""
    found, seen, waiting = [], set(), [content]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Call):
            inner: list[Any] = [each.function, each.arguments]
        elif isinstance(each, dict):
            inner = list(each.values())
        elif isinstance(each, list | tuple):
            inner = list(each)
        else:
            inner = []
            if not isinstance(each, Outside):
                continue
        if id(each) not in seen:
            seen.add(id(each))
            found.append(each)
            waiting += inner
    return found


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


def _storage(outside: Outside) -> tuple[str, int, int]:
    """Key, bytes for each value, and number of values.

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


@dataclass(frozen=True, slots=True)
class OddTensor:
    """A tensor that is none of plain numbers.

    Attributes:
        kind: What it is, in a few words.
    """

    kind: str


def _with_tensors(content: Any, storages: _Storages) -> Any:
    """The outline's dictionaries, two deep, with a tensor for each call that would make one."""
    if not isinstance(content, dict):
        return _tensor(content, storages)
    return {
        key: {name: _tensor(inner, storages) for name, inner in value.items()}
        if isinstance(value, dict)
        else _tensor(value, storages)
        for key, value in content.items()
    }


def _tensor(value: Any, storages: _Storages) -> Any:
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
    outside: Outside, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], storages: _Storages
) -> NamedTensor | OddTensor:
    key, width, held = _storage(outside)
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
        with _damage_told():
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
