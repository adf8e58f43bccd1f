"""What may be said on the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import main
from desktop.startup.arguments import ArgumentsError, early_arguments, help_text, parsed_arguments
from engine.version import VERSION


def test_files_and_options_are_told_apart():
    wanted = parsed_arguments(["a b.png", "--announce", "net.safetensors"])
    assert wanted.files == (Path("a b.png"), Path("net.safetensors"))
    assert wanted.announces
    assert not wanted.tests_itself


def test_an_unknown_option_is_named_and_the_help_is_pointed_to():
    with pytest.raises(ArgumentsError, match=r"--colour.*scratchpad --help"):
        parsed_arguments(["--colour"])


def test_options_of_qt_do_not_hide_ours():
    assert early_arguments(["-platform", "offscreen", "--smoke-test"]).tests_itself


def test_a_frozen_program_that_is_started_as_a_worker_of_a_search_opens_no_window(monkeypatch):
    class EndsAsAWorker(Exception):  # noqa: N818  (it is no error)
        pass

    def freeze_support():
        raise EndsAsAWorker

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr("multiprocessing.freeze_support", freeze_support)
    monkeypatch.setattr("desktop.app.early_arguments", None)
    with pytest.raises(EndsAsAWorker):
        main()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_need_neither_screen_nor_qt_nor_torch(option):
    program = (
        "import sys; from desktop.app import main; code = main(); "
        "assert not {'torch', 'PySide6'} & set(sys.modules); raise SystemExit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, option],
        env={"PATH": ""},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.strip() == (f"Scratchpad {VERSION}" if option == "--version" else help_text())
