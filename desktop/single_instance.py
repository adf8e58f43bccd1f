"""Single instance: a second start brings the first window to the front instead of opening another."""

from __future__ import annotations

import getpass
import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 500


def _name(folder: str) -> str:
    """One name for each user and data folder, short enough for a socket's path."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "user"
    return "scratchpad-" + hashlib.sha256(f"{user}:{folder}".encode()).hexdigest()[:16]


class SingleInstance(QObject):
    """The first of several starts listens; the others knock and leave.

    Signals:
        knocked: Another start was asked for.
    """

    knocked = Signal()

    def __init__(self, folder: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)

    def is_first(self) -> bool:
        """Listen if nobody else does; knock and say False if somebody answers."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_ANSWER_MS):
            socket.disconnectFromServer()
            return False
        # Nobody answers: a socket file left behind by a crash is in the way and belongs to nobody.
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            # If that fails too, two windows are better than none.
            self._server.listen(self._name)
        return True

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_connected(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.close()
            connection.deleteLater()
        self.knocked.emit()
