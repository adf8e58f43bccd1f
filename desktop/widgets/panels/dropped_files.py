"""Dropped files: what drag and drop brings from a file manager, which keeps its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def local_files(event: QDropEvent) -> list[Path]:
    """The files of this computer that are dragged or were dropped; none if it is something else."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def accept_copy(event: QDropEvent) -> None:
    """Take a copy, whatever was proposed: the other side would delete what is moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
