"""Boundaries step: each kind of model learns from the same points, and shows its code."""

from __future__ import annotations

from desktop.smoke_test.checks import expect, require
from desktop.smoke_test.user import User
from desktop.window.main_window import MainWindow


def part_the_plane(window: MainWindow, user: User) -> str:
    """Train a model of each kind.

    Returns:
        What was done.

    Raises:
        AssertionError: Something is not as it should be.
        TookTooLongError: It does not end.
    """
    from desktop.boundaries.boundaries_view import BoundariesView
    from desktop.boundaries.code_dialog import CodeDialog
    from desktop.boundaries.models.model_column import ModelColumn
    from desktop.widgets.code.code_view import CodeView
    from engine.boundaries.model_settings import KINDS

    user.action("Boundaries").trigger()
    view = expect(window.findChild(BoundariesView), "Boundaries is not there")
    panel = expect(view.findChild(ModelColumn), "Boundaries has no model").panel
    for kind in KINDS:
        panel.form.kind.setCurrentIndex(panel.form.kind.findData(kind))
        panel.reset_button.click()
        panel.step_button.click()
        user.wait_until(lambda: "Right:" in panel.figures, f"a model learned ({kind})")
        view.code_button.click()
        dialog = next(each for each in view.findChildren(CodeDialog) if each.isVisible())
        code = expect(dialog.findChild(CodeView), "there is no code")
        require("def " in code.toPlainText(), f"the code is not shown ({kind})")
        dialog.close()
    user.action("Boundaries").trigger()
    return f"{len(KINDS)} kinds of models tell points in the plane apart, and show their code"
