"""Training thread: runs `engine.training.run.run_training` away from the window and hands over its events."""

from __future__ import annotations

import logging
import threading
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.networks.model_library import ModelLibrary
from desktop.services.folders import data_folder
from desktop.services.freed_memory import give_back_freed_memory
from desktop.training.data.data_cache import DataCache
from desktop.training.run_recording import RunRecording
from desktop.training.training_job import RunFinished, TrainingJob
from engine.errors import DivergedError, ScratchpadError, SettingsError, StoppedError
from engine.training.run_events import UNEXPECTED

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.models.model import Model
    from engine.training.fit import Result
    from engine.training.run_events import RunOutcome
    from engine.training.thread_tuning import ThreadChooser

_log = logging.getLogger(__name__)


class TrainingThread(QThread):
    """One run. Results wait here, merged, until `take_results`: a slow window is never flooded.

    Signals:
        preparation_progressed: Share of the data made or read, 0 to 1, and what is done with them.
        run_started: A `RunStarted`.
        results_arrived: `take_results` has something; not emitted again before it was called.
        run_finished: A `RunFinished`; the last signal of the run.
    """

    preparation_progressed = Signal(float, str)
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
        """The window closes: end after the step under way; what was learned is kept, as unfinished."""
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
        except StoppedError:  # whoever stopped it knows, and nothing has changed
            finished = RunFinished(None, None, True)
        except ScratchpadError as error:
            at_fault = error.field if isinstance(error, SettingsError) else ""
            was_stopped = self.isInterruptionRequested()
            finished = RunFinished(None, None, was_stopped, str(error), _cause(error), at_fault)
        except Exception:
            _log.exception("training failed")
            finished = RunFinished(None, None, False, UNEXPECTED, traceback.format_exc())
        give_back_freed_memory()
        self.run_finished.emit(replace(finished, unkept=self._recording.trouble))

    def _train(self) -> RunFinished:
        import torch

        from engine.training.quick.choice import CHOICES, FILE_NAME
        from engine.training.run import RunRequest, run_training
        from engine.training.run_events import RunMessage, RunOutcome, RunStarted
        from engine.training.thread_tuning import ThreadChooser

        torch.set_num_threads(1)  # until the first steps have shown what pays
        data = self._cache.load(self._job, self.preparation_progressed.emit, self.isInterruptionRequested)
        if self.isInterruptionRequested():
            return RunFinished(None, None, True)
        self._threads = ThreadChooser()
        CHOICES.keep_in(data_folder() / FILE_NAME)
        request = RunRequest(
            data,
            self._job.settings,
            self._job.device,
            in_use=self._in_use,
            threads=self._threads,
            is_stopped=self.isInterruptionRequested,
            is_closing=lambda: self._is_closing,
        )
        outcome: RunOutcome | None = None
        for event in run_training(request, self._recording):
            if isinstance(event, RunStarted):
                self.run_started.emit(event)
            elif isinstance(event, RunOutcome):
                outcome = event
            elif not isinstance(event, RunMessage):  # which the outcome has, too
                self._hand_over(event)
        assert outcome is not None  # the last event of every run that raises nothing
        return self._kept(outcome)

    def _kept(self, outcome: RunOutcome) -> RunFinished:
        """Keep the model among the networks, unless it is not put to use and kept among the runs."""
        from engine.training.run_states import INTERRUPTED, STOPPED

        was_stopped = outcome.state in (STOPPED, INTERRUPTED)
        model, judgement, message = outcome.model, outcome.judgement, outcome.message
        path = None
        is_recorded = self._recording.path is not None
        if model is not None and judgement is not None and (judgement.may_replace or not is_recorded):
            try:
                path = self._library.keep(model)
            except ScratchpadError as error:
                message = f"{message} {error}".strip()
        return RunFinished(
            model,
            path,
            was_stopped,
            message,
            _cause(outcome.error),
            judgement=judgement,
            is_held=path is not None or is_recorded,
            settings=self._job.settings,
            has_diverged=isinstance(outcome.error, DivergedError),
        )

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


def _cause(error: Exception | None) -> str:
    """What led to an error, for a bug report; empty if nothing did."""
    return f"{error.__cause__!r}" if error is not None and error.__cause__ else ""
