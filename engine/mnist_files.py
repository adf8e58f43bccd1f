"""MNIST's four files: their names, sizes and checksums, and how they are found, checked and unpacked."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from engine.errors import DataError
from engine.safe_writing import replacing


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
    """Whether all four are there with their sizes: quick, and enough to offer them; loading checks more."""
    try:
        return all((raw_folder(folder) / file.name).stat().st_size == file.size for file in files)
    except OSError:
        return False


def check_files(folder: Path, files: tuple[MnistFile, ...] = FILES) -> None:
    """Check the checksum of every file; 0.1 s.

    Raises:
        DataError: One is missing or damaged: an unpacking that was interrupted is not taken for whole.
    """
    for file in files:
        path = raw_folder(folder) / file.name
        try:
            intact = _sha256(path) == file.sha256
        except FileNotFoundError as error:
            raise DataError(f"MNIST is not in {folder}: download it, or choose its folder.") from error
        except OSError as error:
            raise DataError(f"MNIST cannot be read: {error.strerror}. Choose another folder.") from error
        if not intact:
            raise DataError(f"MNIST's file {file.name} is damaged: download it again.")


def adopt_mnist(source: Path, own_folder: Path, files: tuple[MnistFile, ...] = FILES) -> Path:
    """Use MNIST from a folder that the user has, as it is or, in another form, as a checked copy.

    Args:
        source: torchvision's root, its ``MNIST`` or ``raw`` folder, or any folder that holds the four files,
            packed with gzip or not, with ``.`` or ``-`` before ``idx``.
        own_folder: Where a copy in torchvision's form goes if one is needed.
        files: The files wanted.

    Returns:
        A root that torchvision reads: `source`, one of its parents, or `own_folder`.

    Raises:
        DataError: The files are not there, are damaged, or cannot be copied.
    """
    damage: DataError | None = None
    for root in (source, source.parent, source.parent.parent):
        if has_all_files(root, files):
            try:
                check_files(root, files)
            except DataError as error:
                damage = error  # a whole packed copy may lie beside it
            else:
                return root
    for place in (source, source / "raw", source / "MNIST" / "raw", source / "MNIST"):
        candidates = [_candidates(place, file.name) for file in files]
        if all(candidates):
            for file, paths in zip(files, candidates, strict=True):
                _unpack_first_whole(paths, own_folder, file)
            return own_folder
    raise damage or DataError(
        f"There is no MNIST in {source}: the four files train-images, train-labels, t10k-images and "
        "t10k-labels are needed."
    )


def _unpack_first_whole(paths: list[Path], folder: Path, file: MnistFile) -> None:
    """Take the first of several copies that is whole; raise what the last one had wrong."""
    for index, path in enumerate(paths):
        try:
            unpack(path, folder, file)
        except DataError:
            if index == len(paths) - 1:
                raise
        else:
            return


def unpack(packed: Path, folder: Path, file: MnistFile) -> None:
    """Unpack or copy one file below `folder`: to a temporary name, checked, then renamed.

    Raises:
        DataError: The file is damaged, or the folder or disk does not take it.
    """
    digest = hashlib.sha256()
    try:
        raw_folder(folder).mkdir(parents=True, exist_ok=True)
        with replacing(raw_folder(folder) / file.name) as output, _opened(packed) as source:
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


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _candidates(place: Path, name: str) -> list[Path]:
    """The files that go by any of the names under which this one goes round."""
    dotted = name.replace("-idx", ".idx")
    paths = [place / candidate for candidate in (name, dotted, f"{name}.gz", f"{dotted}.gz")]
    try:
        return [path for path in paths if path.is_file()]
    except OSError:  # a folder that may not be looked into has nothing for us
        return []


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
