"""Lessons: what is learned from, what comes of it, and every way in which one does not."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace

import pytest

from engine.data.mnist.files import FILES
from engine.errors import ModelFileError
from engine.store.drawings import VISITOR
from engine.store.run import FINISHED
from engine.store.store import FILE_NAME
from tests.desktop.learning.conftest import PATIENCE_MS, School
from tests.desktop.networks.test_networks import make_model

EVERY_DIGIT = list(range(10))


def test_a_lesson_makes_a_network_that_is_kept_and_used_and_can_be_left_again(school):
    school.draw(EVERY_DIGIT * 3)
    finished = school.learn()
    learned = finished.learned
    assert (learned.taught.digits, learned.held_out.digits) == (20, 10)
    assert learned.taught.after > learned.taught.before
    assert school.networks.title == "start, taught 20 drawings"
    assert finished.path.parent == school.networks.library.folder
    assert school.networks.is_current(finished.path)
    last = school.states[-1]
    assert last.headline == (
        f"{learned.held_out.before} of 10 held-out drawings read correctly before, "
        f"{learned.held_out.after} of 10 now"
    )
    assert last.details.startswith("Built-in handwriting ")
    assert "It learned from 20 others." in last.details
    assert last.has_new_network
    school.networks.use_former()
    assert school.networks.title == "start"


def test_progress_rises_to_the_end(school):
    school.draw(EVERY_DIGIT)
    school.learn()
    shares = [state.share for state in school.states if state.share is not None]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0


def test_ten_drawings_are_all_learned_and_tested_all_the_same(school):
    school.draw(EVERY_DIGIT)
    learned = school.learn().learned
    assert learned.held_out is None
    tested = learned.cross_validated
    assert school.states[-1].headline == (
        f"{tested.before} of 10 drawings read correctly before, {tested.after} of 10 now"
    )
    assert school.states[-1].details.startswith(
        "Each drawing was tested with a network that had learned only from other drawings. "
        "The network in use has learned from all 10. Built-in handwriting "
    )
    assert "Testing what it learned" in [state.headline for state in school.states]


def test_one_drawing_is_enough(school):
    school.draw([4])
    school.learn()
    assert school.states[-1].headline.startswith("Learned from 1 drawing, read ")
    assert "tested" not in school.states[-1].details


def test_drawings_of_one_digit_are_learned_with_a_word_about_it(school):
    school.draw([7] * 4)
    school.learn()
    assert "It saw only sevens: draw other digits as well." in school.states[-1].details


def test_the_next_lesson_starts_from_the_network_of_the_last(school):
    school.draw(EVERY_DIGIT)
    school.learn()
    school.draw(EVERY_DIGIT, first_seed=50)
    school.learn()
    assert school.networks.title == "start, taught 20 drawings"
    assert school.networks.former_title == "start, taught 10 drawings"
    assert "An earlier lesson may have included some of them." in school.states[-1].details


def test_without_drawings_nothing_is_learned_and_the_turn_is_free_again(school):
    assert school.learn().learned is None
    assert school.states[-1].headline.startswith("There are no drawings to learn from")
    assert not school.training_lock.is_taken
    assert school.networks.title == "start"


def test_without_a_store_the_reason_is_told(tmp_path, qtbot):
    folder = tmp_path / "kept"
    folder.mkdir()
    with sqlite3.connect(folder / FILE_NAME) as foreign:
        foreign.execute("CREATE TABLE recipes (name TEXT)")
    foreign.close()
    school = School(tmp_path, qtbot)
    with qtbot.waitSignal(school.store_service.notice_given, timeout=PATIENCE_MS):
        school.store_service.open()
    school.training_controller.learn()
    assert "another program's" in school.states[-1].headline
    assert not school.training_controller.is_running
    school.close()


def test_a_store_that_cannot_be_read_any_more_is_told(school, tmp_path):
    school.draw(EVERY_DIGIT)
    school.store_service.close()
    school.store_service._store = _Gone(school.collection)
    school.training_controller.learn()
    school.qtbot.waitUntil(lambda: not school.training_controller.is_running, timeout=PATIENCE_MS)
    assert school.states[-1].headline == "gone"
    school.store_service._store = None


class _Gone:
    """Stands for a store on a disk that was taken out."""

    is_read_only = False

    def __init__(self, _collection):
        self.drawings = self

    def entries(self):
        from engine.errors import StoreError

        raise StoreError("gone")


def test_a_damaged_data_set_is_told_and_the_next_lesson_does_without_it(school, tmp_path):
    raw = tmp_path / "damaged" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in FILES:
        with (raw / file.name).open("wb") as empty:
            empty.truncate(file.size)
    school.settings.mnist_folder = tmp_path / "damaged"
    school.draw(EVERY_DIGIT)
    assert school.learn().learned is None
    assert "MNIST" in school.states[-1].headline
    assert school.states[-1].report == ""
    shutil.rmtree(tmp_path / "damaged")
    assert school.learn().learned is not None


def test_stopping_changes_nothing(school):
    school.draw(EVERY_DIGIT)
    with school.qtbot.waitSignal(school.training_controller.lesson_ended, timeout=PATIENCE_MS) as ended:
        school.training_controller.learn()
        school.training_controller.stop()
    assert ended.args[0].learned is None
    assert school.states[-1].headline == "Stopped: the network in use was not changed."
    assert school.networks.title == "start"
    assert not school.training_lock.is_taken


def test_a_network_chosen_meanwhile_stays_and_the_new_one_is_kept(school):
    school.draw(EVERY_DIGIT)
    with school.qtbot.waitSignal(school.training_controller.lesson_ended, timeout=PATIENCE_MS) as ended:
        school.training_controller.learn()
        school.networks.use(make_model("other", (784, 10)), None)
    assert school.networks.title == "other"
    assert ended.args[0].path.is_file()
    assert school.states[-1].headline == (
        "You chose another network while this one was learning. “start, taught 10 drawings” was saved; "
        "choose it under Network."
    )


def test_a_lesson_waits_for_a_training_to_end(school):
    school.draw(EVERY_DIGIT)
    assert school.training_lock.take()
    school.training_controller.learn()
    assert school.states[-1].headline == "A training is running. Learning starts when it is done."
    assert school.training_controller.is_running
    with school.qtbot.waitSignal(school.training_controller.lesson_ended, timeout=PATIENCE_MS) as ended:
        school.training_lock.end()
    assert ended.args[0].learned is not None


def test_waiting_can_be_stopped(school):
    school.training_lock.take()
    school.training_controller.learn()
    school.training_controller.stop()
    school.training_lock.end()
    assert not school.training_controller.is_running
    assert school.states[-1].headline.startswith("Stopped")


@pytest.mark.parametrize("sizes", [(100, 10), (784, 4)])
def test_a_network_of_other_sizes_is_refused(school, sizes):
    school.draw(EVERY_DIGIT)
    school.networks.use(make_model("odd", sizes), None)
    assert school.learn().learned is None
    assert school.states[-1].headline == (
        "odd does not read pictures of 28 × 28 pixels as ten digits: choose another network to teach."
    )


def test_a_network_that_cannot_be_kept_reads_all_the_same(school, monkeypatch):
    def refuse(_model):
        raise ModelFileError("The disk is full.")

    monkeypatch.setattr(school.networks.library, "keep", refuse)
    school.draw(EVERY_DIGIT)
    assert school.learn().path is None
    assert school.networks.title == "start, taught 10 drawings"
    assert school.networks.unkept == [school.networks.model]
    assert school.states[-1].details.endswith("The disk is full.")


def test_what_nobody_expected_is_told_with_details(school, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise RuntimeError("surprise")

    monkeypatch.setattr("engine.adaptation.learn_drawings.learn", fail)
    school.draw(EVERY_DIGIT)
    school.learn()
    assert school.states[-1].headline.startswith("Learning failed unexpectedly")
    assert "surprise" in school.states[-1].report
    assert "learning failed" in caplog.text


def test_a_visitors_network_is_lent_and_in_no_file(school):
    school.draw([7] * 3)
    school.draw([1, 2], writer=VISITOR, first_seed=30)
    visitors = school.make_controller(is_for_visitor=True)
    finished = school.learn(visitors)
    assert finished.learned.labels == (1, 2)
    assert finished.path is None
    assert school.networks.is_lent
    assert not school.networks.library.folder.exists()
    assert school.networks.unkept == []
    assert school.settings.network == "start.safetensors"
    school.networks.take_back()
    assert (school.networks.title, school.networks.former_title) == ("start", "")


def test_the_owners_lesson_leaves_visitors_drawings_out(school):
    school.draw([7] * 2)
    school.draw([1, 2], writer=VISITOR, first_seed=30)
    assert school.learn().learned.labels == (7,)


def test_a_lesson_is_recorded_among_the_trainings_and_a_visitors_is_not(school):
    school.draw(EVERY_DIGIT)
    school.draw([1, 2], writer=VISITOR, first_seed=30)
    school.learn(school.make_controller(is_for_visitor=True))
    school.networks.take_back()
    assert school.store_service.store.runs.entries() == []
    learned = school.learn().learned
    [run] = school.store_service.store.runs.entries()
    assert (run.name, run.state) == (learned.model.name, FINISHED)
    assert run.steps == run.total_steps
    assert run.data == "drawings and its own answers to built-in handwriting"


def test_closing_in_the_middle_ends_in_time(school):
    school.draw(EVERY_DIGIT)
    school.training_controller.learn()
    school.training_controller.close()
    assert not school.training_controller._thread.isRunning()


def test_what_is_rehearsed_is_read_ahead_once(school):
    school.training_controller.prepare()
    school.qtbot.waitUntil(lambda: school.training_controller._preparation is None, timeout=PATIENCE_MS)
    assert school.cache._written is not None


def test_a_lesson_that_made_it_worse_is_kept_and_not_put_to_use(school, monkeypatch):
    from engine.adaptation import learn_drawings
    from engine.adaptation.learn_drawings import Learned

    real = learn_drawings.learn

    def harmful(*arguments, **more):
        for result in real(*arguments, **more):
            if isinstance(result, Learned):
                known = replace(result.known, before=95 * result.known.digits // 100, after=0)
                result = replace(result, known=known)
            yield result

    monkeypatch.setattr("engine.adaptation.learn_drawings.learn", harmful)
    start = school.networks.model
    school.draw(EVERY_DIGIT)
    finished = school.learn()
    assert school.networks.model is start
    state = school.states[-1]
    assert "was not changed" in state.headline
    assert "“start” stays in use" in state.details
    assert state.can_use
    assert not state.has_new_network
    assert finished.path.is_file()
    school.training_controller.use()
    assert school.networks.is_current(finished.path)
