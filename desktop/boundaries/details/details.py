"""Details: the detail pages of a kind of model, one at a time, each made when it is first chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.models.frame import Frame
from desktop.widgets.fields.wheel_needs_focus import TabBar
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

Factories = Mapping[str, Callable[[], DetailPage]]


class Details(QWidget):
    """Tabs above pages.

    Signals:
        wanted: The page that is shown now has to be given what it shows.
        unit_chosen: (layer, unit) to be shown all over the plane, or None.
        box_chosen: (2, 2) part of the plane to be marked, or None.
    """

    wanted = Signal()
    unit_chosen = Signal(object)
    box_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._factories: Factories = {}
        self._pages: dict[str, DetailPage] = {}
        self._faded: set[str] = set()
        self._tabs = TabBar()
        self._tabs.setObjectName("lessonTabs")
        self._tabs.setAccessibleName("What the model is made of")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._on_tab_changed)

    @property
    def page(self) -> DetailPage | None:
        """The page that is shown."""
        return self._pages.get(self._tabs.tabText(self._tabs.currentIndex()))

    def choose(self, name: str) -> None:
        """Show a page."""
        self._tabs.setCurrentIndex(list(self._factories).index(name))

    def set_pages(self, factories: Factories) -> None:
        """Offer other pages; those of the same name that were made stay."""
        if list(factories) == list(self._factories):
            return
        former = self._tabs.tabText(self._tabs.currentIndex())
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        self._factories = factories
        for name in factories:
            self._tabs.addTab(name)
        if former in factories:
            self._tabs.setCurrentIndex(list(factories).index(former))
        self._tabs.blockSignals(False)
        self._on_tab_changed(self._tabs.currentIndex())

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; pages that are not shown wait until they are."""
        self._colours = colours
        self._faded = set(self._pages)
        self._colour()

    def note(self, frame: Frame) -> None:
        """A frame came."""
        for page in self._pages.values():
            page.note(frame)

    def show_all(self, shown: Shown) -> None:
        """Give the page that is shown what it shows."""
        if self.page is not None and self.isVisible():
            self.page.show_all(shown)

    def show_place(self, shown: Shown) -> None:
        """The pointer is elsewhere on the plane."""
        if self.page is not None and self.isVisible():
            self.page.show_place(shown)

    def close_pages(self) -> None:
        """The window closes."""
        for page in self._pages.values():
            page.close_page()

    def _on_tab_changed(self, index: int) -> None:
        name = self._tabs.tabText(index)
        if name not in self._factories:
            return
        page = self._pages.get(name)
        if page is None:
            page = self._factories[name]()
            page.set_colours(self._colours)
            page.unit_chosen.connect(self.unit_chosen)
            page.box_chosen.connect(self.box_chosen)
            self._pages[name] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._colour()
        self.unit_chosen.emit(None)
        self.box_chosen.emit(None)
        self.wanted.emit()

    def _colour(self) -> None:
        name = self._tabs.tabText(self._tabs.currentIndex())
        if name in self._faded:
            self._faded.remove(name)
            self._pages[name].set_colours(self._colours)
