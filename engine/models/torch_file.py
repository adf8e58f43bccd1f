"""PyTorch files: the tensors in a file of ``torch.save``, told from an outline of its pickle.

``torch.load`` is not asked, not even for weights only: a file of 2 KB can make it take 9 GB by strides of
zero, or a minute by thousands of layers. Here all sizes are known and compared with the bytes that are there
before any memory is taken, and whatever else a checkpoint holds is passed over without being made.

Two forms are known: a ZIP archive with ``data.pkl`` and an entry for each storage (PyTorch 1.6 and later),
and before that a row of pickles with the storages behind them.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any, BinaryIO

from engine.errors import ModelFileError
from engine.models.outlined_tensors import Part, damage_told, storage_of, with_tensors
from engine.models.pickle_outline import Call, OutlineError, Outside, pickle_outline

ZIP_START = b"PK\x03\x04"
OLD_START = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."
"""The magic number that files of PyTorch before 1.6 begin with, as a pickle."""
_LARGEST_PICKLE = 8_000_000
_LARGEST_DIRECTORY = 1_000_000


def read_torch_file(file: BinaryIO) -> Any:
    """What a file of ``torch.save`` holds: dictionaries and the like, tensors as nameless `NamedTensor`.

    Args:
        file: Open for reading, at its beginning; it has to stay open until the tensors have been read.

    Raises:
        ModelFileError: It is none, or damaged; to be completed with the file's name in front.
    """
    with damage_told():
        start = file.read(len(OLD_START))
        file.seek(0)
        if start.startswith(ZIP_START):
            return _read_archive(file)
        if start == OLD_START:
            return _read_row(file)
        # Anything else that is a pickle at all, such as a dictionary of arrays.
        pickle_outline(io.BytesIO(file.read(_LARGEST_PICKLE)))
    raise ModelFileError("is a pickle that torch.save did not write: save the network with torch.save.")


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
        raise ModelFileError("was written on a big-endian computer: save it again on this one.")
    content = _content(archive, f"{root}data.pkl", _LARGEST_PICKLE)

    def storages(key: str, size: int) -> Part:
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

    return with_tensors(pickle_outline(io.BytesIO(content)), storages)


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
            "is compressed, which torch.save does not do: load it with PyTorch and save it again."
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
        raise ModelFileError("was written on a big-endian computer: save it again on this one.")
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

    def storages(key: str, size: int) -> Part:
        if key not in places or sizes[key] != size:
            raise OutlineError("a storage that is not there or of another size")

        def part(first: int, length: int) -> bytes:
            file.seek(places[key] + first)
            return file.read(length)

        return part

    return with_tensors(content, storages)


def _storage_sizes(content: Any) -> dict[str, int]:
    """Bytes of each storage that the outline names."""
    sizes: dict[str, int] = {}
    for each in _all_within(content):
        if isinstance(each, Outside):
            key, dtype_size, count = storage_of(each)
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
