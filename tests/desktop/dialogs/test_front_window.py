"""A question is asked over the window that can be seen."""

from PySide6.QtWidgets import QWidget

from desktop.dialogs.front_window import front_window


def test_what_fills_the_screen_is_in_front(qtbot):
    usual, booth = QWidget(), QWidget()
    for window in (usual, booth):
        qtbot.addWidget(window)
    usual.show()
    assert front_window(usual) is usual
    booth.showFullScreen()
    assert front_window(usual) is booth
    booth.hide()
    assert front_window(usual) is usual
    usual.showFullScreen()
    assert front_window(usual) is usual
