"""One window for each user, which opens what later starts were to open."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from socket import AF_UNIX, socket, socketpair

import pytest
from PySide6.QtNetwork import QLocalSocket

from desktop.startup.peer_user import is_same_user
from desktop.startup.single_instance import SingleInstance, Start
from desktop.startup.start_message import LONGEST_MESSAGE, StartMessage, written

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
from desktop.startup.single_instance import SingleInstance
application = QCoreApplication([])
print(SingleInstance(Path(sys.argv[1])).start([Path(file) for file in sys.argv[2:]]).name)
"""


def start_again(folder: Path, files: list[str], qtbot, first: SingleInstance) -> list[Path]:
    """A second start, in `folder` and a process of its own; what the first was told to open."""
    second = subprocess.Popen(
        [sys.executable, "-c", _SECOND, folder, *files],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
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


def connect(runtime: Path) -> QLocalSocket:
    """Somebody calls the first window."""
    [path] = [path for path in runtime.iterdir() if path.is_socket()]
    socket = QLocalSocket()
    socket.connectToServer(str(path))
    assert socket.waitForConnected(1000)
    return socket


def is_gone(socket: QLocalSocket) -> bool:
    return socket.state() == QLocalSocket.LocalSocketState.UnconnectedState


def answer(socket: QLocalSocket) -> bytes:
    return bytes(socket.readAll().data()) if socket.isOpen() else b""


@pytest.mark.parametrize(
    "message",
    [
        b"hello\n",
        b'{"files": 3}\n',
        b'{"files": []}\n',
        b"\xff\n",
        b"[" * 500_000 + b"\n",
        b'{"files": ' + b"[" * 500_000 + b"\n",
        b'{"files": ["/a\\u0000b"], "activation_token": ""}\n',
        b'{"files": ["/\\ud800"], "activation_token": ""}\n',
        b'{"files": ["relative"], "activation_token": ""}\n',
        b'{"files": [' + b"9" * 5000 + b'], "activation_token": ""}\n',
        b'{"files": ["/%s"], "activation_token": ""}\n' % (b"a" * 5000),
        b'{"files": [%s"/a"], "activation_token": ""}\n' % (b'"/a", ' * 200),
        b"x" * (LONGEST_MESSAGE + 2),
    ],
    ids=lambda message: f"{message[:24]!r} of {len(message)}",
)
def test_what_is_no_message_is_not_answered(first, runtime, message, qtbot):
    with qtbot.assertNotEmitted(first.called):
        caller = connect(runtime)
        caller.write(message)
        qtbot.waitUntil(lambda: is_gone(caller))
    assert answer(caller) == b""


@pytest.mark.parametrize("token", ["a\\u0000b", "\\ud800", "x" * 2000])
def test_a_token_that_is_none_is_left_out(first, runtime, token, qtbot, monkeypatch):
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    caller = connect(runtime)
    with qtbot.waitSignal(first.called) as called:
        caller.write(b'{"files": ["/a"], "activation_token": "%s"}\n' % token.encode())
    assert called.args[0] == [Path("/a")]
    assert "XDG_ACTIVATION_TOKEN" not in os.environ


def test_a_slow_caller_is_left_after_a_moment_and_holds_nobody_up(first, runtime, qtbot, tmp_path):
    slow = connect(runtime)
    slow.write(b'{"files": [')
    slow.flush()
    quick = connect(runtime)
    with qtbot.waitSignal(first.called):
        quick.write(written(StartMessage(())))
    qtbot.waitUntil(lambda: is_gone(slow))
    assert answer(slow) == b""


def test_hundreds_of_half_messages_hold_few_descriptors(first, runtime, qtbot):
    [path] = [path for path in runtime.iterdir() if path.is_socket()]
    script = f"""
import socket, sys
callers = []
for _ in range(300):
    callers.append(socket.socket(socket.AF_UNIX))
    callers[-1].connect({str(path)!r})
    callers[-1].send(b"half")
print("connected", flush=True)
sys.stdin.read()
"""
    before, most = len(os.listdir("/proc/self/fd")), 0
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as others:
        os.set_blocking(others.stdout.fileno(), False)

        def are_connected():
            nonlocal most
            most = max(most, len(os.listdir("/proc/self/fd")) - before)
            return bool(others.stdout.read())

        qtbot.waitUntil(are_connected, timeout=60_000)
        assert most <= 20
        with socket(AF_UNIX) as quick:
            quick.setblocking(False)

            def is_heard():
                """The system's own queue may be full of them until the window comes to accept them."""
                try:
                    quick.connect(str(path))
                except BlockingIOError:
                    return False
                return True

            qtbot.waitUntil(is_heard, timeout=30_000)
            with qtbot.waitSignal(first.called):
                quick.send(written(StartMessage(())))
        others.stdin.close()
    assert others.returncode == 0


def test_nothing_is_taken_from_another_user(first, runtime, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.startup.single_instance.is_same_user", lambda _descriptor: False)
    [path] = [path for path in runtime.iterdir() if path.is_socket()]

    def is_refused():
        try:
            return caller.recv(100) == b""
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True

    with socket(AF_UNIX) as caller, qtbot.assertNotEmitted(first.called):
        caller.connect(str(path))
        caller.send(written(StartMessage((Path("/secret"),))))
        caller.setblocking(False)
        qtbot.waitUntil(is_refused)


def test_another_user_s_socket_is_told_nothing(first, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.startup.single_instance.is_same_user", lambda _descriptor: False)
    other = SingleInstance(tmp_path)
    with qtbot.assertNotEmitted(first.called, wait=100):
        assert other.start([Path("/secret")]) is Start.FIRST
    other.close()


@pytest.mark.skipif(sys.platform != "linux", reason="SO_PEERCRED")
def test_the_system_says_who_calls(monkeypatch):
    one, other = socketpair()
    with one, other:
        assert is_same_user(one.fileno())
        uid = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: uid + 1)
        assert not is_same_user(one.fileno())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes somebody else")
def test_another_user_who_gets_at_the_socket_is_refused(first, runtime, qtbot):
    [path] = [path for path in runtime.iterdir() if path.is_socket()]
    for folder in (runtime, *runtime.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    path.chmod(0o777)
    script = f"""
import os, socket
os.setuid(65534)
caller = socket.socket(socket.AF_UNIX)
caller.connect({str(path)!r})
try:
    caller.send({written(StartMessage((Path("/secret"),)))!r})
    print(caller.recv(100))
except OSError:
    print(b"")
"""
    with (
        qtbot.assertNotEmitted(first.called),
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=60_000)
        assert other.stdout.read().strip() == b"b''"


@pytest.mark.parametrize("mode", [None, 0o777, 0o770])
def test_without_a_folder_of_the_session_s_own_it_is_among_the_user_s_files(
    mode, qtbot, tmp_path, monkeypatch, runtime
):
    """A runtime folder that others may write to counts for none; what all users share is never used."""
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(shared))
    if mode is None:
        monkeypatch.delenv("XDG_RUNTIME_DIR")
    else:
        runtime.chmod(mode)
    data = tmp_path / "d"
    instance = SingleInstance(data)
    assert instance.start([]) is Start.FIRST
    assert [path.is_socket() for path in data.iterdir()] == [True]
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert not [*runtime.iterdir(), *shared.iterdir()]
    instance.close()
    runtime.chmod(0o700)


def test_a_long_data_folder_falls_back_on_the_cache_and_then_on_nothing(qapp, tmp_path, monkeypatch, runtime):
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    long = tmp_path / ("x" * 90)
    with tempfile.TemporaryDirectory() as short:
        monkeypatch.setenv("XDG_CACHE_HOME", short)
        instance = SingleInstance(long)
        assert instance.start([]) is Start.FIRST
        assert [path for path in Path(short).rglob("*") if path.is_socket()]
        instance.close()
    monkeypatch.setenv("XDG_CACHE_HOME", str(long))
    assert SingleInstance(long).start([]) is Start.FIRST
    assert not [path for path in tmp_path.rglob("*") if path.is_socket()]
