"""Reading sets: what a path holds, told by names and first bytes, and the set that is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.data.sets.csv_set import read_csv_set
from engine.data.sets.found_set import FoundSet
from engine.data.sets.idx_set import IdxFile, idx_file, idx_files, read_idx_set
from engine.data.sets.lines_set import read_lines_set
from engine.data.sets.npz_set import read_npz_set
from engine.data.sets.picture_folder import files_below
from engine.data.sets.picture_places import is_picture_name
from engine.data.sets.picture_set import read_picture_set
from engine.data.sets.stored_files import StoredFile, why_not_read
from engine.data.sets.zip_set import read_zip_set
from engine.data.sources import name_of_others
from engine.data.watched_work import IsCancelled, OnProgress, WatchedWork
from engine.errors import DataError
from engine.files.regular_files import open_regular
from engine.plain_text import plain_name

TAKEN = (
    "a folder of pictures with a sub-folder for each class, files in MNIST’s form (IDX), a CSV table with "
    "the class and 784 pixels in each line, a ZIP file of these, an NPZ file such as Keras’s mnist.npz, and "
    "JSON lines of strokes"
)
"""What can be read, for a sentence."""
_LINES = (".jsonl", ".ndjson", ".json")
# Folders that programs make for such files.
_BELOW = ("raw", "mnist", "gzip", "")
_TABLES = (".csv", ".tsv", ".txt")


def read_set(
    path: Path, on_progress: OnProgress | None = None, is_cancelled: IsCancelled | None = None
) -> FoundSet:
    """The set of labelled pictures at a path.

    Args:
        path: Of a folder with pictures or files in MNIST's form, of one of these files, of a table, of
            NumPy's arrays, of JSON lines, or of a ZIP file.
        on_progress: Told the share read, rising to 1; often, so that it should take no time.
        is_cancelled: Asked as often whether to give up.

    Raises:
        DataError: There is none, or it is damaged, and says what is there and what is taken; or
            `is_cancelled` said so.
    """
    work = WatchedWork(f"Reading {plain_name(path.name)} was stopped.", on_progress, is_cancelled)
    work.tell(0)
    found = _found(path, work)
    work.tell(1)
    return replace(found, name=name_of_others(found.name))


def _found(path: Path, work: WatchedWork) -> FoundSet:
    if path.is_dir():
        return _read_folder(path, work)
    stored = StoredFile.at(path)
    chosen = idx_file(stored)
    if chosen is not None:
        beside = [file for file in _listed(path.parent) if file.set_name == chosen.set_name]
        return read_idx_set(beside or [chosen], _name(path.parent, chosen.set_name), work)
    start = _start(path)
    name = path.name.partition(".")[0] or path.name
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    suffix = suffixes[-1] if suffixes else ""
    if suffix == ".npz":
        return read_npz_set(path, name, work)
    if start.startswith(b"PK") or suffix == ".zip":
        return read_zip_set(path, name, work)
    if suffix in _LINES or start.lstrip().startswith(b"{"):
        return read_lines_set(stored, name, work)
    if suffix in _TABLES:
        return read_csv_set(stored, name, work)
    raise DataError(f"{path.name} is not a set of labelled pictures that can be read. Taken are {TAKEN}.")


def _read_folder(folder: Path, work: WatchedWork) -> FoundSet:
    files = _listed(folder)
    if files:
        return read_idx_set(files, _name(folder, files[0].set_name), work)
    try:
        pictures = files_below(folder, work)
    except OSError as error:
        raise why_not_read(folder.name, error) from error
    if not any(is_picture_name(names[-1]) for names, _ in pictures):
        raise DataError(f"There is no set of labelled pictures in {folder.name}. Taken are {TAKEN}.")
    return read_picture_set(pictures, folder.name, work)


def _listed(folder: Path) -> list[IdxFile]:
    try:
        return idx_files(folder)
    except OSError as error:
        raise DataError(f"{folder} cannot be read: {error.strerror or error}.") from error


def _start(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read(64)
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _name(folder: Path, set_name: str) -> str:
    """The set's own name, else that of its folder, past those that programs make."""
    if set_name:
        return set_name
    own = (each.name for each in (folder, *folder.parents) if each.name.lower() not in _BELOW)
    return next(own, "MNIST’s form")
