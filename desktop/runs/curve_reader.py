"""Curve reader: the curves of runs that are compared, read on while runs go on."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.training.plot.loss_curves import RunCurves
from engine.store.run import TRAINING

if TYPE_CHECKING:
    from engine.store.run import Run
    from engine.store.runs import Runs


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A run and its curves.

    Attributes:
        run: As it was when they were read.
        curves: Thinned out.
        steps_per_epoch: By which steps become epochs, in which runs with other mini-batches can be compared.
    """

    run: Run
    curves: RunCurves
    steps_per_epoch: float


@dataclass(slots=True)
class _Known:
    run: Run
    curves: RunCurves
    epochs: int = 0


class CurveReader:
    """Keeps what it has read; only what is new is read again. For one thread."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._known: dict[int, _Known] = {}

    def read(self, runs: list[Run]) -> list[ComparedRun]:
        """The curves of these runs; those of others are forgotten.

        Raises:
            StoreError: The store cannot be read.
        """
        self._known = {run.id: self._known[run.id] for run in runs if run.id in self._known}
        return [self._read(run) for run in runs]

    def _read(self, run: Run) -> ComparedRun:
        known = self._known.get(run.id)
        # One that has ended is thinned out by the steps it did, not by those it was to do.
        if known is None or known.run.state != run.state:
            steps = run.total_steps if run.state == TRAINING else run.steps
            known = self._known[run.id] = _Known(run, RunCurves(run.name, steps, 1))
            is_new = True
        else:
            is_new = known.run.steps != run.steps
        if is_new:
            self._read_on(known)
        known.run = run
        return ComparedRun(run, deepcopy(known.curves), _steps_per_epoch(run, known.curves))

    def _read_on(self, known: _Known) -> None:
        read = self._runs.curves(known.run.id, known.curves.steps)
        known.curves.add(known.curves.steps, read.losses)
        for epoch in read.epochs[known.epochs :]:
            known.curves.add_figures(epoch)
        known.epochs = len(read.epochs)
        if known.run.state != TRAINING:
            known.curves.finish()


def _steps_per_epoch(run: Run, curves: RunCurves) -> float:
    if run.settings is not None:
        return max(1.0, run.total_steps / run.settings.epochs)
    # Settings that cannot be read do not say how many epochs were meant; the first one that ended does.
    return max(1.0, curves.figures[0].step if curves.figures else run.total_steps)
