"""The log, the hooks, and the dialog of the unexpected."""

import logging
import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.dialogs.error_dialog import UNEXPECTED, ErrorDialog
from desktop.services.crash_guard import CrashGuard, start_log


@pytest.fixture
def log(tmp_path):
    root = logging.getLogger()
    handlers, level, raises = list(root.handlers), root.level, logging.raiseExceptions
    yield start_log(tmp_path / "logs")
    for handler in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.raiseExceptions = raises


@pytest.fixture
def guard(qtbot):
    guard = CrashGuard()
    guard.install()
    yield guard
    guard.uninstall()


def _raise(hook):
    try:
        raise RuntimeError("nobody thought of this")
    except RuntimeError:
        hook(*sys.exc_info())


def test_an_unexpected_exception_is_logged_and_told(log, guard, qtbot):
    with qtbot.waitSignal(guard.unexpected_happened) as told:
        _raise(sys.excepthook)
    assert "nobody thought of this" in told.args[0]
    assert "Traceback" in told.args[0]
    assert "nobody thought of this" in log.read_text(encoding="utf-8")


def test_one_in_another_thread_is_told_in_the_window_s_thread(log, guard, qtbot):
    with qtbot.waitSignal(guard.unexpected_happened) as told:
        thread = threading.Thread(target=lambda: {}["missing"])
        thread.start()
        thread.join()
    assert "KeyError" in told.args[0]


def test_one_cause_is_told_once_and_counted_in_the_log(log, guard, qtbot):
    told = []
    guard.unexpected_happened.connect(told.append)
    for _ in range(162):
        _raise(sys.excepthook)
    thread = threading.Thread(target=lambda: {}["missing"])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "nobody thought of this" in told[0]
    assert "KeyError" in told[1]
    guard.uninstall()
    words = log.read_text(encoding="utf-8")
    assert words.count("Traceback") == 2
    assert "162 times in all" in words
    assert len(words.splitlines()) < 40


def test_the_same_kind_of_fault_elsewhere_is_another_cause(log, guard):
    told = []
    guard.unexpected_happened.connect(told.append)
    for _ in range(2):
        for fault in (lambda: 1 // 0, lambda: 2 // 0):
            try:
                fault()
            except ZeroDivisionError:
                sys.excepthook(*sys.exc_info())
    # The same line of a test: the program's own frames are told apart by line, and these are two on one.
    assert len(told) == 1
    try:
        1 // 0  # noqa: B018
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
    assert len(told) == 2


def test_a_folder_that_takes_no_log_does_not_matter(tmp_path):
    (tmp_path / "file").write_text("")
    assert start_log(tmp_path / "file") is None


def test_the_log_is_rotated_and_never_grows_without_end(log):
    for _ in range(3000):
        logging.getLogger("scratchpad").info("x" * 1000)
    sizes = [path.stat().st_size for path in log.parent.iterdir()]
    assert len(sizes) == 4
    assert max(sizes) < 600_000


def test_details_can_be_copied(qtbot):
    dialog = ErrorDialog(UNEXPECTED, "the whole story")
    dialog.show()
    dialog.copy_text()
    assert QGuiApplication.clipboard().text() == "the whole story"
    dialog.close()
