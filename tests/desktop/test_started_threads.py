"""The guard against threads that are left running knows each one."""

import threading

import pytest
from PySide6.QtCore import QThread

from tests.desktop.started_threads import threads_still_running

pytestmark = pytest.mark.threaded


class _Held(QThread):
    """Runs until it is let go."""

    def __init__(self):
        super().__init__()
        self.let_go = threading.Event()

    def run(self):
        self.let_go.wait()


class _MoreHeld(_Held):
    """Inherits what starts it."""


@pytest.mark.parametrize("kind", [_Held, _MoreHeld])
def test_a_thread_is_named_until_it_has_ended_however_often_it_is_started(kind):
    thread = kind()
    assert threads_still_running() == []
    for _ in range(2):
        thread.let_go.clear()
        thread.start()
        assert threads_still_running() == [thread]
        assert threads_still_running() == [thread]
        thread.let_go.set()
        thread.wait()
        assert threads_still_running() == []


def test_threads_with_an_event_loop_and_a_priority_are_named_too():
    thread = QThread()
    thread.start(QThread.Priority.LowPriority)
    assert threads_still_running() == [thread]
    thread.quit()
    thread.wait()
    assert threads_still_running() == []
