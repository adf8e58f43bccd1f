"""The widgets there are, without what only lies where one was."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop.widgets.widget_tree import children, descendants, every_widget, windows


def test_children_are_one_level_and_descendants_all(qtbot):
    window, panel, label = QWidget(), QWidget(), QLabel()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(panel)
    QVBoxLayout(panel).addWidget(label)
    assert children(window) == [panel]
    assert set(descendants(window)) == {panel, label}
    assert window in windows()
    assert {window, panel, label} <= set(every_widget())


def test_what_is_no_widget_is_left_out(qtbot, theme, monkeypatch):
    window, stray = QWidget(), QObject().metaObject()
    qtbot.addWidget(window)
    with monkeypatch.context() as patched:
        patched.setattr(QApplication, "topLevelWidgets", lambda *_: [stray, window])
        patched.setattr(QApplication, "allWidgets", lambda *_: [stray, window])
        assert windows() == every_widget() == [window]
        theme.zoom_to(150)
        theme.choose("dark")
