"""Pictures of a search: a place for each trial, colours that everybody tells apart, clicks that find it."""

import pytest
from PySide6.QtCore import QPointF, Qt

from desktop.search.pictures.heat_map import HeatMap
from desktop.search.pictures.parallel_plot import ParallelPlot
from desktop.search.pictures.progress_page import ProgressPage
from desktop.search.pictures.score_plot import ScorePlot
from desktop.search.pictures.score_scale import ScoreScale, score_colour, score_ticks
from desktop.search.pictures.scores_page import ALL, ScoresPage
from desktop.search.pictures.setting_axis import SEED, setting_axis
from desktop.search.search_record import SearchRecord
from desktop.widgets.theme import DARK, LIGHT
from tests.desktop.search.some_search import begun, plan_of, progress, record_of, started, trials_of

ONE = {"learning_rate": "0.1 0.2 0.4"}
TWO = {**ONE, "hidden": "10; 20"}
THREE = {**TWO, "warps": "off on"}


@pytest.fixture
def shown(qtbot):
    """Show a widget of some size."""

    def show(widget, width=600, height=400):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    return show


def test_a_few_that_are_far_off_do_not_press_the_others_flat():
    scale = ScoreScale.of([0.98, 0.975, 0.97, 0.97, 0.96, 0.1], is_accuracy=True)
    assert scale.best == 0.98
    assert 0.9 < scale.poor < 0.97
    assert (scale.share(0.98), scale.share(0.1)) == (1.0, 0.0)
    assert scale.clipped(0.1) == scale.poor
    losses = ScoreScale.of([0.1, 0.2, 0.2, 0.3, 50.0], is_accuracy=False)
    assert losses.best == 0.1
    assert 0.2 < losses.poor < 1
    assert losses.share(0.1) == 1.0


@pytest.mark.parametrize("scores", [[0.5], [0.5, 0.5], [1.0, 1.0], [0.0]])
@pytest.mark.parametrize("is_accuracy", [True, False])
def test_equal_scores_have_a_scale_too(scores, is_accuracy):
    scale = ScoreScale.of(scores, is_accuracy)
    assert scale.share(scores[0]) == 1.0
    assert scale.limits[0] < scale.limits[1]
    assert score_ticks(scale, is_accuracy)


def test_figures_at_the_axis_are_round():
    ticks = score_ticks(ScoreScale(0.7475, 0.9183), is_accuracy=True)
    assert [text for _, text in ticks] == ["70 %", "75 %", "80 %", "85 %", "90 %", "95 %"]
    assert [text for _, text in score_ticks(ScoreScale(0.9, 0.1), is_accuracy=False)][:2] == ["0.0", "0.2"]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_better_scores_stand_out_more_by_lightness_alone(look):
    from PySide6.QtGui import QColor

    ground = QColor(look.panel).lightness()
    contrasts = [abs(score_colour(step / 20, look).lightness() - ground) for step in range(21)]
    assert contrasts == sorted(contrasts)
    assert contrasts[-1] - contrasts[0] > 50


def test_lists_have_a_place_for_each_value_and_ranges_one_for_each_number():
    plan = plan_of({"learning_rate": "0.4 0.1", "momentum": "0..0.8", "weight_decay": "0.0001..0.01"})
    rate = setting_axis(plan.space, "learning_rate", is_grid=True)
    assert [text for _, text in rate.ticks] == ["0.1", "0.4"]
    assert rate.place(0.1) == 0.25
    momentum = setting_axis(plan.space, "momentum", is_grid=False)
    assert (momentum.place(0.0), momentum.place(0.4), momentum.place(0.8)) == (0.0, 0.5, 1.0)
    decay = setting_axis(plan.space, "weight_decay", is_grid=False)
    assert decay.place(0.001) == pytest.approx(0.5)
    assert setting_axis(plan.space, "momentum", is_grid=True).values == (0.0, 0.2, 0.4, 0.6, 0.8)
    assert setting_axis(plan_of({"seed": "3 5"}).space, SEED, is_grid=True).values == (3, 5)


@pytest.mark.parametrize(
    ("written", "picture"), [({"seed": "1 2"}, "plot"), (ONE, "plot"), (TWO, "heat_map"), (THREE, "parallel")]
)
def test_there_is_a_picture_for_as_many_settings_as_vary(shown, written, picture):
    page = shown(ScoresPage())
    assert page.picture is None
    assert "Press Start" in page.empty_words
    record = record_of(plan_of(written), [0.5, 0.6])
    page.show_search(record, None)
    assert page.picture is getattr(page, picture)
    assert page.empty_words == ""
    if picture != "plot":
        page.choose("hidden")
        assert page.picture is page.plot
        page.choose(ALL)
        assert page.picture is getattr(page, picture)


def test_before_the_first_epoch_it_says_that_trainings_are_under_way(shown):
    page, plan = shown(ScoresPage()), plan_of(ONE)
    record = SearchRecord(plan)
    record.take([started(plan)], 0.0)
    page.show_search(record, None)
    assert "under way" in page.empty_words
    trial = trials_of(plan)[0]
    record.take([begun(plan, trial), progress(trial, 0.5)], 1.0)
    page.show_search(record, None)
    assert page.plot.shown == [(1, pytest.approx(1 / 6), 0.5)]


def test_a_click_on_a_point_finds_its_trial(shown, qtbot):
    plot = shown(ScorePlot())
    plot.show_search(record_of(plan_of(ONE), [0.5, 0.9, 0.7]), "learning_rate", None)
    with qtbot.waitSignal(plot.trial_chosen) as chosen:
        plot.place_clicked.emit(0.5, 0.9)
    assert chosen.args == [2]
    with qtbot.assertNotEmitted(plot.trial_chosen):
        plot.place_clicked.emit(0.0, 0.9)


def test_the_spread_over_seeds_is_drawn_where_one_setting_varies(shown):
    plot = shown(ScorePlot())
    plot.show_search(record_of(plan_of({**ONE, "seed": "1 2"}), [0.5, 0.7, 0.8, 0.8]), "learning_rate", None)
    assert plot._means.data["y"] == pytest.approx([0.6, 0.8])
    assert list(plot._spread.opts["height"]) == pytest.approx([2 * 0.1414, 0.0], abs=1e-3)
    plot.show_search(record_of(plan_of(TWO), [0.5, 0.7, 0.8]), "learning_rate", None)
    assert len(plot._means.data) == 0


def test_a_cell_of_the_heat_map_is_clicked(shown, qtbot):
    heat = shown(HeatMap())
    heat.show_search(record_of(plan_of(TWO), [0.5, 0.6, 0.9, 0.7]), ("learning_rate", "hidden"), 3)
    assert len(heat.shown) == 4
    x, y, _ = heat.shown[2]
    with qtbot.waitSignal(heat.trial_chosen) as chosen:
        qtbot.mouseClick(heat, Qt.MouseButton.LeftButton, pos=heat.rectangle(x, y).center().toPoint())
    assert chosen.args == [3]
    assert "0.2" in heat.accessibleDescription()
    heat.grab()


def test_a_heat_map_of_ranges_has_a_disc_for_each_point(shown):
    heat = shown(HeatMap())
    plan = plan_of(
        {"learning_rate": "0.01..0.5", "momentum": "0..0.9", "seed": "1"}, sampler="random", trials=6
    )
    heat.show_search(record_of(plan, [0.5, 0.6, 0.9, 0.7, 0.4, 0.3]), ("learning_rate", "momentum"), None)
    boxes = [heat.rectangle(x, y) for x, y, _ in heat.shown]
    assert len({box.width() for box in boxes}) == 1
    assert boxes[0].width() < 30
    heat.grab()


def between(line):
    """A place on the last part of a line, where no two of them meet."""
    return (line.at(2) + 0.6 * (line.at(3) - line.at(2))).toPoint()


def test_a_line_of_the_parallel_plot_is_clicked_the_better_one_where_several_meet(shown, qtbot):
    plot = shown(ParallelPlot())
    record = record_of(plan_of(THREE), [0.5, 0.6, 0.9, 0.7])
    plot.show_search(record, ("learning_rate", "hidden", "warps"), None)
    assert [number for number, _ in plot.shown] == [1, 2, 4, 3]
    start = plot.line(3).at(0)
    with qtbot.waitSignal(plot.trial_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=between(plot.line(2)))
    assert chosen.args == [2]
    with qtbot.waitSignal(plot.trial_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=(start + QPointF(0, 1)).toPoint())
    assert chosen.args == [3]
    plot.show_search(record, ("learning_rate", "hidden", "warps"), 3)
    plot.grab()


def test_the_best_and_the_curves_of_the_best_are_shown_or_those_that_are_compared(shown, qtbot):
    page = shown(ProgressPage())
    record = record_of(plan_of(THREE), [0.5, 0.6, 0.9, 0.7, 0.1, 0.2, 0.3])
    page.show_search(record, 3)
    assert page.best.best == [0.5, 0.6, 0.9, 0.9, 0.9, 0.9, 0.9]
    # At first the curves come when the best so far has been drawn.
    qtbot.waitUntil(lambda: page.curves.shown == [3, 4, 2, 1, 7])
    page.show_search(record_of(plan_of(THREE), [0.5, 0.65, 0.6, 0.7, 0.1, 0.8, 0.3]), None)
    assert page.curves.shown == [3, 4, 2, 1, 6], "those that stay keep their places"
    page.show_search(record, 3)
    page.compare({5: 0, 1: 3})
    page.show_search(record, 3)
    assert page.curves.shown == [5, 1]
    for look in (DARK, LIGHT):
        page.set_colours(look)
    page.grab()


def test_importance_is_a_bar_for_each_setting_or_a_sentence(shown):
    page = shown(ScoresPage())
    page.show_importance({}, "Eight trainings are needed.")
    assert page.importance_words == "Eight trainings are needed."
    assert page.bars.isHidden()
    page.show_importance({"learning_rate": 0.75, "hidden": 0.25}, "")
    assert page.bars.shares == {"learning_rate": 0.75, "hidden": 0.25}
    assert "hidden layers 25 %" in page.bars.accessibleDescription()
    page.grab()
