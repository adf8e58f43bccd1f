"""Training thread: runs `engine.training.fit.fit` away from the window and hands over what it yields."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.services import gc_tuning
from desktop.services.freed_memory import give_back_freed_memory
from desktop.services.model_library import ModelLibrary
from desktop.training.run_recording import RunRecording
from desktop.training.training_job import RunFinished, RunStarted, TrainingJob
from engine.errors import DivergedError, ScratchpadError, SettingsError

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.models.model import Model
    from engine.nn.network import Weights
    from engine.training.device import DeviceChoice
    from engine.training.fit import Result
    from engine.training.replacement import Judgement
    from engine.training.thread_tuning import ThreadChooser
    from engine.training.training_run import TrainingData

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Outcome:
    """What a training left behind; its state is one of `engine.store.run`."""

    state: str
    weights: Weights | None = None
    messages: list[str] = field(default_factory=list)


class DataCache:
    """Keeps the data of the last run, so that pressing Train again starts at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: tuple[str, Path] | None = None
        self._data: TrainingData | None = None

    def load(
        self,
        job: TrainingJob,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> TrainingData:
        """The sets of a job; made or read if they are not those of the last one. Any thread may ask.

        Args:
            job: Names the data.
            on_progress: Told the share done, 0 to 1.
            is_cancelled: Asked now and then whether to give up.

        Raises:
            DataError: The data are missing or damaged.
        """
        from engine.training.training_run import load_training_data

        key = (job.data, job.mnist_folder)
        with self._lock:
            if self._data is None or key != self._key:
                self._data = None  # two sets are never in memory at once
                self._data = load_training_data(job.data, job.mnist_folder, on_progress, is_cancelled)
                self._key = key
                # Loading has imported torchvision.
                gc_tuning.freeze_imports()
            return self._data


class TrainingThread(QThread):
    """One run. Results wait here, merged, until `take_results`: a slow window is never flooded.

    Signals:
        preparation_progressed: Share of the data made or read, 0 to 1.
        run_started: A `RunStarted`.
        results_arrived: `take_results` has something; not emitted again before it was called.
        run_finished: A `RunFinished`; the last signal of the run.
    """

    preparation_progressed = Signal(float)
    run_started = Signal(object)
    results_arrived = Signal()
    run_finished = Signal(object)

    def __init__(
        self,
        job: TrainingJob,
        cache: DataCache,
        library: ModelLibrary,
        find_store: FindStore,
        parent: QObject | None = None,
        in_use: Model | None = None,
    ) -> None:
        """Prepare a run.

        Args:
            job: What to train.
            cache: Has the data, or gets them.
            library: Keeps the network that comes of it.
            find_store: Answers where the run is recorded, or None.
            parent: Of this object.
            in_use: The network that the new one is compared with.
        """
        super().__init__(parent)
        self._job = job
        self._in_use = in_use
        self._is_closing = False
        self._cache = cache
        self._library = library
        self._recording = RunRecording(find_store)
        self._lock = threading.Lock()
        self._results: list[Result] = []
        self._threads: ThreadChooser | None = None

    def leave_a_core(self, is_wanted: bool) -> None:
        """Compute with one thread fewer than there are cores, or with as many as pay."""
        if self._threads is not None:
            self._threads.leave_a_core(is_wanted)

    def interrupt(self) -> None:
        """The window closes: end after the step under way; what was learnt is kept, as unfinished."""
        self._is_closing = True
        self.requestInterruption()

    def take_results(self) -> list[Result]:
        """What was yielded since the last call, in order; neighbouring chunks of steps are one chunk."""
        with self._lock:
            taken, self._results = self._results, []
        return taken

    def run(self) -> None:
        """Load, train, measure, keep. Nothing escapes: the end is always told by `run_finished`."""
        try:
            finished = self._train()
        except ScratchpadError as error:
            cause = f"{error.__cause__!r}" if error.__cause__ else ""
            at_fault = error.field if isinstance(error, SettingsError) else ""
            was_stopped = self.isInterruptionRequested()
            finished = RunFinished(None, None, was_stopped, str(error), cause, at_fault)
        except Exception:
            _log.exception("training failed")
            finished = RunFinished(
                None,
                None,
                False,
                "Training failed unexpectedly; the network in use was not changed.",
                traceback.format_exc(),
            )
        give_back_freed_memory()
        self._recording.fail(finished.message)  # unless it has come to an end
        self.run_finished.emit(replace(finished, unkept=self._recording.trouble))

    def _train(self) -> RunFinished:
        import torch

        from engine.errors import DeviceError
        from engine.store.run import INTERRUPTED, STOPPED
        from engine.training.device import choose_device
        from engine.training.learner import architecture_of
        from engine.training.training_run import finish_model

        torch.set_num_threads(1)  # until the first steps have shown what pays
        choice = choose_device(self._job.device)
        data = self._cache.load(self._job, self.preparation_progressed.emit, self.isInterruptionRequested)
        if self.isInterruptionRequested():
            return RunFinished(None, None, True)
        try:
            outcome = self._fit(data, choice)
        except DeviceError as error:
            if choice.device.type == "cpu":
                raise
            self._recording.fail(str(error))
            choice = choose_device("cpu")
            outcome = self._fit(data, choice)
            outcome.messages.insert(0, f"{error} The CPU took over from the first step.")
        message = told = " ".join(outcome.messages)
        was_stopped = outcome.state in (STOPPED, INTERRUPTED)
        if outcome.weights is None:
            self._recording.end(outcome.state, None, message)
            return RunFinished(None, None, was_stopped, message)
        settings = self._job.settings
        model = finish_model(data, settings, architecture_of(settings), outcome.weights, choice.device)
        judgement = self._judge(model, data, outcome.state == INTERRUPTED)
        self._recording.end(outcome.state, model, message)
        if self._recording.name:
            model = replace(model, name=self._recording.name)
        path = None
        # One that is not put to use is kept among the runs, where it does not stand beside good ones.
        if judgement.may_replace or self._recording.path is None:
            try:
                path = self._library.keep(model)
            except ScratchpadError as error:
                told = f"{message} {error}".strip()
        is_held = path is not None or self._recording.path is not None
        return RunFinished(
            model, path, was_stopped, told, judgement=judgement, is_held=is_held, settings=settings
        )

    def _judge(self, model: Model, data: TrainingData, is_interrupted: bool) -> Judgement:
        """Compare the new network with the one in use, on the same validation digits."""
        from engine.evaluation.predictions import predictions_of
        from engine.nn.network import Network
        from engine.training.replacement import chance_of, judge

        former, in_use = None, self._in_use
        if in_use is not None:
            network = Network.from_weights(in_use.architecture, in_use.weights)
            former = predictions_of(network, data.validation, in_use.standardisation).accuracy
        return judge(
            model.provenance.validation_accuracy,
            former,
            chance_of(data.validation.labels),
            len(data.validation),
            is_interrupted,
        )

    def _fit(self, data: TrainingData, choice: DeviceChoice) -> _Outcome:
        """One training on one device, its results handed over as they come."""
        from engine.store.run import FAILED, FINISHED, INTERRUPTED, STOPPED
        from engine.store.run_recorder import RunDescription
        from engine.training.fit import EpochCompleted, fit
        from engine.training.learner import architecture_of
        from engine.training.thread_tuning import ThreadChooser

        settings = self._job.settings
        steps = -(-len(data.training) // settings.batch_size) * settings.epochs
        architecture = architecture_of(settings)
        title = f"{data.training.name} {architecture.describe()} · level {settings.level}"
        self._recording.begin(
            RunDescription(
                title,
                data.training.name,
                settings,
                architecture,
                data.standardisation,
                steps,
                choice.name,
                data.attribution,
            )
        )
        self.run_started.emit(
            RunStarted(
                architecture,
                data.standardisation,
                title,
                settings.level,
                (data.training.name, replace(settings, level=1)),
                steps,
                settings.epochs,
                choice.name,
                choice.reason,
            )
        )
        outcome = _Outcome(FINISHED)
        try:
            self._threads = ThreadChooser()
            for result in fit(
                data.training,
                data.validation,
                settings,
                data.standardisation,
                choice.device,
                threads=self._threads,
                is_stopped=self.isInterruptionRequested,
            ):
                outcome.weights = result.weights
                self._recording.add(result)
                self._hand_over(result)
                if not isinstance(result, EpochCompleted):
                    continue  # a run ends with the figures of the weights that are kept
                if self.isInterruptionRequested() and result.step < steps:
                    outcome.state = INTERRUPTED if self._is_closing else STOPPED
                    break
        except DivergedError as error:
            outcome.state = FAILED
            outcome.messages.append(str(error))
        return outcome

    def _hand_over(self, result: Result) -> None:
        from engine.training.fit import StepsCompleted

        with self._lock:
            was_empty = not self._results
            last = self._results[-1] if self._results else None
            if isinstance(last, StepsCompleted) and isinstance(result, StepsCompleted):
                self._results[-1] = replace(
                    result,
                    first_step=last.first_step,
                    losses=last.losses + result.losses,
                    examples=last.examples + result.examples,
                )
            else:
                self._results.append(result)
        if was_empty:
            self.results_arrived.emit()
