"""The learning of signs as one of the trainings that are kept."""

from __future__ import annotations

from engine.models.model_file import load_model
from engine.store.run import FINISHED
from tests.desktop.signs.conftest import SIGNS, keep_set
from tests.desktop.signs.test_signs import learned, open_sets


def test_what_is_learned_is_among_the_runs_with_its_losses_and_its_network(window, qtbot):
    keep_set(window)
    learned(window, qtbot, open_sets(window)._train.click)
    runs = window.store_service.store.runs
    (run,) = runs.entries()
    assert (run.state, run.data) == (FINISHED, "drawings of plus, minus, times")
    assert run.name == "Sums: plus, minus, times"
    assert len(runs.curves(run.id).losses) == run.total_steps == run.steps
    assert load_model(run.path).classes == SIGNS


def test_what_never_began_is_no_run(window, qtbot):
    keep_set(window, of_each=1)
    learned(window, qtbot, open_sets(window)._train.click)
    assert window.store_service.store.runs.entries() == []
