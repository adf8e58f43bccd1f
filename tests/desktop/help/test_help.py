"""Help: opened by a key, about what is shown, and complete."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow

import resources
from desktop.help.help_controller import HelpController
from desktop.help.key_groups import key_groups
from desktop.widgets.actions import Actions


@pytest.fixture
def actions(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Actions(window)
    yield made
    del window  # the actions belong to it, so it is kept for as long as they are used


def test_every_shortcut_of_the_program_is_listed_once(actions):
    listed = [key.keys for keys in key_groups(actions).values() for key in keys]
    native = QKeySequence.SequenceFormat.NativeText
    for action in actions.all:
        for shortcut in action.shortcuts():
            matches = [keys for keys in listed if shortcut.toString(native) in keys.split(" or ")]
            assert len(matches) == 1, action.text()


def test_a_new_action_with_a_key_is_listed_by_itself(actions):
    action = actions.about
    action.setShortcut(QKeySequence("Ctrl+Alt+F"))
    assert any(key.keys == "Ctrl+Alt+F" for key in key_groups(actions)["More"])


def test_each_chapter_has_a_text_and_opens(actions, qtbot):
    help_view = HelpController(actions)
    qtbot.addWidget(help_view.view)
    for chapter in ("Draw", "Train", "Teach", "Lesson", "Boundaries", "Files", "Keys"):
        help_view.view.choose(chapter)
        page = help_view.view.page(chapter)
        assert page is not None
        assert any(label.text().strip() for label in page.findChildren(QLabel))
    assert "Press Train" in resources.text("texts", "help", "train.md")


def test_f1_opens_the_chapter_about_what_is_shown_and_closes_again(make_window, qtbot):
    window = make_window()
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(window._side_views.help.view.isVisible)
    assert window._side_views.help.view.current == "Draw"
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(window._side_views.help.view.isHidden)
    window._actions.lesson.trigger()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window._side_views.help.view.current == "Lesson"
    window._actions.boundaries.trigger()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window._side_views.help.view.current == "Boundaries"


def test_a_question_mark_asks_for_help_but_can_be_typed_in_a_field(make_window, qtbot):
    window = make_window()
    field = window.training.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Question)
    assert not window._actions.help.isChecked()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Question)
    qtbot.waitUntil(window._actions.help.isChecked)


def test_help_can_be_read_before_there_is_a_network(qtbot, theme, tmp_path):
    from desktop.settings.settings import Settings
    from desktop.window.main_window import MainWindow

    window = MainWindow(Settings(tmp_path / "s.ini"), theme)
    window.show()
    window._actions.help.trigger()
    assert window._side_views.help.view.isVisible()
    window.close()
    window.deleteLater()
