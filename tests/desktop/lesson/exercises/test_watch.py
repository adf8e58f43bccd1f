"""What happens ticks exercises: each by the facts it asks for, and by no others."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from desktop.lesson.exercises.facts import (
    DescentJudged,
    DigitRead,
    LevelChosen,
    MatricesTyped,
    ProductCompleted,
    RateChosen,
    RunEnded,
    ShapesCompared,
    SpeedMeasured,
    StepTaken,
    UnitPointedAt,
)
from desktop.lesson.exercises.settled import Settled
from desktop.lesson.exercises.table import EXERCISES, exercises_of
from desktop.lesson.exercises.watch import ExerciseWatch
from desktop.lesson.pages import PAGES
from desktop.settings.settings import Settings
from engine.lesson.descent import Verdict
from engine.settings import TrainingSettings

USUAL = TrainingSettings()


def run(accuracy: float | None = 0.97, *, stopped=False, diverged=False, **settings) -> RunEnded:
    return RunEnded(replace(USUAL, **settings), accuracy, stopped, diverged)


def judged(*verdicts: str) -> list[DescentJudged]:
    return [DescentJudged(number, verdict) for number, verdict in enumerate(verdicts, 1)]


DONE = {
    "levels-same-curves": [[run(level=6), run(level=2)], [run(level=1), run(level=1), run(level=5)]],
    "levels-own-gradients": [[LevelChosen(2), LevelChosen(6)]],
    "levels-slow": [[run(level=3, epochs=1)]],
    "step-ten": [[StepTaken(10, 1.0, 0.9, 3, 64)], [StepTaken(46, 1.0, 0.9, 3, 64)]],
    "step-worse": [[StepTaken(1, 2.0, 2.1, 3, 64)]],
    "step-all-right": [[StepTaken(300, 0.1, 0.05, 64, 64)]],
    "weights-no-hidden": [[run(hidden=())]],
    "weights-forty-units": [[run(0.971, hidden=(40,))], [run(0.97, hidden=(32, 8))]],
    "rate-use": [[RateChosen(0.03)]],
    "rate-tenth": [
        [run(learning_rate=0.05), run(learning_rate=0.005)],
        [run(learning_rate=0.01), run(learning_rate=0.1)],
    ],
    "rate-fail": [[run(None, diverged=True)], [run(0.098)]],
    "descent-diverge": [judged("climbs", "diverged")],
    "descent-overshoot": [judged("overshoots", "descends", "arrived")],
    "descent-three": [judged("arrived"), judged("descends", "descends", "arrived")],
    "broadcasting-fail": [[ShapesCompared((3,), (4,), None)]],
    "broadcasting-both": [[ShapesCompared((3, 1), (4,), (3, 4))]],
    "broadcasting-axes": [
        [ShapesCompared((4,), (2, 3, 4), (2, 3, 4))],
        [ShapesCompared((2, 3, 4), (1,), (2, 3, 4))],
    ],
    "functions-unsure": [[DigitRead(0.59, (0.0,) * 10)]],
    "functions-two-sigmoids": [[DigitRead(0.8, (1.0, 0.1, *(-1.0,) * 8))]],
    "network-hidden": [[UnitPointedAt(False, False)]],
    "network-answer": [[UnitPointedAt(True, True), UnitPointedAt(True, False)]],
    "product-complete": [[ProductCompleted("broadcasting")]],
    "product-three-views": [
        [
            ProductCompleted("broadcasting"),
            ProductCompleted("row times column"),
            ProductCompleted("outer products"),
        ]
    ],
    "product-no-fit": [[MatricesTyped((2, 3), (2, 3))]],
    "speed-measure": [[SpeedMeasured(0.5)]],
    "speed-quiet": [[SpeedMeasured(0.5), SpeedMeasured(0.97)]],
    "functions-sure": [[DigitRead(0.9995, (9.0, *(-9.0,) * 9))]],
}

NOT_DONE = {
    "levels-same-curves": [
        [run(level=6)],
        [run(level=6), run(level=6)],
        [run(level=6), run(level=2, seed=2)],
        [run(level=6, stopped=True), run(level=2)],
        [run(level=6), run(level=2, stopped=True)],
    ],
    "levels-own-gradients": [[LevelChosen(5)], [RateChosen(6.0)]],
    "levels-slow": [[run(level=2)], [run(level=3, stopped=True)]],
    "step-ten": [[StepTaken(9, 1.0, 0.9, 3, 64)]],
    "step-worse": [[StepTaken(1, 2.0, 2.0, 3, 64)]],
    "step-all-right": [[StepTaken(1, 2.0, 2.0, 63, 64)], [StepTaken(1, 2.0, 2.0, 1, 1)]],
    "weights-no-hidden": [[run()], [run(0.1, hidden=())], [run(None, hidden=(), diverged=True)]],
    "weights-forty-units": [
        [run(0.969, hidden=(40,))],
        [run(0.98, hidden=(41,))],
        [run(0.98, hidden=())],
        [run(None, hidden=(40,))],
    ],
    "rate-use": [[LevelChosen(1)]],
    "rate-tenth": [
        [run(learning_rate=0.05), run(learning_rate=0.01)],
        [run(learning_rate=0.05), run(learning_rate=0.005, seed=2)],
    ],
    "rate-fail": [[run(0.5)], [run(0.1, stopped=True)]],
    "descent-diverge": [judged("climbs")],
    "descent-overshoot": [
        judged("descends", "arrived"),
        judged("overshoots"),
        # Of an earlier start.
        [*judged("overshoots", "overshoots"), *judged("descends", "arrived")],
    ],
    "descent-three": [judged("descends", "descends", "descends", "arrived"), judged("descends")],
    "broadcasting-fail": [[ShapesCompared((3,), (3,), (3,))]],
    "broadcasting-both": [[ShapesCompared((3, 4), (4,), (3, 4))], [ShapesCompared((3,), (4,), None)]],
    "broadcasting-axes": [[ShapesCompared((4,), (3, 4), (3, 4))], [ShapesCompared((3,), (2, 3, 4), None)]],
    "functions-unsure": [[DigitRead(0.6, (0.0,) * 10)]],
    "functions-two-sigmoids": [[DigitRead(0.8, (1.0, *(-1.0,) * 9))]],
    "network-hidden": [[UnitPointedAt(True, True)]],
    "network-answer": [[UnitPointedAt(False, False)], [UnitPointedAt(True, True)]],
    "product-complete": [[MatricesTyped((2, 3), (3, 2))]],
    "product-three-views": [[ProductCompleted("broadcasting"), ProductCompleted("broadcasting")]],
    "product-no-fit": [[MatricesTyped((2, 3), (3, 2))]],
    "speed-measure": [[LevelChosen(7)]],
    "speed-quiet": [[SpeedMeasured(0.8)]],
    "functions-sure": [[DigitRead(0.99, (9.0, *(-9.0,) * 9))]],
}


@pytest.fixture
def memory(tmp_path):
    return Settings(tmp_path / "s.ini").lesson


@pytest.fixture
def watch(memory):
    return ExerciseWatch(memory)


def names(exercises) -> set[str]:
    return {exercise.name for exercise in exercises}


def test_every_exercise_is_tried_here():
    assert set(DONE) == set(NOT_DONE) == names(EXERCISES)
    assert len(EXERCISES) == len(names(EXERCISES))


@pytest.mark.parametrize("name", DONE)
def test_what_was_asked_for_ticks_it(tmp_path, name):
    for number, facts in enumerate(DONE[name]):
        memory = Settings(tmp_path / f"{number}.ini").lesson
        watch = ExerciseWatch(memory)
        for fact in facts[:-1]:
            watch.tell(fact)
        assert name not in memory.exercises_done
        watch.tell(facts[-1])
        assert name in memory.exercises_done


@pytest.mark.parametrize("name", NOT_DONE)
def test_what_is_almost_it_does_not(tmp_path, name):
    for number, facts in enumerate(NOT_DONE[name]):
        memory = Settings(tmp_path / f"{number}.ini").lesson
        watch = ExerciseWatch(memory)
        for fact in facts:
            watch.tell(fact)
        assert name not in memory.exercises_done


def test_each_page_of_the_lesson_has_two_or_three():
    for page in PAGES:
        assert 2 <= len(exercises_of(page)) <= 3, page


def test_exercises_are_told_in_one_plain_sentence_or_two():
    for exercise in EXERCISES:
        assert exercise.text[0].isupper()
        assert exercise.text.endswith(".")
        assert len(exercise.text) <= 110


def test_the_verdicts_that_are_asked_for_are_those_of_the_page():
    assert {"arrived", "diverged", "overshoots"} <= {verdict.value for verdict in Verdict}


def test_what_is_done_is_told_once(watch, qtbot):
    told = []
    watch.done.connect(told.append)
    watch.tell(RateChosen(0.1))
    watch.tell(RateChosen(0.2))
    assert names(told) == {"rate-use"}


def test_what_is_done_is_remembered_until_it_is_forgotten(memory, watch, tmp_path, qtbot):
    watch.tell(RateChosen(0.1))
    memory.pages_seen |= {"rate", "matrix-product"}
    settings = Settings(tmp_path / "other.ini")
    settings.lesson.exercises_done = memory.exercises_done
    settings.save()
    again = Settings(tmp_path / "other.ini")
    assert again.lesson.exercises_done == {"rate-use"}
    with qtbot.waitSignal(watch.forgotten):
        watch.forget()
    assert memory.exercises_done == frozenset()
    watch.tell(RateChosen(0.1))
    assert memory.exercises_done == {"rate-use"}


@pytest.mark.parametrize(
    "text", ["", "rate-use rate-use", "<b> rate-use ../..", "RATE-USE rate-use\t", "x" * 100 + " rate-use"]
)
def test_a_settings_file_may_say_anything(tmp_path, text):
    path = tmp_path / "s.ini"
    path.write_text(f'[lesson]\nexercises_done="{text}"\n', encoding="utf-8")
    assert Settings(path).lesson.exercises_done <= {"rate-use"}


def test_only_what_has_settled_counts(qtbot):
    told = []
    parent = QObject()
    settled = Settled(told.append, parent)
    first, second = ShapesCompared((3,), (4,), None), ShapesCompared((3,), (3,), (3,))
    settled.put(first)
    settled.put(second)
    assert told == []
    settled.settle()
    assert told == [second]
    settled.settle()
    assert told == [second]
    settled.put(first)
    settled.put(None)
    settled.settle()
    assert told == [second]
    settled._moment.setInterval(0)
    settled.put(first)
    qtbot.waitUntil(lambda: told == [second, first])
    parent.deleteLater()
