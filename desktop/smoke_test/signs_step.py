"""Signs step: two signs are named, drawn when asked for, learned and read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.smoke_test.checks import expect, require
from desktop.smoke_test.mouse import SEVEN, TWO, draw
from desktop.smoke_test.user import User
from desktop.window.main_window import MainWindow

_SHAPES = {"two": TWO, "seven": SEVEN}


def learn_signs(window: MainWindow, user: User) -> str:
    """Name, draw, learn, read, and go back to digits.

    Returns:
        What was done.

    Raises:
        AssertionError: Something is not as it should be.
        TookTooLongError: It does not end.
    """
    from desktop.learning.practice_band import PracticeBand
    from desktop.signs.new_set_dialog import NewSetDialog
    from desktop.signs.signs_band import SignsBand

    user.action("New set of signs…").trigger()
    dialog = expect(window.findChild(NewSetDialog), "new signs cannot be named")
    dialog.signs.setPlainText(", ".join(_SHAPES))
    dialog.draw.click()

    def asking() -> list[PracticeBand]:
        return [band for band in window.findChildren(PracticeBand) if band.isVisible()]

    user.wait_until(asking, "a sign was asked for")
    drawn = 0
    while bands := asking():
        name = bands[0].prompt.removeprefix("Draw: ")
        if name not in _SHAPES:  # all were drawn, and the last is on its way to the disk
            break
        draw(window.canvas, _SHAPES[name])
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            space = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
            QApplication.sendEvent(window.canvas, space)
        drawn += 1
    band = expect(window.findChild(SignsBand), "nothing says how signs are learned")
    user.wait_until(band.try_it.isVisible, "the signs were learned")
    band.try_it.click()
    for name, shape in _SHAPES.items():
        user.action("Clear").trigger()
        draw(window.canvas, shape)
        user.expect_answer(name)
    user.action("Back to the shipped network").trigger()
    require(window.reader.classes.are_digits, "the shipped network does not read digits")
    return f"{drawn} drawings of {len(_SHAPES)} signs are learned, and both are read"
