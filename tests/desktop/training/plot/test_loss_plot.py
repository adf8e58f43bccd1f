"""The plot of the training panel: what it is handed reaches the curves, the axes and the pictures."""

import math
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget

from desktop.training.plot.loss_plot import LossPlot
from desktop.widgets.plot_legend import PlotLegend
from desktop.widgets.theme import DARK, LIGHT, Theme
from engine.errors import ScratchpadError
from engine.training.epoch_figures import EpochFigures


@pytest.fixture
def plot(qtbot, theme: Theme) -> LossPlot:
    plot = LossPlot()
    plot.set_colours(theme.colours)
    plot.resize(360, 320)
    qtbot.addWidget(plot)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def train(plot: LossPlot, name: str = "MNIST 784-10", steps: int = 60, epochs: int = 3) -> None:
    """A whole run."""
    plot.start_run(name, steps, epochs)
    per_epoch = steps // epochs
    for epoch in range(1, epochs + 1):
        first = (epoch - 1) * per_epoch
        plot.add_steps(first, [2.3 / (1 + step / 10) for step in range(first, epoch * per_epoch)])
        plot.add_epoch(EpochFigures(1, epoch * per_epoch, 0.5 / epoch, 0.9, 0.6 / epoch, 0.88 + epoch / 100))
    plot.finish_run()


def loss_lines(plot: LossPlot) -> list:
    """Curves on the left axis that have points, as pyqtgraph holds them."""
    return [line for line in plot._item.listDataItems() if line.getOriginalDataset()[0] is not None]


def accuracy_lines(plot: LossPlot) -> list:
    return [line for line in plot._right.addedItems if line.getOriginalDataset()[0] is not None]


def child(plot: LossPlot, kind: type, accessible_name: str) -> QWidget:
    (found,) = [each for each in plot.findChildren(kind) if each.accessibleName() == accessible_name]
    return found


def texts(plot: LossPlot) -> list[str]:
    """Of the labels that are shown; new ones are from the next turn of the event loop."""
    QApplication.processEvents()
    shown = [label.text() for label in plot.findChildren(QLabel) if label.isVisibleTo(plot)]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown]


def differing_pixels(a: QImage, b: QImage) -> int:
    assert a.size() == b.size()
    one, other = (np.array(each.convertToFormat(QImage.Format.Format_RGB32).constBits()) for each in (a, b))
    return int((one != other).sum())


def test_an_empty_plot_says_what_to_do(plot):
    assert "Press Train to see the loss fall" in texts(plot)
    assert not child(plot, QPushButton, "Clear runs").isEnabled()
    plot.start_run("a", 10, 1)
    assert "Press Train to see the loss fall" not in texts(plot)


def test_losses_and_figures_reach_the_curves(plot):
    train(plot)
    faint, bold, validation = loss_lines(plot)
    steps, losses = faint.getOriginalDataset()
    assert list(steps) == list(range(60))
    assert losses == pytest.approx([2.3 / (1 + step / 10) for step in range(60)])
    assert list(bold.getOriginalDataset()[1]) == plot.runs[0].bold[1]
    assert list(validation.getOriginalDataset()[0]) == [20, 40, 60]
    assert validation.getOriginalDataset()[1] == pytest.approx([0.6, 0.3, 0.2])
    on_validation, on_training = accuracy_lines(plot)
    assert on_validation.getOriginalDataset()[1] == pytest.approx([89, 90, 91])
    assert on_training.getOriginalDataset()[1] == pytest.approx([90, 90, 90])


def test_what_arrives_is_drawn_soon_without_being_asked(plot, qtbot):
    plot.start_run("a", 100, 1)
    plot.add_steps(0, [2.0, 1.5, 1.0])
    qtbot.waitUntil(lambda: bool(loss_lines(plot)))
    assert list(loss_lines(plot)[0].getOriginalDataset()[1]) == [2.0, 1.5, 1.0]


def test_the_newest_values_stand_in_the_legend(plot):
    train(plot)
    shown = texts(plot)
    for value in ("0.200", "91.0 %", "90.0 %", f"{plot.runs[0].smoothed:.3f}"):
        assert value in shown


def test_the_whole_run_is_shown_from_the_start_and_less_if_it_stops(plot):
    plot.start_run("a", 1000, 5)
    plot.add_steps(0, [2.0] * 430)
    plot.refresh()
    view = plot._item.getViewBox()
    assert view.viewRange()[0] == pytest.approx([0, 1015])
    plot.finish_run()
    assert view.viewRange()[0] == pytest.approx([0, 430 * 1.015])


def test_axes_have_names_and_ticks_at_both_ends(plot):
    train(plot)
    labels = {
        name: plot._item.getAxis(name).label.toPlainText().strip() for name in ("left", "right", "bottom")
    }
    assert labels == {"left": "loss", "right": "accuracy", "bottom": "epoch"}
    right = [name for _, name in plot._item.getAxis("right")._tickLevels[0]]
    assert right == ["80 %", "90 %", "100 %"]


def test_a_low_accuracy_opens_the_whole_axis(plot):
    plot.start_run("a", 100, 2)
    plot.add_epoch(EpochFigures(1, 50, 1.0, 0.95, 1.0, 0.79))
    plot.refresh()
    assert plot._right.viewRange()[1] == pytest.approx([0, 100])


def test_without_overlay_a_new_run_replaces_the_former(plot):
    train(plot, "first")
    train(plot, "second")
    assert [run.name for run in plot.runs] == ["second"]
    assert len(loss_lines(plot)) == 3


def test_overlaid_runs_differ_in_colour_and_in_dashes_and_are_named(plot):
    plot.set_overlay(True)
    names = ["one", "two", "three", "four", "five", "six", "seven"]
    for name in names:
        train(plot, name)
    assert plot.run_count == 7
    pens = [lines._bold.opts["pen"] for lines in plot._runs]
    assert len({pen.color().name() for pen in pens}) == 7
    dashes = {tuple(pen.dashPattern()) for pen in pens}
    assert len(dashes) == 7
    assert () not in dashes  # a solid line is one of the validation set
    symbols = [lines._accuracy.opts["symbol"] for lines in plot._runs]
    assert len(set(symbols)) == 7
    assert pens[-1].color() == QColor(plot._colours.accent)
    assert set(names[:-1]) <= set(texts(plot))
    train(plot, "eight")
    assert [run.name for run in plot.runs] == [*names[1:], "eight"]


def test_solid_is_validation_and_dashed_is_training_in_every_run_and_in_the_legend(plot):
    plot.set_overlay(True)
    for name in ("one", "two", "three"):
        train(plot, name)
    for lines in plot._runs:
        assert not lines._accuracy.opts["pen"].dashPattern()
        assert lines._bold.opts["pen"].dashPattern()
    newest = plot._runs[-1]
    assert not newest._validation_loss.opts["pen"].dashPattern()
    assert newest._training_accuracy.opts["pen"].dashPattern()
    for name, entry in plot._legend._newest.items():
        assert bool(entry._sample._pen.dashPattern()) == name.startswith("training")
    for line in (newest._bold, newest._validation_loss):
        assert line.opts["pen"].color() == QColor(plot._colours.accent)
    for line in (newest._accuracy, newest._training_accuracy):
        assert line.opts["pen"].color() == QColor(plot._colours.second)


def test_former_runs_lie_on_the_newest_which_shows_through_their_gaps(plot):
    plot.set_overlay(True)
    train(plot, "one")
    alone = plot._runs[-1]._faint.opts["pen"].color().alphaF()
    train(plot, "two")
    former, newest = plot._runs
    assert former._bold.zValue() > newest._bold.zValue()
    # Single losses would hide what is to be compared.
    assert newest._faint.opts["pen"].color().alphaF() < alone / 2


def test_a_note_stands_under_the_plot_until_the_runs_are_cleared(plot, qtbot):
    train(plot)
    plot.show_note("Levels 1 and 2 agree.")
    assert plot.note == "Levels 1 and 2 agree."
    assert not plot._note.isHidden()
    with qtbot.waitSignal(plot.runs_cleared):
        plot.clear_runs()
    assert plot._note.isHidden()


def test_the_hint_can_say_something_else_for_a_while(plot):
    plot.show_hint("The curve starts when the data are ready")
    assert "data are ready" in plot._hint.text()
    plot.show_hint("")
    assert "Press Train" in plot._hint.text()


def test_a_former_run_keeps_its_look_when_another_joins(plot):
    plot.set_overlay(True)
    train(plot, "one")
    train(plot, "two")
    before = plot._runs[0]._bold.opts["pen"]
    train(plot, "three")
    after = plot._runs[0]._bold.opts["pen"]
    assert (after.color(), after.style()) == (before.color(), before.style())


def test_former_runs_of_one_name_are_told_apart_and_long_names_are_shortened(plot):
    plot.set_overlay(True)
    train(plot, "MNIST 784-10")
    train(plot, "MNIST 784-10")
    train(plot, "built-in handwriting 784-1024-512-256-128-64-10")
    train(plot, "last")
    shown = texts(plot)
    assert {"MNIST 784-10 (1)", "MNIST 784-10 (2)"} <= set(shown)
    assert any(text.startswith("built") and "…" in text for text in shown)
    assert plot.minimumSizeHint().width() <= 340


def test_runs_are_cleared(plot, qtbot):
    plot.set_overlay(True)
    train(plot, "one")
    train(plot, "two")
    qtbot.mouseClick(child(plot, QPushButton, "Clear runs"), Qt.MouseButton.LeftButton)
    assert plot.run_count == 0
    assert loss_lines(plot) == []
    assert accuracy_lines(plot) == []
    assert "Press Train to see the loss fall" in texts(plot)
    plot.add_steps(0, [1.0])
    plot.add_epoch(EpochFigures(1, 1, 1.0, 0.9, 1.0, 0.9))
    plot.finish_run()
    assert plot.run_count == 0


def test_a_run_that_goes_on_is_seen_again_after_clearing(plot):
    plot.set_overlay(True)
    train(plot, "one")
    plot.start_run("two", 60, 3)
    plot.add_steps(0, [2.0] * 20)
    plot.clear_runs()
    plot.add_steps(20, [1.0] * 20)
    plot.add_epoch(EpochFigures(1, 40, 0.5, 0.9, 0.6, 0.9))
    plot.refresh()
    (run,) = plot.runs
    assert (run.name, run.faint[0][0], run.steps, run.total_steps) == ("two", 20, 40, 60)
    assert [figures.step for figures in run.figures] == [40]
    assert "1.000" in texts(plot)
    plot.finish_run()
    plot.clear_runs()
    assert plot.run_count == 0


def test_lines_are_made_once_and_show_one_run_after_another(plot):
    train(plot, "one")
    made = set(plot._item.listDataItems())
    for name in ("two", "three"):
        train(plot, name)
    assert set(plot._item.listDataItems()) == made
    plot.set_overlay(True)
    for number in range(20):
        train(plot, str(number))
    # Five curves for each of the runs overlaid, and for the next one; three of them on the left axis.
    assert len(plot._item.listDataItems()) <= 3 * (plot.run_count + 1)
    assert len(plot._right.addedItems) <= 2 * (plot.run_count + 1)


def test_a_line_that_showed_a_former_run_shows_the_newest_one_as_such(plot):
    plot.set_overlay(True)
    train(plot, "one")
    train(plot, "two")
    plot.set_overlay(False)
    for name in ("three", "four"):
        train(plot, name)
        newest = plot._runs[-1]
        assert [line.zValue() for line in newest._items] == [0] * 5
        assert newest._accuracy.opts["symbol"] == "o"
        assert newest._bold.opts["pen"].color() == QColor(LIGHT.accent)


def test_after_divergence_numbers_are_short_and_ticks_few(plot):
    plot.set_log_scale(True)
    plot.start_run("diverging", 60, 3)
    plot.add_steps(0, [2.0, 1e-6] + [1.79e30] * 18)
    plot.add_epoch(EpochFigures(1, 20, 1e20, 0.1, 1.79047867359512e20, 0.1))
    for is_log in (True, False):
        plot.set_log_scale(is_log)
        QApplication.processEvents()
        axis = plot._item.getAxis("left")
        ticks = [name for _, name in axis._tickLevels[0]]
        assert 3 <= len(ticks) <= 6
        widest = max(plot.fontMetrics().horizontalAdvance(name) for name in ticks)
        assert axis.width() > widest
    values = [text for text in texts(plot) if "e30" in text or "e20" in text]
    assert values
    assert all(len(text) <= 8 for text in values)


def test_the_log_scale_is_of_the_loss_alone(plot, qtbot):
    train(plot)
    box = child(plot, QCheckBox, "Logarithmic loss axis")
    plot.set_log_scale(True)
    assert box.isChecked()
    low, high = plot._item.getViewBox().viewRange()[1]
    assert low < math.log10(0.34) < math.log10(2.3) < high < 1
    faint = loss_lines(plot)[0].getData()[1]
    assert faint == pytest.approx([math.log10(2.3 / (1 + step / 10)) for step in range(60)])
    assert not plot._item.getAxis("right").logMode
    assert plot._right.viewRange()[1] == pytest.approx([80, 100])
    assert accuracy_lines(plot)[0].getData()[1] == pytest.approx([89, 90, 91])
    box.setChecked(False)
    assert plot._item.getViewBox().viewRange()[1][0] == 0
    assert loss_lines(plot)[0].getData()[1][0] == pytest.approx(2.3)


@pytest.mark.parametrize("is_log", [False, True])
def test_losses_that_are_not_finite_or_zero_are_borne(plot, is_log):
    plot.set_log_scale(is_log)
    plot.start_run("a", 100, 2)
    plot.add_steps(0, [math.inf, math.nan, 7.0, 0.0, 2.0, -math.inf])
    plot.add_epoch(EpochFigures(1, 50, math.nan, math.nan, math.inf, math.nan))
    plot.refresh()
    plot.add_epoch(EpochFigures(1, 100, 0.0, 1.0, 0.0, 1.0))
    plot.finish_run()
    assert not plot.grab().isNull()
    assert np.isfinite(plot._item.getViewBox().viewRange()).all()
    assert np.isfinite(plot._right.viewRange()).all()


def test_colours_follow_the_appearance(plot, theme):
    train(plot)
    light = plot.grab().toImage()
    assert plot._runs[0]._bold.opts["pen"].color() == QColor(LIGHT.accent)
    theme.choose("dark")
    plot.set_colours(theme.colours)
    dark = plot.grab().toImage()
    assert plot._runs[0]._bold.opts["pen"].color() == QColor(DARK.accent)
    centre = plot._plot.geometry().center()
    corner = (centre.x(), plot._plot.geometry().bottom() - 1)
    assert light.pixelColor(*corner) == QColor(LIGHT.panel)
    assert dark.pixelColor(*corner) == QColor(DARK.panel)
    assert plot._item.getAxis("left").textPen().color() == QColor(DARK.muted)
    assert plot._item.getAxis("left").tickPen().color() == QColor(DARK.line)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_names_of_former_runs_are_readable(plot, colours):
    """Contrast of lines with the panel: 3 or more, which WCAG asks of graphics."""
    plot.set_colours(colours)
    plot.set_overlay(True)
    for name in ("one", "two", "three", "four", "five"):
        train(plot, name)
    for lines in plot._runs:
        assert contrast(lines._bold.opts["pen"].color(), QColor(colours.panel)) >= 3


def contrast(a: QColor, b: QColor) -> float:
    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted([luminance(a), luminance(b)])
    return (high + 0.05) / (low + 0.05)


def test_a_png_has_legend_and_curves_at_twice_the_size(plot, tmp_path: Path):
    train(plot)
    plot.export_image(tmp_path / "loss.png")
    picture = QImage(str(tmp_path / "loss.png"))
    assert picture.width() >= 2 * plot.width()
    colours = {
        picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())
    }
    assert {LIGHT.panel, LIGHT.accent, LIGHT.second} <= colours
    assert [path.name for path in tmp_path.glob("*.p*")] == ["loss.png"]


def test_an_svg_has_names_as_text_and_no_curve_beyond_its_axes(plot, tmp_path: Path, qtbot):
    plot.start_run("a", 100, 1)
    plot.add_steps(0, [30.0, 20.0] + [0.2] * 98)
    plot.add_epoch(EpochFigures(1, 100, 0.2, 0.97, 0.25, 0.96))
    plot.finish_run()
    assert "training loss" in texts(plot)
    plot.export_image(tmp_path / "loss.svg")
    root = ElementTree.parse(tmp_path / "loss.svg").getroot()
    written = {
        (element.text or "").strip().replace("\N{NO-BREAK SPACE}", " ")
        for element in root.iter()
        if element.tag.endswith("text")
    }
    assert {"training loss", "validation accuracy", "loss", "epoch", "0.0", "100 %", "96.0 %"} <= written
    paths = [element.get("d", "") for element in root.iter() if element.tag.endswith("path")]
    assert all(paths)
    top = plot.runs[0].ceiling
    curves = [path for path in paths if path.count("L") == 99]
    assert len(curves) == 2
    for path in curves:
        values = [float(pair.split(",")[1]) for pair in path[1:].replace("L", "").split()]
        assert max(values) == pytest.approx(top)
    # The plot itself still has what it was handed.
    assert loss_lines(plot)[0].getOriginalDataset()[1][0] == 30.0


def test_saving_a_picture_leaves_the_plot_as_it_was(plot, tmp_path: Path, qtbot):
    plot.set_overlay(True)
    train(plot, "one")
    train(plot, "two")
    assert "one" in texts(plot)
    before = plot.grab().toImage()
    plot.export_image(tmp_path / "loss.svg")
    plot.export_image(tmp_path / "loss.png")
    assert differing_pixels(plot.grab().toImage(), before) == 0


@pytest.mark.parametrize("name", ["loss.png", "loss.svg"])
def test_a_folder_that_is_not_there_is_one_sentence(plot, tmp_path: Path, name):
    train(plot)
    with pytest.raises(ScratchpadError, match=f"^{name} could not be written: choose another folder"):
        plot.export_image(tmp_path / "absent" / name)


def test_a_failed_picture_leaves_the_former_one(plot, tmp_path: Path, monkeypatch):
    train(plot)
    path = tmp_path / "loss.png"
    path.write_bytes(b"former")

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(ScratchpadError):
        plot.export_image(path)
    assert path.read_bytes() == b"former"
    assert not list(tmp_path.glob(".plot-*"))


def test_a_picture_is_asked_for(plot, qtbot):
    train(plot)
    with qtbot.waitSignal(plot.export_requested):
        child(plot, QPushButton, "Save the plot as a picture").click()


def test_everything_is_reached_by_keyboard(plot, qtbot):
    train(plot)
    window = plot.window()
    window.activateWindow()
    first = child(plot, QCheckBox, "Logarithmic loss axis")
    first.setFocus()
    reached = []
    for _ in range(4):
        focused = window.focusWidget()
        reached.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert reached == [
        "Logarithmic loss axis",
        "Overlay runs",
        "Clear runs",
        "Save the plot as a picture",
    ]
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert plot._item.getAxis("left").logMode


def test_the_mouse_moves_nothing(plot, qtbot):
    train(plot)
    view = plot._item.getViewBox()
    before = view.viewRange()
    port = plot._plot.viewport()
    centre = port.rect().center()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        qtbot.mousePress(port, button, pos=centre)
        qtbot.mouseMove(port, pos=centre / 2)
        qtbot.mouseRelease(port, button, pos=centre / 2)
    assert view.viewRange() == before


def test_many_quick_updates_are_calm(plot, qapp, many: Callable[[], list[list[float]]]):
    """Warnings and Qt's complaints fail any test; here the axis is watched too."""
    plot.start_run("a", 4000, 4)
    tops = []
    for index, losses in enumerate(many()):
        plot.add_steps(index * 20, losses)
        if index % 50 == 49:
            plot.add_epoch(EpochFigures(1, (index + 1) * 20, 0.3, 0.92, 0.3, 0.93))
        plot.refresh()
        qapp.processEvents()
        tops.append(plot._item.getViewBox().viewRange()[1][1])
    changes = sum(1 for i in range(1, len(tops)) if tops[i] != tops[i - 1])
    assert changes <= 3
    assert plot.runs[0].steps == 4000


@pytest.fixture
def many() -> Callable[[], list[list[float]]]:
    """200 lists of 20 noisy losses that fall from 2.3 to 0.1."""

    def make() -> list[list[float]]:
        steps = np.arange(4000)
        noise = np.random.default_rng(5).lognormal(0, 0.4, 4000)
        losses = (0.1 + 2.2 / (1 + steps / 60)) * noise
        return losses.reshape(200, 20).tolist()

    return make


def test_the_legend_shortens_all_names_or_none(qtbot):
    legend = PlotLegend()
    qtbot.addWidget(legend)
    entries = [legend.add("training loss", short="train loss"), legend.add("loss", short="l")]
    legend.resize(600, 20)
    legend.show()
    assert [entry._name.text() for entry in entries] == ["training loss", "loss"]
    legend.resize(200, 20)
    qtbot.waitUntil(lambda: [entry._name.text() for entry in entries] == ["train loss", "l"])
