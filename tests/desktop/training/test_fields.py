"""Every field answers what makes no sense with one sentence, at the field, before anything starts."""

import pytest
from PySide6.QtCore import Qt

from desktop.training.fields import TrainingFields
from desktop.training.panel import TrainingPanel
from desktop.widgets.small_widgets import ScrolledArea
from engine.errors import SettingsError
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings


@pytest.fixture
def panel(qtbot):
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.fields.set_settings(TrainingSettings(), "handwriting", "auto")
    panel.set_ready(True)
    panel.show()
    return panel


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("learning_rate", 0.0, "above 0"),
        ("learning_rate", 1e9, "at most 10"),
        ("epochs", 0, "1 to 1,000"),
        ("epochs", 1_000_000, "1 to 1,000"),
        ("batch_size", 0, "1 to 8,192"),
        ("batch_size", 1_000_000, "1 to 8,192"),
    ],
)
def test_numbers_out_of_bounds_are_answered_at_their_field(panel, qtbot, field, value, sentence):
    asked = []
    panel.train_requested.connect(asked.append)
    box = getattr(panel.fields, field)
    box.setValue(value)
    assert box.value() == value
    panel.request_training()
    assert not asked
    assert sentence in panel.fields.fault
    assert box.property("invalid")
    assert box.isVisible()
    # The sentence goes as soon as the field is mended.
    box.setValue(getattr(TrainingSettings(), field))
    assert panel.fields.fault == ""
    assert not box.property("invalid")
    panel.request_training()
    assert len(asked) == 1


@pytest.mark.parametrize("text", ["0", "1000000", "100 0", "many", "-5", "1e9"])
def test_layers_that_are_none_are_answered(panel, text):
    panel.fields.hidden.setText(text)
    panel.request_training()
    assert panel.fields.fault
    assert panel.fields.hidden.property("invalid")


def test_a_field_that_is_left_says_at_once_what_is_wrong(panel):
    panel.fields.learning_rate.setValue(0)
    panel.fields.learning_rate.editingFinished.emit()
    assert "above 0" in panel.fields.fault


def test_level_and_optimiser_are_part_of_the_settings(panel):
    fields = panel.fields
    fields.choose_level(3)
    fields.optimiser.setCurrentIndex(fields.optimiser.findData("adam"))
    settings = fields.settings()
    assert (settings.level, settings.optimiser) == (3, "adam")
    fields.set_settings(TrainingSettings(level=6), "mnist", "cpu")
    assert (fields.settings().level, fields.settings().optimiser) == (6, "sgd")


def test_it_says_whose_the_parts_of_the_level_are(panel):
    panel.fields.choose_level(4)
    assert panel.fields.level_text.startswith(
        "Library: matrix product (@), gradients (automatic differentiation), optimiser"
    )


def test_a_rate_nobody_touched_suits_the_optimiser(panel):
    fields = panel.fields

    def choose(name):
        fields.optimiser.setCurrentIndex(fields.optimiser.findData(name))

    choose("adam")
    assert fields.learning_rate.value() == OPTIMISERS["adam"].usual_rate
    choose("sgd")
    assert fields.learning_rate.value() == OPTIMISERS["sgd"].usual_rate
    fields.learning_rate.setValue(0.123)
    choose("adam")
    assert fields.learning_rate.value() == 0.123


def test_every_edit_is_told(qtbot):
    fields = TrainingFields()
    qtbot.addWidget(fields)
    for change in (
        lambda: fields.choose_level(2),
        lambda: fields.choose_rate(0.2),
        lambda: fields.warps.toggle(),
        lambda: fields.activation.setCurrentIndex(2),
    ):
        with qtbot.waitSignal(fields.edited):
            change()


def test_what_only_the_data_can_tell_is_said_at_the_field_too(panel):
    panel.show_fault(SettingsError("batch_size", "A mini-batch cannot hold more than the 9 digits."))
    assert "9 digits" in panel.fields.fault
    assert panel.fields.batch_size.isVisible()


def test_a_training_asked_for_before_there_is_an_engine_begins_when_there_is_one(qtbot):
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.fields.set_settings(TrainingSettings(), "handwriting", "auto")
    asked = []
    panel.train_requested.connect(asked.append)
    panel.request_training()
    assert asked == []
    assert panel.train_button.text() == "Loading the network…"
    panel.set_ready(True)
    assert len(asked) == 1
    assert panel.train_button.text() == "Train"
    panel.set_ready(True)
    assert len(asked) == 1


def test_mnist_is_said_to_be_missing_only_by_whoever_looked_and_where(panel):
    fields = panel.fields
    fields.choose_data("mnist")
    assert fields.data.currentText() == "MNIST"
    assert fields.data.offer.isHidden()
    fields.set_mnist_ready(False)
    assert fields.data.currentText() == "MNIST · not here yet"
    assert not fields.data.offer.isHidden()
    fields.set_mnist_ready(False, "/somewhere/else")
    assert fields.data.currentText() == "MNIST · not in its folder"
    assert fields.data.currentData(Qt.ItemDataRole.ToolTipRole) == "/somewhere/else"
    fields.set_mnist_ready(True, "/somewhere/else")
    assert fields.data.currentText() == "MNIST · 60,000 digits"
    assert fields.data.offer.isHidden()


@pytest.mark.parametrize("height", [430, 480, 560, 640, 800])
def test_train_stays_where_it_is_when_a_field_is_wrong(qtbot, qapp, theme, height):
    panel = TrainingPanel()
    area = ScrolledArea()
    area.fill(panel)
    qtbot.addWidget(area)
    panel.fields.set_settings(TrainingSettings(), "handwriting", "auto")
    panel.set_ready(True)
    area.resize(368, height)
    area.show()
    qapp.processEvents()
    place, text = panel.train_button.pos(), panel.fields.shows_level_text
    panel.fields.learning_rate.setValue(1e9)
    panel.request_training()
    qapp.processEvents()
    assert panel.fields.fault_line.isVisible()
    assert panel.fields.fault_line.y() > panel.train_button.y()
    qtbot.waitUntil(lambda: panel.train_button.pos() == place)
    assert panel.fields.shows_level_text == text
    panel.fields.learning_rate.setValue(0.05)
    qapp.processEvents()
    assert panel.train_button.pos() == place
