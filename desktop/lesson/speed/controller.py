"""Speed controller: the Speed page asks for a measurement, and a thread makes it."""

from __future__ import annotations

from desktop.lesson.measuring_controller import LEARNING, MeasuringController
from desktop.lesson.speed.page import SpeedPage
from desktop.lesson.speed.thread import SpeedThread
from desktop.lesson.step_runner import StepRunner
from desktop.training.controller import TrainingController
from engine.lesson.speed import Timing
from engine.lesson.speed_tasks import Way


class SpeedController(MeasuringController):
    """Made together with its page. Whatever else computes has the processor to itself.

    Attributes:
        page: The page.
    """

    def __init__(self, step_runner: StepRunner, training: TrainingController) -> None:
        page = SpeedPage()
        super().__init__(page, step_runner, training)
        self.page = page
        page.measure_requested.connect(self._on_measure_requested)
        page.stop_requested.connect(self.stop)
        self.make_way()

    def show_blocked(self, sentence: str) -> None:
        """At the button."""
        self.page.set_blocked(sentence)

    def show_end(self, was_stopped: bool, failure: str) -> None:
        """At the button."""
        self.page.set_measuring(False)
        self.page.show_end(was_stopped, failure)

    def _on_measure_requested(self) -> None:
        if self.is_measuring:
            return
        if self._training.training_lock.is_taken:
            self.page.show_state(LEARNING)
            return
        thread = SpeedThread(self)
        thread.ways_found.connect(self._on_ways_found)
        thread.round_done.connect(self._on_round_done)
        self.page.set_measuring(True)
        self.begin(thread)

    def _on_ways_found(self, ways: tuple[Way, ...]) -> None:
        self.page.set_ways(ways)

    def _on_round_done(self, timings: tuple[Timing, ...]) -> None:
        self.page.show_timings(timings)
        self.stop_for_learning()
