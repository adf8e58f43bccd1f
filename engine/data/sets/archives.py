"""Archives: ZIP files that are read where they are, once it is known that no harm comes of it."""

from __future__ import annotations

import contextlib
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from engine.data.sets.stored_files import READING_ERRORS, why_not_read
from engine.errors import DataError
from engine.files.regular_files import open_regular
from engine.plain_text import plain_name

MOST_BYTES = 8_000_000_000
"""Of all files in an archive together, unpacked."""
MOST_MEMBERS = 1_000_000
# Pictures and tables of blank paper come to a fiftieth; what was made to fill a memory comes to a thousandth.
_MOST_RATIO, _LEAST_SUSPECT = 250, 100_000_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_CLIMBS = re.compile(r"^/|^[A-Za-z]:|(^|/)\.\.(/|$)")


@contextlib.contextmanager
def opened_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive whose files may be read.

    Raises:
        DataError: It is damaged, locked by a password, packed in a way that is not read, unpacks to far more
            than it is, or has files whose names lead out of the folder that they would be unpacked to.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(open_regular(path))
            archive = stack.enter_context(zipfile.ZipFile(file))
            _check(archive, path.name, os.fstat(file.fileno()).st_size)
        except READING_ERRORS as error:
            raise why_not_read(path.name, error) from error
        yield archive


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a file in an archive, folders parted by slashes, as whoever packed it meant it."""
    name = member.filename
    if not member.flag_bits & _UTF_8 and not name.isascii():
        # Macs write UTF-8 without saying so.
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _check(archive: zipfile.ZipFile, name: str, stored: int) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise DataError(f"{name} has more than {MOST_MEMBERS:,} files: choose a smaller archive.")
    for member in members:
        inner = member_name(member)
        if _CLIMBS.search(inner):
            raise DataError(
                f"{name} has a file called “{plain_name(inner)}”, which leads out of its folder: nothing "
                "of it was read."
            )
        if member.flag_bits & _ENCRYPTED:
            raise DataError(f"{name} is locked by a password: unpack it and choose its folder.")
        if member.compress_type not in _METHODS:
            raise DataError(
                f"{name} is packed in an unusual way: unpack it and choose its folder, or pack it anew."
            )
    size = sum(member.file_size for member in members)
    # What several members share is packed once, and counts once.
    packed = min(stored, sum(member.compress_size for member in members))
    if size > MOST_BYTES:
        raise DataError(f"{name} unpacks to more than {MOST_BYTES // 10**9} GB: choose a smaller set.")
    if size > max(_LEAST_SUSPECT, _MOST_RATIO * packed):
        raise DataError(
            f"{name} unpacks to {size // max(1, packed):,} times its size, which no set of pictures does: "
            "nothing of it was read."
        )
