"""Single instance: a second start hands its files to the first window instead of opening another."""

from __future__ import annotations

import enum
import hashlib
import os
import platform
import stat
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.startup.peer_user import is_same_user
from desktop.startup.start_message import LONGEST_MESSAGE, StartMessage, as_absolute, read, written
from engine.files.private_files import make_private_folder

_CONNECT_MS = 500
# The first window may be importing PyTorch, which takes a second or two of its time.
_ANSWER_MS = 10_000
# A start writes its line at once; whoever takes longer is not one of ours.
_MESSAGE_MS = 1000
_MOST_CALLERS = 8
_TAKEN = b"taken\n"
# Bytes: macOS takes so many, Linux four more.
_LONGEST_SOCKET_PATH = 103


class Start(enum.Enum):
    """What became of a start."""

    FIRST = "nobody else runs"
    HANDED_OVER = "the first window has come forward and opens the files"
    UNANSWERED = "the first window does not answer"


class SingleInstance(QObject):
    """The first of several starts listens; the others tell it what to open and leave.

    Nothing is taken from other users, and nothing is told to them. Callers cannot hold the window up: their
    number, their time and the length of what they say are bounded.

    Signals:
        called: Another start was asked for; a list of absolute paths to open, mostly empty.
    """

    called = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Speak for the one program that stores its things in `folder`."""
        super().__init__(parent)
        self._name = _socket_name(folder)
        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)

    def start(self, files: Sequence[Path]) -> Start:
        """Listen if nobody else does, else hand `files` over."""
        if not self._name:
            return Start.FIRST
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
        for caller in [*self._callers]:
            self._dismiss(caller)

    def _hand_over(self, files: Sequence[Path]) -> Start:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS) or not is_same_user(socket.socketDescriptor()):
            return Start.FIRST
        token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
        socket.write(written(StartMessage(as_absolute(files), token)))
        deadline = QDeadlineTimer(_ANSWER_MS)
        # The answer may come together with the end of the connection, of which alone Qt tells then.
        while not socket.canReadLine() and socket.waitForReadyRead(deadline.remainingTime()):
            if socket.bytesAvailable() > len(_TAKEN):
                break
        return Start.HANDED_OVER if bytes(socket.read(len(_TAKEN)).data()) == _TAKEN else Start.UNANSWERED

    def _on_connected(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            if not is_same_user(caller.socketDescriptor()):
                caller.abort()
                caller.deleteLater()
                continue
            caller.setReadBufferSize(LONGEST_MESSAGE + 1)
            caller.readyRead.connect(self._on_message_arrived)
            caller.disconnected.connect(self._on_disconnected)
            deadline = QTimer(caller)
            deadline.setSingleShot(True)
            deadline.timeout.connect(self._on_deadline)
            deadline.start(_MESSAGE_MS)
            self._callers.append(caller)
            if len(self._callers) > _MOST_CALLERS:
                self._dismiss(self._callers[0])
            self._read(caller)

    def _on_message_arrived(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._read(caller)

    def _on_disconnected(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._dismiss(caller)

    def _on_deadline(self) -> None:
        caller = self.sender().parent()
        if isinstance(caller, QLocalSocket):
            # While the window was busy, the line may have come without anybody looking.
            caller.waitForReadyRead(0)
            self._read(caller)
            self._dismiss(caller)

    def _dismiss(self, caller: QLocalSocket) -> None:
        """End a connection, whatever is still to come over it."""
        if caller in self._callers:
            self._callers.remove(caller)
            caller.abort()
            caller.deleteLater()

    def _read(self, caller: QLocalSocket) -> None:
        """Take a whole line; anything else that is no message of ours is not answered."""
        if caller not in self._callers:
            return
        if not caller.canReadLine():
            if caller.bytesAvailable() > LONGEST_MESSAGE:
                self._dismiss(caller)
            return
        try:
            message = read(bytes(caller.readLine(LONGEST_MESSAGE + 1).data()))
        except ValueError:
            self._dismiss(caller)
            return
        caller.write(_TAKEN)
        caller.flush()
        caller.disconnectFromServer()
        if message.activation_token:
            # Taken by Qt when the window is activated.
            os.environ["XDG_ACTIVATION_TOKEN"] = message.activation_token
        self.called.emit(list(message.files))


def _socket_name(folder: Path) -> str:
    """One for each user, computer and data folder; empty where there is no place for it.

    It lies where nobody else can put a socket: in the session's own folder, else among the user's own files,
    never in a folder that all users share. A home may be shared by computers: they do not meet there.
    """
    told_apart = os.fsencode(folder) + b"\0" + platform.node().encode(errors="surrogateescape")
    name = "scratchpad-" + hashlib.sha256(told_apart).hexdigest()[:8]  # a socket's path must be short
    if os.name != "posix":
        return name  # a pipe, which Qt opens to this user alone
    given = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if given.is_absolute() and _is_private(given) and _fits(given / name):
        return str(given / name)
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    for own in (folder, Path(cache)):
        try:
            if own.is_absolute():
                make_private_folder(own)
                path = own.resolve() / name
                if _fits(path) and _is_private(path.parent):
                    return str(path)
        except OSError:
            continue
    return ""


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH


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
