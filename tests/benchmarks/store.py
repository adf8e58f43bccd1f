"""How long a window and a training wait for the store while the training is recorded.

python -m tests.benchmarks.store
"""

from __future__ import annotations

import functools
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from engine.data.digits import Standardisation
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.preprocessing.ink import Ink
from engine.settings import TrainingSettings
from engine.store.run_recorder import RunDescription, RunRecorder
from engine.store.store import Store
from engine.training.fit import fit
from engine.training.learner import architecture_of

_DRAWINGS = 1_000
_POINTS = 60
_SETTINGS = TrainingSettings(hidden=(512, 256), batch_size=128, epochs=1000)
_DATA = 6_000
_SECONDS = 10.0


def drawing(number: int) -> Ink:
    """As many points as a digit drawn with a mouse has."""
    return Ink.from_lists([[[number % 700 + 3.7 * k, (k * k) % 613, 0.5, 8.0 * k] for k in range(_POINTS)]])


def timed(call: Callable[[], Any], times: list[float]) -> Any:
    """Its answer; what it took, in milliseconds, is added to `times`."""
    began = time.perf_counter()
    answer = call()
    times.append(1000 * (time.perf_counter() - began))
    return answer


def say(what: str, times: list[float]) -> None:
    """A line of a table."""
    ordered = sorted(times)
    cells = statistics.median(ordered), ordered[int(0.99 * (len(ordered) - 1))], ordered[-1]
    print(f"| {what} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |")


class Training:
    """A training in a thread of its own, recorded or not, until it is stopped."""

    def __init__(self, recorder: RunRecorder | None) -> None:
        self._recorder = recorder
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.handing_over: list[float] = []
        self.steps_a_second = 0.0
        self._thread.start()

    def go_on(self, seconds: float) -> None:
        """Let it train for so long."""
        self._is_over.wait(seconds)

    def stop(self) -> None:
        """End it, and wait for that."""
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        training, validation = make_handwriting(_DATA, 1).split(500, 0)
        began, steps = 0.0, 0
        for result in fit(training, validation, _SETTINGS, Standardisation.of(training)):
            began = began or time.perf_counter()
            if self._recorder is not None:
                timed(functools.partial(self._recorder.add, result), self.handing_over)
            steps = getattr(result, "step", steps)
            if self._is_over.is_set():
                break
        self.steps_a_second = steps / (time.perf_counter() - began)
        if self._recorder is not None:
            self._recorder.finish()


def main() -> None:
    """Print the table."""
    torch.set_num_threads(1)
    plain = Training(None)
    plain.go_on(_SECONDS)
    plain.stop()
    about = RunDescription(
        "benchmark", "", _SETTINGS, architecture_of(_SETTINGS), Standardisation(0.1, 0.3), 10**6
    )
    times: dict[str, list[float]] = {
        "ask for a drawing to be kept, in the window's thread": (asking := []),
        "until it is on the disk": (kept := []),
        f"list {_DRAWINGS:,} drawings": (listing := []),
        "count them": (counting := []),
        "open the store with them and the run": (opening := []),
    }
    with tempfile.TemporaryDirectory() as name:
        store = Store.open(Path(name))
        alone = Training(store.runs.start(about))
        alone.go_on(_SECONDS)
        alone.stop()
        recorded = Training(store.runs.start(about))
        for number in range(_DRAWINGS):
            began = time.perf_counter()
            add = functools.partial(store.drawings.add, drawing(number), str(number % 10))
            timed(add, asking).result()
            kept.append(1000 * (time.perf_counter() - began))
            recorded.go_on(_SECONDS / _DRAWINGS)
        for _ in range(20):
            timed(store.drawings.entries, listing)
            timed(store.drawings.counts, counting)
        recorded.stop()
        store.close()
        for _ in range(5):
            timed(functools.partial(Store.open, Path(name)), opening).close()
    print("| milliseconds | median | 99th centile | longest |\n|---|---|---|---|")
    say("hand a result over, in the training's thread", recorded.handing_over)
    for what, measured in times.items():
        say(what, measured)
    print(
        f"\nsteps a second: {plain.steps_a_second:.0f}, recorded {alone.steps_a_second:.0f}, recorded beside "
        f"the drawings {recorded.steps_a_second:.0f}"
    )


if __name__ == "__main__":
    main()
