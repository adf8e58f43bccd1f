"""Plot controller: the loss plot of one training after another, and how far their losses are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.dialogs import file_dialogs
from desktop.services import gc_tuning
from desktop.training.panel import TrainingPanel
from desktop.training.plot.run_comparison import RunComparison
from desktop.training.training_job import RunStarted
from desktop.widgets.theme import LIGHT, Colours
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from desktop.training.plot.loss_plot import LossPlot
    from engine.training.fit import EpochCompleted, StepsCompleted


class PlotController(QObject):
    """Its library takes a tenth of a second or more, and 18 MB: the plot is made when it is first needed.

    Attributes:
        plot: The plot, or None until then.

    Signals:
        status_changed: A few words for the status line.
        notice_given: One sentence, and details or an empty text.
    """

    status_changed = Signal(str)
    notice_given = Signal(str, str)

    def __init__(self, panel: TrainingPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._colours = LIGHT
        self._comparison = RunComparison()
        self.plot: LossPlot | None = None
        self._preparing = QTimer(self)
        self._preparing.setSingleShot(True)
        self._preparing.timeout.connect(self.made_plot)
        self._hint = ""

    def prepare_plot(self) -> None:
        """Somebody is about to train: make the plot as soon as the window has nothing else to do.

        In the window's thread: pyqtgraph asks for every class of Qt when it is imported, PySide6 makes each
        when it is first asked for it, and another thread that asks meanwhile can end the program.
        """
        if self.plot is None:
            self._preparing.start(0)

    def close(self) -> None:
        """The window closes: make no plot any more."""
        self._preparing.stop()

    def made_plot(self) -> LossPlot:
        """The plot, put into the panel if it was not there yet."""
        if self.plot is None:
            from desktop.training.plot.loss_plot import LossPlot

            self.plot = LossPlot()
            self.plot.set_colours(self._colours)
            self.plot.show_hint(self._hint)
            self.plot.export_requested.connect(self._on_export_requested)
            self.plot.runs_cleared.connect(self._comparison.clear)
            self._panel.set_plot(self.plot)
            gc_tuning.freeze_imports()
        return self.plot

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        if self.plot is not None:
            self.plot.set_colours(colours)

    def prepare_run(self) -> None:
        """A run was asked for, and its data are being read or made."""
        self._show_hint("The curve starts when the data are ready")

    def start_run(self, started: RunStarted) -> None:
        """A run is about to take its first step."""
        plot = self.made_plot()
        if not plot.is_overlaid:
            self._comparison.clear()
        plot.start_run(started.title, started.steps, started.epochs)
        plot.show_note("")
        self._comparison.start_run(started.level, started.likeness)

    def add_steps(self, steps: StepsCompleted) -> None:
        """Steps of the run were taken."""
        self.made_plot().add_steps(steps.first_step, steps.losses)
        self._comparison.add(steps.losses)

    def add_epoch(self, epoch: EpochCompleted) -> None:
        """An epoch of the run is over."""
        self.made_plot().add_epoch(epoch.figures)

    def finish_run(self) -> None:
        """The run that was started is over."""
        plot = self.made_plot()
        plot.finish_run()
        plot.show_note(self._comparison.text())

    def clear_hint(self) -> None:
        """No curve is on its way."""
        self._show_hint("")

    def _show_hint(self, hint: str) -> None:
        self._hint = hint
        if self.plot is not None:
            self.plot.show_hint(hint)
        elif hint:
            self.prepare_plot()

    def _on_export_requested(self) -> None:
        path = file_dialogs.save_plot(self._panel)
        if path is None:
            return
        try:
            self.made_plot().export_image(path)
        except ScratchpadError as error:
            self.notice_given.emit(str(error), "")
        else:
            self.status_changed.emit(f"Saved {path.name}")
