"""Where things are stored, and what happens where they cannot be."""

import os
from pathlib import Path

import pytest

from desktop.services import folders
from desktop.startup.application import name_application
from engine.files.profile_folder import profile_folder


def test_a_folder_that_takes_files_is_made(tmp_path):
    assert folders.refusal(tmp_path / "new" / "one") == ""
    assert list((tmp_path / "new" / "one").iterdir()) == []


def test_a_folder_that_takes_none_says_why(tmp_path):
    (tmp_path / "file").write_text("")
    assert folders.refusal(tmp_path / "file") != ""
    assert folders.refusal(tmp_path / "file" / "below") != ""


def test_the_notice_names_the_folder_that_takes_nothing(qapp, tmp_path):
    folders.use_profile(tmp_path / "Größe 数字")
    try:
        assert folders.storage_notice() == ""
        folders.use_profile(tmp_path / "file")
        (tmp_path / "file").write_text("")
        assert str(tmp_path / "file") in folders.storage_notice()
    finally:
        folders.use_profile(None)


@pytest.mark.parametrize("named", ["absolute", "", "relative/path", None])
def test_a_program_without_qt_finds_the_same_folder(qapp, monkeypatch, tmp_path, named):
    if named is None:
        monkeypatch.delenv("XDG_DATA_HOME")
    else:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path) if named == "absolute" else named)
    former = qapp.applicationName(), qapp.applicationVersion()
    name_application()
    try:
        assert profile_folder() == folders.data_folder()
    finally:
        qapp.setApplicationName(former[0])
        qapp.setApplicationVersion(former[1])


@pytest.mark.skipif(os.name != "posix", reason="HOME is for POSIX")
@pytest.mark.parametrize("given", ["", None])
def test_without_home_it_is_looked_up(monkeypatch, given):
    if given is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", given)
    folders.find_home()
    assert Path(os.environ["HOME"]).is_absolute()
