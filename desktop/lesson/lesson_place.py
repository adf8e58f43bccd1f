"""Lesson place: one page at a time, each made when it is first chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.lesson.lesson_page import LessonPage
from desktop.theme import LIGHT, Colours
from desktop.widgets import panel_title

_LEAST_WIDTH = 440


class LessonPlace(QFrame):
    """Tabs above pages that scroll.

    Signals:
        page_made: Name of a page that was chosen for the first time.
        page_chosen: Name of the page that is shown now.
        closed: The pad is wanted back.
    """

    page_made = Signal(str)
    page_chosen = Signal(str)
    closed = Signal()

    def __init__(self, pages: Mapping[str, Callable[[], LessonPage]], parent: QWidget | None = None) -> None:
        """Take the pages' names and what makes each of them."""
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("Lesson")
        self._colours = LIGHT
        self._makers = dict(pages)
        self._names = list(pages)
        self._pages: dict[str, LessonPage] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._tabs = QTabBar()
        self._tabs.setObjectName("lessonTabs")
        self._tabs.setAccessibleName("Pages of the lesson")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        for name in self._names:
            self._tabs.addTab(name)
        self._stack = QStackedWidget()
        back = QPushButton("Back to the pad")
        back.setObjectName("link")
        back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 0)
        head.addWidget(panel_title("Lesson"))
        head.addStretch()
        head.addWidget(back)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 0, 12, 0)
        tabs.addWidget(self._tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self._tabs)
        self._tabs.currentChanged.connect(self._on_tab_changed)

    @property
    def current(self) -> str:
        """Name of the page shown."""
        return self._names[self._tabs.currentIndex()]

    def page(self, name: str) -> LessonPage | None:
        """A page, if it was made already."""
        return self._pages.get(name)

    def choose(self, name: str) -> None:
        """Show a page."""
        self._tabs.setCurrentIndex(self._names.index(name))
        self._show(name)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        for page in self._pages.values():
            page.set_colours(colours)

    def _on_tab_changed(self, index: int) -> None:
        self._show(self._names[index])

    def _show(self, name: str) -> None:
        is_new = name not in self._pages
        if is_new:
            page = self._makers[name]()
            page.set_colours(self._colours)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            area.setWidget(page)
            self._stack.addWidget(area)
            self._pages[name], self._areas[name] = page, area
        self._stack.setCurrentWidget(self._areas[name])
        if is_new:
            self.page_made.emit(name)
        self.page_chosen.emit(name)

    def minimumSizeHint(self) -> QSize:
        """Pages scroll, so height is no concern."""
        return QSize(_LEAST_WIDTH, 200)
