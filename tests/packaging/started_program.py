"""The installed program, started by the command of its menu entry and watched by what it announces."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from pathlib import Path

from desktop.startup.announcer import READING, READS, READY
from tests.packaging.debian_root import DebianRoot
from tests.packaging.screen import Screen, wait_until

# Ours begin with this; whatever else is written is unexpected.
_OURS = "scratchpad: "


def command_of(entry: Path, *further: str) -> list[str]:
    """The words of a menu entry's command, without a file to open."""
    line = next(line for line in entry.read_text(encoding="utf-8").splitlines() if line.startswith("Exec="))
    # Two ways of quoting lie on each other: that of the file, then that of the command, where a backslash
    # goes before a quotation mark, a backtick, a dollar sign and itself.
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line.removeprefix("Exec=").replace("\\\\", "\\"))
    plain = [re.sub(r"\\(.)", r"\1", quoted) or bare for quoted, bare in words]
    return [word.replace("%%", "%") for word in plain if word != "%f"] + list(further)


class StartedProgram:
    """A context: the program runs in a root, on a screen, as the ordinary user."""

    def __init__(self, root: DebianRoot, screen: Screen, entry: str, *further: str) -> None:
        """Start it.

        Args:
            root: Where it is installed.
            screen: Where its window is shown.
            entry: The menu entry, a path in the root.
            further: Arguments after those of the entry.
        """
        self.lines: list[str] = []
        self._screen = screen
        command = command_of(root.path(entry), "--announce", *further)
        self._process: subprocess.Popen[str] = root.start(*command, display=screen.display)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> StartedProgram:
        wait_until(lambda: READY in self.lines, lambda: f"the program is ready; it said {self.lines}", 90)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()
        self._reader.join()

    @property
    def unexpected(self) -> list[str]:
        """Lines that the program did not mean to write."""
        return [line for line in self.lines if not line.startswith(_OURS)]

    def digit(self) -> str:
        """The digit that it reads now; empty if it reads none."""
        read = [line for line in self.lines if line.startswith((READING, READS))]
        return read[-1].rpartition(" ")[2] if read else ""

    def press(self, key: str) -> None:
        """A key, with the window in front."""
        window = self._screen.hand("search", "--onlyvisible", "--name", "Scratchpad").split()[-1]
        self._screen.hand("windowfocus", "--sync", window)
        self._screen.hand("key", key)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))
