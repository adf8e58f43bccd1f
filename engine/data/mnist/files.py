"""MNIST's four files: their names, sizes and checksums, and how they are found, checked and unpacked."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from engine.data.mnist.idx_format import idx_shape
from engine.errors import DataError
from engine.files.regular_files import open_regular
from engine.files.safe_writing import replacing


@dataclass(frozen=True, slots=True)
class MnistFile:
    """One of the four.

    Attributes:
        name: As torchvision stores it.
        size: Bytes.
        sha256: Of the unpacked file.
    """

    name: str
    size: int
    sha256: str


FILES = (
    MnistFile(
        "train-images-idx3-ubyte",
        47_040_016,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    MnistFile(
        "train-labels-idx1-ubyte",
        60_008,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    MnistFile(
        "t10k-images-idx3-ubyte",
        7_840_016,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    MnistFile(
        "t10k-labels-idx1-ubyte",
        10_008,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)

_CHUNK = 1 << 20


def raw_folder(folder: Path) -> Path:
    """Where torchvision keeps the files below its root."""
    return folder / "MNIST" / "raw"


def has_all_files(folder: Path, files: tuple[MnistFile, ...] = FILES) -> bool:
    """Whether all four seem to be there: quick, and enough to offer them; reading checks more."""
    return all(any(_seems_whole(path, file) for path in _candidates(folder, file.name)) for file in files)


def check_mnist(folder: Path, files: tuple[MnistFile, ...] = FILES) -> None:
    """Read all four files and check their checksums; 0.1 s, or half a second where they are packed.

    Raises:
        DataError: One is missing, damaged, or another's.
    """
    for file in files:
        read_file(folder, file)


def read_file(folder: Path, file: MnistFile) -> bytes:
    """The content of one of the files, unpacked: the first copy that is whole, wherever it lies.

    This is the one search for MNIST. The files may lie in the folder itself, in ``raw``, ``MNIST`` or
    ``MNIST/raw`` below it, each of them packed with gzip or not, with ``.`` or ``-`` before ``idx``. Nothing
    is written.

    Raises:
        DataError: There is none, or what is there is damaged or another's.
    """
    trouble: DataError | None = None
    for path in _candidates(folder, file.name):
        try:
            return _whole(path, file)
        except DataError as error:
            trouble = error  # a whole packed copy may lie beside it
    raise trouble or DataError(
        f"There is no MNIST in {folder}: the four files train-images, train-labels, t10k-images and "
        "t10k-labels are needed; download it, or choose its folder."
    )


def is_whole(folder: Path, file: MnistFile) -> bool:
    """Whether the file is in torchvision's place below the folder, unpacked and undamaged."""
    try:
        _whole(raw_folder(folder) / file.name, file)
    except DataError:
        return False
    return True


def _whole(path: Path, file: MnistFile) -> bytes:
    # One byte more than expected is enough to know that it is something else.
    try:
        with open_regular(path) as stored, _unpacked(stored, path) as source:
            content = source.read(file.size + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path.name} is damaged: download it again.") from error
    except OSError as error:
        reason = error.strerror or error
        raise DataError(
            f"MNIST’s file {path.name} cannot be read: {reason}. Choose another folder."
        ) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise DataError(_other_sentence(path, content, file))
    return content


def _other_sentence(path: Path, content: bytes, file: MnistFile) -> str:
    """What a file is that has the name of one of MNIST's and another content."""
    try:
        shape = idx_shape(content, path.name)
        is_other = len(content) == 4 + 4 * len(shape) + math.prod(shape) != file.size or (
            len(content) > file.size
        )
    except DataError:
        is_other = False
    if is_other:
        return (
            f"The files in {path.parent} are in MNIST’s form but hold {shape[0]:,} other digits, perhaps "
            "drawings exported here. To train on them, choose their folder as a set of your own; for MNIST "
            "itself, choose Download."
        )
    return (
        f"{path.name} is damaged, or the file of another set such as Fashion-MNIST: download MNIST again, or "
        "choose another folder."
    )


def _seems_whole(path: Path, file: MnistFile) -> bool:
    try:
        return path.suffix == ".gz" or path.stat().st_size == file.size
    except OSError:
        return False


def unpack(packed: Path, folder: Path, file: MnistFile) -> None:
    """Unpack or copy one file below `folder`: to a temporary name, checked, then renamed.

    Raises:
        DataError: The file is damaged, or the folder or disk does not take it.
    """
    digest = hashlib.sha256()
    try:
        raw_folder(folder).mkdir(parents=True, exist_ok=True)
        with (
            replacing(raw_folder(folder) / file.name) as output,
            open_regular(packed) as stored,
            _unpacked(stored, packed) as source,
        ):
            # One byte more than expected is enough to know that it is something else.
            left = file.size + 1
            while left > 0 and (chunk := source.read(min(_CHUNK, left))):
                left -= len(chunk)
                digest.update(chunk)
                output.write(chunk)
            if digest.hexdigest() != file.sha256:
                raise DataError(f"{packed.name} is not MNIST's file, or it is damaged: download it again.")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{packed.name} is damaged: download it again.") from error
    except OSError as error:
        raise DataError(
            f"MNIST could not be stored in {folder}: {error.strerror}. Free some space or choose a folder."
        ) from error


def _unpacked(stored: BinaryIO, path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.GzipFile(fileobj=stored)) if path.suffix == ".gz" else stored


def _candidates(folder: Path, name: str) -> list[Path]:
    """The files that go by any of the names under which this one goes round, torchvision's place first."""
    dotted = name.replace("-idx", ".idx")
    found = []
    for place in (raw_folder(folder), folder, folder / "raw", folder / "MNIST"):
        paths = [place / candidate for candidate in (name, dotted, f"{name}.gz", f"{dotted}.gz")]
        # A folder that may not be looked into, or a name that is none, has nothing for us.
        with contextlib.suppress(OSError, ValueError):
            found += [path for path in paths if path.is_file()]
    return found
