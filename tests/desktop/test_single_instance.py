"""One window for each user, which opens what later starts were to open."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from desktop.single_instance import SingleInstance, Start

pytestmark = [
    pytest.mark.threaded,
    pytest.mark.skipif(os.name != "posix", reason="sockets in folders are for POSIX"),
]


@pytest.fixture
def runtime(monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    folder.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    return folder


@pytest.fixture
def first(qtbot, runtime, tmp_path):
    instance = SingleInstance(tmp_path)
    assert instance.start([]) is Start.FIRST
    yield instance
    instance.close()


_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.single_instance import SingleInstance
application = QCoreApplication([])
print(SingleInstance(Path(sys.argv[1])).start([Path(file) for file in sys.argv[2:]]).name)
"""


def start_again(folder: Path, files: list[str], qtbot, first: SingleInstance) -> list[Path]:
    """A second start, in `folder` and a process of its own; what the first was told to open."""
    second = subprocess.Popen(
        [sys.executable, "-c", _SECOND, folder, *files],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        text=True,
    )
    with qtbot.waitSignal(first.called) as called:
        pass
    output, _ = second.communicate(timeout=120)
    assert output.strip() == Start.HANDED_OVER.name
    return called.args[0]


def test_a_second_start_hands_its_files_over(first, qtbot, tmp_path):
    odd = os.fsdecode(b"no utf-8 \xff.png")
    files = start_again(tmp_path, ["mein netz 数字.safetensors", odd], qtbot, first)
    assert files == [tmp_path / "mein netz 数字.safetensors", tmp_path / odd]


def test_the_desktop_s_leave_to_come_forward_is_passed_on(first, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "a token")
    start_again(tmp_path, [], qtbot, first)
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "a token"


def test_another_profile_has_a_window_of_its_own(first, tmp_path):
    other = SingleInstance(tmp_path / "other")
    assert other.start([]) is Start.FIRST
    other.close()


def test_a_socket_that_a_crash_left_behind_is_in_nobody_s_way(first, runtime, tmp_path):
    [socket] = [path for path in runtime.iterdir() if path.is_socket()]
    os.rename(socket, f"{socket}-kept")
    first.close()
    os.rename(f"{socket}-kept", socket)
    again = SingleInstance(tmp_path)
    assert again.start([]) is Start.FIRST
    again.close()


@pytest.mark.parametrize("message", [b"hello\n", b'{"files": 3}\n', b'{"files": []}\n', b"\xff\n"])
def test_what_is_no_message_is_not_answered(first, runtime, message, qtbot):
    [path] = [path for path in runtime.iterdir() if path.is_socket()]
    socket = QLocalSocket()
    with qtbot.assertNotEmitted(first.called):
        socket.connectToServer(str(path))
        assert socket.waitForConnected(1000)
        socket.write(message)
        qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert socket.readAll().isEmpty()


def test_users_do_not_meet_and_nobody_can_put_a_socket_in_the_way(qtbot, tmp_path, monkeypatch, runtime):
    """Both have the same folder, as after ``sudo``, and a temporary folder in common."""
    monkeypatch.setattr("tempfile.tempdir", str(runtime))
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    one = SingleInstance(tmp_path)
    assert one.start([]) is Start.FIRST
    # Another user: the first one's folder is not theirs, and theirs bears another name.
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    (runtime / f"scratchpad-{uid + 1}").mkdir()
    other = SingleInstance(tmp_path)
    assert other.start([]) is Start.FIRST
    for instance in (one, other):
        instance.close()


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_may_write_to_is_not_trusted(mode, qtbot, tmp_path, monkeypatch, runtime):
    runtime.chmod(mode)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    instance = SingleInstance(tmp_path)
    assert instance.start([]) is Start.FIRST
    assert list(runtime.iterdir()) == []
    instance.close()
    runtime.chmod(0o700)
