"""The user's drawings as data: alone, among others, and never as they were before."""

from dataclasses import replace

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.settings.settings import Settings
from desktop.training.data.data_cache import DataCache
from desktop.training.training_job import TrainingJob
from engine.data import mixing
from engine.data.classes import DIGITS
from engine.data.drawing_names import ALL_DRAWINGS, DRAWINGS, FEWEST_DRAWINGS
from engine.data.handwriting.synthetic_digits import random_ink
from engine.errors import DataError
from engine.settings import TrainingSettings
from engine.store.drawings import VISITOR
from engine.store.own_drawings import read_own_drawings
from engine.store.store import Store

COUNT = 40


@pytest.fixture(autouse=True)
def few_pictures(monkeypatch):
    """What is painted of drawings is painted in a moment."""
    monkeypatch.setattr(mixing, "_MOST_PAINTED", 200)


@pytest.fixture
def window(make_window, any_network_will_do, little_handwriting, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None)
    draw(window, COUNT)
    return window


def draw(window, count, writer=""):
    add(window.store_service.store.drawings, count, writer)
    window.collection.refresh()


def add(drawings, count, writer=""):
    for number in range(count):
        drawings.add(random_ink(number % 10, number), str(number % 10), writer=writer).result()


def choice(window):
    return window.training.fields.data


def pick(window, name):
    choice(window).setCurrentIndex(choice(window).findData(name))


def train(window, qtbot):
    fields = window.training.fields
    settings = TrainingSettings(hidden=(8,), epochs=1, batch_size=32)
    fields.set_settings(settings, fields.data_name, "cpu")
    with qtbot.waitSignal(window.training_controller.trainer.run_finished) as ended:
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    return ended.args[0]


def is_seen(window):
    label = next(each for each in window.training.findChildren(QLabel) if each.text() == "My drawings")
    share = choice(window).share
    assert label.isVisible() == share.isVisible()
    return share.isVisible()


def test_drawings_alone_are_trained_on_and_named(window, qtbot):
    assert choice(window).itemText(choice(window).findData(DRAWINGS)) == f"My drawings · {COUNT}"
    pick(window, DRAWINGS)
    assert window._settings.data == DRAWINGS
    assert not is_seen(window)
    finished = train(window, qtbot)
    assert finished.message == ""
    assert finished.model.provenance.data == "my drawings"
    assert finished.model.provenance.test_accuracy is None
    assert window.store_service.store.runs.newest().data == "my drawings"


def test_drawings_among_others_are_named_with_their_share(window, qtbot):
    assert is_seen(window)
    slider = choice(window).share.slider
    slider.setFocus()
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert window._settings.drawings.percent == 20
    finished = train(window, qtbot)
    assert finished.message == ""
    run = window.store_service.store.runs.newest()
    assert run.data == "built-in handwriting and my drawings (20 %)"
    slider.setValue(0)
    assert train(window, qtbot).model.provenance.data == "built-in handwriting"
    window._actions.runs.trigger()
    page = window._side_views.results.runs.page
    qtbot.waitUntil(lambda: page.model.run(run.id) is not None)
    page.settings_requested.emit(run.id)
    assert (choice(window).name, slider.value()) == ("handwriting", 20)


def test_the_share_can_be_reached_and_is_spoken(window):
    share = choice(window).share
    share.slider.setValue(30)
    choice(window).setFocus()
    window.focusNextPrevChild(True)
    assert window.focusWidget() is share.slider
    spoken = QAccessible.queryAccessibleInterface(share.slider)
    assert spoken.text(QAccessible.Text.Name) == "My drawings among the others, in per cent"
    assert spoken.text(QAccessible.Text.Description) == "30 % of what is learned from"


def test_few_drawings_are_offered_to_nobody(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None)
    draw(window, FEWEST_DRAWINGS - 1)
    assert not is_seen(window)
    draw(window, 1)
    assert is_seen(window)
    choice(window).share.slider.setValue(25)
    window.store_service.store.drawings.delete(window.store_service.store.drawings.numbers()[:1]).result()
    window.collection.refresh()
    assert not is_seen(window)
    job = window.training_controller.requested_job()
    assert job.drawings_percent == 0


def test_the_row_is_there_from_the_start_where_there_were_enough(window, theme, tmp_path):
    choice(window).share.slider.setValue(35)
    window._settings.save()
    panel_settings = Settings(tmp_path / "scratchpad.ini")
    assert panel_settings.drawings.are_enough
    assert panel_settings.drawings.percent == 35
    window._settings.restore_defaults()
    window.training_controller.show_settings()
    assert choice(window).share.slider.value() == 0
    assert window._settings.drawings.are_enough


@pytest.mark.parametrize("text", ["51", "-1", "ten", "", "５"])
def test_what_is_no_share_in_the_file_is_none(tmp_path, text):
    file = tmp_path / "s.ini"
    file.write_text(f"[data]\ndrawings_percent={text}\n", encoding="utf-8")
    assert Settings(file).drawings.percent == 0


def test_drawings_that_went_are_missed_at_train(window, qtbot):
    pick(window, DRAWINGS)
    drawings = window.store_service.store.drawings
    drawings.delete(drawings.numbers()[:30]).result()
    window.collection.refresh()
    assert choice(window).name == DRAWINGS
    with qtbot.waitSignal(window.training_controller.notice_given) as told:
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    assert told.args[0].startswith("There are 10 drawings to learn from, and 20 are the least")


def test_a_search_takes_drawings_alone_and_mixes_in_none(window, qtbot):
    choice(window).share.slider.setValue(20)
    window._actions.search.trigger()
    search = window._side_views.search
    qtbot.waitUntil(lambda: "A search mixes in no drawings." in search.foot._plan.text())
    job = search._planner.job()
    assert job.training.drawings_percent == 0
    pick(window, DRAWINGS)
    qtbot.waitUntil(lambda: "on your drawings" in search.foot._plan.text())
    assert "mixes" not in search.foot._plan.text()


def test_the_pages_of_the_lesson_take_them(window, qtbot):
    choice(window).share.slider.setValue(50)
    window._actions.lesson.trigger()
    runner = window._side_views.lesson.step_runner
    with qtbot.waitSignal(runner.step_observed):
        runner.step(window.training_controller.requested_job())


# The cache alone.


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "store")
    add(store.drawings, COUNT)
    yield store
    store.close()


@pytest.fixture
def make_job(store, tmp_path, little_handwriting):
    def make(data="handwriting", percent=0):
        return TrainingJob(
            data,
            tmp_path / "nothing",
            TrainingSettings(),
            "cpu",
            percent,
            lambda: read_own_drawings(store.drawings),
        )

    return make


def load(cache, job, is_cancelled=lambda: False):
    return cache.load(job, lambda *_: None, is_cancelled)


def test_drawings_that_changed_are_read_anew_and_others_are_kept(store, make_job):
    cache = DataCache()
    plain, mixed = load(cache, make_job()), load(cache, make_job(percent=20))
    assert plain is load(cache, make_job())
    assert mixed is load(cache, make_job(percent=20))
    assert len(mixed.training) == len(plain.training) * 100 // 80
    assert torch.equal(mixed.training.images[: len(plain.training)], plain.training.images)
    newest = store.drawings.numbers()[0]
    for change in (
        lambda: store.drawings.relabel({newest: "3"}),
        lambda: store.drawings.delete([newest]),
        lambda: store.drawings.add(random_ink(4, 99), "4"),
    ):
        change().result()
        former, mixed = mixed, load(cache, make_job(percent=20))
        assert mixed is not former
        assert mixed is load(cache, make_job(percent=20))
        assert load(cache, make_job()) is plain
    assert load(cache, make_job(percent=30)) is not mixed


def test_drawings_alone_are_read_anew_where_they_changed(store, make_job):
    cache, job = DataCache(), make_job(DRAWINGS)
    data = load(cache, job)
    assert data is load(cache, replace(job, drawings_percent=50))
    store.drawings.delete(store.drawings.numbers()[:10]).result()
    assert load(cache, job) is not data
    assert len(read_own_drawings(store.drawings).drawings) == COUNT - 10


def test_drawings_of_all_classes_are_told_apart_by_these_and_those_of_digits_by_digits(store, make_job):
    cache = DataCache()
    digits = load(cache, make_job(DRAWINGS))
    assert load(cache, make_job(ALL_DRAWINGS)).training.classes == DIGITS
    for number in range(25):
        store.drawings.add(random_ink(number % 10, number), "AB"[number % 2]).result()
    both = load(cache, make_job(ALL_DRAWINGS))
    assert both.training.classes.names == (*"0123456789", "A", "B")
    assert both.training.name == "my drawings of all classes"
    again = load(cache, make_job(DRAWINGS))
    assert again.training.classes == DIGITS
    assert len(again.training) == len(digits.training)


def test_drawings_of_other_classes_are_not_mixed_to_a_set(store, make_job):
    for number in range(25):
        store.drawings.add(random_ink(number % 10, number), "AB"[number % 2]).result()
    assert load(DataCache(), make_job(percent=20)).training.classes == DIGITS
    store.drawings.relabel(dict.fromkeys(store.drawings.numbers(), "A")).result()
    with pytest.raises(DataError, match=r"There are no drawings of 0, 1, 2, 3, 4, 5, … to learn from"):
        load(DataCache(), make_job(percent=20))
    with pytest.raises(DataError, match=r"^What you drew has 1 class: two are the least\.$"):
        load(DataCache(), make_job(ALL_DRAWINGS))


def test_a_large_set_is_not_kept_beside_what_it_was_mixed_to(make_job, monkeypatch):
    monkeypatch.setattr("desktop.training.data.data_cache.MOST_WAITING_BYTES", 100)
    cache = DataCache()
    mixed = load(cache, make_job(percent=20))
    assert cache._data is None
    assert load(cache, make_job(percent=20)) is mixed


def test_what_visitors_drew_is_not_learned_from(store):
    add(store.drawings, 5, VISITOR)
    add(store.drawings, 3, "me")
    assert len(read_own_drawings(store.drawings).drawings) == COUNT + 3


@pytest.mark.parametrize(("data", "percent"), [(DRAWINGS, 0), ("handwriting", 20)])
def test_painting_can_be_given_up(make_job, data, percent):
    cache = DataCache()
    load(cache, make_job())
    with pytest.raises(DataError, match="stopped"):
        load(cache, make_job(data, percent), lambda: True)
    assert len(load(cache, make_job(data, percent)).training)
