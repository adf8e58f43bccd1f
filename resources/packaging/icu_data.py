"""ICU data: the tables of languages that Qt's copy of ICU carries, without those that Qt never asks for.

Qt has dates, numbers and names of languages from tables of its own. Of ICU it uses three things: comparing
texts, time zones, and converting from and to old encodings. The data are one package of named items
(https://unicode-org.github.io/icu/userguide/icu_data/), from which ICU lets anything be left out: it then
answers as for the root of all languages. What stays is the root, the general tables, and the order of letters
of every language.
"""

from __future__ import annotations

import re
import struct
import tempfile
from pathlib import Path

from resources.packaging.tools import PackagingError, run

# Paths inside the package: languages' own tables, dictionaries of words, spelled-out numbers, and encodings
# other than UTF-8, UTF-16 and Latin 1, which are no tables.
_DROPPED = re.compile(
    r"(brkitr|curr|lang|rbnf|region|translit|unit|zone)/.*|.*\.(cnv|spp|cfu)|unames\.icu|"
    r"(?!(root|res_index|pool|supplementalData|likelySubtags|keyTypeData|timezoneTypes|zoneinfo64|metaZones|"
    r"windowsZones|numberingSystems|icuver|icustd|plurals|dayPeriods|genderList|grammaticalFeatures|"
    r"currencyNumericCodes)\.res)[^/]*\.res"
)
_ALIGNMENT = 16
_OUTPUTS = {"x86_64": "elf64-x86-64", "aarch64": "elf64-littleaarch64"}


def reduced_package(package: bytes) -> bytes:
    """A package of ICU data with nothing but the items that are kept.

    Args:
        package: The whole one, little-endian, from its first byte.

    Raises:
        PackagingError: It is no such package.
    """
    (header_size,) = struct.unpack_from("<H", package)
    if package[2:4] != b"\xda\x27" or package[12:16] != b"CmnD":
        raise PackagingError(
            "Qt's ICU data are not in the form known here: build with another release of PySide6."
        )
    start = header_size
    (count,) = struct.unpack_from("<I", package, start)
    entries = [struct.unpack_from("<II", package, start + 4 + 8 * index) for index in range(count)]
    ends = [offset for _, offset in entries[1:]] + [len(package) - start]
    items = []
    for (name_offset, offset), end in zip(entries, ends, strict=True):
        name = package[start + name_offset : package.index(b"\0", start + name_offset)]
        if not _DROPPED.fullmatch(name.decode("ascii").partition("/")[2]):
            items.append((name, package[start + offset : start + end]))
    return package[:header_size] + _table(items)


def _table(items: list[tuple[bytes, bytes]]) -> bytes:
    """The items behind their table of contents, which must be sorted by name, as it was."""
    names = b"".join(name + b"\0" for name, _ in items)
    name_offset = 4 + 8 * len(items)
    contents, data = struct.pack("<I", len(items)), b""
    data_offset = _aligned(name_offset + len(names))
    for name, item in items:
        contents += struct.pack("<II", name_offset, data_offset + len(data))
        name_offset += len(name) + 1
        data += item + bytes(_aligned(len(item)) - len(item))
    return (contents + names).ljust(data_offset, b"\xaa") + data


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def reduce_library(library: Path, machine: str) -> None:
    """Write Qt's library of ICU data anew, with the kept items only.

    Args:
        library: ``libicudata.so`` and its version.
        machine: As Python calls it: ``x86_64`` or ``aarch64``.

    Raises:
        PackagingError: Its data are in a form not known here, or the library cannot be written.
    """
    table = run(["readelf", "--wide", "--dyn-syms", library])
    symbol = re.search(r": ([0-9a-f]+)\s+(\w+) OBJECT .* (icudt\d+_dat)\b", table)
    if symbol is None or machine not in _OUTPUTS:
        raise PackagingError(
            f"{library.name} is not in the form known here: build with another release of PySide6."
        )
    # Its address is its place in the file: the data come first in the file's first segment.
    position, size, name = int(symbol[1], 16), int(symbol[2], 0), symbol[3]
    package = reduced_package(library.read_bytes()[position : position + size])
    with tempfile.TemporaryDirectory() as folder:
        data, linkable = Path(folder) / "data", Path(folder) / "data.o"
        data.write_bytes(package)
        command = ["objcopy", "--input-target=binary", f"--output-target={_OUTPUTS[machine]}"]
        command += ["--rename-section", ".data=.rodata,alloc,load,readonly,data,contents"]
        command += ["--set-section-alignment", f".data={_ALIGNMENT}"]
        command += ["--redefine-sym", f"_binary_data_start={name}"]
        command += ["--strip-symbol", "_binary_data_end", "--strip-symbol", "_binary_data_size"]
        run([*command, data.name, linkable.name], folder=Path(folder))
        command = ["ld", "-shared", "-z", "noexecstack", "--build-id=none", "-soname", library.name]
        run([*command, "-o", library, linkable])
