"""ZIP sets: a folder of pictures, MNIST's files or tables, packed as people hand them around."""

from __future__ import annotations

import contextlib
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from engine.data.sets.archives import member_name, opened_archive
from engine.data.sets.csv_set import UnlabelledError, read_table
from engine.data.sets.found_set import FoundSet, found_set
from engine.data.sets.idx_set import idx_file, read_idx_set
from engine.data.sets.npz_set import read_npz_set
from engine.data.sets.picture_places import is_hidden, is_picture_name
from engine.data.sets.picture_set import read_picture_set
from engine.data.sets.stored_files import StoredFile
from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError

_TABLES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")

_Files = Sequence[tuple[tuple[str, ...], StoredFile]]


def read_zip_set(path: Path, name: str, work: WatchedWork = UNWATCHED) -> FoundSet:
    """The set in a ZIP file, which is read without unpacking it to the disk.

    Args:
        path: Of the file.
        name: What to call the set.
        work: Told the share, as whatever is packed in it tells it.

    Raises:
        DataError: It is damaged or made to do harm (see `archives`), has no set of these forms, or the work
            is to end.
    """
    with opened_archive(path) as archive:
        files = [
            (_names(member), _stored(archive, member))
            for member in archive.infolist()
            if not member_name(member).endswith("/")
        ]
        files = [(names, file) for names, file in files if names and not any(map(is_hidden, names))]
        if not any(names[-1].lower().endswith(".npy") for names, _ in files):
            return _read(sorted(files, key=lambda file: file[0]), path.name, name, work)
    return read_npz_set(path, name, work)


def _names(member: zipfile.ZipInfo) -> tuple[str, ...]:
    return tuple(name for name in member_name(member).split("/") if name not in ("", "."))


def _stored(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> StoredFile:
    def opened() -> BinaryIO:
        return cast(BinaryIO, archive.open(member))

    return StoredFile(member_name(member).rpartition("/")[2], opened, member.file_size)


def _read(files: _Files, file_name: str, name: str, work: WatchedWork) -> FoundSet:
    if any(is_picture_name(names[-1]) and len(names) > 1 for names, _ in files):
        return read_picture_set(files, name, work)
    idx = [found for _, file in files if (found := idx_file(file)) is not None]
    if idx:
        return read_idx_set(idx, name, work)
    tables = [file for _, file in files if _is_table(file.name.lower())]
    if tables:
        return _read_tables(tables, file_name, name, work)
    first = files[0][0][-1] if files else ""
    raise DataError(
        f"{file_name} has {f'“{first}” and no' if first else 'no'} pictures in folders of classes, files of "
        "MNIST’s form, or tables: unpack it, and choose the file or folder that has the pictures."
    )


def _is_table(name: str) -> bool:
    # Kaggle puts a form for answers beside its tables.
    return name.endswith(_TABLES) and not name.startswith("sample_submission")


def _read_tables(tables: Sequence[StoredFile], file_name: str, name: str, work: WatchedWork) -> FoundSet:
    """One table, or two of which one is called test; one without classes, as of a contest, is left out."""
    test = [table for table in tables if "test" in table.name.lower()]
    training = [table for table in tables if table not in test]
    if len(tables) == 1:
        training, test = list(tables), []
    if len(training) != 1 or len(test) > 1:
        raise DataError(
            f"{file_name} has {len(tables)} tables ({', '.join(table.name for table in tables[:3])}): unpack "
            "it and choose the one to learn from."
        )
    faults: Counter[str] = Counter()
    learning, *others = work.parts([table.member_size or 0 for table in (*training, *test)])
    parts = [read_table(training[0], faults, learning)]
    for table, other in zip(test, others, strict=True):
        with contextlib.suppress(UnlabelledError):
            left_out: Counter[str] = Counter()
            parts.append(read_table(table, left_out, other))
            faults += left_out
    return found_set(name, tuple(parts), faults)
