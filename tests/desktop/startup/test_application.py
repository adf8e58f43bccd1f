"""The application as a process of its own: how it ends."""

import subprocess
import sys

import pytest

COPY_AND_QUIT = """
import sys
from PySide6.QtCore import QTimer
from desktop.startup.application import Application
from desktop.pad import clipboard
from desktop.pad.document import PadDocument
from desktop.widgets.theme import LIGHT
from engine.preprocessing.ink import Ink, Point

application = Application(["scratchpad"])
document = PadDocument()
document.put_ink(Ink(((Point(0, 0), Point(5, 9)),)))
clipboard.copy(document, LIGHT)
assert application.clipboard().mimeData().hasImage()
QTimer.singleShot(0, application.quit)
sys.exit(application.exec())
"""


@pytest.mark.whole_program
@pytest.mark.parametrize("platform", ["offscreen", "minimal"])
def test_what_was_copied_does_not_break_the_end_without_a_screen(platform, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", COPY_AND_QUIT], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
