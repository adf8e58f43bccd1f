"""What PySide6 would delete twice, and so end the program, is not used.

An object that belongs to another without being a QObject (a command of an undo stack, an item of a layout,
the data of a block of text) is deleted twice if Python's garbage collector takes both and the owner is the
older one (PySide6 6.11.3). Items of tables, trees and scenes are let be.
"""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TWICE = {"QUndoStack", "QUndoCommand", "QSpacerItem", "QWidgetItem", "QTextBlockUserData"}
CALLS = {"itemAt", "itemAtPosition", "setUserData"}


def names(tree):
    """Every name that is imported, and every attribute that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names if alias.name in TWICE)
        elif isinstance(node, ast.Attribute) and node.attr in TWICE | CALLS:
            yield node.attr


def test_nothing_that_would_be_deleted_twice_is_used():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "desktop").rglob("*.py"))
        for name in names(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


COLLECTED = """
import gc
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from desktop.pad.document import PadDocument
application = QApplication([])
gc.disable()
document = PadDocument()
document.itself = document
gc.collect(0)  # the document is older than its strokes
for time_ms in range(3):
    document.begin_stroke(QPointF(1, 2), 1.0, time_ms)
    document.complete_stroke()
del document
assert gc.collect()
print("alive")
"""


def test_a_pad_that_is_older_than_its_strokes_can_be_collected():
    command = [sys.executable, "-c", COLLECTED]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert (ended.returncode, ended.stdout.strip()) == (0, "alive"), ended.stderr
