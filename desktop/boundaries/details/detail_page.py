"""Detail page: what the pictures of a model's parts have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.plane.grid import Bounds
from engine.plane.points import Points

if TYPE_CHECKING:
    from desktop.boundaries.models.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a page may show.

    Attributes:
        frame: The newest of the model; None before there is one.
        place: Where the pointer is on the plane, or None.
        training: The points that the model learns from.
        test: The points that it is measured on.
        bounds: The part of the plane that is shown.
        names: What the classes are called.
        is_running: Whether the model learns step after step.
    """

    frame: Frame | None
    place: tuple[float, float] | None
    training: Points
    test: Points
    bounds: Bounds
    names: tuple[str, ...]
    is_running: bool


class DetailPage(QWidget):
    """A picture with what is said about it.

    Attributes:
        column: Where a page puts its rows.

    Signals:
        unit_chosen: (layer, unit) to be shown all over the plane, or None.
        box_chosen: (2, 2) part of the plane to be marked, or None.
    """

    unit_chosen = Signal(object)
    box_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, scaled(4), 0, 0)
        self.column.setSpacing(scaled(8))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def show_all(self, shown: Shown) -> None:
        """Show a model; called for each frame while the page can be seen."""
        raise NotImplementedError

    def show_place(self, shown: Shown) -> None:
        """The pointer is elsewhere on the plane; most pages do not mind."""

    def note(self, frame: Frame) -> None:
        """A frame came, whether the page can be seen or not: keep what would be missed."""

    def close_page(self) -> None:
        """The window closes: end what is computed, and wait for it."""
