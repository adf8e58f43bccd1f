"""Model column: the plane with what a model makes of it, and the panel of that model."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.boundaries.models.model_panel import ModelPanel
from desktop.boundaries.plane.plane_view import PlaneView
from desktop.boundaries.plane.square_room import SquareRoom
from desktop.widgets.small_widgets import ScrolledArea, muted_label
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size
from engine.boundaries.model_settings import ModelSettings

_PANEL_WIDTH = 300
_WIDTH_FOR_BOTH = 640
# So many times as high as wide, the plane is larger above the panel than beside it.
_TALL = 1.25


class ModelColumn(QWidget):
    """One model. Its panel stands beside the plane; below it where another model leaves no room for that.

    Attributes:
        plane: The points and the regions.
        panel: Settings, figures and pictures.
        readout: What the model answers where the pointer is.
    """

    def __init__(self, settings: ModelSettings, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_beside_another = False
        self.plane = PlaneView(f"Plane of {name.lower()}")
        self.panel = ModelPanel(settings, name)
        self.readout = muted_label()
        self.readout.setAccessibleName("Where the pointer is")
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(SquareRoom(self.plane), 1)
        column.addWidget(self.readout)
        self._area = ScrolledArea()
        self._area.setMinimumWidth(scaled(_PANEL_WIDTH))
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(scaled(16))
        self._layout.addWidget(upper, 4)
        self._layout.addWidget(self._area, 4)
        self._area.fill(self.panel)

    def set_beside_another(self, is_beside: bool) -> None:
        """Whether there is another model to the right."""
        self._is_beside_another = is_beside
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With enough room the panel stands beside the plane, another model or not."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_narrow = self.width() < scaled(_WIDTH_FOR_BOTH) or self.height() > _TALL * self.width()
        goes_below = self._is_beside_another and is_narrow
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.TopToBottom if goes_below else directions.LeftToRight)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.plane.set_colours(colours)

    def minimumSizeHint(self) -> QSize:
        """The panel scrolls, so height is no concern."""
        return scaled_size(_PANEL_WIDTH, 240)
