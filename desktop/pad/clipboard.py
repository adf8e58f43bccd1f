"""Clipboard: what stands on the pad goes there, as a picture and as ink, and comes from there."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop.pad.document import PadDocument
from desktop.pad.picture_export import picture_to_share
from desktop.pad.picture_input import INK_MIME, Source, source_of_mime
from desktop.widgets.theme import Colours


def copy(document: PadDocument, colours: Colours) -> None:
    """Put what stands on the pad on the clipboard; an empty pad leaves the clipboard alone."""
    if document.is_empty:
        return
    mime = QMimeData()
    mime.setImageData(picture_to_share(document, colours))
    if document.picture is None:
        mime.setData(INK_MIME, document.ink.to_json().encode())
    QGuiApplication.clipboard().setMimeData(mime)


def copied() -> Source:
    """What the clipboard holds now, to be read when it is called."""
    return source_of_mime(QGuiApplication.clipboard().mimeData())
