"""Drawings view: filter, gallery, import and export, and one line on what was done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.drawings.activity_row import ActivityRow
from desktop.drawings.export_form import ExportForm
from desktop.drawings.gallery_model import GalleryModel
from desktop.drawings.gallery_view import GalleryView
from desktop.drawings.name_filter import NameFilter
from desktop.widgets.panels.drop_panel import DropPanel
from desktop.widgets.small_widgets import panel_title
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins, scaled_size

_LEAST_WIDTH = 440


class DrawingsView(DropPanel):
    """Shows what it is given; what is asked for goes up as signals.

    Attributes:
        filter: Chooses the names shown.
        gallery: The drawings.
        activity: The line at the foot.

    Signals:
        closed: The pad is wanted back.
        shown_changed: Whether the view can be seen now.
        filter_changed: Other drawings are to be shown: see `NameFilter.name` and `only_misread`.
        import_requested: Files are to be chosen and taken in.
        export_requested: What is shown is to be written in an `ExportForm`.
        reading_requested: The network in use is to read all drawings.
        stop_requested: What is under way is to end.
        undo_requested: The last change is to be taken back.
    """

    closed = Signal()
    shown_changed = Signal(bool)
    filter_changed = Signal()
    import_requested = Signal()
    export_requested = Signal(object)
    reading_requested = Signal()
    stop_requested = Signal()
    undo_requested = Signal()

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Drawings")
        self.filter = NameFilter()
        self.filter.chosen.connect(self._on_filter_chosen)
        self.gallery = GalleryView(model)
        # Whether the keyboard left the gallery only because nothing was in it any more.
        self._has_lent_keyboard = False
        self._empty = PlainLabel()
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(scaled_margins(32, 0, 32, 24))
        self.activity = ActivityRow()
        self.activity.stop_requested.connect(self.stop_requested)
        self.activity.undo_requested.connect(self.undo_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.gallery)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 10, 16, 10))
        column.setSpacing(scaled(8))
        column.addLayout(self._head())
        column.addWidget(self._tool_row())
        column.addWidget(self.filter)
        column.addLayout(self._choices())
        column.addWidget(self._stack, 1)
        column.addWidget(self.activity)
        self.show_message("")

    def _head(self) -> QHBoxLayout:
        back = QPushButton("Back to the pad")
        back.setObjectName("link")
        back.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(panel_title("Drawings"))
        row.addStretch()
        row.addWidget(back)
        return row

    def _tool_row(self) -> QWidget:
        self._tools = QWidget()
        self._tool_line = QHBoxLayout(self._tools)
        self._tool_line.setContentsMargins(0, 0, 0, 0)
        self._tool_line.setSpacing(scaled(8))
        self._tool_line.addStretch()
        self._tools.hide()
        return self._tools

    def _choices(self) -> QHBoxLayout:
        self._misread = QCheckBox("Only those misread")
        self._misread.setToolTip("Show the drawings that were misread by the network that read them last")
        self._misread.toggled.connect(lambda _: self.filter_changed.emit())
        self._import = QPushButton("Import…")
        self._import.setToolTip("Import drawings from JSON lines files; you can also drop files here")
        self._import.clicked.connect(self.import_requested)
        self._export = QPushButton("Export")
        self._export.setToolTip("Export the drawings shown to files")
        menu = QMenu(self._export)
        for form in ExportForm:
            menu.addAction(form.value).triggered.connect(
                lambda _checked, form=form: self.export_requested.emit(form)
            )
        self._export.setMenu(menu)
        self._read_all = QPushButton("Read all again")
        self._read_all.setAccessibleName("Read all with this network")
        self._read_all.setToolTip(
            "Read all drawings with the network in use, so that “misread” means the same for all of them"
        )
        self._read_all.clicked.connect(self.reading_requested)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self._misread)
        row.addWidget(self._read_all)
        row.addStretch()
        row.addWidget(self._import)
        row.addWidget(self._export)
        return row

    @property
    def only_misread(self) -> bool:
        """Whether only those are wanted that the network named wrongly."""
        return self._misread.isChecked()

    @property
    def message(self) -> str:
        """The line at the foot."""
        return self.activity.message

    @property
    def empty_words(self) -> str:
        """What is said in place of drawings; empty while there are some."""
        return self._empty.text() if self._stack.currentWidget() is self._empty else ""

    def add_tool(self, widget: QWidget) -> None:
        """Give a button a place at the head, to the right of those that are there."""
        self._tool_line.insertWidget(self._tool_line.count() - 1, widget)
        self._tools.show()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.gallery.set_colours(colours)

    def set_empty_words(self, words: str) -> None:
        """Say something in place of drawings, or show them."""
        self._empty.setText(words)
        wanted = self._empty if words else self.gallery
        had_keyboard = self.gallery.hasFocus()
        self._stack.setCurrentWidget(wanted)
        self.setFocusProxy(self.filter if words else self.gallery)
        if words and had_keyboard:
            self._has_lent_keyboard = True
            self.filter.setFocus()
        elif not words and self._has_lent_keyboard:
            self._has_lent_keyboard = False
            self.gallery.setFocus()

    def _on_filter_chosen(self) -> None:
        self._has_lent_keyboard = False
        self.filter_changed.emit()

    def set_can_export(self, can_export: bool) -> None:
        """Whether anything is shown that could be written."""
        self._export.setEnabled(can_export)

    def set_can_read(self, can_read: bool) -> None:
        """Whether there is anything to read, and a network to read with."""
        self._read_all.setEnabled(can_read)

    def show_message(self, words: str, can_undo: bool = False, is_trouble: bool = False) -> None:
        """Show what was done, with Undo beside it where that can be undone; or which keys do what."""
        if not can_undo:
            self._pass_keyboard_on(self.activity.undo)
        self.activity.show_message(words, can_undo, is_trouble)

    def _pass_keyboard_on(self, button: QPushButton) -> None:
        """A button goes that may have the keyboard: to the drawings with it, not to whoever stands next."""
        if button.hasFocus():
            self.setFocus()

    def set_progress(self, share: float | None) -> None:
        """Something is under way: the share of it that is done, 0 to 1; None once it has ended."""
        is_busy, begins = share is not None, (self._import, self._export, self._read_all)
        for button in begins if is_busy else (self.activity.stop,):
            self._pass_keyboard_on(button)
        self.activity.show_progress(share)
        for button in begins:
            button.setEnabled(not is_busy)

    def event(self, event: QEvent) -> bool:
        """Undo here is not undo on the pad: take its keys before the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, wherever in the view the keyboard is."""
        if _is_undo(event):
            self.undo_requested.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def minimumSizeHint(self) -> QSize:
        """The gallery scrolls, so height is no concern."""
        return scaled_size(_LEAST_WIDTH, 200)


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)
