"""Model thread: lets a model of the plane learn away from the window, and makes frames of it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from desktop.boundaries.models.frame import Frame, Losses
from desktop.services.command_thread import CommandThread
from engine.errors import ScratchpadError, SettingsError

if TYPE_CHECKING:
    from engine.boundaries.learner import Learner, State
    from engine.boundaries.model_settings import ModelSettings
    from engine.plane.grid import Bounds, Grid
    from engine.plane.points import Points

FRAME_S = 0.042
"""Seconds between two frames, at least."""

# Places along a side. Regions of networks are smooth; those of trees have edges.
_NETWORK_SIDE, _TREE_SIDE, _UNIT_SIDE = 100, 320, 24
# Losses kept for a frame that nobody has asked for yet.
_MOST_LOSSES = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Begin:
    """Begin anew.

    Attributes:
        settings: Of the model.
        training: Points to learn from.
        test: Points to measure on.
        bounds: The part of the plane to show.
        number: Of the model; of several that were asked for, only the one with the largest is begun.
        count: Cuts or trees to have at once.
    """

    settings: ModelSettings
    training: Points
    test: Points
    bounds: Bounds
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """An epoch, a cut or a tree more."""


@dataclass(frozen=True, slots=True)
class Run:
    """Step after step, until there is nothing left or something else is asked for."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """As it is with so many cuts or trees."""

    count: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Learn no more for now."""


Command = Begin | Step | Run | GoTo | Pause


class ModelThread(CommandThread[Command]):
    """The newest frame waits until it is taken: a slow window is never flooded.

    Signals:
        frame_ready: `take_frame` has something.
        became_idle: A command is done.
        failed: A `SettingsError`, or one sentence as text.
    """

    frame_ready = Signal()
    became_idle = Signal()
    failed = Signal(object)

    def __init__(self, frame_s: float = FRAME_S, parent: QObject | None = None) -> None:
        """Do nothing yet; while a model runs, frames are so many seconds apart at least."""
        super().__init__("This model failed unexpectedly; press Reset to begin again.", parent)
        self._frame_s = frame_s
        self._lock = threading.Lock()
        self._is_taken = threading.Event()
        self._is_taken.set()
        self._is_asked = threading.Event()
        self._frame: Frame | None = None
        self._learner: Learner | None = None
        self._bounds: Bounds | None = None
        self._number = self._newest = 0
        self._grid: Grid | None = None
        self._is_first = True
        self._losses: list[Losses] = []

    def take_frame(self) -> Frame | None:
        """The newest frame that was not taken; the next one may be made."""
        with self._lock:
            frame, self._frame = self._frame, None
        self._is_taken.set()
        return frame

    def ask(self, command: Command) -> None:
        """Do this next."""
        if isinstance(command, Begin):
            self._newest = command.number
        super().ask(command)
        self._wake()

    def end(self) -> None:
        """Come to an end soon."""
        super().end()
        self._wake()

    def _wake(self) -> None:
        """Whoever waits, for a frame to be taken or for the next one to be due, waits no longer."""
        self._is_asked.set()
        self._is_taken.set()

    def prepare(self) -> None:
        """The other cores are for the pad."""
        import torch

        torch.set_num_threads(1)

    def tell_failure(self, _command: Command, error: ScratchpadError) -> None:
        """Tell, and which setting is at fault if one is. The model stays as it was shown."""
        self.failed.emit(error if isinstance(error, SettingsError) else str(error))

    def tell_idle(self) -> None:
        """Tell."""
        self.became_idle.emit()

    def do(self, command: Command) -> None:
        """Begin, step, run or go to a count."""
        if isinstance(command, Begin):
            self._begin(command)
        elif self._learner is None or isinstance(command, Pause):
            return
        elif isinstance(command, Step):
            self._show(self._learner.advance())
        elif isinstance(command, GoTo):
            self._show(self._learner.go_to(command.count))
        elif self._learner.is_counted:
            self._run_counted(self._learner)
        else:
            self._run_network(self._learner)

    def _begin(self, command: Begin) -> None:
        if command.number != self._newest:
            return  # while points are painted there is another one each time the pen moves
        if self._learner is not None:
            self._learner.close()
        self._number = command.number
        self._learner, self._bounds, self._is_first = None, command.bounds, True
        self._losses.clear()
        with self._lock:
            self._frame = None
        learner = command.settings.make_learner(command.training, command.test)
        self._learner = learner
        self._grid = command.bounds.grid(_TREE_SIDE if learner.is_counted else _NETWORK_SIDE)
        self._show(learner.go_to(command.count))

    def _run_network(self, learner: Learner) -> None:
        """Mini-batches fill the time that frames leave."""
        state, frame_cost_s = None, 0.0
        while not self.is_superseded():
            state = learner.advance(max(self._frame_s / 4, self._frame_s - frame_cost_s))
            self._note(state)
            if self._is_taken.is_set():
                began = time.perf_counter()
                self._make_frame(state)
                frame_cost_s = time.perf_counter() - began
        if state is not None:
            self._make_frame(state)

    def _run_counted(self, learner: Learner) -> None:
        """A cut or a tree is to be seen by itself."""
        while not learner.is_over and not self.is_superseded():
            began = time.perf_counter()
            state = learner.advance(0.0)
            # Nobody would see it if its frame took the place of one that nobody has looked at.
            self._is_taken.wait()
            self._make_frame(state)
            self._is_asked.clear()
            if not self.is_superseded():
                self._is_asked.wait(max(0.0, began + self._frame_s - time.perf_counter()))

    def _show(self, state: State) -> None:
        self._note(state)
        self._make_frame(state)

    def _note(self, state: State) -> None:
        from engine.boundaries.network_learner import NetworkState

        if isinstance(state, NetworkState):
            self._losses.append(Losses(state.epochs, state.training.loss, state.test.loss))
            del self._losses[:-_MOST_LOSSES]

    def _make_frame(self, state: State) -> None:
        learner, bounds, grid = self._learner, self._bounds, self._grid
        if learner is None or bounds is None or grid is None:
            return
        # One grid for all frames of a model: a forest adds its trees to what it knows of that grid.
        frame = Frame(
            state,
            learner.on_grid(grid),
            _unit_maps(state, bounds),
            tuple(self._losses),
            self._number,
            self._is_first,
            learner.is_over,
        )
        with self._lock:
            if self._frame is not None:
                # That one was never seen: what was new in it is new in this one.
                frame = replace(
                    frame,
                    losses=(*self._frame.losses, *frame.losses)[-_MOST_LOSSES:],
                    is_first=self._frame.is_first or frame.is_first,
                )
            self._frame = frame
        self._is_taken.clear()
        self._losses.clear()
        self._is_first = False
        self.frame_ready.emit()


def _unit_maps(state: State, bounds: Bounds) -> tuple[NDArray[np.float32], ...]:
    """What each hidden unit puts out, all over the plane."""
    from engine.boundaries.network_learner import NetworkState
    from engine.plane.maps import unit_maps

    if not isinstance(state, NetworkState):
        return ()
    return tuple(unit_maps(state.network, bounds.grid(_UNIT_SIDE)))
