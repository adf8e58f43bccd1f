"""Set dialog: what a set holds, told and shown before anything is trained on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.training.data.sample_sheet import SampleSheet
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.zoom.lengths import scaled, scaled_margins, size_on_screen

if TYPE_CHECKING:
    from desktop.training.data.set_reading import ReadSet

_WIDTH, _HEIGHT = 660, 560


class SetDialog(QDialog):
    """Shown beside the window, which goes on; accepted or not, it is gone afterwards.

    Attributes:
        read: The set that it shows.
        use: The button that takes it.
    """

    def __init__(self, read: ReadSet, remark: str, parent: QWidget) -> None:
        """Show a set, and a sentence on where it comes from, or an empty one."""
        super().__init__(parent)
        self.read = read
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Train on “{read.known.name}”?")
        words = f"{read.known.name}: {read.sentence}"
        self.sentence = PlainLabel(plain_sentence(f"{remark} {words}".strip()))
        self.sentence.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Samples of each class")
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(scaled_margins(0, 0, 0, 0))
        sheet = SampleSheet(read.samples)
        inner.addWidget(sheet)
        inner.addStretch()
        self._area.setWidget(room)
        self._area.setAccessibleDescription(sheet.accessibleDescription())
        buttons = QDialogButtonBox()
        self.use = buttons.addButton("Use this set", QDialogButtonBox.ButtonRole.AcceptRole)
        self.use.setObjectName("primary")
        self.use.setDefault(True)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(12))
        column.addWidget(self.sentence)
        column.addWidget(self._area, 1)
        column.addWidget(buttons)
        largest = size_on_screen(self, _WIDTH, _HEIGHT)
        width = largest.width() - scaled(32)
        needed = self.sentence.heightForWidth(width) + sheet.heightForWidth(width)
        rest = buttons.sizeHint().height() + 2 * column.spacing() + scaled(32)
        self.resize(largest.width(), min(largest.height(), needed + rest))
        # Arrow keys scroll where there is more to see; Enter uses the set all the same.
        (self._area if needed + rest > largest.height() else self.use).setFocus()
