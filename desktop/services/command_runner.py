"""Command runner: the window's side of a thread that does one command after another for a page."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.services.command_thread import CommandThread

Command = TypeVar("Command")


class CommandRunner(QObject, Generic[Command]):
    """Lives in the GUI thread; its own thread starts when it is first asked for something.

    Signals:
        busy_changed: Whether something runs.
    """

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: CommandThread[Command] | None = None
        self._asked = 0

    @property
    def is_busy(self) -> bool:
        """Whether something was asked for that is not done yet."""
        return self._asked > 0

    def close(self) -> None:
        """End what runs and wait for it."""
        if self._thread is not None:
            self._thread.end()
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None

    def make_thread(self) -> CommandThread[Command]:
        """The thread, connected to signals and bound slots of this object: none runs in the other one.

        Its signal of being idle goes to `tell_done`.
        """
        raise NotImplementedError

    def ask(self, command: Command) -> None:
        """Do this next."""
        if self._thread is None:
            self._thread = self.make_thread()
            self._thread.start()
        was_busy, self._asked = self.is_busy, self._asked + 1
        self._thread.ask(command)
        if not was_busy:
            self.busy_changed.emit(True)

    def tell_done(self) -> bool:
        """One command is done; returns whether it was the last of those asked for."""
        self._asked -= 1
        if self._asked == 0:
            self.busy_changed.emit(False)
        return self._asked == 0
