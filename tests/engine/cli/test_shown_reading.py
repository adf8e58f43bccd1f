"""What the command line shows while it reads a set, and what is left on the screen if that is stopped."""

import contextlib
import io
import re
import signal

import pytest

from engine.cli import progress
from engine.cli.command_line import main
from engine.cli.options import INTERRUPTED
from engine.data.sets import csv_set
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

SHORT = ["--hidden", "8", "--epochs", "1", "--batch-size", "16", "--device", "cpu", "--threads", "1"]
COMMANDS = {
    "train": ["train", *SHORT],
    "search": ["search", *SHORT, "--no-store"],
    "evaluate": ["evaluate"],
}


class Terminal(io.StringIO):
    def isatty(self):
        return True

    def screen(self):
        """What can be seen on each line: whatever is written after a return takes the place of what was."""
        lines = []
        for line in self.getvalue().split("\n"):
            seen = ""
            for part in line.split("\r"):
                seen = part + seen[len(part) :]
            lines.append(seen.rstrip())
        return lines


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(progress, "_REWRITE_S", 0.0)
    monkeypatch.setattr(csv_set, "_CHUNK", 1 << 14)
    return Terminal()


def run(terminal, *arguments):
    # Here, since pytest puts a stream of its own in place of it once the fixtures are made.
    with contextlib.redirect_stderr(terminal):
        return main([*map(str, arguments)])


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(csv_text(*pictures(100)))
    return path


@pytest.fixture(autouse=True)
def ctrl_c_is_heard():
    """Tests that a shell runs in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_share_is_shown_and_taken_away(terminal, table, command):
    assert run(terminal, *COMMANDS[command], "--data", table) == 0
    shares = [int(share) for share in re.findall(r"(\d+) %  reading mine\.csv", terminal.getvalue())]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 100)
    assert len(set(shares)) > 3
    assert not any("reading" in line for line in terminal.screen())


@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_ends_it_and_leaves_one_sentence(terminal, table, monkeypatch, command):
    read_lines, calls = csv_set._read_lines, []

    def interrupted(*arguments):
        calls.append(arguments)
        if len(calls) == 3:
            signal.raise_signal(signal.SIGINT)
        return read_lines(*arguments)

    monkeypatch.setattr(csv_set, "_read_lines", interrupted)
    assert run(terminal, *COMMANDS[command], "--data", table) == INTERRUPTED
    assert "reading mine.csv" in terminal.getvalue()
    assert terminal.screen() == ["Stopped.", ""]
    assert len(calls) == 3


def test_the_folder_that_one_stands_in_has_its_name(terminal, table, monkeypatch):
    images, labels = pictures(40)
    write_idx(table.parent / "own", images, labels.astype("uint8"))
    monkeypatch.chdir(table.parent / "own")
    assert run(terminal, "evaluate", "--data", ".") == 0
    assert "reading own" in terminal.getvalue()
