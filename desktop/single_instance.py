"""Single instance: a second start hands its files to the first window instead of opening another."""

from __future__ import annotations

import enum
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CONNECT_MS = 500
# The first window may be importing PyTorch, which takes a second or two of its time.
_ANSWER_MS = 10_000
_TAKEN = b"taken\n"
_LONGEST_MESSAGE = 1_000_000
_LONGEST_SOCKET_PATH = 100


class Start(enum.Enum):
    """What became of a start."""

    FIRST = "nobody else runs"
    HANDED_OVER = "the first window has come forward and opens the files"
    UNANSWERED = "the first window does not answer"


class SingleInstance(QObject):
    """The first of several starts listens; the others tell it what to open and leave.

    Signals:
        called: Another start was asked for; a list of absolute paths to open, mostly empty.
    """

    called = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Speak for the one program that stores its things in `folder`."""
        super().__init__(parent)
        self._name = _socket_name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)

    def start(self, files: Sequence[Path]) -> Start:
        """Listen if nobody else does, else hand `files` over."""
        for _ in range(2):
            if (start := self._hand_over(files)) is not Start.FIRST:
                return start
            # Another start may have begun to listen just now: then it is asked once more.
            if self._server.listen(self._name):
                return Start.FIRST
        # Nobody answers: a socket file left behind by a crash is in the way and belongs to nobody.
        QLocalServer.removeServer(self._name)
        # If that fails too, two windows are better than none.
        self._server.listen(self._name)
        return Start.FIRST

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _hand_over(self, files: Sequence[Path]) -> Start:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            return Start.FIRST
        message = {
            "files": [os.path.abspath(file) for file in files],
            # With it the desktop lets the first window come forward on behalf of this start.
            "activation_token": os.environ.get("XDG_ACTIVATION_TOKEN", ""),
        }
        socket.write(json.dumps(message).encode() + b"\n")
        # The answer may come together with the end of the connection, of which alone Qt tells then.
        while not socket.canReadLine() and socket.waitForReadyRead(_ANSWER_MS):
            pass
        return Start.HANDED_OVER if bytes(socket.readLine().data()) == _TAKEN else Start.UNANSWERED

    def _on_connected(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.readyRead.connect(self._on_message_arrived)
            connection.disconnected.connect(connection.deleteLater)
            self._read(connection)

    def _on_message_arrived(self) -> None:
        connection = self.sender()
        if isinstance(connection, QLocalSocket):
            self._read(connection)

    def _read(self, connection: QLocalSocket) -> None:
        """Take a whole line; anything else that is no message of ours is not answered."""
        if not connection.canReadLine():
            if connection.bytesAvailable() > _LONGEST_MESSAGE:
                connection.abort()
            return
        try:
            message = json.loads(bytes(connection.readLine().data()))
            files = [Path(file) for file in message["files"]]
            token = str(message["activation_token"])
        except (ValueError, TypeError, KeyError):
            connection.abort()
            return
        connection.write(_TAKEN)
        connection.flush()
        connection.disconnectFromServer()
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # taken by Qt when the window is activated
        self.called.emit(files)


def _socket_name(folder: Path) -> str:
    """One for each user and data folder, where nobody else can put a socket in the way."""
    name = "scratchpad-" + hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    own = _own_folder()
    path = name if own is None else str(own / name)
    return path if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH else name


def _own_folder() -> Path | None:
    """A folder for sockets that belongs to this user alone; None where Qt's own names are private enough."""
    if not hasattr(os, "getuid"):
        return None
    given = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if given.is_absolute() and _is_private(given):
        return given
    own = Path(tempfile.gettempdir(), f"scratchpad-{os.getuid()}")
    try:
        own.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return own if _is_private(own) else None


def _is_private(folder: Path) -> bool:
    """Whether it is a folder of this user's that nobody else may write to."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == os.getuid()
        and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )
