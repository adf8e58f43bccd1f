"""What is cleared or deleted while a thread goes on reporting to it: nothing raises, nothing comes back."""

from dataclasses import replace

import pytest

from desktop.drawings.gallery_model import GalleryModel
from desktop.lesson.step.page import StepPage
from desktop.services.folders import data_folder
from desktop.training.training_job import RunFinished, RunStarted
from engine.data.digits import Standardisation
from engine.settings import TrainingSettings
from engine.store.run import FINISHED
from engine.store.store import Store
from tests.desktop.some_runs import begin_run, keep_run
from tests.engine.store.store_writer import ARCHITECTURE, drawing, epoch, steps

PATIENCE_MS = 300_000


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "kept")
    yield store
    store.close()


def test_the_plot_is_cleared_while_a_network_trains(make_window):
    """Told by hand what a thread tells, so that the order is the same each time."""
    window = make_window()
    controller = window.training_controller
    controller.plots.made_plot()
    plot = controller.plots.plot
    standardisation = Standardisation(0.1, 0.3)
    started = RunStarted(ARCHITECTURE, standardisation, "a run", 1, "alike", 60, 3, "CPU", "for a test")
    plot.set_overlay(True)
    for level in (1, 2):
        controller.trainer.run_started.emit(replace(started, level=level))
        controller.trainer.results_arrived.emit([steps(0, 20), epoch(1, 20)])
        plot.clear_runs()
        controller.trainer.results_arrived.emit([steps(20, 20), epoch(2, 40)])
        plot.refresh()
        assert [(run.steps, len(run.figures)) for run in plot.runs] == [(40, 1)]
        controller.trainer.run_finished.emit(RunFinished(None, None, True))
        # Later steps of one run say nothing about the first ones of another.
        assert plot.note == ""


def test_a_run_that_is_deleted_while_it_trains_ends_well_and_comes_back_whole(store, qtbot):
    recorder = begin_run(store, "deleted early")
    recorder.add(steps(0, 10))
    qtbot.waitUntil(lambda: recorder.run is not None, timeout=PATIENCE_MS)
    store.runs.delete([recorder.run]).result()
    recorder.add(steps(10, 30))
    recorder.add(epoch(1, 40))
    recorder.finish(FINISHED, None)
    assert store.runs.entries() == []
    store.runs.restore([recorder.run]).result()
    (run,) = store.runs.entries()
    assert (run.steps, run.state) == (40, FINISHED)
    assert len(store.runs.curves(run.id, 0).losses) == 40


def test_a_run_that_is_deleted_while_the_list_is_read_does_not_come_back(make_window, qtbot):
    store = Store.open(data_folder())
    for name in ("one", "two"):
        keep_run(store, name, settings=TrainingSettings(hidden=()))
    store.close()
    window = make_window()
    window._actions.runs.trigger()
    controller = window._side_views.results.runs
    model = controller.page.model
    qtbot.waitUntil(lambda: len(model.runs) == 2, timeout=PATIENCE_MS)
    read_before = list(model.runs)
    controller.page.deletion_requested.emit([read_before[0].id])
    qtbot.waitUntil(lambda: len(model.runs) == 1, timeout=PATIENCE_MS)
    controller._on_runs_listed(read_before)
    assert [run.id for run in model.runs] == [read_before[1].id]
    controller.page.undo_requested.emit()
    qtbot.waitUntil(lambda: len(model.runs) == 2, timeout=PATIENCE_MS)


def test_drawings_that_are_asked_for_in_the_middle_of_a_change_are_read_again(store, qapp):
    numbers = [store.drawings.add(drawing(number), str(number % 10)).result() for number in range(12)]
    model = GalleryModel()
    model.show_drawings(store.drawings, None, False)
    # As a view does that lays itself out at once.
    model.rowsRemoved.connect(lambda *_: model.drawing(0))
    store.drawings.delete([numbers[1], numbers[4], numbers[9]]).result()
    added = [store.drawings.add(drawing(number), str(number % 10)).result() for number in (20, 21)]
    model.refresh()
    model.rowsInserted.connect(lambda *_: model.drawing(0))
    added += [store.drawings.add(drawing(number), str(number % 10)).result() for number in (22, 23)]
    store.drawings.delete([added[0]]).result()
    model.refresh()
    assert all(model.drawing(row) is not None for row in range(model.rowCount()))
    assert model.rowCount() == 12 - 3 + 3


def test_steps_that_arrive_after_a_training_has_begun_leave_the_reason_why_no_more_are_taken(qtbot):
    page = StepPage()
    qtbot.addWidget(page)
    page.set_blocked("A training is running: stop it, or wait until it is done.")
    page.show_reset("784-10, level 6", 40)
    page.show_state("Generating training digits: 40 %")
    assert page.state.startswith("A training is running")
    page.set_blocked("")
    page.show_state("Press Step to go on.")
    assert page.state == "Press Step to go on."
