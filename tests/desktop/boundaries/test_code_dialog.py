"""Code of a model: that which really runs, found part by part, and out of the way when it is read."""

import inspect

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QTabBar

from desktop.boundaries.code_dialog import CodeDialog
from desktop.boundaries.code_parts import code_parts
from desktop.widgets.code.code_view import NO_CODE, CodeView
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import DARK, LIGHT
from engine.boundaries import forest_learner, network_learner
from engine.boundaries.model_settings import FOREST, KINDS, LOGISTIC, NETWORK, TREE, ModelSettings
from engine.errors import SettingsError
from engine.lesson.level_source import level_source
from engine.levels.descriptions import FAST_LEVEL
from engine.levels.levels import LEVELS
from engine.settings import TrainingSettings
from engine.trees import forest, impurity, split, tree


def settings_of(kind, **training):
    return ModelSettings(kind, training=TrainingSettings(hidden=(8,), **training))


def opened(qtbot, settings):
    dialog = CodeDialog(settings, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
def test_every_part_has_a_title_a_sentence_and_code(kind, level):
    parts = code_parts(settings_of(kind, level=level))
    assert len({part.title for part in parts}) == len(parts) >= 4
    for part in parts:
        assert part.about.endswith(".")
        assert len(part.lines) > 2 or part.title in ("Loss", "Zeroing", "Gradients", "Matrix product")
        assert part.lines


@pytest.mark.parametrize(
    ("kind", "modules"),
    [
        (TREE, (impurity, split, tree)),
        (FOREST, (split, forest, forest_learner)),
        (NETWORK, (network_learner,)),
    ],
)
def test_files_are_whole(kind, modules):
    texts = ["\n".join(part.lines) for part in code_parts(settings_of(kind))]
    for module in modules:
        assert inspect.getsource(module).rstrip() in texts


def test_a_network_is_that_of_the_level():
    settings = settings_of(NETWORK, level=6, optimiser="adam")
    shown = {part.title: part.lines for part in code_parts(settings)}
    for block in level_source(settings.training):
        assert shown[block.title] == block.lines


def test_only_the_level_for_speed_has_quick_steps():
    for level in LEVELS:
        titles = [part.title for part in code_parts(settings_of(NETWORK, level=level))]
        assert ("Quick steps" in titles) == (level == FAST_LEVEL)
    assert "Quick steps" not in [part.title for part in code_parts(settings_of(TREE))]


def test_logistic_regression_has_no_activation():
    text = "\n".join(line for part in code_parts(settings_of(LOGISTIC, level=5)) for line in part.lines)
    assert "class ReLU" not in text
    text = "\n".join(line for part in code_parts(settings_of(NETWORK, level=5)) for line in part.lines)
    assert "class ReLU" in text


def test_settings_without_sense_are_refused():
    with pytest.raises(SettingsError):
        code_parts(ModelSettings("crystal ball"))


def test_without_sources_a_sentence_says_so(qtbot, monkeypatch):
    def fails(_object):
        raise OSError

    monkeypatch.setattr(inspect, "getsource", fails)
    dialog = opened(qtbot, settings_of(TREE))
    page = dialog.pages.page("Impurity")
    assert NO_CODE in [label.text() for label in page.findChildren(PlainLabel)]
    assert not page.findChild(CodeView).isVisible()


def test_each_part_is_read_on_a_page_of_its_own(qtbot):
    dialog = opened(qtbot, settings_of(FOREST))
    assert dialog.windowTitle() == "Code: Random forest"
    tabs = dialog.findChild(QTabBar)
    assert [tabs.tabText(number) for number in range(tabs.count())][-2:] == ["Forest", "Learner"]
    dialog.pages.choose("Forest")
    page = dialog.pages.page("Forest")
    assert "class Forest" in page.findChild(CodeView).toPlainText()
    assert "engine/trees/forest.py" in [label.text() for label in page.findChildren(PlainLabel)]
    dialog.set_colours(DARK)


def test_the_title_names_the_level_of_a_network(qtbot):
    dialog = opened(qtbot, settings_of(NETWORK, level=3))
    assert dialog.windowTitle().startswith("Code: Network, level 3 · ")


def test_code_is_copied_whole(qtbot):
    dialog = opened(qtbot, settings_of(TREE))
    dialog.pages.choose("Split")
    page = dialog.pages.page("Split")
    qtbot.mouseClick(page.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == inspect.getsource(split)


def test_the_program_goes_on_beside_it_and_escape_closes_it(qtbot):
    dialog = opened(qtbot, settings_of(TREE))
    assert not dialog.isModal()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def titles(boundaries):
    return [each.windowTitle() for each in boundaries.view.findChildren(CodeDialog) if each.isVisible()]


def test_each_model_that_is_shown_has_a_window(boundaries):
    button = boundaries.view.code_button
    button.click()
    assert titles(boundaries) == ["Code: Decision tree"]
    button.click()
    assert titles(boundaries) == ["Code: Decision tree"]
    boundaries.view.comparing.setChecked(True)
    button.click()
    assert titles(boundaries) == ["Code: Decision tree", "Code: Random forest"]
    boundaries.set_colours(DARK)
    boundaries.close()
    assert titles(boundaries) == []


def test_settings_that_make_no_sense_are_told_at_their_field(boundaries):
    form = boundaries.models[0].column.panel.form
    form.kind.setCurrentIndex(form.kind.findData(NETWORK))
    form.hidden.setText("many")
    boundaries.view.code_button.click()
    assert titles(boundaries) == []
    assert form.fault_line.isVisible()
