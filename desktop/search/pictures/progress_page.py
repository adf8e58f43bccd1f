"""Progress page: the best so far against the number of trials, and the curves of the best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.runs.run_styles import MOST_COMPARED
from desktop.search.pictures.best_plot import BestPlot
from desktop.search.pictures.curves_plot import USUAL_CURVES, CurvesPlot
from desktop.search.search_page import NOTHING_YET, UNDER_WAY_YET, SearchPage
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.search.search_record import SearchRecord

_BEST = "Curves of the best five. Tick up to eight trials in the table to compare those instead."
_COMPARED = "Curves of the trials that are ticked in the table."


class ProgressPage(SearchPage):
    """Two plots, one below the other."""

    def __init__(
        self,
        best: BestPlot | None = None,
        curves: CurvesPlot | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing yet; plots that were made already are used."""
        super().__init__(parent=parent)
        self._record: SearchRecord | None = None
        self._chosen: int | None = None
        self._compared: Mapping[int, int] = {}
        self._best_styles: dict[int, int] = {}
        self.best, self.curves = best or BestPlot(), curves or CurvesPlot()
        self.best.trial_chosen.connect(self.trial_chosen)
        self._about = muted_label()
        self._about.setWordWrap(True)
        self._empty = muted_label(NOTHING_YET)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.column.setSpacing(scaled(8))
        self.column.addWidget(self.best, 1)
        self.column.addWidget(self._about)
        self.column.addWidget(self.curves, 1)
        self.column.addWidget(self._empty, 1)
        # Both plots at once would hold the pad for twice as long.
        self.curves.setUpdatesEnabled(False)
        self._draw_later = QTimer(self)
        self._draw_later.setSingleShot(True)
        self._draw_later.timeout.connect(self._draw_first_curves)
        self._draw()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.best.set_colours(colours)
        self.curves.set_colours(colours)
        self._draw()

    def compare(self, styles: Mapping[int, int]) -> None:
        """Show the curves of these trials, each in its style; without any, those of the best."""
        self._compared = styles

    def show_search(self, record: SearchRecord | None, chosen: int | None) -> None:
        """Show what is known of a search, and mark the chosen trial."""
        self._record, self._chosen = record, chosen
        self._draw()

    def _draw(self) -> None:
        record = self._record
        has_any = record is not None and bool(record.ranked())
        for widget in (self.best, self._about, self.curves):
            widget.setVisible(has_any)
        self._empty.setVisible(not has_any)
        self._empty.setText(NOTHING_YET if record is None or record.ended is not None else UNDER_WAY_YET)
        if record is None or not has_any:
            return
        self.best.show_search(record, self._chosen)
        self._about.setText(_COMPARED if self._compared else _BEST)
        if self.curves.updatesEnabled():
            self.curves.show_trials(record, self._compared or self._styled_best(record))
        else:
            self._draw_later.start(0)

    def _draw_first_curves(self) -> None:
        self.curves.setUpdatesEnabled(True)
        self._draw()

    def _styled_best(self, record: SearchRecord) -> dict[int, int]:
        """Those that stay among the best keep their styles, so that the eye, and the legend, can follow."""
        best = [each.trial.number for each in record.ranked()[:USUAL_CURVES]]
        styles = {number: style for number, style in self._best_styles.items() if number in best}
        for number in best:
            if number not in styles:
                styles[number] = min(set(range(MOST_COMPARED)) - set(styles.values()))
        self._best_styles = dict(sorted(styles.items(), key=lambda item: item[1]))
        return self._best_styles
