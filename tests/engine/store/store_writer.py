"""A program that fills a store and says what it has done, to be killed at any moment."""

import threading
from multiprocessing.connection import Connection
from pathlib import Path

import torch

from engine.data.digits import Standardisation
from engine.nn.network import Architecture
from engine.preprocessing.ink import Ink
from engine.settings import TrainingSettings
from engine.store import run_recorder
from engine.store.run_recorder import RunDescription
from engine.store.store import Store
from engine.training.fit import EpochCompleted, StepsCompleted

ARCHITECTURE = Architecture((784, 10))
TOTAL_STEPS = 1_000_000


def description(name="a run", data="nothing", **settings):
    return RunDescription(
        name,
        data,
        TrainingSettings(hidden=(), **settings),
        ARCHITECTURE,
        Standardisation(0.1, 0.3),
        TOTAL_STEPS,
    )


def weights_at(step):
    """Weights that say at which step they were taken."""
    return {"0.weights": torch.zeros(784, 10), "0.bias": torch.full((10,), float(step))}


def steps(first, count=1):
    losses = tuple(1 / (1 + step) for step in range(first, first + count))
    return StepsCompleted(first, losses, TOTAL_STEPS, count * 64, weights_at(first + count))


def epoch(number, step, accuracy=0.9):
    return EpochCompleted(number, step, 0.3, 0.91, 0.35, accuracy, 5, weights_at(step))


def drawing(number):
    return Ink.from_lists([[[0, 0], [number % 97 + 1, 40], [7, number]]])


def fill(folder: Path, told: Connection) -> None:
    """Never ends. Tells ``(what, run or drawing, how far)`` whenever something is on the disk.

    It ticks by itself after every few steps, and goes on while the disk takes what a tick has found. Before
    all that it tells that it has begun.
    """
    run_recorder._MOST_TIME_SAVING = 1.0  # a tick keeps the weights, too, however long the last ones took
    sending = threading.Lock()

    def tell(what: str, number: int | None, value: int) -> None:
        with sending:
            told.send((what, number, value))

    told.send(None)
    store = Store.open(folder, tick_s=None)
    recorder = store.runs.start(description())
    step = 0
    while True:
        recorder.add(steps(step, 5))
        step += 5
        if step % 20 == 0:
            store.tick().add_done_callback(lambda _, kept=step: tell("steps", recorder.run, kept))
        added = store.drawings.add(drawing(step), str(step % 10)).result()
        tell("drawing", added, step % 10)
        if step % 50 == 0:
            store.drawings.delete([added]).result()
            tell("deleted", added, step % 10)
