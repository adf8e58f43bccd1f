"""The training panel: settings, Train and Stop, progress, figures, and room for the plot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.training.fields import TrainingFields
from desktop.widgets.panels.drop_panel import DropPanel
from desktop.widgets.small_widgets import muted_label, panel_title, set_flag
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from engine.errors import SettingsError
from engine.settings import TrainingSettings

_RESOLUTION = 1000
_LEAST_PLOT_HEIGHT = 156


class TrainingPanel(DropPanel):
    """Asks for training and shows how it goes. It knows nothing of threads; plain setters only.

    Signals:
        train_requested: The `TrainingSettings` to train with; they were checked.
        stop_requested: Training or a download is to end.
        all_fields_toggled: Whether the rarer settings are shown.
        approached: The pointer has come to the panel.
        runs_requested: All trainings so far are to be shown.
        search_requested: Many networks are to be trained, to find good settings.
    """

    train_requested = Signal(object)
    stop_requested = Signal()
    all_fields_toggled = Signal(bool)
    approached = Signal()
    runs_requested = Signal()
    search_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Training")
        self._is_ready = False
        self._is_wanted = False
        self.fields = TrainingFields(self)
        self._more = QPushButton("More settings")
        self._more.setObjectName("link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more_toggled)
        self._runs = QPushButton("All runs")
        self._runs.setObjectName("link")
        self._runs.setToolTip("Every training so far, with its curves and its network (Ctrl+Shift+R)")
        self._runs.clicked.connect(self.runs_requested)
        self._search = QPushButton("Search")
        self._search.setObjectName("link")
        self._search.setToolTip("Train many networks, and see which settings are best (Ctrl+Shift+S)")
        self._search.clicked.connect(self.search_requested)
        self.train_button = QPushButton("Train")
        self.train_button.setObjectName("primary")
        self.train_button.setToolTip("Train a new network (Ctrl+T)")
        self.train_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.train_button.clicked.connect(self.request_training)
        self.stop_button = QPushButton("Stop")
        self.stop_button.setToolTip("Stop, and keep what was learned so far (Ctrl+.)")
        # As wide as its longest text, so that Train beside it does not move.
        self.stop_button.setText("Stopping…")
        self.stop_button.ensurePolished()
        self.stop_button.setMinimumWidth(self.stop_button.sizeHint().width())
        self.stop_button.setText("Stop")
        self.stop_button.setEnabled(False)
        self.stop_button.clicked.connect(self.stop_requested)
        self._spoken = SpokenChanges(self)
        self._bar = QProgressBar()
        self._bar.setRange(0, _RESOLUTION)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the training")
        self._pace = muted_label()
        self._pace.setToolTip("Epochs, and training pictures per second")
        self._left = muted_label()
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._figures = PlainLabel()
        self._figures.setWordWrap(True)
        self._figures.setAccessibleName("Figures of the training")
        self._figures.hide()
        # Until there is something to plot, this stands for the plot, whose library takes its time and memory.
        self._plot: QWidget = muted_label("Press Train to see the loss fall")
        self._plot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._plot.setMinimumHeight(scaled(_LEAST_PLOT_HEIGHT))
        head = QHBoxLayout()
        head.setSpacing(scaled(6))
        head.addWidget(panel_title("Training"))
        head.addStretch()
        head.addWidget(self._search)
        head.addWidget(self._runs)
        head.addWidget(self._more)
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        buttons.addWidget(self.train_button, 1)
        buttons.addWidget(self.stop_button)
        self._progress_text = QWidget()
        row = QHBoxLayout(self._progress_text)
        row.setSpacing(scaled(6))
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._pace)
        row.addStretch()
        row.addWidget(self._left)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(scaled_margins(16, 10, 16, 12))
        self._column.setSpacing(scaled(8))
        self._column.addLayout(head)
        self._column.addWidget(self.fields)
        self._column.addLayout(buttons)
        self._column.addWidget(self.fields.fault_line)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._progress_text)
        self._column.addWidget(self._figures)
        self._column.addWidget(self._plot, 1)
        self._column.addStretch(0)
        self._progress_text.hide()
        self._bar.hide()
        self.setMinimumWidth(scaled(320))
        _leave_drops_to_others(self)

    def set_plot(self, plot: QWidget) -> None:
        """Put the plot into the room kept for it."""
        _leave_drops_to_others(plot)
        former, self._plot = self._plot, plot
        self._column.replaceWidget(former, plot)
        self._column.setStretchFactor(plot, 1)
        former.deleteLater()
        self._fit_plot()

    def set_shows_all_fields(self, shows_all: bool) -> None:
        """Unfold or fold the rarer settings."""
        self._more.setChecked(shows_all)

    def request_training(self) -> None:
        """What a click on Train does: check the fields, then ask; as soon as there is an engine."""
        self.fields.clear_fault()
        if not self._is_ready:
            self._is_wanted = True
            self.train_button.setText("Loading the network…")
            return
        if not self.train_button.isEnabled():
            return
        try:
            settings: TrainingSettings = self.fields.settings()
        except SettingsError as error:
            self.show_fault(error)
            return
        self.train_requested.emit(settings)

    def show_fault(self, error: SettingsError) -> None:
        """Say at the field concerned what is wrong; unfold it if it is folded away."""
        self.set_shows_all_fields(self._more.isChecked() or self.fields.is_folded(error.field))
        self.fields.show_fault(error)

    def set_ready(self, is_ready: bool) -> None:
        """Whether there is an engine to train with; what was asked for before begins now."""
        self._is_ready = is_ready
        self.train_button.setEnabled(is_ready)
        self._runs.setEnabled(is_ready)
        self._search.setEnabled(is_ready)
        if is_ready and self._is_wanted:
            self._is_wanted = False
            self.train_button.setText("Train")
            self.request_training()

    def set_busy(self, label: str) -> None:
        """Something runs that Stop ends: ``Training…``, ``Downloading…``."""
        focused = self.window().focusWidget()
        self.stop_button.setEnabled(True)
        if focused is not None and (focused is self.train_button or self.fields.isAncestorOf(focused)):
            # First: a disabled button would let the focus wander off to somewhere unexpected.
            self.stop_button.setFocus()
        self.train_button.setText(label)
        self.train_button.setEnabled(False)
        set_flag(self.train_button, "busy", True)
        self.fields.setEnabled(False)
        self._figures.hide()
        self._bar.setValue(0)
        self._bar.show()
        self.show_progress(0.0, "", "")

    def set_idle(self) -> None:
        """Nothing runs."""
        self.train_button.setText("Train")
        self.train_button.setEnabled(True)
        set_flag(self.train_button, "busy", False)
        self.fields.setEnabled(True)
        # Asked of the window: a window that is not the active one has a focus widget all the same.
        if self.window().focusWidget() is self.stop_button:
            self.train_button.setFocus()
        self.stop_button.setText("Stop")
        self.stop_button.setEnabled(False)
        self._bar.hide()
        self._progress_text.hide()

    def set_stopping(self) -> None:
        """Stop was asked for and will be heard in a moment; until then the button keeps the keyboard."""
        self.stop_button.setText("Stopping…")

    def show_progress(self, share: float, pace: str, left: str) -> None:
        """Show the share done, 0 to 1, and text to the left and right below it."""
        self._bar.setValue(round(share * _RESOLUTION))
        self._pace.setText(pace)
        self._left.setText(left)
        self._progress_text.show()
        if pace:
            self._spoken.announce(f"{share:.0%} done, {pace}, {left}".rstrip(", "))

    def show_figures(self, text: str) -> None:
        """Show the final figures of a run."""
        self._figures.setText(text)
        self._figures.setVisible(bool(text))
        self._spoken.announce(text)

    def event(self, event: QEvent) -> bool:
        """A row came or went: see whether there is still room for the plot. The pointer came: tell."""
        if event.type() == QEvent.Type.Enter:
            self.approached.emit()
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_plot()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether there is room for the plot."""
        super().resizeEvent(event)
        self._fit_plot()

    def minimumSizeHint(self) -> QSize:
        """Without the plot and the text on the level, which give way first."""
        return QSize(super().minimumSizeHint().width(), self._least_height())

    def _least_height(self) -> int:
        """What the rest needs at this width; text that wraps would be asked for their narrowest form."""
        column = self._column
        wraps = column.hasHeightForWidth()
        least = column.minimumHeightForWidth(self.width()) if wraps else column.minimumSize().height()
        if not self._plot.isHidden():
            least -= self._plot.minimumSizeHint().height() + column.spacing()
        return least - (self.fields.level_text_height if self.fields.shows_level_text else 0)

    def _fit_plot(self) -> None:
        """Give up the text on the level first, then the plot, before anything is cut."""
        plot = self._plot
        plot_height = plot.minimumSizeHint().height() + self._column.spacing()
        text = self.fields.level_text_height
        left = self.height() - self._least_height()
        if self.fields.fault:
            # Its line stands below Train: above, nothing moves that need not.
            shows_text = self.fields.shows_level_text and left >= text
        else:
            shows_text = left >= plot_height + text or plot_height > left >= text
        self.fields.show_level_text(shows_text)
        plot.setVisible(left - (text if shows_text else 0) >= plot_height)

    def _on_more_toggled(self, shows_all: bool) -> None:
        self._more.setText("Fewer settings" if shows_all else "More settings")
        self.fields.show_all(shows_all)
        self.all_fields_toggled.emit(shows_all)


def _leave_drops_to_others(widget: QWidget) -> None:
    """A field would take the name of a file for a text, and a plot would take it and do nothing."""
    for part in widget.findChildren(QWidget):
        part.setAcceptDrops(False)
