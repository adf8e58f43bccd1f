"""One command after another; what goes wrong with one is told, and the next is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Signal

from desktop.services.command_thread import CommandThread
from engine.errors import DataError

pytestmark = pytest.mark.threaded

PATIENCE_MS = 300_000


class Doing(CommandThread[str]):
    done = Signal(str)
    failed = Signal(str, str)
    idle = Signal()

    def do(self, command):
        if command == "refuse":
            raise DataError("There is nothing to do: find something.")
        if command == "break":
            raise ZeroDivisionError
        self.done.emit(command)

    def tell_failure(self, command, error):
        self.failed.emit(command, str(error))

    def tell_idle(self):
        self.idle.emit()


@pytest.fixture
def thread(qtbot):
    made = Doing("That was not foreseen: try again.")
    yield made
    made.end()
    assert made.wait(PATIENCE_MS)


def test_failures_are_told_and_the_next_command_is_done(thread, qtbot, caplog):
    told, done, idle = [], [], []
    thread.failed.connect(lambda *words: told.append(words))
    thread.done.connect(done.append)
    thread.idle.connect(lambda: idle.append(None))
    for command in ("refuse", "break", "work"):
        thread.ask(command)
    thread.start()
    qtbot.waitUntil(lambda: len(idle) == 3, timeout=PATIENCE_MS)
    assert told == [
        ("refuse", "There is nothing to do: find something."),
        ("break", "That was not foreseen: try again."),
    ]
    assert done == ["work"]
    assert "ZeroDivisionError" in caplog.text


def test_another_wish_supersedes(thread):
    assert not thread.is_superseded()
    thread.ask("work")
    assert thread.is_superseded()
    thread.start()
