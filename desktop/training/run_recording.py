"""Run recording: a training is kept while it goes on; without a store it goes on all the same."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ModelFileError, ScratchpadError

if TYPE_CHECKING:
    from engine.models.model import Model
    from engine.store.run_recorder import RunRecorder
    from engine.store.store import Store
    from engine.training.fit import Result
    from engine.training.run_events import RunDescription

    FindStore = Callable[[], Store | None]

_log = logging.getLogger(__name__)


class RunRecording:
    """For the thread that trains. Nothing is raised here: a training that cannot be kept is none the worse.

    Where there is no store, or one that takes nothing, nobody is told here: whoever opened it has said so.

    Attributes:
        trouble: One sentence on what of the last run could not be kept, or empty.
        path: The file with its weights once it has come to its end; None if there is none.
        name: What the run is called then; empty if it is not kept.
    """

    def __init__(self, find_store: FindStore) -> None:
        """Take what answers the store once it is open, such as `StoreService.wait_for_store`."""
        self._find_store = find_store
        self._store: Store | None = None
        self._recorder: RunRecorder | None = None
        self.trouble = ""
        self.path: Path | None = None
        self.name = ""

    def begin(self, description: RunDescription) -> None:
        """The first step is about to be made."""
        self._store = store = self._find_store()
        if store is not None and not store.is_read_only:
            self._recorder = store.runs.start(description)

    def add(self, result: Result) -> None:
        """Take in a result of `engine.training.fit.fit`. Takes microseconds."""
        if self._recorder is not None:
            self._recorder.add(result)

    def fail(self, message: str) -> None:
        """The training failed, if it has begun: `end` in that state."""
        if self._recorder is not None:
            from engine.store.run import FAILED

            self.end(FAILED, None, message)

    def end(self, state: str, model: Model | None = None, message: str = "") -> None:
        """The training is over: wait until it is on the disk. Does nothing if none was begun.

        Args:
            state: How it ended, one of the states in `engine.store.run`.
            model: What came out; without one, the newest weights are kept.
            message: One sentence on what went wrong, or empty.
        """
        recorder, self._recorder = self._recorder, None
        if recorder is None:
            return
        try:
            self.path = recorder.finish(state, model, message)
            if self._store is not None and recorder.run is not None:
                self.name = self._store.runs.get(recorder.run).name  # somebody may have renamed it
        except ModelFileError as error:
            self.trouble = f"The run is kept without its weights. {error}"
        except ScratchpadError as error:
            self.trouble = f"The run is not kept. {error}"
        except Exception:
            _log.exception("a run could not be kept")
            self.trouble = "The run could not be kept: start the program again."
