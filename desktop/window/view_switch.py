"""View switch: shows the side view whose action is checked, made when first wanted, one of them at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.widgets.theme import Colours
from desktop.window.beside import Beside
from desktop.window.splitter import PanelSplitter


class SideView(Protocol):
    """What is shown beside the pad, or in its place, and ends with the window.

    Attributes:
        view: The widget that is shown; its signal `closed` says that the side view wants to go.
    """

    @property
    def view(self) -> QWidget:
        """The widget that is shown; has a signal `closed`."""

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""

    def close(self) -> None:
        """End what it computes, and wait for it."""


class ViewSwitch(QObject):
    """Knows no side view by name: each comes with the action that asks for it.

    Signals:
        left: The last side view has gone.
    """

    left = Signal()

    def __init__(self, panels: PanelSplitter, colours: Colours, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._colours = colours
        self._actions: list[QAction] = []
        self._side_views: list[SideView] = []
        # Those that have the colours of an appearance before.
        self._outdated: list[SideView] = []
        self._shown: QAction | None = None
        self._shown_side_view: SideView | None = None

    def add(
        self, action: QAction, side_view: Callable[[], SideView], beside: Beside = Beside.TRAINING
    ) -> None:
        """Show what `side_view` answers while `action` is checked.

        Args:
            action: Checkable.
            side_view: Returns the side view, which it makes when it is called for the first time.
            beside: What is to be seen with it.
        """
        self._actions.append(action)
        action.toggled.connect(lambda is_wanted: self._on_toggled(action, side_view, is_wanted, beside))

    @property
    def shown(self) -> QAction | None:
        """The action of the side view that is shown."""
        return self._shown

    def set_available(self) -> None:
        """There is an engine to show things with."""
        for action in self._actions:
            action.setEnabled(True)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; a side view that is not shown waits until it is."""
        self._colours = colours
        self._outdated = list(self._side_views)
        if self._shown is not None:
            self._update_colours(self._shown_side_view)

    def take_in(self, view: QWidget) -> None:
        """Give a view its place before it makes its first page."""
        self._panels.take_in(view)

    def dismiss(self) -> bool:
        """Let the pad be seen: the side view that is shown goes; whether there was one."""
        shown = self._shown
        if shown is not None:
            shown.setChecked(False)
        return shown is not None

    def close(self) -> None:
        """End what side views compute, and wait for it."""
        for side_view in self._side_views:
            side_view.close()

    def _on_toggled(
        self, action: QAction, side_view: Callable[[], SideView], is_wanted: bool, beside: Beside
    ) -> None:
        if is_wanted:
            wanted = self._added(side_view(), action)
            former, self._shown = self._shown, action
            if former is not None:
                former.setChecked(False)
            self._shown_side_view = wanted
            self._panels.show_side_view(wanted.view, beside)
            # Once it has the fonts of the zoom in use.
            self._update_colours(wanted)
            if beside is not Beside.PAD:
                wanted.view.setFocus()
        elif self._shown is action:
            self._shown = None
            self._panels.show_side_view(None)
            self.left.emit()

    def _update_colours(self, side_view: SideView | None) -> None:
        if side_view is not None and side_view in self._outdated:
            self._outdated.remove(side_view)
            side_view.set_colours(self._colours)

    def _added(self, side_view: SideView, action: QAction) -> SideView:
        if side_view not in self._side_views:
            self._side_views.append(side_view)
            side_view.set_colours(self._colours)
            view: Any = side_view.view
            view.closed.connect(lambda: action.setChecked(False))
        return side_view
