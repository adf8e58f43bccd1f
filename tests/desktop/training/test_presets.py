"""Rate, schedule and momentum in the panel, and all settings at once: as usual or as in the lesson."""

from contextlib import suppress

import pytest
from PySide6.QtCore import Qt

from desktop.settings.settings import Settings
from desktop.training.field_texts import SCHEDULE_TIPS, TIPS
from desktop.training.fields import TrainingFields
from desktop.training.panel import TrainingPanel
from engine.errors import SettingsError
from engine.nn.registry import OPTIMISERS
from engine.nn.schedules import SCHEDULES
from engine.settings import TrainingSettings, lesson_settings, usual_settings


@pytest.fixture
def fields(qtbot):
    fields = TrainingFields()
    qtbot.addWidget(fields)
    fields.set_settings(TrainingSettings(), "handwriting", "auto")
    fields.show_all(True)
    fields.show()
    return fields


def choose(box, name):
    box.setCurrentIndex(box.findData(name))


def rate_label(fields):
    return fields._rate_name.text()


def test_schedule_and_momentum_are_part_of_the_settings(fields):
    choose(fields.schedule, "constant")
    fields.momentum.setValue(0.5)
    assert (fields.settings().schedule, fields.settings().momentum) == ("constant", 0.5)
    fields.set_settings(TrainingSettings(momentum=0.7), "handwriting", "auto")
    assert (fields.settings().schedule, fields.settings().momentum) == ("one-cycle", 0.7)


def test_every_schedule_can_be_chosen_and_says_what_it_does(fields):
    names = [fields.schedule.itemData(index) for index in range(fields.schedule.count())]
    assert names == list(SCHEDULES) == list(SCHEDULE_TIPS)
    for index in range(fields.schedule.count()):
        assert fields.schedule.itemData(index, Qt.ItemDataRole.ToolTipRole)


def test_a_constant_rate_has_no_peak(fields):
    assert rate_label(fields) == "Peak rate · epochs"
    choose(fields.schedule, "constant")
    assert rate_label(fields) == "Rate · epochs"
    choose(fields.schedule, "one-cycle")
    assert rate_label(fields) == "Peak rate · epochs"


def test_what_a_field_means_is_said_in_one_sentence(fields):
    for name, tip in TIPS.items():
        assert getattr(fields, name).toolTip() == tip
        assert "\n" not in tip


@pytest.mark.parametrize(
    ("value", "sentence"),
    [(1.0, "below 1"), (-0.1, "0 or more"), (1e9, "below 1")],
)
def test_a_momentum_out_of_bounds_is_answered_at_its_field(qtbot, value, sentence):
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.fields.set_settings(TrainingSettings(), "handwriting", "auto")
    panel.set_ready(True)
    panel.show()
    asked = []
    panel.train_requested.connect(asked.append)
    panel.fields.momentum.setValue(value)
    panel.request_training()
    assert not asked
    assert sentence in panel.fields.fault
    assert panel.fields.momentum.property("invalid")
    assert panel.fields.momentum.isVisible()  # it was folded away


def test_a_preset_sets_all_fields_and_leaves_network_seed_and_level(fields):
    fields.set_settings(
        TrainingSettings((20,), "elu", warps=True, weight_decay=0.1, averaging=True, seed=5, level=2),
        "handwriting",
        "cpu",
    )
    before = fields.settings()
    assert fields.preset.preset == "own"
    told = []
    fields.edited.connect(lambda: told.append(fields.settings()))
    choose(fields.preset, "lesson")
    assert fields.settings() == lesson_settings(before)
    assert told == [lesson_settings(before)]  # nothing in between
    assert fields.device_name == "cpu"
    choose(fields.preset, "usual")
    assert fields.settings() == usual_settings(before)


def test_the_choice_says_which_preset_the_fields_agree_with(fields):
    assert fields.preset.preset == "usual"
    choose(fields.preset, "lesson")
    assert fields.preset.preset == "lesson"
    fields.momentum.setValue(0.5)
    assert fields.preset.preset == "own"
    fields.momentum.setValue(0)
    assert fields.preset.preset == "lesson"
    fields.hidden.setText("20")
    fields.hidden.textEdited.emit("20")
    assert fields.preset.preset == "lesson"
    fields.epochs.setValue(0)  # makes no sense
    assert fields.preset.preset == "own"


def test_one_s_own_settings_come_back(fields):
    fields.momentum.setValue(0.5)
    fields.epochs.setValue(2)
    own = fields.settings()
    choose(fields.preset, "lesson")
    choose(fields.preset, "own")
    assert fields.settings() == own
    assert fields.preset.preset == "own"


def test_without_settings_of_one_s_own_the_choice_stays(fields):
    choose(fields.preset, "own")
    assert fields.preset.preset == "usual"
    assert fields.settings() == TrainingSettings()


def test_a_preset_after_adam_brings_the_rate_of_sgd(fields):
    choose(fields.optimiser, "adam")
    choose(fields.preset, "lesson")
    assert fields.settings() == lesson_settings(TrainingSettings())
    choose(fields.optimiser, "adam")  # a rate that nobody has touched goes on following the optimiser
    assert fields.settings().learning_rate == OPTIMISERS["adam"].usual_rate


def test_they_are_remembered(fields, tmp_path):
    choose(fields.preset, "lesson")
    settings = Settings(tmp_path / "s.ini")
    settings.training = fields.settings()
    settings.save()
    again = Settings(tmp_path / "s.ini").training
    assert again == lesson_settings(TrainingSettings())


def test_settings_of_before_have_the_usual_schedule_and_momentum(tmp_path):
    path = tmp_path / "s.ini"
    path.write_text("[training]\nlearning_rate=0.2\nepochs=7\n", encoding="utf-8")
    assert Settings(path).training == TrainingSettings(learning_rate=0.2, epochs=7)


@pytest.mark.parametrize("line", ["momentum=1", "momentum=many", "schedule=weekly"])
def test_a_file_that_makes_no_sense_is_the_usual_settings(tmp_path, line):
    path = tmp_path / "s.ini"
    path.write_text(f"[training]\nepochs=7\n{line}\n", encoding="utf-8")
    assert Settings(path).training == TrainingSettings()


def test_what_is_being_typed_is_not_written_anew_by_whoever_asks(fields, qtbot):
    """The Levels page asks for the settings after every key: 0.0 is only the beginning of 0.05."""

    def ask():
        with suppress(SettingsError):
            fields.settings()

    fields.edited.connect(ask)
    box = fields.learning_rate
    box.setFocus()
    box.selectAll()
    for key in "0.05":
        qtbot.keyClicks(box, key)
    assert box.text() == "0.05"
    assert fields.settings().learning_rate == 0.05
