"""The rows of the table: in order, and the same ones selected whatever comes and goes."""

import pytest
from PySide6.QtCore import Qt

from desktop.runs.run_columns import COLUMNS, NAME, place_of
from desktop.runs.run_styles import MOST_COMPARED
from engine.settings import TrainingSettings
from engine.store.run import FAILED, FINISHED, TRAINING
from tests.desktop.some_runs import some_run

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def numbered(count):
    return [some_run(id=number, created=f"2026-02-28T12:00:{number:02}.000+00:00") for number in range(count)]


def order(model):
    return [run.id for run in model.runs]


def text(model, row, key):
    return model.data(model.index(row, place_of(key)))


def test_the_newest_run_comes_first_at_first(model):
    model.set_runs(numbered(5))
    assert order(model) == [4, 3, 2, 1, 0]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_every_column_sorts_either_way(model, column):
    a = some_run(id=1)
    b = some_run(
        id=2,
        name="B run",
        created="2026-03-05T13:00:00.000+00:00",
        state=TRAINING,
        data="nothing",
        sizes=(784, 200, 10),
        steps=11,
        seconds=4.0,
        validation_loss=0.2,
        validation_accuracy=0.98,
        test_accuracy=0.99,
        settings=TrainingSettings(learning_rate=1.0, batch_size=100, epochs=9, seed=5),
    )
    model.set_runs([a, b])
    model.sort(place_of(column.key), UP)
    assert order(model) == [1, 2]
    model.sort(place_of(column.key), DOWN)
    assert order(model) == [2, 1]
    assert text(model, 0, column.key) != text(model, 1, column.key)


def test_runs_without_a_value_come_last_either_way(model):
    model.set_runs([some_run(id=1), some_run(id=2, test_accuracy=None), some_run(id=3, test_accuracy=0.5)])
    model.sort(place_of("test_accuracy"), UP)
    assert order(model) == [3, 1, 2]
    model.sort(place_of("test_accuracy"), DOWN)
    assert order(model) == [1, 3, 2]


def test_settings_that_cannot_be_read_leave_their_cells_empty(model):
    model.set_runs([some_run(settings=None, sizes=())])
    for key in ("learning_rate", "batch_size", "epochs", "seed", "sizes"):
        assert text(model, 0, key) == ""


def test_an_index_stays_with_its_run(model):
    from PySide6.QtCore import QPersistentModelIndex

    model.set_runs(numbered(6))
    kept = QPersistentModelIndex(model.index(model.row_of(3), 0))
    model.sort(NAME, UP)
    model.sort(place_of("created"), UP)
    model.remove([0, 1])
    model.update_runs([some_run(id=77)])
    model.set_runs([*numbered(6)[2:], some_run(id=78)])
    assert model.run_at(kept.row()).id == 3
    assert sorted(order(model)) == [2, 3, 4, 5, 78]


def test_rows_of_a_run_in_training_change_in_place(model):
    model.set_runs([some_run(id=1, validation_accuracy=0.5), some_run(id=2, validation_accuracy=0.6)])
    model.sort(place_of("validation_accuracy"), DOWN)
    model.update_runs([some_run(id=3, validation_accuracy=0.1, state=TRAINING, steps=5)])
    assert order(model) == [2, 1, 3]
    model.update_runs([some_run(id=3, validation_accuracy=0.9, state=TRAINING, steps=15)])
    assert order(model) == [2, 1, 3], "a row jumped away under the eyes of whoever looked at it"
    assert text(model, 2, "state") == "training 75 %"
    model.update_runs([some_run(id=3, validation_accuracy=0.9, state=FINISHED)])
    assert order(model) == [3, 2, 1]


def test_as_many_are_compared_as_can_be_told_apart(model, qtbot):
    model.set_runs(numbered(MOST_COMPARED + 2))
    for number in range(MOST_COMPARED):
        index = model.index(model.row_of(number), NAME)
        model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
        assert model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        assert not model.data(index, Qt.ItemDataRole.DecorationRole).isNull()
    assert sorted(model.compared.values()) == list(range(MOST_COMPARED))
    with qtbot.waitSignal(model.comparison_refused) as refused:
        model.toggle_compared(MOST_COMPARED)
    assert refused.args[0].startswith(f"{MOST_COMPARED} runs at most")
    style = model.compared[3]
    model.toggle_compared(3)
    model.toggle_compared(MOST_COMPARED)
    assert model.compared[MOST_COMPARED] == style
    with qtbot.waitSignal(model.compared_changed):
        model.remove([0])
    assert 0 not in model.compared


def test_what_went_wrong_stands_out(model):
    model.set_runs([some_run(id=1, state=FAILED), some_run(id=2)])
    colours = [
        model.data(model.index(model.row_of(number), place_of("state")), Qt.ItemDataRole.ForegroundRole)
        for number in (1, 2)
    ]
    assert colours[0] != colours[1]


def test_a_name_is_asked_for_when_it_is_another_one(model, qtbot):
    model.set_runs([some_run(id=9, name="old")])
    index = model.index(0, NAME)
    assert model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, NAME + 1)) & Qt.ItemFlag.ItemIsEditable
    with qtbot.assertNotEmitted(model.rename_requested):
        model.setData(index, "old")
    with qtbot.waitSignal(model.rename_requested) as asked:
        model.setData(index, "new")
    assert asked.args == [9, "new"]
    model.rename(9, "new")
    assert text(model, 0, "name") == "new"
