"""Exercises controller: the strip below the lesson's pages, and the watch that ticks its exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.lesson.exercises.page_facts import PageFacts
from desktop.lesson.exercises.program_facts import ProgramFacts
from desktop.lesson.exercises.strip import ExerciseStrip
from desktop.lesson.exercises.table import Exercise, exercises_of
from desktop.lesson.exercises.watch import ExerciseWatch

if TYPE_CHECKING:
    from typing import Any

    from desktop.lesson.pages import LessonParts
    from desktop.settings.lesson_settings import LessonSettings
    from desktop.widgets.panels.tabbed_pages import TabbedPages

# On a page seen for the first time the exercises are unfolded, if the view is so many lines high.
_LEAST_LINES = 38


class ExercisesController(QObject):
    """Made together with the lesson.

    Attributes:
        strip: Below the pages.
        watch: Hears what happens.
        program_facts: What trainings, steps and readings tell it.
        page_facts: What pages tell it.
    """

    def __init__(
        self, view: TabbedPages, parts: LessonParts, memory: LessonSettings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._memory = view, memory
        # What was chosen by hand, by pages.
        self._chosen: dict[str, bool] = {}
        self._page = ""
        self._is_first_visit = False
        self.strip = ExerciseStrip()
        self.watch = ExerciseWatch(memory, parent=self)
        tell = self.watch.tell
        self.program_facts = ProgramFacts(parts.training, parts.reader, parts.step_runner, tell, self)
        self.page_facts = PageFacts(tell, self)
        view.set_foot(self.strip)
        view.page_made.connect(self._on_page_made)
        view.page_chosen.connect(self._on_page_chosen)
        view.resized.connect(self._fold)
        self.strip.fold_toggled.connect(self._on_fold_toggled)
        self.strip.start_over_requested.connect(self.watch.forget)
        self.watch.done.connect(self._on_done)
        self.watch.forgotten.connect(self._show)

    def _on_page_made(self, name: str) -> None:
        page = self._view.page(name)
        if page is not None:
            self.page_facts.listen_to(name, page)

    def _on_page_chosen(self, name: str) -> None:
        if name == self._page:
            return
        self._page = name
        word = name.lower().replace(" ", "-")
        seen = self._memory.pages_seen
        self._is_first_visit = word not in seen and bool(exercises_of(name))
        if self._is_first_visit:
            self._memory.pages_seen = seen | {word}
        self._show()
        self._fold()

    def _show(self) -> None:
        exercises = exercises_of(self._page)
        self.strip.show_exercises(exercises, [each for each in exercises if self.watch.is_done(each)])

    def _fold(self) -> None:
        """As was chosen for this page; else folded, but for a first visit where there is room."""
        has_room = self._view.height() >= _LEAST_LINES * self._view.fontMetrics().lineSpacing()
        self.strip.set_unfolded(self._chosen.get(self._page, self._is_first_visit and has_room))

    def _on_fold_toggled(self, is_unfolded: bool) -> None:
        self._chosen[self._page] = is_unfolded

    def _on_done(self, exercise: Exercise[Any]) -> None:
        self.strip.tick(exercise)
