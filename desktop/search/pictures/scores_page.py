"""Scores page: what the settings do to the score, in a picture for as many of them as vary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from desktop.search.pictures.heat_map import HeatMap
from desktop.search.pictures.importance_bars import ImportanceBars
from desktop.search.pictures.parallel_plot import ParallelPlot
from desktop.search.pictures.score_plot import ScorePlot
from desktop.search.pictures.setting_axis import SEED
from desktop.search.search_page import NOTHING_YET, UNDER_WAY_YET, SearchPage
from desktop.search.search_text import setting_words
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.search.search_record import SearchRecord

ALL = "All"
"""What is chosen to see all settings in one picture."""
_IMPORTANCE = "Importance: how much each setting decides whether a training is among the best."
_CLICK = "Click a point or a line to see its trial."


class ScoresPage(SearchPage):
    """One setting: a plot. Two: a heat map. More: parallel coordinates; and a plot for each of them."""

    def __init__(self, plot: ScorePlot | None = None, parent: QWidget | None = None) -> None:
        """Show nothing yet; a plot that was made already is used."""
        super().__init__(parent=parent)
        self._record: SearchRecord | None = None
        self._chosen: int | None = None
        self._wanted = ALL
        self._names: tuple[str, ...] = ()
        self.plot, self.heat_map, self.parallel = plot or ScorePlot(), HeatMap(), ParallelPlot()
        self._pictures = QStackedWidget()
        for picture in (self.plot, self.heat_map, self.parallel):
            picture.trial_chosen.connect(self.trial_chosen)
            self._pictures.addWidget(picture)
        self._empty = muted_label(NOTHING_YET)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._choices = QWidget()
        self._row = QHBoxLayout(self._choices)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda button: self.choose(str(button.property("setting"))))
        self.bars = ImportanceBars()
        self._importance = muted_label()
        self._importance.setWordWrap(True)
        self._hint = muted_label(_CLICK)
        self._hint.setWordWrap(True)
        self.column.setSpacing(scaled(8))
        self.column.addWidget(self._choices)
        self.column.addWidget(self._pictures, 1)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._importance)
        self.column.addWidget(self.bars)
        self.column.addWidget(self._empty, 1)
        self.show_search(None, None)
        self.show_importance({}, "")

    @property
    def picture(self) -> QWidget | None:
        """The picture that is shown; None while there is nothing to show."""
        return None if self._pictures.isHidden() else self._pictures.currentWidget()

    @property
    def empty_words(self) -> str:
        """What is said in place of a picture; empty where there is one."""
        return "" if self._empty.isHidden() else self._empty.text()

    def choose(self, name: str) -> None:
        """Show the score against one setting, or `ALL` of them."""
        self._wanted = name
        self._draw()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        for picture in (self.plot, self.heat_map, self.parallel, self.bars):
            picture.set_colours(colours)
        self._draw()

    def show_search(self, record: SearchRecord | None, chosen: int | None) -> None:
        """Show what is known of a search, and mark the chosen trial."""
        self._record, self._chosen = record, chosen
        names = () if record is None else record.varied or (SEED,)
        if names != self._names:
            self._names, self._wanted = names, ALL
            self._make_choices()
        self._draw()

    def show_importance(self, shares: Mapping[str, float], instead: str) -> None:
        """Show how important each setting is, or say why not."""
        self.bars.show_shares(shares)
        self.bars.setVisible(bool(shares))
        self._importance.setText(_IMPORTANCE if shares else instead)
        self._importance.setVisible(bool(shares or instead))

    @property
    def importance_words(self) -> str:
        """What is said of the importance."""
        return "" if self._importance.isHidden() else self._importance.text()

    def _make_choices(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        if len(self._names) > 1:
            for name in (ALL, *self._names):
                button = QPushButton(setting_words(name)[:1].upper() + setting_words(name)[1:])
                button.setObjectName("segment")
                button.setCheckable(True)
                button.setProperty("setting", name)
                self._group.addButton(button)
                self._row.addWidget(button)
            self._row.addStretch()

    def _draw(self) -> None:
        record = self._record
        has_any = record is not None and bool(record.ranked())
        self._pictures.setVisible(has_any)
        self._hint.setVisible(has_any and self._chosen is None)
        self._empty.setVisible(not has_any)
        self._empty.setText(NOTHING_YET if record is None or record.ended is not None else UNDER_WAY_YET)
        self._choices.setVisible(has_any and len(self._names) > 1)
        if record is None or not has_any:
            return
        for button in self._group.buttons():
            button.setChecked(button.property("setting") == self._wanted)
        if self._wanted == ALL and len(self._names) == 2:
            self.heat_map.show_search(record, (self._names[0], self._names[1]), self._chosen)
            self._pictures.setCurrentWidget(self.heat_map)
        elif self._wanted == ALL and len(self._names) > 2:
            self.parallel.show_search(record, self._names, self._chosen)
            self._pictures.setCurrentWidget(self.parallel)
        else:
            name = self._names[0] if self._wanted == ALL else self._wanted
            self.plot.show_search(record, name, self._chosen)
            self._pictures.setCurrentWidget(self.plot)
