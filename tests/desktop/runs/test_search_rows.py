"""Trials of a search in the table of runs: one row that opens to them, and all that is done with it."""

import contextlib

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.dialogs.question_dialog import QuestionDialog
from desktop.runs.disclosure import disclosure_width
from desktop.runs.run_columns import NAME, place_of
from desktop.runs.runs_model import RunsModel
from desktop.services.folders import data_folder
from engine.store.run import FAILED, STOPPED
from engine.store.store import Store
from tests.desktop.some_runs import keep_run, keep_search, some_run

PATIENCE_MS = 300_000
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def trial(number, search=7, **changes):
    accuracy = changes.pop("validation_accuracy", 0.9 + number / 1000)
    created = f"2026-03-01T12:00:{number % 60:02}.000+00:00"
    changes = {"test_accuracy": None, "name": f"trial {number}", "created": created, **changes}
    return some_run(id=number, search=search, validation_accuracy=accuracy, **changes)


def order(model):
    return [row.id for row in model.runs]


def text(model, number, key):
    return model.data(model.index(model.row_of(number), place_of(key)))


class TestModel:
    def test_a_search_is_one_row_among_runs_and_opens_to_its_trials(self, model):
        older = some_run(id=1, created="2026-02-01T12:00:00.000+00:00")
        newer = some_run(id=9, created="2026-04-01T12:00:00.000+00:00")
        model.set_runs([older, *map(trial, (2, 3, 4)), newer])
        assert order(model) == [9, -7, 1]
        assert text(model, -7, "name") == "Search of 3 trainings, best 90.4 %"
        assert text(model, -7, "validation_accuracy") == "90.40 %"
        assert text(model, -7, "seconds") == "9.0 s"
        model.set_open(-7, True)
        assert order(model) == [9, -7, 4, 3, 2, 1]
        model.set_open(-7, False)
        assert order(model) == [9, -7, 1]
        assert model.row_of(3) == model.row_of(-7)

    def test_the_winner_stands_for_a_search_and_until_then_the_best(self, model):
        model.set_runs([trial(2), trial(3, validation_accuracy=None, state=FAILED), trial(4)])
        assert model.run(-7).id == 4
        assert "1 failed" in model.details(-7)
        assert "“trial 4”" in model.details(-7)
        model.update_runs([trial(2, test_accuracy=0.91)])
        assert model.run(-7).id == 2
        assert text(model, -7, "test_accuracy") == "91.00 %"

    def test_a_search_without_any_accuracy_is_shown_as_well(self, model):
        model.set_runs([trial(2, validation_accuracy=None, state=FAILED)])
        assert text(model, -7, "name") == "Search of 1 training"

    def test_trials_are_sorted_below_their_search(self, model):
        high, low = some_run(id=1, validation_accuracy=0.99), some_run(id=5, validation_accuracy=0.5)
        model.set_runs([high, *map(trial, (2, 3, 4)), low])
        model.set_open(-7, True)
        model.sort(place_of("validation_accuracy"), UP)
        assert order(model) == [5, -7, 2, 3, 4, 1]
        model.sort(place_of("validation_accuracy"), DOWN)
        assert order(model) == [1, -7, 4, 3, 2, 5]

    def test_trials_that_come_change_the_row_of_their_search_alone(self, model):
        model.set_runs([some_run(id=1, created="2026-02-01T12:00:00.000+00:00"), trial(2)])
        model.update_runs([trial(3)])
        assert order(model) == [-7, 1]
        assert text(model, -7, "name") == "Search of 2 trainings, best 90.3 %"
        model.set_open(-7, True)
        model.update_runs([trial(4)])
        assert order(model) == [-7, 4, 3, 2, 1]

    def test_its_state_is_that_of_the_search(self, model):
        model.set_runs([trial(2)])
        assert text(model, -7, "state") == ""
        model.set_search_states({7: STOPPED})
        assert text(model, -7, "state") == STOPPED

    def test_a_search_goes_with_its_last_trial(self, model):
        model.set_runs([trial(2), trial(3), trial(4, search=8)])
        model.set_open(-7, True)
        assert model.numbers([-7, 3, 4]) == [2, 3, 4]
        model.toggle_compared(3)
        model.remove([3])
        assert order(model) == [-8, -7, 2]
        assert model.compared == {}
        model.remove([2])
        assert order(model) == [-8]

    def test_only_trials_have_a_name_to_edit_and_a_tick(self, model):
        model.set_runs([trial(2)])
        model.set_open(-7, True)
        head, below = model.index(0, NAME), model.index(1, NAME)
        changed = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        assert not model.flags(head) & changed
        assert model.flags(below) & changed == changed
        assert head.data(Qt.ItemDataRole.CheckStateRole) is None
        assert head.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", open")
        assert not head.data(Qt.ItemDataRole.DecorationRole).isNull()

    def test_two_thousand_trials_are_laid_out_a_few_times_not_each_by_itself(self, qapp):
        model = RunsModel()  # without a tester, which asks for every row after each change
        runs = [some_run(id=number) for number in range(1, 1001)]
        trials = [trial(number) for number in range(1001, 3001)]
        told = []
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(lambda *_: told.append(1))
        model.set_runs([*runs, *trials])
        model.set_open(-7, True)
        model.set_open(-7, False)
        model.remove(model.numbers([-7]))
        assert len(model.runs) == 1000
        assert len(told) <= 8
        model.deleteLater()


@pytest.fixture
def kept(qapp):
    """A run, a search of three trials, a run."""
    with contextlib.closing(Store.open(data_folder())) as store:
        keep_run(store, "first")
        keep_search(store, (0.7, 0.9, 0.8), STOPPED)
        keep_run(store, "last")


@pytest.fixture
def page(kept, make_window, qtbot):
    """The page of runs, with the keys at the row of the search."""
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window._actions.runs.trigger()
    page = window._side_views.results.runs.page
    qtbot.waitUntil(lambda: len(page.model.runs) == 3, timeout=PATIENCE_MS)
    page.table.choose(-1)
    return page


def names(page):
    return [row.name for row in page.model.runs]


def press(page, *keys):
    for key in keys:
        QTest.keyClick(page.table, key)


def asked(page):
    """The question after a click on Delete."""
    next(each for each in page.findChildren(QPushButton) if each.text() == "Delete").click()
    return next(each for each in page.findChildren(QuestionDialog) if each.isVisible())


ROW = "Search of 3 trainings, best 90.0 %"
KEY = Qt.Key


class TestPage:
    def test_keys_open_and_close_it(self, page):
        assert names(page) == ["last", ROW, "first"]
        assert page.model.data(page.model.index(1, place_of("state"))) == STOPPED
        assert page.details.startswith("3 trainings, 3.0 s in all. The best is “trial 2”")
        press(page, KEY.Key_Right)
        assert names(page) == ["last", ROW, "trial 3", "trial 2", "trial 1", "first"]
        assert page.table.current == -1
        press(page, KEY.Key_Down, KEY.Key_Down)
        assert page.model.run(page.table.current).name == "trial 2"
        press(page, KEY.Key_Left)
        assert page.table.current == -1
        press(page, KEY.Key_Left)
        assert names(page) == ["last", ROW, "first"]
        press(page, KEY.Key_Plus, KEY.Key_Down, KEY.Key_Up, KEY.Key_Minus)
        assert names(page) == ["last", ROW, "first"]
        assert page.table.current == -1

    def test_arrows_still_lead_to_other_columns(self, page):
        press(page, KEY.Key_Right, KEY.Key_Right)
        assert page.table.currentIndex().column() == NAME + 1
        press(page, KEY.Key_Left)
        assert page.table.currentIndex().column() == NAME
        assert page.model.is_open(-1)

    def test_the_mouse_opens_and_closes_it(self, page):
        cell = page.table.visualRect(page.model.index(1, NAME))
        triangle = QPoint(cell.left() + disclosure_width() // 2, cell.center().y())
        for is_open in (True, False):
            QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=triangle)
            assert page.model.is_open(-1) == is_open
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
        assert not page.model.is_open(-1)
        page.table.doubleClicked.emit(page.model.index(1, NAME))
        assert page.model.is_open(-1)

    def test_the_tick_of_a_trial_is_further_to_the_right(self, page):
        page.table.set_open(-1, True)
        cell = page.table.visualRect(page.model.index(2, NAME))
        for left, count in ((18, 0), (18 + disclosure_width(), 1)):
            at = QPoint(cell.left() + left, cell.center().y())
            QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
            assert len(page.model.compared) == count

    def test_its_best_trial_has_the_curve_is_compared_and_reads(self, page, qtbot):
        qtbot.waitUntil(lambda: len(page.plot.shown) == 1 and page.plot.hint == "", timeout=PATIENCE_MS)
        press(page, KEY.Key_Space)
        (compared,) = page.model.compared
        assert page.model.run(compared).name == "trial 2"
        assert page.model.is_open(-1)
        press(page, KEY.Key_Return)
        qtbot.waitUntil(lambda: page.window().networks.title == "trial 2", timeout=PATIENCE_MS)
        press(page, KEY.Key_U)
        assert page.window().training.fields.settings().learning_rate == pytest.approx(0.02)

    def test_trials_are_renamed_and_the_search_is_not(self, page, qtbot):
        press(page, KEY.Key_F2)
        assert page.table.findChild(QLineEdit) is None
        rename = next(each for each in page.findChildren(QPushButton) if each.text() == "Rename")
        assert not rename.isEnabled()
        press(page, KEY.Key_Right, KEY.Key_Down, KEY.Key_F2)
        assert rename.isEnabled()
        page.table.rename_current()  # asked again while it is written: no warning, the same editor
        editor = page.table.findChild(QLineEdit)
        editor.setText("my best")
        QTest.keyClick(editor, KEY.Key_Return)
        qtbot.waitUntil(lambda: "my best" in names(page), timeout=PATIENCE_MS)

    def test_deleting_it_asks_once_and_can_be_undone(self, page, qtbot):
        press(page, KEY.Key_Delete)
        dialog = page.findChild(QuestionDialog)
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClick(dialog, KEY.Key_Return)
        assert not dialog.isVisible()
        assert len(page.model.runs) == 3
        page.table.selectAll()
        dialog = asked(page)
        assert "this search with its 3 trainings, and 2 other runs?" in dialog.words
        dialog.reject()
        page.table.choose(-1)
        dialog = asked(page)
        dialog.yes.click()
        qtbot.waitUntil(lambda: names(page) == ["last", "first"], timeout=PATIENCE_MS)
        assert page.notice.text == "3 runs deleted."
        page.notice.undo.click()
        qtbot.waitUntil(lambda: names(page) == ["last", ROW, "first"], timeout=PATIENCE_MS)
        # The list may tell of the rows before it is read whole.
        qtbot.waitUntil(lambda: page.table.current == -1)

    @pytest.mark.parametrize("size", [(960, 600), (1366, 768)])
    def test_text_that_wraps_takes_no_room_from_the_plot(self, page, qtbot, size):
        page.window().resize(*size)
        qtbot.waitUntil(lambda: page.plot.height() >= page.plot.minimumSizeHint().height())

    def test_one_trial_is_deleted_without_a_question(self, page, qtbot):
        press(page, KEY.Key_Right, KEY.Key_Down, KEY.Key_Delete)
        qtbot.waitUntil(lambda: "trial 3" not in names(page), timeout=PATIENCE_MS)
        assert page.findChild(QuestionDialog) is None
        assert names(page)[1] == "Search of 2 trainings, best 90.0 %"
