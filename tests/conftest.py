"""What all tests share: no screen, a profile of their own, real data where they are named."""

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Neither Qt nor torch is imported here, so that tests which need neither start at once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Timings of shared machines say nothing; on a build server every run tries the same examples.
hypothesis.settings.register_profile("here", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

_PATIENCE_S = 60.0
_DATA = os.environ.get("SCRATCHPAD_DATA", "")
# A window has threads, and a store has one that writes.
_FIXTURES_WITH_THREADS = {"make_window", "school", "store"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that wait for other threads; modules that have some of their own say so themselves."""
    for item in items:
        if _FIXTURES_WITH_THREADS & set(getattr(item, "fixturenames", ())):
            item.add_marker("threaded")


def pytest_collection_finish() -> None:
    """What was imported lives to the end: no test is to wait while it is searched for garbage."""
    gc.collect()
    gc.freeze()
    # Nor often while it makes a window: each has thousands of objects, and goes when its test is over.
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def one_torch_thread() -> Iterator[None]:
    """One intra-op thread for each test, whatever the one before has chosen; torch is not loaded for it."""
    _use_one_thread()
    yield
    _use_one_thread()


def _use_one_thread() -> None:
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "set_num_threads"):
        torch.set_num_threads(1)


def pytest_sessionfinish() -> None:
    """Qt's screenless platform crashes at the end of a process whose clipboard holds what Python made."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    """A thread that a test started and that would keep the program from ending fails the test.

    Daemon threads are let be: libraries keep pools of them, and Python counts Qt's threads among them, which
    the window's own guard looks after.
    """
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    end = time.monotonic() + _PATIENCE_S
    for thread in started:
        thread.join(max(0.0, end - time.monotonic()))
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads were left running: {', '.join(left)}"


@pytest.fixture(autouse=True)
def fresh_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a program writes into its user's profile goes into the test's own folder."""
    for variable, name in (
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        folder = tmp_path / "profile" / name
        folder.mkdir(parents=True)
        monkeypatch.setenv(variable, str(folder))


@pytest.fixture
def impatient_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is opened from now on soon gives up waiting for another program."""
    monkeypatch.setattr("engine.store.connection._WRITING_PATIENCE_S", 0.2)


def _data(*parts: str) -> Path:
    path = Path(_DATA, *parts)
    if not _DATA or not path.exists():
        pytest.skip(f"set SCRATCHPAD_DATA to a folder that has {'/'.join(parts)}")
    return path


@pytest.fixture
def mnist_folder() -> Path:
    """The folder that has MNIST/raw."""
    return _data("MNIST", "raw").parents[1]


@pytest.fixture
def data_folder() -> Path:
    """The folder that has all of the shared data; without it the test is skipped."""
    return _data("pen-letters", "strokes.jsonl.gz").parents[1]


@pytest.fixture
def pen_digits_file() -> Path:
    """The real pen strokes."""
    return _data("pen-digits", "strokes.jsonl")
