"""A program that fills a store and says what it has done, to be killed at any moment."""

import time
from multiprocessing.connection import Connection
from pathlib import Path

import torch

from engine.digits import Standardisation
from engine.ink import Ink
from engine.network import Architecture
from engine.settings import TrainingSettings
from engine.store.run_recorder import RunDescription
from engine.store.store import Store
from engine.training import EpochCompleted, StepsCompleted

ARCHITECTURE = Architecture((784, 10))
TOTAL_STEPS = 1_000_000
# Without it, a hundred lives make so many drawings that looking for them takes longer than living.
_PAUSE_S = 0.005


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
    return EpochCompleted(number, 5, step, 0.3, 0.91, 0.35, accuracy, weights_at(step))


def drawing(number):
    return Ink.from_lists([[[0, 0], [number % 97 + 1, 40], [7, number]]])


def fill(folder: Path, told: Connection) -> None:
    """Never ends. Tells ``(what, run or drawing, how far, when)`` whenever something was handed over.

    Before that it tells that it has begun, which on a busy machine may take long.
    """
    told.send(None)
    store = Store.open(folder)
    recorder = store.runs.start(description())
    step = 0
    while True:
        recorder.add(steps(step, 5))
        step += 5
        if recorder.run is not None:
            told.send(("steps", recorder.run, step, time.monotonic()))
        added = store.drawings.add(drawing(step), step % 10).result()
        told.send(("drawing", added, step % 10, time.monotonic()))
        if step % 50 == 0:
            store.drawings.delete([added]).result()
            told.send(("deleted", added, step % 10, time.monotonic()))
        time.sleep(_PAUSE_S)
