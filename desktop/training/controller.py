"""Training controller: ties panel, trainer, plot and reader together, for one run after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.networks.networks import Networks
from desktop.reading.live_reader import LiveReader
from desktop.services import gc_tuning
from desktop.services.store_service import StoreService
from desktop.settings.settings import Settings
from desktop.training.data.drawings_controller import DrawingsController
from desktop.training.data.mnist_controller import MnistController
from desktop.training.data.set_controller import SetController
from desktop.training.job_maker import JobMaker
from desktop.training.panel import TrainingPanel
from desktop.training.plot.plot_controller import PlotController
from desktop.training.run_outcome import figures, held_back_sentence, rate_to_try
from desktop.training.trainer import Trainer
from desktop.training.training_job import RunFinished, RunStarted, TrainingJob
from desktop.training.training_lock import TrainingLock
from desktop.widgets.panels.notice_bar import Offer
from desktop.widgets.theme import Colours
from engine.data.sources import MNIST
from engine.errors import SettingsError
from engine.settings import TrainingSettings

if TYPE_CHECKING:
    from engine.models.model import Model
    from engine.training.device import DeviceChoice
    from engine.training.fit import Result


class TrainingController(QObject):
    """Everything between a click on Train and the saved network.

    Attributes:
        trainer: Leads the runs.
        training_lock: Taken while a run is under way.
        mnist: Whether MNIST is here.
        sets: Sets of the user's own.
        drawings: The user's drawings as data.
        plots: The loss plot.

    Signals:
        status_changed: A few words for the status line.
        data_state_changed: A few words on the data.
        device_changed: A device's name, and why it was chosen.
        notice_given: One sentence, and details or an empty text.
        choice_offered: One sentence, and a list of `desktop.widgets.panels.notice_bar.Offer`.
        running_changed: Whether a run or a download is under way.
        weights_arrived: The `engine.training.run_events.RunStarted` of a network in training, and `Weights`.
    """

    status_changed = Signal(str)
    data_state_changed = Signal(str)
    device_changed = Signal(str, str)
    notice_given = Signal(str, str)
    choice_offered = Signal(str, list)
    running_changed = Signal(bool)
    weights_arrived = Signal(object, object)

    def __init__(
        self,
        panel: TrainingPanel,
        reader: LiveReader,
        networks: Networks,
        store_service: StoreService,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._reader = reader
        self._networks = networks
        self._settings = settings
        self._run: RunStarted | None = None
        self._shows_weights = False
        self._unkept_told = ""
        self.plots = PlotController(panel, self)
        self.plots.status_changed.connect(self.status_changed)
        self.plots.notice_given.connect(self.notice_given)
        self.training_lock = TrainingLock(self)
        self.trainer = Trainer(networks.library, store_service.wait_for_store, self)
        self.mnist = MnistController(panel, settings, self)
        self.mnist.status_changed.connect(self.status_changed)
        self.mnist.state_changed.connect(self.data_state_changed)
        self.mnist.notice_given.connect(self.notice_given)
        self.mnist.downloading_changed.connect(self.running_changed)
        self.sets = SetController(panel, settings, self.trainer.cache, self)
        self.sets.status_changed.connect(self._on_set_status_changed)
        self.sets.notice_given.connect(self.notice_given)
        self.mnist.not_found.connect(self.sets.read_instead)
        self.sets.mnist_found.connect(self.mnist.use_folder)
        self.drawings = DrawingsController(panel, settings, store_service.wait_for_store, self)
        tell = lambda sentence: self.notice_given.emit(sentence, "")  # noqa: E731
        self._jobs = JobMaker(panel, settings, self.mnist, self.sets, self.drawings, tell)
        fields = panel.fields
        fields.set_settings(settings.training, settings.data or MNIST, settings.device)
        panel.set_shows_all_fields(settings.shows_all_training_fields)
        panel.set_ready(False)
        self._device_told = ("", "")
        panel.train_requested.connect(self._on_train_requested)
        panel.stop_requested.connect(self.stop)
        panel.approached.connect(self._on_approached)
        panel.all_fields_toggled.connect(self._on_all_fields_toggled)
        fields.data_changed.connect(self._on_data_chosen)
        fields.download_requested.connect(self._on_download_requested)
        self.trainer.preparation_progressed.connect(self._on_preparation_progressed)
        self.trainer.run_started.connect(self._on_run_started)
        self.trainer.progressed.connect(panel.show_progress)
        self.trainer.results_arrived.connect(self._on_results_arrived)
        self.trainer.run_finished.connect(self._on_run_finished)

    @property
    def device(self) -> tuple[str, str]:
        """Name of the device in use, and why it was chosen; both empty until the engine is there."""
        return self._device_told

    def open(self, device: DeviceChoice) -> None:
        """The engine is there: look for data, allow training."""
        self.mnist.look()
        self._tell_device(device.name, device.reason)
        gc_tuning.freeze_imports(collects=False)
        self._panel.set_ready(True)
        self.sets.set_available()

    def show_settings(self) -> None:
        """The settings were changed from elsewhere: look for data again, and fill the fields."""
        self.sets.show_known()
        self.drawings.show_settings()
        self.mnist.look()
        fields = self._panel.fields
        fields.set_settings(self._settings.training, fields.data_name, self._settings.device)
        self._panel.set_shows_all_fields(self._settings.shows_all_training_fields)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.plots.set_colours(colours)

    def stop(self) -> None:
        """End a run or a download; what was learned is kept."""
        if self.is_running:
            self._panel.set_stopping()
        self.trainer.stop()
        self.mnist.stop()

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        self.mnist.close()
        self.sets.close()
        self.plots.close()
        self.trainer.close()

    def _tell_device(self, name: str, reason: str, threads: int = 0) -> None:
        if name == "CPU" and threads:
            name = f"{name} · {threads} thread{'s' * (threads > 1)}"
            reason += " This number of threads was the fastest."
        if (name, reason) != self._device_told:
            self._device_told = (name, reason)
            self.device_changed.emit(name, reason)

    def _on_all_fields_toggled(self, shows_all: bool) -> None:
        self._settings.shows_all_training_fields = shows_all

    def _on_approached(self) -> None:
        # Not before the engine is there, whose start would wait for the plot.
        if self._device_told[0]:
            self.plots.prepare_plot()

    def _on_data_chosen(self, data: str) -> None:
        if self.sets.take(data):
            self._settings.data = data

    def _on_set_status_changed(self, words: str) -> None:
        if not self.is_running:  # how that is going is worth more
            self.status_changed.emit(words)

    def _on_train_requested(self, settings: TrainingSettings) -> None:
        fields = self._panel.fields
        job = self.job(settings)
        if job is None:
            return
        if not self.training_lock.take():
            self.notice_given.emit(self.training_lock.reason, "")
            return
        self._settings.training = settings
        self._settings.device = fields.device_name
        self._panel.set_busy("Training…")
        self.plots.prepare_run()
        self.status_changed.emit("Preparing the data")
        self.running_changed.emit(True)
        self.trainer.start(job, self._networks.model)

    def requested_job(self) -> TrainingJob | None:
        """What the panel asks for: see `JobMaker.requested`."""
        return self._jobs.requested()

    def job(self, settings: TrainingSettings) -> TrainingJob | None:
        """These settings with the data and device of the panel: see `JobMaker.job`."""
        return self._jobs.job(settings)

    @property
    def is_running(self) -> bool:
        """Whether a run or a download is under way."""
        return self.trainer.is_running or self.mnist.is_downloading

    def _on_preparation_progressed(self, share: float, words: str) -> None:
        self._panel.show_progress(share, words, f"{100 * share:.0f} %")

    def _on_run_started(self, started: RunStarted) -> None:
        self._run = started
        self._tell_device(started.device, started.device_reason)
        self.status_changed.emit("Reading with the weights being trained")
        self.plots.start_run(started)

    def _on_results_arrived(self, results: list[Result]) -> None:
        from engine.training.fit import EpochCompleted

        if self._run is None:
            return
        for result in results:
            if isinstance(result, EpochCompleted):
                text = f"validation {100 * result.validation_accuracy:.1f} %"
                self.status_changed.emit(f"Reading with the weights being trained · {text}")
                self.plots.add_epoch(result)
            else:
                self._tell_device(self._run.device, self._run.device_reason, result.threads)
                self.plots.add_steps(result)
        self._shows_weights = True
        run, weights = self._run, results[-1].weights
        self._reader.use_weights(run.architecture, weights, run.standardisation, run.classes)
        self.weights_arrived.emit(run, weights)

    def _on_run_finished(self, finished: RunFinished) -> None:
        try:
            self._show_end(finished)
        finally:
            # Only now that the new network is in use: whoever waited goes on from that one.
            self.training_lock.end()

    def _show_end(self, finished: RunFinished) -> None:
        """Put the new network to use, and say what came of the run."""
        self._panel.set_idle()
        self.plots.clear_hint()
        if self._run is not None:
            self.plots.finish_run()
        self._run = None
        shows_weights, self._shows_weights = self._shows_weights, False
        self.running_changed.emit(False)
        if finished.field:
            self._panel.show_fault(SettingsError(finished.field, finished.message))
        elif finished.message:
            self.notice_given.emit(finished.message, finished.details)
        self._tell_unkept(finished)
        if finished.model is None:
            if shows_weights:
                self._networks.resume()
            self.status_changed.emit("Stopped before the first step" if finished.was_stopped else "Ready")
            return
        self._panel.show_figures(figures(finished))
        if finished.judgement is not None and not finished.judgement.may_replace:
            self._hold_back(finished, finished.model)
            return
        self._networks.use(finished.model, finished.path)
        self.status_changed.emit("Using your new network" + (" (saved)" if finished.path else ""))

    def _hold_back(self, finished: RunFinished, model: Model) -> None:
        """The former network stays in use; the new one is offered."""
        if not finished.is_held:
            self._networks.hold(model)
        self._networks.resume()
        self.status_changed.emit(f"Still using {self._networks.title}")
        sentence = held_back_sentence(finished, self._networks.title)
        offers = [Offer("Use it anyway", lambda: self._networks.adopt_run(model))]
        rate = rate_to_try(finished)
        if rate is not None:
            offers.append(
                Offer("Try a smaller rate", lambda: self._retry(rate), f"Train again at a rate of {rate:g}")
            )
        self.choice_offered.emit(sentence, offers)

    def _retry(self, rate: float) -> None:
        self._panel.fields.choose_rate(rate)
        self._panel.request_training()

    def _tell_unkept(self, finished: RunFinished) -> None:
        """That a run is not kept is said once, and again only for another reason."""
        if finished.unkept and finished.unkept != self._unkept_told:
            self.notice_given.emit(f"{finished.message} {finished.unkept}".strip(), finished.details)
        self._unkept_told = finished.unkept

    def _on_download_requested(self) -> None:
        if not self.is_running:
            self.mnist.download()
