"""Results controller: ties the results' pages to the network in use, the thread that reads, and the pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.results.own_set import missing_set_sentence, own_set_of
from desktop.results.results_thread import Command, Pause, Permute, Read, ResultsThread
from desktop.widgets.panels.tabbed_pages import TabbedPages

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.networks.networks import Networks
    from desktop.pad.document import PadDocument
    from desktop.results.calibration_page import CalibrationPage
    from desktop.results.digit_gallery import GalleryItem
    from desktop.results.losses_page import LossesPage
    from desktop.results.mistakes_page import MistakesPage
    from desktop.results.pixels_page import PixelsPage
    from desktop.results.results_thread import Results
    from desktop.runs.runs_controller import RunsController
    from desktop.settings.settings import Settings
    from desktop.training.controller import TrainingController
    from desktop.widgets.panels.page import Page
    from desktop.widgets.theme import Colours
    from engine.evaluation.permutation_importance import Importance
    from engine.models.model import Model

_PIXELS = "Pixels"
RUNS = "Runs"
"""The page of all trainings."""
_TRAINING_RUNS = "A training is running. The results come when it is done."


class ResultsController(QObject):
    """Made when the results are first opened.

    Works only while its place is shown and no training runs; what changed meanwhile is read afterwards.

    Attributes:
        view: Where the pages are shown.
        runs: Ties the page of runs; None before it is first chosen.

    Signals:
        digit_shown: A digit was put on the pad; what it is, in words.
    """

    digit_shown = Signal(str)

    def __init__(
        self,
        *,
        document: PadDocument,
        networks: Networks,
        training_controller: TrainingController,
        settings: Settings,
        make_runs: Callable[[], RunsController],
        parent: QObject | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            document: Takes digits that are chosen.
            networks: The results are of the one in use.
            training_controller: While it trains, nothing is read.
            settings: Knows where MNIST is.
            make_runs: Makes what ties the page of runs, when that is first chosen.
            parent: Of this object.
        """
        super().__init__(parent)
        self._document, self._networks, self._settings = document, networks, settings
        self._training = training_controller
        self._make_runs_controller = make_runs
        self._thread: ResultsThread | None = None
        self._asked = 0
        self._results: Results | None = None
        self._importance: Importance | None = None
        # The network whose results were asked for last.
        self._wanted: Model | None = None
        self._mistakes: MistakesPage | None = None
        self._losses: LossesPage | None = None
        self._calibration: CalibrationPage | None = None
        self._pixels: PixelsPage | None = None
        self.runs: RunsController | None = None
        self.view = TabbedPages(
            {
                "Mistakes": self._make_mistakes,
                "Losses": self._make_losses,
                "Calibration": self._make_calibration,
                _PIXELS: self._make_pixels,
                RUNS: self._make_runs,
            },
            "Results",
        )
        self.view.page_chosen.connect(self._on_page_chosen)
        self.view.shown_changed.connect(self._on_shown_changed)
        self._training.running_changed.connect(self._on_running_changed)
        self._training.data_state_changed.connect(self._on_data_changed)
        self._networks.network_changed.connect(self._on_network_changed)

    @property
    def results(self) -> Results | None:
        """Of the network in use; None while they are being worked out."""
        return self._results

    @property
    def is_busy(self) -> bool:
        """Whether something was asked for that is not done yet."""
        return self._asked > 0

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.view.set_colours(colours)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        if self.runs is not None:
            self.runs.close()
        if self._thread is not None:
            self._thread.end()
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None

    # Pages, each imported when it is first chosen.

    def _make_mistakes(self) -> Page:
        from desktop.results.mistakes_page import MistakesPage

        self._mistakes = MistakesPage()
        self._mistakes.digit_chosen.connect(self._on_digit_chosen)
        return self._filled(self._mistakes)

    def _make_losses(self) -> Page:
        from desktop.results.losses_page import LossesPage

        self._losses = LossesPage()
        self._losses.digit_chosen.connect(self._on_digit_chosen)
        return self._filled(self._losses)

    def _make_calibration(self) -> Page:
        from desktop.results.calibration_page import CalibrationPage

        self._calibration = CalibrationPage()
        return self._filled(self._calibration)

    def _make_pixels(self) -> Page:
        from desktop.results.pixels_page import PixelsPage

        self._pixels = PixelsPage()
        self._pixels.measurement_requested.connect(self._measure_pixels)
        self._pixels.stop_requested.connect(self._pause)
        return self._pixels

    def _make_runs(self) -> Page:
        self.runs = self._make_runs_controller()
        return self.runs.page

    def _filled(self, page: MistakesPage | LossesPage | CalibrationPage) -> Page:
        if self._results is not None:
            page.show_results(self._results)
        return page

    # What asks for results.

    def _on_network_changed(self, _model: Model) -> None:
        self._refresh()

    def _on_shown_changed(self, is_shown: bool) -> None:
        if is_shown:
            self._refresh()
        else:
            self._pause()

    def _on_running_changed(self, is_running: bool) -> None:
        if is_running:
            self._pause()
        else:
            self._refresh()

    def _on_data_changed(self) -> None:
        """MNIST may have come: the network is tried on another set."""
        self._wanted = None
        self._refresh()

    def _on_page_chosen(self, name: str) -> None:
        self.view.show_remark(name != RUNS)
        if name == _PIXELS and self._results is not None and self._importance is None:
            self._measure_pixels()
        else:
            self._refresh()

    def _refresh(self) -> None:
        """Read the set with the network in use, unless that was done or nobody looks."""
        model = self._networks.model
        if model is None or not self.view.isVisible() or self.view.current == RUNS:
            return
        if self._training.is_running:
            if self._wanted is not model:
                self.view.set_remark(_TRAINING_RUNS)
            return
        if not model.classes.are_digits and not self._own_set(model):
            self._wanted = self._results = self._importance = None
            self.view.set_remark(missing_set_sentence(model))
            return
        if self._wanted is not model:
            self._wanted, self._results, self._importance = model, None, None
            if self._pixels is not None:
                self._pixels.clear()
            self.view.set_remark(f"{model.name} reads {model.classes.noun}s that it has not learned from…")
            self._ask(Read(model, self._settings.mnist_folder, self._own_set(model)))
        elif self._results is not None and self.view.current == _PIXELS and self._importance is None:
            self._measure_pixels()

    def _own_set(self, model: Model) -> str:
        return own_set_of(model, self._settings.sets.known)

    def _measure_pixels(self) -> None:
        """Begin, if the network has read the set; it goes on to this by itself afterwards."""
        if self._results is None or self._pixels is None:
            return
        if self._training.is_running:
            self._pixels.show_state(_TRAINING_RUNS)
            return
        self._pixels.set_measuring(True)
        model = self._results.model
        self._ask(Permute(model, self._settings.mnist_folder, self._own_set(model)))

    def _pause(self) -> None:
        if self.is_busy:
            if self._results is None:
                self._wanted = None
            self._ask(Pause())

    def _ask(self, command: Command) -> None:
        if self._thread is None:
            self._thread = self._started()
        self._asked += 1
        self._thread.ask(command)

    def _started(self) -> ResultsThread:
        thread = ResultsThread(self)
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        thread.data_progressed.connect(self._on_data_progressed)
        thread.results_completed.connect(self._on_results_completed)
        thread.importance_measured.connect(self._on_importance_measured)
        thread.failed.connect(self._on_failed)
        thread.became_idle.connect(self._on_idle)
        thread.start()
        return thread

    # What the thread tells.

    def _on_data_progressed(self, share: float, words: str) -> None:
        self.view.set_remark(f"{words}: {100 * share:.0f} %")

    def _on_results_completed(self, results: Results) -> None:
        if results.model is not self._wanted:
            return
        self._results = results
        predictions = results.predictions
        wrong = len(predictions) - int(predictions.is_right.sum())
        self.view.set_remark(
            f"{results.model.name} on {results.set_name}: {100 * predictions.accuracy:.2f} % right, "
            f"{wrong:,} of {len(predictions):,} wrong."
        )
        for page in (self._mistakes, self._losses, self._calibration):
            if page is not None:
                page.show_results(results)
        if self.view.current == _PIXELS:
            self._measure_pixels()

    def _on_importance_measured(self, model: Model, importance: Importance) -> None:
        # Of the same network on another set, it is no news either: that set is read first.
        if model is self._wanted and self._results is not None and self._pixels is not None:
            self._importance = importance
            self._pixels.show_importance(importance)

    def _on_failed(self, sentence: str) -> None:
        self._wanted = None
        self.view.set_remark(sentence)

    def _on_idle(self) -> None:
        """One command is done; there may be others behind it."""
        self._asked -= 1
        if not self.is_busy and self._pixels is not None:
            self._pixels.set_measuring(False)

    # The pad.

    def _on_digit_chosen(self, item: GalleryItem) -> None:
        """Put a digit on the pad as the network saw it."""
        height, width = item.image.shape
        image = QImage(item.image.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
        self._document.put_picture(image.copy())
        self.digit_shown.emit(item.words)
