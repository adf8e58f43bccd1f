"""Number boxes take what people write in any country, and never another number than was meant."""

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QSpinBox

from desktop.training.fields import TrainingFields
from desktop.widgets.fields.number_boxes import DecimalBox, FaultLabel, WholeBox
from engine.errors import SettingsError
from engine.settings import TrainingSettings

LOCALES = ("de_DE", "fr_FR", "en_US", "C", "ar")


@pytest.fixture(params=LOCALES)
def locale(request):
    former = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(former)


def write(qtbot, box, text):
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    for character in text:  # Qt's own helper knows no keys but those of Latin keyboards
        QApplication.sendEvent(
            box, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        )


@pytest.mark.parametrize("text", ["0,05", "0.05", ",05", "5e-2", " 0,05 ", "٠٫٠٥", "٠,٠٥"])
def test_a_rate_is_the_same_in_every_country(qtbot, locale, text):
    fields = TrainingFields()
    qtbot.addWidget(fields)
    fields.set_settings(TrainingSettings(learning_rate=0.3), "handwriting", "auto")
    write(qtbot, fields.learning_rate, text)
    # Not finished by Enter or by leaving the field: a shortcut trains while the cursor still stands there.
    assert fields.settings().learning_rate == 0.05
    qtbot.keyClick(fields.learning_rate, Qt.Key.Key_Return)
    assert fields.learning_rate.text() == "0.05"
    assert fields.fault == ""


@pytest.mark.parametrize("text", ["1,000", "1.000,5", "abc", ""])
@pytest.mark.parametrize("name", ["learning_rate", "seed"])
def test_what_is_no_number_is_a_fault_at_its_field(qtbot, locale, text, name):
    fields = TrainingFields()
    qtbot.addWidget(fields)
    fields.set_settings(TrainingSettings(), "handwriting", "auto")
    box = getattr(fields, name)
    former = box.value()
    write(qtbot, box, text)
    with pytest.raises(SettingsError) as refused:
        fields.settings()
    assert refused.value.field == name
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == text
    assert box.value() == former
    assert fields.fault == box.fault == str(refused.value)
    assert box.property("invalid")
    write(qtbot, box, "2")
    assert fields.fault == ""
    assert getattr(fields.settings(), name) == 2


def test_whole_numbers_take_powers_of_ten_and_other_digits(qtbot, locale):
    box = WholeBox()
    qtbot.addWidget(box)
    for text, number in (("1e3", 1000), ("٦٤", 64), ("007", 7)):
        write(qtbot, box, text)
        box.interpretText()
        assert (box.value(), box.text()) == (number, str(number))


def test_a_number_that_was_set_takes_the_place_of_text_that_is_none(qtbot):
    box = DecimalBox(0, 10)
    qtbot.addWidget(box)
    box.setValue(0.3)
    write(qtbot, box, "1,000")
    box.interpretText()
    assert box.fault
    box.setValue(0.3)
    assert (box.text(), box.fault) == ("0.3", "")


@pytest.mark.parametrize(
    ("make", "text"), [(lambda: DecimalBox(0.01, 0.5), "0,7"), (lambda: WholeBox(1, 5), "6")]
)
def test_bounds_are_said_and_not_kept_by_another_number(qtbot, make, text):
    box = make()
    label = FaultLabel(box)
    for widget in (box, label):
        qtbot.addWidget(widget)
    write(qtbot, box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.fault.startswith("Write a number from ")
    assert box.text() == text
    assert box.accessibleDescription() == box.fault == label.text()
    assert not label.isHidden()
    box.setValue(box.minimum() * 2)
    assert label.isHidden()


def test_steps_go_on_from_what_is_written(qtbot):
    box = DecimalBox(0)
    qtbot.addWidget(box)
    box.setValue(0.3)
    write(qtbot, box, "0,05")
    box.stepUp()
    assert box.text() == "0.051"
    box.setValue(0)
    box.stepUp()
    assert 0 < box.value() < 1e-3
    for _ in range(200):
        box.stepUp()
        assert len(box.text()) < 10


def test_small_rates_are_not_rounded_away(qtbot):
    box = DecimalBox()
    qtbot.addWidget(box)
    write(qtbot, box, "1e-7")
    box.interpretText()
    assert (box.value(), box.text()) == (1e-7, "1e-07")


def test_no_spin_box_of_the_window_reads_numbers_by_itself(make_window):
    window = make_window()
    for box in [*window.findChildren(QSpinBox), *window.findChildren(QDoubleSpinBox)]:
        assert isinstance(box, DecimalBox | WholeBox)
