"""Way row: one way of computing: its time, its bar, why it is so fast, and the code when it is unfolded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.lesson.speed.bar import Decades, SpeedBar
from desktop.widgets.code.code_view import CodeView
from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled


class WayRow(QWidget):
    """Folds its code to the title.

    Attributes:
        fold: Shows and hides the code.
        bar: How fast it is.
    """

    def __init__(
        self, title: str, task_title: str, tint: str, code: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """Make a row.

        Args:
            title: Of the way.
            task_title: Of what is computed, for those who hear the row and do not see it.
            tint: Name of the bar's colour.
            code: Lines that compute it; none where the program was installed without its source.
            parent: Owner.
        """
        super().__init__(parent)
        self._title, self._task_title, self._code = title, task_title, tuple(code)
        self._colours = LIGHT
        self._view: CodeView | None = None
        self.fold = QToolButton()
        self.fold.setObjectName("fold")
        self.fold.setCheckable(True)
        self.fold.setEnabled(bool(code))
        self.fold.setToolTip("Show the code")
        self.fold.setAccessibleName(f"{task_title}: {title}, code")
        self.bar = SpeedBar(tint)
        self._times = PlainLabel()
        self._times.setFont(tabular(self._times.font()))
        self._reason = muted_label()
        self._reason.setWordWrap(True)
        self._reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(scaled(8))
        head.addWidget(self.fold)
        head.addStretch()
        head.addWidget(self._times)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(4))
        self._column.addLayout(head)
        self._column.addWidget(self.bar)
        self._column.addWidget(self._reason)
        self.fold.toggled.connect(self._on_toggled)
        self._name_fold()
        self.show_timing("", "", None, None)

    @property
    def times(self) -> str:
        """How fast it was, in words."""
        return self._times.text()

    @property
    def reason(self) -> QLabel:
        """Why."""
        return self._reason

    @property
    def code(self) -> CodeView | None:
        """The code, once it was unfolded."""
        return self._view

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.bar.set_colours(colours)
        if self._view is not None:
            self._view.set_colours(colours)

    def show_timing(
        self, times: str, reason: str, rate: float | None, scale: Decades | None, is_fault: bool = False
    ) -> None:
        """Show how fast it is and why; without a rate nothing is measured yet."""
        self._times.setText(times or "not measured yet")
        set_flag(self._times, "muted", not times or is_fault)
        self._reason.setText(reason)
        set_flag(self._reason, "warning", is_fault)
        if scale is not None:
            self.bar.set_rate(rate, scale)
        self.bar.setAccessibleName(f"{self._task_title}: {self._title}, {self.times}")

    def _name_fold(self) -> None:
        self.fold.setText(f"{'▾' if self.fold.isChecked() else '▸'}  {self._title}")

    def _on_toggled(self, is_unfolded: bool) -> None:
        self._name_fold()
        if self._view is None:
            self._view = CodeView(f"{self._task_title}: {self._title}")
            self._view.set_code(self._code, ())
            self._view.set_colours(self._colours)
            self._column.addWidget(self._view)
        self._view.setVisible(is_unfolded)
