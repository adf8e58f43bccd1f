"""More, Restore default settings: asks, and takes nothing but settings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.dialogs.restore_dialog import RestoreDialog
from engine.settings import TrainingSettings


@pytest.fixture
def window(make_window):
    window = make_window()
    window._settings.appearance = "dark"
    window._theme.choose("dark")
    window._settings.training = TrainingSettings(epochs=9)
    window._settings.shows_all_training_fields = True
    window.training_controller.show_settings()
    window._settings.network = "mine.safetensors"
    return window


def ask(window) -> RestoreDialog:
    window._actions.restore_settings.trigger()
    return window.findChild(RestoreDialog)


def test_a_yes_restores_settings_and_nothing_else(window, qtbot):
    assert window.training.fields.epochs.value() == 9
    model = window.networks.model
    ask(window).yes.click()
    assert window.training.fields.epochs.value() == TrainingSettings().epochs
    assert not window.training._more.isChecked()
    assert window._settings.appearance == "system"
    assert window._settings.training == TrainingSettings()
    assert window._settings.network == "mine.safetensors"
    assert window.networks.model is model
    checked = [choice.data() for choice in window._actions.appearance.actions() if choice.isChecked()]
    assert checked == ["system"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_enter_and_escape_change_nothing(window, key):
    dialog = ask(window)
    QTest.keyClick(dialog, key)
    assert not dialog.isVisible()
    assert window._settings.appearance == "dark"
    assert window.training.fields.epochs.value() == 9
