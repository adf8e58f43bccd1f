"""What is said when the program cannot start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.startup.start_failure import report, screen_sentence


def start(**variables: str) -> subprocess.CompletedProcess:
    """Start the program in a profile of its own, without any screen but those given."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "desktop"],
        env={**environment, **variables},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=120,
    )


def log() -> str:
    return Path(os.environ["XDG_DATA_HOME"], "scratchpad", "scratchpad.log").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has programs without a screen")
@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "needs a screen, and there is none here"),
        ({"DISPLAY": ":4711"}, "DISPLAY=:4711"),
        ({"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": "/nowhere"}, "WAYLAND_DISPLAY=gone"),
        ({"QT_QPA_PLATFORM": "abacus"}, "“abacus”"),
    ],
)
def test_without_a_screen_one_sentence_says_so(variables, said, tmp_path):
    done = start(**variables, PATH=str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert said in done.stderr
    assert said in log()


def test_a_library_that_opens_windows_and_is_not_there_is_named():
    assert "libxcb-cursor.so.0" in screen_sentence(
        "", OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")
    )


@pytest.mark.skipif(sys.platform != "linux", reason="others have a dialog of their own")
@pytest.mark.parametrize("has_screen", [True, False])
def test_who_sees_no_terminal_is_told_in_a_window(has_screen, monkeypatch, tmp_path, capsys, qtbot):
    shown = tmp_path / "shown"
    zenity = tmp_path / "zenity"
    zenity.write_text(
        f'#!/bin/sh\nfor each; do echo "$each"; done > "{shown}.part"\nmv "{shown}.part" "{shown}"\n'
    )
    zenity.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if has_screen:
        monkeypatch.setenv("DISPLAY", ":4711")
    else:
        monkeypatch.delenv("DISPLAY", raising=False)
    report("Nothing <b>works</b>.")
    assert capsys.readouterr().err == "scratchpad: Nothing <b>works</b>.\n"
    if has_screen:
        qtbot.waitUntil(shown.exists)
        assert "--text=Nothing <b>works</b>." in shown.read_text().splitlines()
    else:
        assert not shown.exists()


def test_a_missing_library_is_told_before_anything_else(tmp_path):
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(
        'raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")'
    )
    done = start(PYTHONPATH=str(tmp_path), PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("scratchpad: Scratchpad needs the system library libGL.so.1")
    assert "Traceback" not in done.stderr
