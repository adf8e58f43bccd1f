"""Signs of one's own in the window: named, drawn when asked for, learned, read, and found again."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.reading.panel import NOTHING
from desktop.signs.new_set_dialog import NewSetDialog
from desktop.signs.sets_dialog import SetsDialog
from engine.adaptation import new_signs
from engine.errors import ModelFileError, StoreError
from tests.desktop.drawing import draw
from tests.desktop.signs.conftest import PATIENCE_MS, SIGNS, asked, draw_asked, keep_set, sign


def begin(window, qtbot, names="plus, minus, times"):
    """Name signs in the dialog, and wait until the first is asked for."""
    window._actions.new_signs.trigger()
    signs = window._signs.signs.get()
    dialog = signs.dialog
    assert isinstance(dialog, NewSetDialog)
    dialog.signs.setPlainText(names)
    dialog.name.setText("Sums")
    dialog.draw.click()
    qtbot.waitUntil(lambda: asked(window) is not None, timeout=PATIENCE_MS)
    return signs


def learned(window, qtbot, do):
    with qtbot.waitSignal(window._signs.signs.get().learning.ended, timeout=PATIENCE_MS) as ended:
        do()
    return ended.args[0]


def only_set(window):
    (found,) = window.store_service.store.sign_sets.entries()
    return found


def open_sets(window):
    window._actions.signs.trigger()
    dialog = window._signs.signs.get().dialog
    assert isinstance(dialog, SetsDialog)
    return dialog


def test_from_names_to_a_network_that_reads_them(window, qtbot):
    window._actions.lesson.setChecked(True)
    former = window.networks.title
    signs = begin(window, qtbot)
    band = signs.practice.band
    assert window.canvas.isVisible()
    assert window.focusWidget() is window.canvas
    assert band.isVisible()
    assert band.prompt == f"Draw: {SIGNS[asked(window)]}"
    assert band.question.startswith("1 of 15")
    assert window.prediction.labels.isHidden()
    first = asked(window)
    draw(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    assert band.question == "2 of 15"
    qtbot.waitUntil(lambda: only_set(window).counts[first] == 1, timeout=PATIENCE_MS)
    told = []
    signs.learning.state_changed.connect(told.append)
    ended = learned(window, qtbot, lambda: draw_asked(window, 14))
    assert only_set(window).counts == (5, 5, 5)
    assert band.isHidden()
    assert all(state.is_running for state in told[:-1])
    shares = [state.share for state in told[:-1]]
    assert shares == sorted(shares)
    assert ended.path.parent == window.networks.library.folder
    assert window.networks.title == "Sums: plus, minus, times"
    assert window.networks.is_current(ended.path)
    assert signs.band.text == (
        "Learned: plus, minus, times\n“Sums: plus, minus, times” is now reading the pad."
    )
    signs.band.try_it.click()
    assert signs.band.isHidden()
    assert window.focusWidget() is window.canvas
    window.document.put_ink(sign(1))
    assert window.reader.read_now().name in SIGNS.names
    assert len(window.reader.readings) == 1
    assert window.prediction.answer in SIGNS.names
    window.networks.use_former()
    assert window.networks.title == former


def test_the_former_network_comes_back_from_the_band(window, qtbot):
    keep_set(window)
    former = window.networks.title
    dialog = open_sets(window)
    learned(window, qtbot, dialog._train.click)
    signs = window._signs.signs.get()
    signs.band.go_back.click()
    assert window.networks.title == former
    assert signs.band.text.startswith(f"“{former}” is in use again.")
    assert signs.band.go_back.isHidden()
    window.networks.use_former()
    signs.learning.go_back()
    window.networks.use_shipped()
    signs.learning.go_back()
    assert "nothing was changed" in signs.band.text


def test_the_band_goes_when_another_network_is_chosen(window, qtbot):
    keep_set(window)
    dialog = open_sets(window)
    learned(window, qtbot, dialog._train.click)
    band = window._signs.signs.get().band
    assert not band.isHidden()
    window.networks.use_shipped()
    assert band.isHidden()
    window.networks.use_former()  # the one that learned reads again: it is not news
    assert band.isHidden()


def test_leaving_early_keeps_what_was_drawn_and_the_rest_is_asked_for_later(window, qtbot):
    begin(window, qtbot)
    draw_asked(window, 7)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.notice.text == "7 drawings were saved. Choose More, My signs to go on."
    assert asked(window) is None
    assert window.prediction.labels.isVisible()
    qtbot.waitUntil(lambda: sum(only_set(window).counts) == 7, timeout=PATIENCE_MS)
    dialog = open_sets(window)
    assert dialog.text.startswith("7 drawings: plus (")
    dialog._draw.click()
    assert window._signs.signs.get().dialog is None
    assert window._signs.signs.get().practice.band.question.startswith("1 of 8")
    learned(window, qtbot, lambda: draw_asked(window, 8))
    assert only_set(window).counts == (5, 5, 5)
    open_sets(window)._draw.click()
    assert window._signs.signs.get().practice.band.question.startswith("1 of 15")
    window._signs.leave()


def test_back_and_undo_take_the_last_drawing_away(window, qtbot):
    signs = begin(window, qtbot)
    first = asked(window)
    draw_asked(window, 1)
    qtbot.waitUntil(lambda: sum(only_set(window).counts) == 1, timeout=PATIENCE_MS)
    window._actions.undo.trigger()
    assert asked(window) == first
    qtbot.waitUntil(lambda: sum(only_set(window).counts) == 0, timeout=PATIENCE_MS)
    signs.practice.practice.keep()
    signs.practice.band.back_requested.emit()
    assert asked(window) == first
    assert window.document.is_empty
    window._signs.leave()
    qtbot.waitUntil(lambda: sum(only_set(window).counts) == 0, timeout=PATIENCE_MS)


def test_after_a_restart_the_set_is_there_with_its_network(make_window, window, qtbot):
    keep_set(window)
    dialog = open_sets(window)
    assert not dialog._use.isEnabled()
    learned(window, qtbot, dialog._train.click)
    title = window.networks.title
    qtbot.waitUntil(lambda: bool(only_set(window).network), timeout=PATIENCE_MS)
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.store_service.store is not None, timeout=PATIENCE_MS)
    assert again.networks.title == title
    again.networks.use_shipped()
    dialog = open_sets(again)
    assert dialog.text == "6 drawings: plus (2), minus (2), times (2)"
    dialog._use.click()
    assert again.networks.title == title


def test_a_set_without_drawings_says_so(window):
    window.store_service.store.sign_sets.add("Empty", SIGNS).result()
    dialog = open_sets(window)
    assert dialog.text == "No drawings yet: plus, minus, times"
    dialog.reject()


def test_a_set_is_deleted_and_comes_back(window, qtbot):
    keep_set(window)
    keep_set(window, name="Others")
    dialog = open_sets(window)
    assert dialog.chosen.name == "Others"
    dialog.sets.setFocus()
    QTest.keyClick(dialog.sets, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: dialog.sets.count() == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(dialog._undo.isVisible, timeout=PATIENCE_MS)
    assert dialog._said.text() == "“Others” was deleted."
    assert dialog.chosen.name == "Sums"
    dialog._undo.click()
    qtbot.waitUntil(lambda: dialog.sets.count() == 2, timeout=PATIENCE_MS)
    assert dialog._undo.isHidden()
    dialog.reject()


def test_a_set_is_renamed_in_the_list(window, qtbot):
    number = keep_set(window)
    dialog = open_sets(window)
    dialog.sets.item(0).setText("Arithmetic")
    qtbot.waitUntil(lambda: only_set(window).name == "Arithmetic", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: dialog.chosen.name == "Arithmetic", timeout=PATIENCE_MS)
    assert dialog.chosen.id == number
    dialog.reject()


def test_without_sets_there_is_nothing_to_choose_but_a_new_one(window):
    dialog = open_sets(window)
    assert dialog.text == "There are no sets of signs yet. Choose New set to make one."
    assert not any(
        button.isEnabled() for button in (dialog._draw, dialog._train, dialog._use, dialog._delete)
    )
    assert dialog.focusWidget() is dialog._new
    QTest.keyClick(dialog._new, Qt.Key.Key_Space)
    assert isinstance(window._signs.signs.get().dialog, NewSetDialog)
    window._signs.signs.get().dialog.reject()


def test_a_long_name_of_a_set_ends_in_dots_and_its_tip_has_all_of_it(window):
    name = "Signs of a long evening " * 3
    keep_set(window, of_each=0, name=name.strip())
    dialog = open_sets(window)
    dialog.show()
    assert not dialog.sets.horizontalScrollBar().isVisible()
    assert name.strip() in dialog.sets.item(0).toolTip().replace("\xa0", " ")
    dialog.reject()


def test_closing_while_a_sign_is_asked_for_keeps_what_was_drawn(make_window, window, qtbot):
    begin(window, qtbot)
    draw_asked(window, 2)
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.store_service.store is not None, timeout=PATIENCE_MS)
    assert sum(only_set(again).counts) == 2


@pytest.fixture
def held(monkeypatch):
    """Learning begins, and goes on only once it is stopped or let go."""
    learn, begun, let_go = new_signs.learn_signs, threading.Event(), threading.Event()

    def hold(start, drawings, is_stopped=lambda: False, **more):
        begun.set()
        while not (is_stopped() or let_go.wait(0.02)):
            pass
        yield from learn(start, drawings, is_stopped=is_stopped, **more)

    monkeypatch.setattr(new_signs, "learn_signs", hold)
    begun.let_go = let_go.set
    return begun


def train(window, held, qtbot):
    keep_set(window)
    open_sets(window)._train.click()
    qtbot.waitUntil(held.is_set, timeout=PATIENCE_MS)


def test_closing_while_signs_are_learned_ends_it(window, qtbot, held):
    train(window, held, qtbot)
    thread = window._signs.signs.get().learning._thread
    window.close()
    assert thread.isFinished()
    assert window.networks.entries() == []


def test_stop_changes_nothing_and_the_turn_is_free_again(window, qtbot, held):
    former = window.networks.title
    train(window, held, qtbot)
    band = window._signs.signs.get().band
    assert band.stop.isVisible()
    assert band.text.startswith("Learning plus, minus, times")
    window._actions.train.trigger()
    assert window.notice.text == "The network is learning your signs. Press Train again when it is done."
    learned(window, qtbot, band.stop.click)
    assert band.text == "Stopped: the network in use was not changed."
    assert window.networks.title == former
    assert window.networks.entries() == []
    assert not window.training_controller.training_lock.is_taken


def test_signs_wait_for_a_training_and_can_be_stopped_while_they_do(window, qtbot):
    keep_set(window)
    lock = window.training_controller.training_lock
    assert lock.take()
    open_sets(window)._train.click()
    signs = window._signs.signs.get()
    assert signs.band.text == "A training is running. Your signs are learned when it is done."
    signs.band.stop.click()
    assert not signs.learning.is_running
    open_sets(window)._train.click()
    learned(window, qtbot, lock.end)
    assert window.networks.title == "Sums: plus, minus, times"


def test_another_set_is_learned_after_the_one_that_is_being_learned(window, qtbot, held):
    train(window, held, qtbot)
    learning = window._signs.signs.get().learning
    learning.learn(window._signs.signs.get().signs.find(keep_set(window, name="Others")))
    ended = []
    learning.ended.connect(ended.append)
    held.let_go()
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=PATIENCE_MS)
    assert [each.model.name[:4] for each in ended] == ["Sums", "Othe"]
    assert window.networks.title == "Others: plus, minus, times"
    assert not window.training_controller.training_lock.is_taken


def test_a_network_that_was_chosen_meanwhile_stays(window, qtbot, held):
    train(window, held, qtbot)
    window.networks.use_file(window.networks.library.shipped_letters())
    title = window.networks.title
    learned(window, qtbot, held.let_go)
    assert window.networks.title == title
    assert window._signs.signs.get().band.text.startswith("You chose another network meanwhile.")
    assert [entry.title for entry in window.networks.entries()] == ["Sums plus, minus, times"]


def test_where_letters_cannot_be_opened_the_network_of_digits_is_the_start(
    window, qtbot, monkeypatch, tmp_path
):
    keep_set(window)
    dialog = open_sets(window)
    monkeypatch.setattr(window.networks.library, "shipped_letters", lambda: tmp_path / "gone.safetensors")
    ended = learned(window, qtbot, dialog._train.click)
    assert ended.model.classes == SIGNS


def test_too_few_drawings_are_one_sentence(window, qtbot):
    keep_set(window, of_each=1)
    learned(window, qtbot, open_sets(window)._train.click)
    assert "drawing of “plus”" in window._signs.signs.get().band.text


def fail(error):
    def raise_it(*_, **__):
        raise error

    return raise_it


def test_a_fault_of_the_program_is_told_with_details(window, qtbot, monkeypatch):
    keep_set(window)
    monkeypatch.setattr(new_signs, "learn_signs", fail(RuntimeError("a fault")))
    learned(window, qtbot, open_sets(window)._train.click)
    band = window._signs.signs.get().band
    assert band.text == "The signs could not be learned; the network in use was not changed."
    assert window.notice.text == band.text


def test_a_network_that_no_disk_takes_reads_all_the_same(window, qtbot, monkeypatch):
    keep_set(window)
    with monkeypatch.context() as full:
        full.setattr(window.networks.library, "keep", fail(ModelFileError("The disk is full.")))
        learned(window, qtbot, open_sets(window)._train.click)
    assert window._signs.signs.get().band.text.endswith("The disk is full.")
    assert window.networks.unkept == [window.networks.model]


def test_what_is_drawn_for_a_set_is_not_read_as_something_else(window, qtbot):
    begin(window, qtbot)
    window.document.put_ink(sign(asked(window)))
    assert window.reader.read_now() is None
    assert window.prediction.answer == NOTHING
    assert "Nothing is read" in window.prediction.accessibleDescription()
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    assert window._signs.signs.get().practice.band.question == "2 of 15"
    window._signs.leave()
    window.document.put_ink(sign(0))
    assert window.reader.read_now() is not None
    assert "Nothing is read" not in window.prediction.accessibleDescription()


def test_a_drawing_that_is_not_kept_is_told(window, qtbot, monkeypatch):
    begin(window, qtbot)
    monkeypatch.setattr(window.store_service.store.drawings, "add", fail(StoreError("Not saved.")))
    draw_asked(window, 1)
    assert window.notice.text == "Not saved."
    window._signs.leave()


def test_where_nothing_can_be_kept_that_is_said_at_once(window):
    store = window.store_service.store
    store.is_read_only, store.notice = True, "The file may not be written to."
    for action in (window._actions.new_signs, window._actions.signs):
        action.trigger()
        assert window.notice.text == "No signs can be drawn: The file may not be written to."
        assert window._signs.signs.get().dialog is None


def test_digits_and_signs_are_not_asked_for_at_once(window, qtbot):
    begin(window, qtbot)
    window._actions.practise.trigger()
    assert asked(window) is None
    assert window._practice.band.get().isVisible()
    window._signs.signs.get()._draw(only_set(window).id)
    assert window._practice.band.get().isHidden()
    window._booth.booth.get().open()
    window._booth.booth.get().leave()
    window._actions.booth.trigger()
    assert asked(window) is None
    window._actions.booth.trigger()


def test_nothing_is_made_before_it_is_wanted(window, theme):
    theme.choose("dark")
    window.close()
    assert window._signs.signs.made is None


@pytest.mark.parametrize("name", ["new_signs", "signs"])
def test_a_dialog_that_is_open_goes_with_the_window(window, name):
    getattr(window._actions, name).trigger()
    window.close()
    assert window._signs.signs.get().dialog is None


def test_a_long_name_is_asked_for_in_smaller_letters_in_any_appearance(window, qtbot, theme):
    begin(window, qtbot, "a word of 20 letters, b")
    prompt = window._signs.signs.get().practice.band._prompt
    size = prompt.font().pointSizeF()
    assert size < 2 * window.font().pointSizeF()
    theme.choose("dark")
    assert prompt.font().pointSizeF() == size
    assert prompt.width() >= prompt.fontMetrics().horizontalAdvance("Draw: a word of 20 letters")
    window._signs.leave()


def test_many_signs_have_no_dots_but_are_counted(window, qtbot):
    begin(window, qtbot, ",".join("abcdefghi"))
    band = window._signs.signs.get().practice.band
    assert band._dots.isHidden()
    assert band.question.startswith("1 of 45")
    window._signs.leave()
