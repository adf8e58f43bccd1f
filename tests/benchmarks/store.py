"""How long a window waits for the store while a training is recorded: ``python -m tests.benchmarks.store``."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.digits import Standardisation
from engine.handwriting import make_handwriting
from engine.ink import Ink
from engine.learner import architecture_of
from engine.settings import TrainingSettings
from engine.store.run_recorder import RunDescription, RunRecorder
from engine.store.store import Store
from engine.training import fit

_DRAWINGS = 1_000
_POINTS = 60
_SETTINGS = TrainingSettings(hidden=(512, 256), batch_size=128, epochs=1000)
_DATA = 6_000


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


def train(recorder: RunRecorder, is_over: threading.Event, pace: list[float], is_recorded: bool) -> None:
    """Train until told to stop; `pace` gets the steps per second."""
    training, validation = make_handwriting(_DATA, 1).split(500, 0)
    began, done, taken = 0.0, 0, []
    for result in fit(training, validation, _SETTINGS, Standardisation.of(training)):
        began = began or time.perf_counter()
        if is_recorded:
            timed(lambda result=result: recorder.add(result), taken)  # type: ignore[misc]
        done = getattr(result, "step", done)
        if is_over.is_set():
            break
    pace.append(done / (time.perf_counter() - began))
    if is_recorded:
        say("hand a result over, in the training's thread", taken)
        recorder.finish()


def main() -> None:
    """Print the table."""
    print("| milliseconds | median | 99th centile | longest |\n|---|---|---|---|")
    paces: list[float] = []
    for is_recorded in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            opening: list[float] = []
            store = timed(lambda folder=folder: Store.open(Path(folder)), opening)  # type: ignore[misc]
            about = RunDescription(
                "benchmark", "", _SETTINGS, architecture_of(_SETTINGS), Standardisation(0.1, 0.3), 10**6
            )
            recorder, is_over = store.runs.start(about), threading.Event()
            worker = threading.Thread(target=train, args=(recorder, is_over, paces, is_recorded))
            worker.start()
            asking: list[float] = []
            kept: list[float] = []
            for number in range(_DRAWINGS if is_recorded else 0):
                began = time.perf_counter()
                future = timed(lambda n=number: store.drawings.add(drawing(n), n % 10), asking)  # type: ignore[misc]
                future.result()
                kept.append(1000 * (time.perf_counter() - began))
                is_over.wait(0.01)
            is_over.wait(0 if is_recorded else 10)
            is_over.set()
            worker.join()
            if is_recorded:
                reading: list[float] = []
                for _ in range(20):
                    timed(store.drawings.entries, reading)
                counting: list[float] = []
                for _ in range(20):
                    timed(store.drawings.counts, counting)
                say("ask for a drawing to be kept, in the window's thread", asking)
                say("until it is on the disk", kept)
                say(f"list {_DRAWINGS:,} drawings", reading)
                say("count them", counting)
                store.close()
                say("open an empty store", opening)
                again: list[float] = []
                timed(lambda folder=folder: Store.open(Path(folder)), again).close()  # type: ignore[misc]
                say(f"open one with {_DRAWINGS:,} drawings", again)
            else:
                store.close()
    print(f"\nsteps per second without and with recording: {paces[0]:.0f}, {paces[1]:.0f}")


if __name__ == "__main__":
    main()
