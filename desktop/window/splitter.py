"""Panel splitter: pad, reading, a side view and training beside each other, and who gets what width."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.widgets.small_widgets import ScrolledArea
from desktop.widgets.zoom.lengths import scaled
from desktop.window.beside import Beside

_WIDTH_FOR_ALL = 1560
_FIRST_WIDTHS = [548, 300, 0, 368]
_READING_WIDTH, _TRAINING_WIDTH = 300, 400
# So much a side view has before the training gets more than it needs.
_SIDE_VIEW_WIDTH = 600
_MOST_WIDTH_BESIDE_PAD = 520


class PanelSplitter(QSplitter):
    """Where there is no room for all, pad and reading make room for a side view.

    Training does so for a side view that is about the pad, so that the two are always seen together; and all
    three do for one that stands alone.

    Signals:
        pad_shown_changed: Whether the pad can be seen.
    """

    pad_shown_changed = Signal(bool)

    def __init__(
        self, pad: QWidget, reading: QWidget, training: QWidget, gap: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(gap)
        self.setChildrenCollapsible(False)
        # Its settings unfold to more than the height of a small screen.
        scrolling = ScrolledArea()
        scrolling.setMinimumWidth(training.minimumWidth())
        scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pad, self._reading, self._training = pad, reading, scrolling
        self._side_view: QWidget | None = None
        self._beside = Beside.TRAINING
        # The side view's place is kept from the start, so that a remembered splitter fits
        # with and without it.
        self._side_view_space = QWidget()
        self._side_view_layout = QVBoxLayout(self._side_view_space)
        self._side_view_layout.setContentsMargins(0, 0, 0, 0)
        for index, (panel, stretch) in enumerate(
            ((pad, 5), (reading, 2), (self._side_view_space, 6), (scrolling, 3))
        ):
            self.addWidget(panel)
            self.setStretchFactor(index, stretch)
        scrolling.fill(training)
        self._usual_widths = _first_widths()
        self.setSizes(self._usual_widths)
        self._side_view_space.hide()

    @property
    def parts(self) -> list[QWidget]:
        """From left to right: pad, reading, where a side view is shown, and training."""
        return [self._pad, self._reading, self._side_view_space, self._training]

    @property
    def has_side_view(self) -> bool:
        """Whether a side view is shown; the panels' widths are not the usual ones then."""
        return self._side_view is not None

    def take_in(self, side_view: QWidget) -> None:
        """Give a side view its place, hidden; what it makes from then on is styled there, and only once."""
        side_view.hide()
        self._side_view_layout.addWidget(side_view)

    def show_side_view(self, side_view: QWidget | None, beside: Beside = Beside.TRAINING) -> None:
        """Show one side view in place of any other; None goes back to the widths that there were.

        Args:
            side_view: A widget; the splitter takes it in when it comes for the first time.
            beside: What is to be seen with it.
        """
        if not self.has_side_view:
            self._usual_widths = self.sizes()
        if self._side_view is not None:
            self._side_view.hide()
        self._side_view, self._beside = side_view, beside
        if side_view is not None:
            if side_view.parent() is not self._side_view_space:
                self.take_in(side_view)
            side_view.show()
        self._side_view_space.setVisible(side_view is not None)
        self.fit_window()
        if side_view is not None:
            self._share_width()
        else:
            self.setSizes(self._usual_widths)

    def forget_widths(self) -> None:
        """Back to the widths of a first start; a side view keeps its own until it goes."""
        self._usual_widths = _first_widths()
        if not self.has_side_view:
            self.setSizes(self._usual_widths)

    def follow_zoom(self, ratio: float) -> None:
        """All is so many times as large as before, reading and training too; the pad has the rest."""
        usual = self._usual_widths if self.has_side_view else self.sizes()
        _, reading, side_view, training = (round(width * ratio) for width in usual)
        pad = self.width() - reading - training - 2 * self.handleWidth()
        self._usual_widths = [max(self._pad.minimumSizeHint().width(), pad), reading, side_view, training]
        if self.has_side_view:
            self.fit_window()
            self._share_width()
        else:
            self.setSizes(self._usual_widths)

    def fit_window(self) -> None:
        """The window has another width, or a side view came or went."""
        has_room = self.window().width() >= scaled(_WIDTH_FOR_ALL) and self._beside is not Beside.NOTHING
        shows_all = not self.has_side_view or has_room
        shows_pad = shows_all or self._beside is Beside.PAD
        shows_training = shows_all or self._beside is Beside.TRAINING
        if shows_pad == self._pad.isHidden() or shows_training == self._training.isHidden():
            self._pad.setVisible(shows_pad)
            self._reading.setVisible(shows_pad)
            self._training.setVisible(shows_training)
            if self.has_side_view:
                self._share_width()
            self.pad_shown_changed.emit(shows_pad)

    def _share_width(self) -> None:
        """The panels become as narrow as is usual; the side view gets much of the rest."""
        training = 0 if self._training.isHidden() else min(self._usual_widths[3], scaled(_TRAINING_WIDTH))
        if self._pad.isHidden() and self._training.isHidden():
            self.setSizes([0, 0, self.width(), 0])
            return
        if self._pad.isHidden():
            training = min(training, self.width() - self.handleWidth() - scaled(_SIDE_VIEW_WIDTH))
            training = max(training, self._training.minimumWidth())
            self.setSizes([0, 0, self.width() - training, training])
            return
        reading = min(self._usual_widths[1], scaled(_READING_WIDTH))
        rest = self.width() - training - reading
        side_view = (
            min(scaled(_MOST_WIDTH_BESIDE_PAD), rest * 9 // 20)
            if self._beside is Beside.PAD
            else rest * 3 // 5
        )
        self.setSizes([rest - side_view, reading, side_view, training])


def _first_widths() -> list[int]:
    return [scaled(width) for width in _FIRST_WIDTHS]
