"""Command thread: does one command after another, away from the window."""

from __future__ import annotations

import logging
import queue
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QThread

from engine.errors import ScratchpadError

_log = logging.getLogger(__name__)

Command = TypeVar("Command")


class CommandThread(QThread, Generic[Command]):
    """What every such thread has; those that derive from it say what a command does, and signal what comes.

    Nothing escapes: what goes wrong is told in a sentence.
    """

    def __init__(self, unexpected: str, parent: QObject | None = None) -> None:
        """Do nothing yet.

        Args:
            unexpected: One sentence for what nobody foresaw, with what to do about it.
            parent: Owner.
        """
        super().__init__(parent)
        self._unexpected = unexpected
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()

    def ask(self, command: Command) -> None:
        """Do this next."""
        self._commands.put(command)

    def end(self) -> None:
        """Come to an end soon."""
        self.requestInterruption()
        self._commands.put(None)

    def run(self) -> None:
        """Do what is asked for until the end."""
        self.prepare()
        while (command := self._commands.get()) is not None:
            try:
                self.do(command)
            except ScratchpadError as error:
                self.tell_failure(command, error)
            except Exception:
                _log.exception("a command failed in %s", type(self).__name__)
                self.tell_failure(command, ScratchpadError(self._unexpected))
            self.tell_idle()

    def is_superseded(self) -> bool:
        """Whether something else is wanted than what is being done."""
        return self.isInterruptionRequested() or not self._commands.empty()

    def prepare(self) -> None:
        """Called once, before the first command."""

    def do(self, command: Command) -> None:
        """Do it; long work looks at `is_superseded` now and then.

        Raises:
            ScratchpadError: What went wrong, in one sentence.
        """
        raise NotImplementedError

    def tell_failure(self, command: Command, error: ScratchpadError) -> None:
        """Signal what went wrong with a command."""
        raise NotImplementedError

    def tell_idle(self) -> None:
        """Signal that a command is done, whether it failed or not, if anybody wants to know."""
