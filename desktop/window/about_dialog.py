"""About: version, device, folders and licences, and a report to copy for whoever mends a fault."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import resources
from desktop.dialogs.text_dialog import TextDialog
from desktop.services.folders import data_folder, settings_file
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import ElidedLabel, PlainLabel
from desktop.widgets.zoom.lengths import scaled, scaled_margins, scaled_size, size_on_screen
from desktop.window.licences import licence_notices
from desktop.window.system_report import libraries, system, system_report
from engine.version import VERSION

_WHAT = "Draw a digit and have it read while you draw; train the network that reads it."
_NEVER_PHONES_HOME = "Scratchpad never phones home: it uses the internet only when you press Download."
_THANKS = (
    "The shipped network learned from MNIST (Y. LeCun, C. Cortes, C. Burges) and from pen digits of the "
    "UNIPEN collection, train_r01_v07 (International Unipen Foundation, CC BY 4.0). The idea follows "
    "fast.ai's Introduction to Machine Learning, lesson 9."
)
_LICENCES = "Scratchpad is under the MIT licence; below are the licences of everything in it."
_ICON_SIDE = 64
_WIDTH = 600


class AboutDialog(QDialog):
    """A window beside the main one; the program goes on meanwhile.

    Signals:
        folder_refused: One sentence: nothing on this system shows folders.
    """

    folder_refused = Signal(str)

    def __init__(self, device: str, reason: str, parent: QWidget | None = None) -> None:
        """Show what is known now.

        Args:
            device: What the program computes on; empty until that is known.
            reason: Why, one sentence.
            parent: The main window.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About")
        self._device, self._reason = device, reason
        facts = QFrame()
        facts.setObjectName("panel")
        self._grid = QGridLayout(facts)
        self._grid.setContentsMargins(scaled_margins(16, 12, 16, 12))
        self._grid.setHorizontalSpacing(scaled(16))
        self._grid.setVerticalSpacing(scaled(8))
        self._grid.setColumnStretch(1, 1)
        self._add_fact("Device", "\n".join(filter(None, (device or "Not known yet", reason))))
        self._add_fact("Libraries", " · ".join(libraries()))
        self._add_fact("System", system())
        self._add_folder("Networks and log", data_folder())
        self._add_folder("Settings", settings_file().parent)
        thanks = muted_label(f"{_THANKS}\n\n{_NEVER_PHONES_HOME}")
        thanks.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(20, 20, 20, 16))
        column.setSpacing(scaled(16))
        column.addLayout(self._head())
        column.addWidget(facts)
        column.addWidget(thanks)
        column.addStretch(1)
        column.addLayout(self._buttons())
        self._close.setFocus()
        width = size_on_screen(self, _WIDTH, _WIDTH).width()
        self.setMinimumWidth(width)
        self.resize(width, self.heightForWidth(width))

    def copy_report(self) -> None:
        """Put on the clipboard what is asked for in a bug report."""
        QGuiApplication.clipboard().setText(system_report(self._device, self._reason))
        self._copy.setText("Report copied")

    def show_licences(self) -> None:
        """Show the notices of everything inside, in a window of their own."""
        TextDialog("Licences", _LICENCES, licence_notices(), self).show()

    def _head(self) -> QHBoxLayout:
        icon = PlainLabel()
        picture = QIcon(str(resources.path("icons", "scratchpad.svg")))
        icon.setPixmap(picture.pixmap(scaled_size(_ICON_SIDE, _ICON_SIDE), self.devicePixelRatioF()))
        name = PlainLabel("Scratchpad")
        name.setFont(tabular(self.font(), 1.8, QFont.Weight.Bold))
        version = muted_label(f"Version {VERSION}")
        what = PlainLabel(_WHAT)
        what.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(scaled(4))
        line = QHBoxLayout()
        line.setSpacing(scaled(12))
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addWidget(version, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch()
        words.addLayout(line)
        words.addWidget(what)
        head = QHBoxLayout()
        head.setSpacing(scaled(16))
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _buttons(self) -> QHBoxLayout:
        licences = QPushButton("Licences")
        licences.clicked.connect(self.show_licences)
        self._copy = QPushButton("Copy bug report")
        self._copy.setToolTip("Copy version, system, libraries, device, folders and the end of the log")
        self._copy.clicked.connect(self.copy_report)
        self._close = QPushButton("Close")
        self._close.setDefault(True)
        self._close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(licences)
        row.addWidget(self._copy)
        row.addStretch()
        row.addWidget(self._close)
        return row

    def _add_fact(self, name: str, text: str) -> None:
        row = self._grid.rowCount()
        fact = PlainLabel(text)
        fact.setWordWrap(True)
        fact.setAccessibleName(name)
        fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(muted_label(name), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(fact, row, 1, 1, 2)

    def _add_folder(self, name: str, folder: Path) -> None:
        opens = QPushButton("Open folder")
        opens.setObjectName("link")
        opens.setAccessibleName(f"Open folder: {name}")
        opens.clicked.connect(lambda: self._open(folder))
        row = self._grid.rowCount()
        self._grid.addWidget(muted_label(name), row, 0)
        self._grid.addWidget(ElidedLabel(str(folder), Qt.TextElideMode.ElideMiddle), row, 1)
        self._grid.addWidget(opens, row, 2)

    def _open(self, folder: Path) -> None:
        nearest = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(nearest))):
            self.folder_refused.emit(f"There is no program here to show folders. This one is {nearest}.")
