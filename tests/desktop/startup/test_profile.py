"""What is found at a start: folders that others could read, halves of files, another program."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from desktop.services.folders import data_folder, settings_file
from desktop.startup.data_lock import LOCK_NAME, DataLock
from desktop.startup.profile import clear_settings_leftovers, close_profile_to_others, tidy_profile

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and locks are those of POSIX")

_ROOT = Path(__file__).parents[3]


@pytest.fixture
def generous_umask(qapp):
    """Whatever is private is so because somebody saw to it."""
    former = os.umask(0)
    yield
    os.umask(former)


def open_to_others(folder: Path) -> list[str]:
    """Names and modes of what others may read, write or enter, links apart."""
    found = []
    for path in [folder, *folder.rglob("*")]:
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode) and mode & 0o077:
            found.append(f"{path.relative_to(folder)} {stat.S_IMODE(mode):o}")
    return found


def test_an_old_profile_is_mended(generous_umask):
    data, settings = data_folder(), settings_file()
    for path in (
        data / "scratchpad.db",
        data / "scratchpad.db-wal",
        data / "networks" / "mine.safetensors",
        data / "runs" / "1.safetensors",
        data / "handwriting" / "digits-30000-1.npz",
        settings,
        settings.with_name("scratchpad.ini.broken"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"old")
    assert open_to_others(data)
    assert open_to_others(settings.parent)
    close_profile_to_others()
    tidy_profile()
    assert open_to_others(data) == open_to_others(settings.parent) == []
    assert settings.read_bytes() == b"old"


def test_halves_of_files_are_removed_wherever_they_are_written():
    halves = [
        data_folder() / name / ".part-of-it-0123abcd.part" for name in ("networks", "runs", "handwriting")
    ]
    for half in halves:
        half.parent.mkdir(parents=True)
        half.write_bytes(b"half")
        os.utime(half, (0, 0))
    tidy_profile()
    assert [half for half in halves if half.exists()] == []


def test_a_profile_that_cannot_be_made_is_no_failure(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "file"))
    close_profile_to_others()
    tidy_profile()


_USE = """
import os, sys
os.umask(0)
from pathlib import Path
from desktop.startup.application import Application
from desktop.services.crash_guard import start_log
from desktop.startup.data_lock import DataLock
from desktop.services.folders import data_folder, settings_file
from desktop.window.main_window import MainWindow
from desktop.startup.profile import close_profile_to_others
from desktop.settings.settings import Settings
from desktop.startup.single_instance import SingleInstance
from desktop.widgets.theme import Theme
from engine.preprocessing.ink import Ink
from engine.settings import TrainingSettings
import logging, time

application = Application(["scratchpad"])

def wait_for(condition):
    while not condition():
        application.processEvents()
        time.sleep(0.01)

# As little as can be learned from.
import engine.data.sources
engine.data.sources.HANDWRITING_COUNT, engine.data.sources.HANDWRITING_HELD_OUT = 600, 100
# A network that was trained for a moment is used all the same, so that it is kept.
import engine.training.replacement
engine.training.replacement._CLEARLY, engine.training.replacement._DEVIATIONS = 1.0, -3.0
close_profile_to_others()
instance = SingleInstance(data_folder())
instance.start([])
log = start_log(data_folder())
for _ in range(600):
    logging.getLogger("scratchpad").info("x" * 1000)
lock = DataLock(data_folder())
lock.take()
window = MainWindow(Settings(), Theme(application, "dark"))
window.show()
window.load_engine()
wait_for(window.training.train_button.isEnabled)
wait_for(lambda: window.store_service.store is not None)
kept = window.store_service.store.drawings.add(Ink.from_lists([[[1, 1], [20, 30]]]), "1")
assert kept.result(20)
finished = []
window.training_controller.trainer.run_finished.connect(finished.append)
window.training.fields.set_settings(TrainingSettings(epochs=1), "handwriting", "cpu")
window.training.request_training()
wait_for(lambda: finished)
assert finished[0].path is not None, finished
# While the store is open: its log and index are files too.
for root in (data_folder(), settings_file().parent):
    for path in [root, *root.rglob("*")]:
        print(f"{path.lstat().st_mode & 0o777:o} {path.relative_to(root)}")
exported = Path(sys.argv[1])
window.networks.save_as(exported)
window.close()
lock.release()
instance.close()
"""


@pytest.mark.whole_program
def test_all_that_the_program_keeps_is_private_and_what_it_exports_is_not(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    exported = tmp_path / "exported.safetensors"
    done = subprocess.run(
        [sys.executable, "-c", _USE, exported], cwd=_ROOT, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    listed = [line.split(" ", 1) for line in done.stdout.splitlines()]
    names = {name for _, name in listed}
    assert {LOCK_NAME, "scratchpad.db", "scratchpad.db-wal", "scratchpad.db-shm", "scratchpad.log"} <= names
    assert "scratchpad.log.1" in names
    assert any(name.startswith("networks/") for name in names)
    assert any(name.startswith("runs/") for name in names)
    assert [(mode, name) for mode, name in listed if int(mode, 8) & 0o077] == []
    for folder in (tmp_path / "profile" / "data", tmp_path / "profile" / "config"):
        [own] = folder.iterdir()
        assert own.name == "scratchpad"
        assert open_to_others(own) == []
    assert stat.S_IMODE(exported.stat().st_mode) == 0o666, (
        "the umask of the test's program takes nothing away"
    )


def test_leftovers_of_former_versions_are_cleared(qapp, tmp_path):
    folder = tmp_path / "config"
    folder.mkdir()
    settings = folder / "scratchpad.ini"
    old = [settings.with_name("scratchpad.ini.lock"), settings.with_name("scratchpad.ini.aBcDeF")]
    kept = [
        settings,
        settings.with_name("scratchpad.ini.broken"),
        settings.with_name("scratchpad.ini.backup"),
        settings.with_name("other.ini.aBcDeF"),
    ]
    young = settings.with_name("scratchpad.ini.GhIjKl")
    for path in (*old, *kept, young):
        path.write_text("")
        if path is not young:
            os.utime(path, (1, 1))
    clear_settings_leftovers(settings)
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in (*kept, young))


def test_a_lock_that_a_program_holds_is_left(qapp, tmp_path):
    lock = QLockFile(str(tmp_path / "scratchpad.ini.lock"))
    assert lock.lock()
    clear_settings_leftovers(tmp_path / "scratchpad.ini")
    assert (tmp_path / "scratchpad.ini.lock").exists()
    lock.unlock()


def test_two_programs_on_one_folder_are_told_apart(tmp_path):
    first, second = DataLock(tmp_path), DataLock(tmp_path)
    assert first.take() == ""
    sentence = second.take()
    assert "in another session" in sentence
    assert "nothing is lost" in sentence
    assert "close one" in sentence
    second.release()
    first.release()
    assert second.take() == ""
    second.release()


def test_another_computer_is_named(tmp_path, monkeypatch):
    first = DataLock(tmp_path)
    first.take()
    monkeypatch.setattr("platform.node", lambda: "another")
    assert f"on {os.uname().nodename}" in DataLock(tmp_path).take()
    first.release()


def test_a_program_that_was_killed_holds_nothing(tmp_path):
    script = (
        "import sys; from pathlib import Path; from desktop.startup.data_lock import DataLock; "
        "lock = DataLock(Path(sys.argv[1])); assert not lock.take(); print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, tmp_path], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout.readline() == b"held\n"
        assert DataLock(tmp_path).take() != ""
        program.kill()
        program.wait()
    lock = DataLock(tmp_path)
    assert lock.take() == ""
    lock.release()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_in_the_way_of_the_lock_is_no_failure(tmp_path, make):
    make(tmp_path / LOCK_NAME)
    assert DataLock(tmp_path).take() == ""
    assert DataLock(tmp_path / "missing").take() == ""
