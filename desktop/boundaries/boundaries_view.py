"""Boundaries view: the points at the left, and one model or two beside them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.boundaries.data_form import DataForm
from desktop.boundaries.models.model_column import ModelColumn
from desktop.widgets.small_widgets import ScrolledArea, panel_title
from desktop.widgets.text.markdown_text import MarkdownText
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins, scaled_size

_DATA_WIDTH = 216
_LEAST_WIDTH = 440
# Where there is less, the points need the room, and Help says the same.
_HEIGHT_FOR_TEXT = 540


class BoundariesView(QFrame):
    """Lays out what the controllers bring.

    Attributes:
        data: The points.
        comparing: Whether there is a second model.
        code_button: Asks for the code that runs.

    Signals:
        closed: The pad is wanted back.
        shown_changed: Whether the view can be seen now.
        undo_requested: The last change of the points is to be taken back.
    """

    closed = Signal()
    shown_changed = Signal(bool)
    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("Boundaries")
        self.data = DataForm()
        self.comparing = QCheckBox("Two models")
        self.comparing.setToolTip("Train a second model on the same points")
        self.code_button = QPushButton("Code…")
        self.code_button.setObjectName("link")
        self.code_button.setToolTip("See the code that runs")
        back = QPushButton("Back to the pad")
        back.setObjectName("link")
        back.clicked.connect(self.closed)
        self._remark = PlainLabel()
        self._remark.setWordWrap(True)
        self._remark.hide()
        head = QHBoxLayout()
        head.setSpacing(scaled(12))
        head.addWidget(panel_title("Boundaries"))
        head.addStretch()
        for widget in (self.comparing, self.code_button, back):
            head.addWidget(widget)
        area = ScrolledArea()
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QHBoxLayout()
        self._body.setSpacing(scaled(16))
        self._about = MarkdownText("boundaries")
        left = QWidget()
        left.setFixedWidth(scaled(_DATA_WIDTH))
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(area, 1)
        rows.addWidget(self._about)
        self._body.addWidget(left)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 10, 16, 12))
        column.setSpacing(scaled(8))
        column.addLayout(head)
        column.addWidget(self._remark)
        column.addLayout(self._body, 1)
        area.fill(self.data)
        self._columns: list[ModelColumn] = []
        self.setFocusProxy(self.data.pattern)
        # The action of the window is for the pad, and cannot be chosen while that is hidden.
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo_requested)

    def add(self, column: ModelColumn) -> None:
        """Take a model in, to the right of the others."""
        self._columns.append(column)
        self._body.addWidget(column, 1)
        self._arrange()

    def set_shown(self, column: ModelColumn, is_shown: bool) -> None:
        """Show a model or hide it."""
        column.setVisible(is_shown)
        self._arrange()

    def set_remark(self, text: str) -> None:
        """Say something above all, or nothing."""
        self._remark.setText(plain_sentence(text))
        self._remark.setVisible(bool(text))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.data.set_colours(colours)

    def _arrange(self) -> None:
        shown = [column for column in self._columns if not column.isHidden()]
        for column in shown:
            column.set_beside_another(len(shown) > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more or less room."""
        super().resizeEvent(event)
        self._about.setVisible(self.height() >= scaled(_HEIGHT_FOR_TEXT))

    def showEvent(self, event: object) -> None:
        """Tell."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.shown_changed.emit(True)

    def hideEvent(self, event: object) -> None:
        """Tell."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self.shown_changed.emit(False)

    def minimumSizeHint(self) -> QSize:
        """What is in it scrolls, so height is no concern."""
        return scaled_size(_LEAST_WIDTH, 200)
