"""Code dialog: the code that runs for a model of the plane, to read beside the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.boundaries.code_parts import CodePart, code_parts
from desktop.widgets.code.code_view import NO_CODE, CodeView
from desktop.widgets.panels.page import Page
from desktop.widgets.panels.tabbed_pages import TabbedPages
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, size_on_screen
from engine.boundaries.model_settings import KINDS, LOGISTIC, NETWORK, ModelSettings
from engine.levels.descriptions import level_description

_MARKS = "+ marks the lines that no lower level has."


class CodeDialog(QDialog):
    """A window beside the main one; the program goes on meanwhile.

    Attributes:
        pages: One for each part, by its title.
    """

    def __init__(self, settings: ModelSettings, colours: Colours, parent: QWidget | None = None) -> None:
        """Show what runs with these settings.

        Raises:
            SettingsError: The settings make no sense.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        parts = code_parts(settings)
        title = f"Code: {_name(settings)}"
        self.setWindowTitle(title)
        makers = {part.title: partial(_CodePage, part) for part in parts}
        self.pages = TabbedPages(makers, title, way_out="Close")
        self.pages.set_colours(colours)
        self.pages.closed.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.pages.choose(parts[0].title)
        self.resize(size_on_screen(self, 980, 700))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.pages.set_colours(colours)


class _CodePage(Page):
    """A sentence, and the code below it."""

    def __init__(self, part: CodePart) -> None:
        super().__init__()
        self._lines = part.lines
        about = PlainLabel(part.about)
        about.setWordWrap(True)
        place = muted_label(_place(part))
        place.setWordWrap(True)
        copy = QPushButton("Copy")
        copy.setObjectName("link")
        copy.setAccessibleName(f"Copy the code of {part.title}")
        copy.setVisible(bool(part.lines))
        copy.clicked.connect(self._on_copy_clicked)
        foot = QHBoxLayout()
        foot.setSpacing(scaled(12))
        foot.addWidget(place, 1)
        foot.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        self._code = CodeView(part.title)
        self._code.set_code(part.lines, part.new_lines)
        self._code.setVisible(bool(part.lines))
        self.column.addWidget(about)
        self.column.addLayout(foot)
        self.column.addWidget(self._code)
        self.column.addStretch()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._code.set_colours(colours)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._lines) + "\n")


def _name(settings: ModelSettings) -> str:
    """The kind of model, of networks with their level."""
    name = KINDS[settings.kind]
    if settings.kind not in (LOGISTIC, NETWORK):
        return name
    return f"{name}, level {level_description(settings.training.level).title}"


def _place(part: CodePart) -> str:
    if not part.lines:
        return NO_CODE
    return part.path or (_MARKS if part.new_lines else "The code that runs.")
