"""Damaged settings, and damaged messages to the first window: a default or a refusal, never an exception."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.settings.settings import Settings
from desktop.settings.settings_file import write_values
from desktop.startup import start_message
from desktop.startup.start_message import StartMessage
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import SLOW_S, check_reader

_STATE = bytes.fromhex("000000ff0000000100000002000001f4000001f401ffffffff010000000100")
_GEOMETRY = bytes.fromhex(
    "01d9d0cb0003000000000000000000000000027f000001df00000000000000000000027f000001df"
    "0000000000000000032000000000000000000000027f000001df"
)
_CRAFTED = rb"""[data]
mnist_folder=/home/a\0b
[network]
current="%s.safetensors"
[profile]
version=%s
[runs]
order=@Variant(\0\0\0\t\0\0\0\x1\0\0\0\t\xff\xff\xff\xff)
[training]
hidden=100, 200
seed=%s
""" % (b"x" * 300, b"9" * 5000, b"8" * 5000)


def samples(folder: Path) -> list[bytes]:
    """A whole file as this version writes it, one as QSettings wrote it, and a crafted one."""
    path = folder / "whole.ini"
    write_values(
        path,
        {
            "data/mnist_folder": "/home/ada/Größe 数字",
            "network/current": "mine, 98.1 %.safetensors",
            "profile/version": "1",
            "booth/idle_s": "20",
            "runs/order": "accuracy",
            "training/hidden": "512 256",
            "training/learning_rate": "0.05",
            "training/seed": "3",
            "window/appearance": "dark",
            "window/geometry": _GEOMETRY,
            "window/splitter": _STATE,
        },
    )
    former = (
        b'[window]\ngeometry="@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3;)"\n[training]\nepochs=5\nwarps=true\n'
    )
    return [path.read_bytes(), former, _CRAFTED]


def read_all(path: Path) -> list[object]:
    """Every setting, and what is done with it first."""
    settings = Settings(path)
    settings.mnist_folder.exists()
    Path(path.parent, settings.network).is_file()
    properties = [name for name, value in vars(Settings).items() if isinstance(value, property)]
    found = [getattr(settings, name) for name in properties]
    settings.save()
    return found


def check_settings(folder: Path, count: int) -> None:
    path = folder / "s.ini"

    def read(data: bytes) -> None:
        for left in folder.glob("s*.ini*"):
            left.unlink()
        path.write_bytes(data)
        read_all(path)

    report = check_reader(read, mutations(samples(folder), count, seed=13), ())
    assert report.foreign == {}
    assert report.slowest_s < SLOW_S
    assert report.memory_mib < 100


def check_messages(count: int) -> None:
    whole = start_message.written(StartMessage((Path("/home/ada/zwei.png"), Path("/数字.json")), "token"))
    other = start_message.written(StartMessage((Path(os.fsdecode(b"/\xff.png")),)))
    report = check_reader(start_message.read, mutations([whole, other], count, seed=13), ValueError)
    assert report.foreign == {}
    assert report.slowest_s < SLOW_S


@pytest.fixture
def no_disk(monkeypatch):
    """Waiting for the disk is most of the time, and not what is tried here."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def test_damaged_settings_are_read(tmp_path, no_disk):
    check_settings(tmp_path, 2_000)


def test_damaged_messages_are_refused():
    check_messages(2_000)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_many_damaged_settings_are_read(tmp_path, no_disk):
    check_settings(tmp_path, 20_000)


@pytest.mark.slow
def test_many_damaged_messages_are_refused():
    check_messages(20_000)


_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QWidget
from tests.fuzzing.mutations import mutations
from tests.fuzzing.test_fuzz_settings import _GEOMETRY, _STATE
application = QApplication([])
window, splitter = QMainWindow(), QSplitter()
for _ in range(2):
    splitter.addWidget(QWidget())
window.setCentralWidget(splitter)
for data in mutations([_GEOMETRY, _STATE], 2_000, seed=13):
    window.restoreGeometry(data)
    splitter.restoreState(data)
print("survived")
"""


def test_damaged_places_of_the_window_do_not_end_the_program():
    """Qt reads them; in a process of its own, which an abort would end."""
    done = subprocess.run([sys.executable, "-c", _WINDOW], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, "survived"), done.stderr
