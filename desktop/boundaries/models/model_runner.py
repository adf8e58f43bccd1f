"""Model runner: the window's side of the thread in which a model learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.boundaries.models.frame import Frame
from desktop.boundaries.models.model_thread import (
    FRAME_S,
    Begin,
    Command,
    GoTo,
    ModelThread,
    Pause,
    Run,
    Step,
)
from desktop.services.command_runner import CommandRunner

if TYPE_CHECKING:
    from engine.boundaries.model_settings import ModelSettings
    from engine.errors import SettingsError
    from engine.plane.grid import Bounds
    from engine.plane.points import Points


class ModelRunner(CommandRunner[Command]):
    """One model after another.

    Attributes:
        frame: The newest of the model that was begun last; None before there is one.
        is_running: Whether it learns step after step.

    Signals:
        frame_shown: A `Frame`.
        running_changed: Whether it learns step after step.
        failed: A `SettingsError`, or one sentence as text.
    """

    frame_shown = Signal(object)
    running_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, frame_s: float = FRAME_S, parent: QObject | None = None) -> None:
        """Do nothing yet; frames come so many seconds apart at least."""
        super().__init__(parent)
        self._frame_s = frame_s
        self._number = 0
        self.frame: Frame | None = None
        self.is_running = False

    def begin(
        self,
        settings: ModelSettings,
        sets: tuple[Points, Points],
        bounds: Bounds,
        count: int = 0,
    ) -> None:
        """Forget the model, and begin another.

        Args:
            settings: Of the model.
            sets: Training and test points.
            bounds: The part of the plane to show.
            count: Cuts or trees to have at once.
        """
        self.frame = None
        self._number += 1
        self.ask(Begin(settings, *sets, bounds, self._number, count))

    def forget(self) -> None:
        """Forget the model: nothing of it is shown any more."""
        self.pause()
        self.frame = None
        self._number += 1

    def step(self) -> None:
        """One epoch, cut or tree more."""
        self._set_running(False)
        self.ask(Step())

    def run(self) -> None:
        """Step after step."""
        self._set_running(True)
        self.ask(Run())

    def go_to(self, count: int) -> None:
        """So many cuts or trees."""
        self._set_running(False)
        self.ask(GoTo(count))

    def pause(self) -> None:
        """Learn no more for now."""
        if self.is_running:
            self._set_running(False)
            self.ask(Pause())

    def make_thread(self) -> ModelThread:
        """Connected."""
        thread = ModelThread(self._frame_s, self)
        thread.frame_ready.connect(self._on_frame_ready)
        thread.failed.connect(self._on_failed)
        thread.became_idle.connect(self._on_idle)
        return thread

    def _on_frame_ready(self) -> None:
        thread = self._thread
        frame = thread.take_frame() if isinstance(thread, ModelThread) else None
        if frame is not None and frame.number == self._number:
            self.frame = frame
            self.frame_shown.emit(frame)

    def _on_failed(self, error: SettingsError | str) -> None:
        self._set_running(False)
        self.failed.emit(error)

    def _on_idle(self) -> None:
        if self.tell_done():
            self._set_running(False)

    def _set_running(self, is_running: bool) -> None:
        if is_running != self.is_running:
            self.is_running = is_running
            self.running_changed.emit(is_running)
