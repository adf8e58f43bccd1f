"""Application: its names, its icon, and the documents that the system hands to it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

import resources
from engine.version import VERSION

APPLICATION_ID = "io.github.scratchpad_app.Scratchpad"
"""Names the menu entry that the windows belong to; folders keep the short name."""
_NAME = "scratchpad"

_SCREENLESS = ("offscreen", "minimal")

# Python lets a busy thread keep the interpreter for 5 ms by default before another gets its turn; the
# window asks for it on every pen move and must not wait that long behind a training loop.
_SWITCH_INTERVAL_S = 0.001


def name_application() -> None:
    """Give the program its name, by which folders are found, before there is an application."""
    QCoreApplication.setApplicationName(_NAME)
    QCoreApplication.setApplicationVersion(VERSION)


class Application(QApplication):
    """The one application.

    Attributes:
        own_arguments: What Qt left of the command line, without the program's name.

    Signals:
        file_opened: The path of a document that was double-clicked; macOS tells it by an event.
    """

    file_opened = Signal(Path)

    def __init__(self, arguments: Sequence[str]) -> None:
        """Open the connection to the screen.

        Args:
            arguments: The command line, the program's own name first; Qt takes its own options from it.
        """
        name_application()
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        # A file name that is no UTF-8 makes PySide6 6.11.3 end the process by a segmentation fault.
        odd = [argument for argument in arguments if not _is_text(argument)]
        super().__init__([argument for argument in arguments if _is_text(argument)])
        self.own_arguments = [*self.arguments()[1:], *odd]
        self.setApplicationDisplayName("Scratchpad")
        self.setDesktopFileName(APPLICATION_ID)
        self.setWindowIcon(_icon())
        self.aboutToQuit.connect(self._on_about_to_quit)

    def event(self, event: QEvent) -> bool:
        """Take documents; events of windows do not come here."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)

    def _on_about_to_quit(self) -> None:
        """Real platforms hand over what was copied, so that it can be pasted after the program has ended.

        Those without a screen have nobody to hand it to, and delete it after Python has gone, which ends in a
        segmentation fault.
        """
        if self.platformName() in _SCREENLESS:
            self.clipboard().clear()


def _icon() -> QIcon:
    """At every size a window's frame or a list of windows asks for; a bolder drawing for the smallest."""
    icon = QIcon()
    for name, sides in (("scratchpad-small.svg", (16, 24, 32)), ("scratchpad.svg", (48, 64, 128))):
        drawing = QIcon(str(resources.path("icons", name)))
        for side in sides:
            icon.addPixmap(drawing.pixmap(side, side))
    return icon


def _is_text(argument: str) -> bool:
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True
