"""Exercise watch: hears what happens, and remembers which exercises are done."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.lesson.exercises.facts import Fact
from desktop.lesson.exercises.table import EXERCISES, Exercise
from desktop.settings.lesson_settings import LessonSettings

# Of each type; no exercise looks back further than a run of the Descent page goes.
_MOST_FACTS = 200


class ExerciseWatch(QObject):
    """What was done once stays done until it is forgotten.

    Signals:
        done: An exercise that has just been done.
        forgotten: None is done any more.
    """

    done = Signal(object)
    forgotten = Signal()

    def __init__(
        self,
        memory: LessonSettings,
        exercises: Sequence[Exercise[Any]] = EXERCISES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self._exercises = tuple(exercises)
        self._facts: dict[type[Fact], deque[Fact]] = {}

    def is_done(self, exercise: Exercise[Any]) -> bool:
        """Whether it was done, now or in an earlier session."""
        return exercise.name in self._memory.exercises_done

    def tell(self, fact: Fact) -> None:
        """Something happened."""
        facts = self._facts.setdefault(type(fact), deque(maxlen=_MOST_FACTS))
        facts.append(fact)
        for exercise in self._exercises:
            if exercise.fact is type(fact) and not self.is_done(exercise) and exercise.is_done(tuple(facts)):
                self._memory.exercises_done |= {exercise.name}
                self.done.emit(exercise)

    def forget(self) -> None:
        """Begin anew: nothing has happened, and nothing is done."""
        self._facts.clear()
        self._memory.exercises_done = frozenset()
        self.forgotten.emit()
