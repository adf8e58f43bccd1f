"""The table of trials: sorted, ticked, and gone through by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.runs.run_styles import MOST_COMPARED
from desktop.search.trials.trials_page import TrialsPage
from engine.training.run_states import FAILED
from tests.desktop.search.some_search import completed, plan_of, record_of, trials_of

PLAN = {"learning_rate": "0.1 0.2 0.4", "hidden": "100 50; 20; 30"}


@pytest.fixture
def page(qtbot):
    page = TrialsPage()
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    return page


def cells(page, row):
    return [page.model.index(row, column).data() for column in range(page.model.columnCount())]


def test_there_is_a_column_for_each_setting_that_varies_and_the_best_comes_first(page):
    assert page.table.isHidden()
    page.show_search(record_of(plan_of(PLAN), [0.5, None, 0.9, 0.7]), None)
    assert page.model.titles[:5] == ["Trial", "Validation", "Valid. loss", "Learning rate", "Hidden layers"]
    assert page.model.numbers == [3, 4, 1, 2]
    assert cells(page, 0)[:5] == ["3", "90.00 %", "0.1000", "0.1", "30"]
    assert cells(page, 3)[1] == ""
    page.show_search(record_of(plan_of(PLAN, objective="loss"), [0.5, 0.2, 0.9]), None)
    assert page.model.order[1] == Qt.SortOrder.AscendingOrder


def test_it_is_sorted_by_any_column_and_the_chosen_row_stays(page):
    page.show_search(record_of(plan_of(PLAN), [0.5, 0.6, 0.9, 0.7]), 1)
    assert page.table.current == 1
    page.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert page.model.numbers == [2, 3, 1, 4], "fewer layers first, then fewer units"
    assert page.table.current == 1
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_S)
    assert page.model.numbers == [1, 2, 3, 4]
    QTest.keyClick(page.table, Qt.Key.Key_S)
    assert page.model.numbers == [4, 3, 2, 1]


def test_trials_that_come_are_put_in_their_order(page):
    plan = plan_of(PLAN)
    record = record_of(plan, [0.5, 0.6], is_over=False)
    page.show_search(record, None)
    trials = trials_of(plan)
    record.take([completed(plan, trials[2], 0.9), completed(plan, trials[3], None, FAILED)], 20.0)
    page.show_search(record, None)
    assert page.model.numbers == [3, 2, 1, 4]
    assert cells(page, 3)[-1] == "failed"


def test_space_ticks_and_no_more_than_can_be_told_apart(page, qtbot):
    plan = plan_of({"learning_rate": " ".join(str(0.01 * step) for step in range(1, 12))})
    page.show_search(record_of(plan, [0.1 + 0.01 * step for step in range(11)]), None)
    for row in range(MOST_COMPARED):
        page.table.setCurrentIndex(page.model.index(row, 0))
        QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert len(set(page.model.compared.values())) == MOST_COMPARED
    page.table.setCurrentIndex(page.model.index(MOST_COMPARED, 0))
    with qtbot.waitSignal(page.model.comparison_refused):
        QTest.keyClick(page.table, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.comparison_requested):
        page.compare_button.click()
    with qtbot.waitSignal(page.model.compared_changed):
        page.show_search(record_of(plan, [0.5]), None)
    assert page.model.compared == {}


def test_enter_reads_with_the_trial(page, qtbot):
    page.show_search(record_of(plan_of(PLAN), [0.5, 0.6]), None)
    with qtbot.waitSignal(page.trial_chosen) as chosen:
        page.table.setCurrentIndex(page.model.index(1, 0))
    assert chosen.args == [1]
    with qtbot.waitSignal(page.reading_requested):
        QTest.keyClick(page.table, Qt.Key.Key_Return)
