"""User: what a person sees and reaches in the window, for the steps of the smoke test."""

from __future__ import annotations

from PySide6.QtGui import QAction

from desktop.smoke_test.waiting import Waiting
from desktop.training.training_job import RunFinished
from desktop.window.main_window import MainWindow


class User:
    """Looks at the window, and waits for what it does.

    Attributes:
        wait_until: See `Waiting.wait_until`.
        steps_seen: Results of trainings that have arrived since it was set to 0.
    """

    def __init__(self, window: MainWindow, waiting: Waiting) -> None:
        self._window = window
        self._ended: list[RunFinished] = []
        self.wait_until = waiting.wait_until
        self.steps_seen = 0
        window.training_controller.trainer.run_finished.connect(self._ended.append)
        window.training_controller.trainer.results_arrived.connect(self._on_results_arrived)

    @property
    def has_seen_end(self) -> bool:
        """Whether a training ended that `end_of_run` has not returned yet."""
        return bool(self._ended)

    def end_of_run(self) -> RunFinished:
        """Wait for the end of a training.

        Raises:
            TookTooLongError: It did not end.
        """
        self.wait_until(lambda: self._ended, "the training ended")
        return self._ended.pop()

    def expect_answer(self, answer: str) -> None:
        """Wait until the reading begins with `answer`.

        Raises:
            TookTooLongError: It never did.
        """
        shown = self._window.prediction
        self.wait_until(lambda: shown.answer.startswith(answer), f"“{answer}” was read")

    def action(self, text: str) -> QAction:
        """The action of that name.

        Raises:
            StopIteration: There is none.
        """
        return next(action for action in self._window.actions() if action.text() == text)

    def _on_results_arrived(self, results: list[object]) -> None:
        self.steps_seen += len(results)
