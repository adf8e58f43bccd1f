import struct

import pytest

from resources.packaging.icu_data import reduced_package
from resources.packaging.tools import PackagingError


def package(items):
    """A package of ICU data as ICU's own tools write it: header, table of contents, names, items."""
    header = struct.pack("<HBBHHBBBB4s", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD").ljust(32, b"\0")
    names = b"".join(b"icudt73l/" + name + b"\0" for name, _ in items)
    table, data = struct.pack("<I", len(items)), b""
    name_offset, data_offset = 4 + 8 * len(items), -(-(4 + 8 * len(items) + len(names)) // 16) * 16
    for name, item in items:
        table += struct.pack("<II", name_offset, data_offset + len(data))
        name_offset += len(name) + 10
        data += item.ljust(-(-len(item) // 16) * 16, b"\0")
    return header + (table + names).ljust(data_offset, b"\0") + data


def items_of(whole):
    start = struct.unpack_from("<H", whole)[0]
    count = struct.unpack_from("<I", whole, start)[0]
    found = {}
    for index in range(count):
        name, offset = struct.unpack_from("<II", whole, start + 4 + 8 * index)
        text = whole[start + name : whole.index(b"\0", start + name)].decode()
        assert (start + offset) % 16 == 0
        found[text.removeprefix("icudt73l/")] = whole[start + offset : start + offset + 5]
    return found


KEPT = [b"coll/de.res", b"coll/root.res", b"nfc.nrm", b"root.res", b"ucase.icu", b"zoneinfo64.res"]
DROPPED = [
    b"brkitr/thaidict.dict",
    b"curr/de.res",
    b"de.res",
    b"ibm-943.cnv",
    b"lang/de.res",
    b"translit/root.res",
]


def test_general_tables_and_orders_of_letters_stay_with_their_contents():
    items = [(name, name[:5].ljust(20, b".")) for name in sorted(KEPT + DROPPED)]
    reduced = items_of(reduced_package(package(items)))
    assert reduced == {name.decode(): name[:5] for name in KEPT}


def test_a_package_of_what_stays_is_written_as_it_was():
    whole = package([(name, name.ljust(32, b".")) for name in sorted(KEPT)])
    assert items_of(reduced_package(whole)) == items_of(whole)


def test_other_data_are_refused():
    with pytest.raises(PackagingError, match="another release of PySide6"):
        reduced_package(b"\x20\x00" + bytes(62))
