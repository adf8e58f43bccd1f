"""The program's own smoke test: that it passes, and that it can fail."""

import logging
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from desktop.smoke_test.watch import UnexpectedError, Watch

pytestmark = pytest.mark.threaded

_ROOT = Path(__file__).parents[3]


def run(program: str) -> subprocess.CompletedProcess:
    # In a folder of its own: nothing that lies beside the sources may be needed.
    return subprocess.run(
        [sys.executable, "-c", program, "--smoke-test"],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        cwd=os.environ["HOME"],
        capture_output=True,
        text=True,
        timeout=800,
    )


@pytest.mark.whole_program  # CI runs the same with the wheel, and in every package
def test_it_passes_says_what_it_did_and_leaves_nothing():
    done = run("from desktop.app import main; raise SystemExit(main())")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    said = done.stdout.splitlines()
    assert said[-1] == "smoke test: everything works"
    assert len(said) > 15
    profile = [path for folder in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME") for path in _files(folder)]
    assert profile == [], "it wrote into the user's own profile"


def _files(variable: str) -> list[Path]:
    return [path for path in Path(os.environ[variable]).rglob("*") if path.is_file()]


@pytest.mark.whole_program
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        # Said by a part that the window needs: told after the step in which it was said.
        (
            "from PySide6.QtCore import qWarning; read = lambda self, *of: qWarning('a loose end')",
            "a loose end",
        ),
        ("read = lambda self, *of: 1 / 0", "ZeroDivisionError"),
    ],
)
def test_it_fails_at_what_is_unexpected(harm, said):
    done = run(
        f"{harm}\n"
        "from desktop.reading.panel import PredictionPanel\n"
        "shown = PredictionPanel.set_readings\n"
        "PredictionPanel.set_readings = lambda self, *of: (shown(self, *of), read(self, *of))\n"
        "from desktop.app import main\n"
        "raise SystemExit(main())"
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        "scratchpad: the smoke test failed after “a two drawn before the network was loaded is read as 2”"
    )
    assert said in done.stderr


@pytest.fixture
def watch(monkeypatch):
    """One that is let go of again."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    watch = Watch()
    with warnings.catch_warnings():
        watch.install()
        yield watch
    logging.getLogger().removeHandler(watch)


def _raise_in_thread() -> None:
    thread = threading.Thread(target=lambda: {}["missing"])
    thread.start()
    thread.join()


def _warn() -> None:
    warnings.simplefilter("default")
    warnings.warn("this is old", UserWarning, stacklevel=1)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: logging.getLogger("scratchpad").warning("half a disk"), "half a disk"),
        (lambda: qWarning("a loose end"), "a loose end"),
        (_raise_in_thread, "KeyError"),
        (_warn, "this is old"),
    ],
)
@pytest.mark.qt_no_exception_capture
def test_the_watch_notices(watch, act, said):
    watch.check()
    act()
    with pytest.raises(UnexpectedError, match=said):
        watch.check()


def test_the_watch_lets_pass_what_is_usual(watch):
    qWarning("This plugin does not support propagateSizeHints()")
    logging.getLogger("scratchpad").info("all is well")
    watch.check()
