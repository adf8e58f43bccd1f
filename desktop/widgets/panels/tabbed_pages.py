"""Tabbed pages: one page at a time, each made when it is first chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.fields.wheel_needs_focus import TabBar
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label, panel_title
from desktop.widgets.text.plain_text import plain_sentence
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins, scaled_size

_LEAST_WIDTH = 440


class TabbedPages(QFrame):
    """Tabs above pages that scroll.

    Signals:
        page_made: Name of a page that was chosen for the first time.
        page_chosen: Name of the page that is shown now.
        closed: The pad is wanted back.
        shown_changed: Whether the pages can be seen now.
        resized: There is more or less room.
    """

    page_made = Signal(str)
    page_chosen = Signal(str)
    closed = Signal()
    shown_changed = Signal(bool)
    resized = Signal()

    def __init__(
        self,
        pages: Mapping[str, Callable[[], Page]],
        title: str = "Lesson",
        parent: QWidget | None = None,
        way_out: str = "Back to the pad",
    ) -> None:
        """Take the pages' names, what makes each of them, what to call all of them, and the way out."""
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self._colours = LIGHT
        self._makers = dict(pages)
        self._names = list(pages)
        self._pages: dict[str, Page] = {}
        self._opened: set[str] = set()
        # Those that have not got the colours of now.
        self._faded: set[str] = set()
        self._areas: dict[str, QScrollArea] = {}
        self._tabs = TabBar()
        self._tabs.setObjectName("lessonTabs")
        self._tabs.setAccessibleName(f"Pages of the {title.lower()}")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        for name in self._names:
            self._tabs.addTab(name)
        self._stack = QStackedWidget()
        self._remark = muted_label()
        self._remark.setWordWrap(True)
        self._remark.setContentsMargins(scaled_margins(16, 6, 16, 0))
        self._remark.hide()
        self._shows_remark = True
        back = QPushButton(way_out)
        back.setObjectName("link")
        back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(scaled(6))
        head.setContentsMargins(scaled_margins(16, 10, 16, 0))
        head.addWidget(panel_title(title))
        head.addStretch()
        head.addWidget(back)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(scaled_margins(12, 0, 12, 0))
        tabs.addWidget(self._tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(0, 0, 0, 4))
        column.setSpacing(scaled(4))
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(self._remark)
        column.addWidget(self._stack, 1)
        self._column = column
        self.setFocusProxy(self._tabs)
        self._tabs.currentChanged.connect(self._on_tab_changed)

    @property
    def current(self) -> str:
        """Name of the page shown."""
        return self._names[self._tabs.currentIndex()]

    def page(self, name: str) -> Page | None:
        """A page, if it was made already."""
        return self._pages.get(name)

    def choose(self, name: str) -> None:
        """Show a page."""
        if name == self.current:
            self._show(name)
        else:
            self._tabs.setCurrentIndex(self._names.index(name))

    def prepare(self, name: str) -> None:
        """Make a page that was not chosen yet, so that it opens at once when it is."""
        if name not in self._pages:
            self._make(name)

    def close_pages(self) -> None:
        """The window closes: tell all pages that were made."""
        for page in self._pages.values():
            page.closing.emit()

    @property
    def remark(self) -> str:
        """What is said above all pages."""
        return self._remark.text()

    def set_remark(self, text: str) -> None:
        """Say something above all pages, or nothing."""
        self._remark.setText(plain_sentence(text))
        self.show_remark(self._shows_remark)

    def show_remark(self, is_wanted: bool) -> None:
        """Whether the page shown has a use for what is said above all pages."""
        self._shows_remark = is_wanted
        self._remark.setVisible(is_wanted and bool(self._remark.text()))

    def set_foot(self, widget: QWidget) -> None:
        """Show a widget below all pages, which does not scroll with them."""
        self._column.addWidget(widget)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; a page that is not shown waits until it is."""
        self._colours = colours
        self._faded = set(self._pages)
        for name, area in self._areas.items():
            if area is self._stack.currentWidget():
                self._colour(name)

    def _colour(self, name: str) -> None:
        if name in self._faded:
            self._faded.remove(name)
            self._pages[name].set_colours(self._colours)

    def _on_tab_changed(self, index: int) -> None:
        self._show(self._names[index])

    def _make(self, name: str) -> None:
        page = self._makers[name]()
        page.set_colours(self._colours)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setAccessibleName(name)
        self._stack.addWidget(area)
        # Last: the area measures the page and so has it styled, which a move would undo.
        area.setWidget(page)
        self._pages[name], self._areas[name] = page, area

    def _show(self, name: str) -> None:
        self.prepare(name)
        is_new = name not in self._opened
        self._opened.add(name)
        self._stack.setCurrentWidget(self._areas[name])
        # Once it has the fonts of the zoom in use.
        self._colour(name)
        if is_new:
            self.page_made.emit(name)
        self.page_chosen.emit(name)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell."""
        super().resizeEvent(event)
        self.resized.emit()

    def minimumSizeHint(self) -> QSize:
        """Pages scroll, so height is no concern."""
        return scaled_size(_LEAST_WIDTH, 200)
