"""Document opener: files, the clipboard and what is dropped go onto a document, or it is said why not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.pad import clipboard
from desktop.pad.document import PadDocument
from desktop.pad.picture_input import Source, source_of_file
from desktop.pad.picture_opener import PictureOpener
from engine.errors import PictureError
from engine.preprocessing.ink import Ink


class DocumentOpener(QObject):
    """Opens one thing after another; the latest wins. What is large comes when it has been read.

    Signals:
        refused: One sentence why a picture or drawing was not taken; the document is as it was.
        busy_changed: Whether a picture is being read in the background.
    """

    refused = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, document: PadDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._opener = PictureOpener(self)
        self._opener.opened.connect(self._on_opened)
        self._opener.refused.connect(self.refused)
        self._opener.busy_changed.connect(self.busy_changed)

    def open_file(self, path: Path) -> None:
        """Show a picture or drawing from a file."""
        self._opener.open(source_of_file(path))

    def paste(self) -> None:
        """Show what the clipboard holds."""
        self._opener.open(clipboard.copied())

    def drop(self, source: Source) -> None:
        """Show what was dropped."""
        self._opener.open(source)

    def close(self) -> None:
        """What is being read does not come any more."""
        self._opener.close()

    def _on_opened(self, content: Ink | QImage) -> None:
        if isinstance(content, Ink):
            self._document.put_ink(content)
            return
        try:
            self._document.put_picture(content)
        except PictureError as error:
            self.refused.emit(str(error))
