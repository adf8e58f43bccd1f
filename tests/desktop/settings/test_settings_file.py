"""The settings file has the form that QSettings writes, and takes texts and bytes from it alone."""

import os
import stat

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from desktop.settings.settings_file import DamagedFileError, raw_of, read_values, value_of, write_values

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.one_of(TEXTS, st.binary(max_size=80)))
def test_what_is_written_comes_back(value):
    assert value_of(raw_of(value)) == value


@SAME_FOLDER
@given(
    st.dictionaries(st.sampled_from(["a/one", "a/two", "b/three"]), st.one_of(TEXTS, st.binary(max_size=80)))
)
def test_qsettings_reads_what_is_written(tmp_path, values):
    path = tmp_path / "s.ini"
    write_values(path, values)
    found = QSettings(str(path), QSettings.Format.IniFormat)
    read = {key: found.value(key) for key in found.allKeys()}
    assert {
        key: value.data() if isinstance(value, QByteArray) else value for key, value in read.items()
    } == values


@SAME_FOLDER
@example("\xa0")
@example("\u2003a, b\x85")
@example("\xa0é;=\xa0\xa0")
@given(st.one_of(TEXTS, st.binary(max_size=80)))
def test_what_qsettings_wrote_is_read(tmp_path, value):
    path = tmp_path / "s.ini"
    path.unlink(missing_ok=True)
    former = QSettings(str(path), QSettings.Format.IniFormat)
    former.setValue("a/one", QByteArray(value) if isinstance(value, bytes) else value)
    former.sync()
    assert read_values(path) == {"a/one": value}


@pytest.mark.parametrize(
    "raw",
    [
        r"@Variant(\0\0\0\x7f\0\0\0\xeQStringList\0\xff\xff\xff\xff)",
        r"\x40Variant(\0\0\0\t\xff\xff\xff\xff)",
        r'"@Vari""ant(\0\0\0\t\xff\xff\xff\xff)"',
        "@DateTime(1)",
        "@Rect(0 0 1 1)",
        "@Invalid()",
        "one, two",
        r"\xd800",
        r"\x12345",
        "@ByteArray(数)",
        r"\x" + "f" * 5000,
    ],
)
def test_other_values_are_passed_over(raw):
    assert value_of(raw) is None


@pytest.mark.parametrize(
    "content", [b"\0", b"\xff\xff", b"no equals sign", b"a=1\n", b"[a\nb=1", b"[a]\n=\n", b"#" * 300_000]
)
def test_what_is_no_ini_file_is_damaged(tmp_path, content):
    (tmp_path / "s.ini").write_bytes(content)
    with pytest.raises(DamagedFileError):
        read_values(tmp_path / "s.ini")


def test_a_missing_file_has_no_values(tmp_path):
    assert read_values(tmp_path / "none.ini") == {}
    (tmp_path / "file").write_text("")
    assert read_values(tmp_path / "file" / "none.ini") == {}


@pytest.mark.skipif(os.name != "posix", reason="links and modes")
def test_a_link_stays_one_and_the_file_is_private(tmp_path):
    (tmp_path / "s.ini").symlink_to(tmp_path / "kept elsewhere.ini")
    write_values(tmp_path / "s.ini", {"a/b": "1"})
    assert (tmp_path / "s.ini").is_symlink()
    assert read_values(tmp_path / "kept elsewhere.ini") == {"a/b": "1"}
    assert stat.S_IMODE((tmp_path / "kept elsewhere.ini").stat().st_mode) == 0o600
