"""Search pages: the pages of the search, each made when it is first chosen, and drawn while it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.search.importance_task import ImportanceTask
from desktop.search.preparation import Preparation
from desktop.search.search_page import SearchPage
from desktop.search.settings_page import SettingsPage
from desktop.widgets.panels.tabbed_pages import TabbedPages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.search.pictures.best_plot import BestPlot
    from desktop.search.pictures.curves_plot import CurvesPlot
    from desktop.search.pictures.progress_page import ProgressPage
    from desktop.search.pictures.score_plot import ScorePlot
    from desktop.search.search_record import SearchRecord
    from desktop.search.trials.trials_page import TrialsPage
    from desktop.widgets.panels.page import Page

SETTINGS, SCORES, PROGRESS, TRIALS = "Settings", "Scores", "Progress", "Trials"
"""The pages."""


class SearchPages(QObject):
    """Knows nothing of threads; what is to be drawn is given to it.

    Attributes:
        view: Where the pages are shown.

    Signals:
        trial_chosen: Number of a trial that was clicked in any picture, or in the table.
        reading_requested: The chosen trial is to read the pad.
        wanted: A page came to be seen, and has nothing to show yet.
    """

    trial_chosen = Signal(int)
    reading_requested = Signal()
    wanted = Signal()

    def __init__(self, settings_page: SettingsPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress: ProgressPage | None = None
        self._trials: TrialsPage | None = None
        self._importance = ImportanceTask(self)
        self.view = TabbedPages(
            {
                SETTINGS: lambda: settings_page,
                SCORES: self._make_scores,
                PROGRESS: self._make_progress,
                TRIALS: self._make_trials,
            },
            "Search",
        )
        self.view.page_chosen.connect(lambda _name: self.wanted.emit())
        # Charts that were made for pages that are not there yet.
        self._score_plot: ScorePlot | None = None
        self._best_plot: BestPlot | None = None
        self._curves_plot: CurvesPlot | None = None
        self._preparation = Preparation(self._prepared(), self)

    def close(self) -> None:
        """The window closes."""
        self._importance.close()
        self._preparation.stop()

    def prepare(self) -> None:
        """Make the pages before they are chosen, while the window has nothing else to do.

        Made when they were chosen, as the first of them is when the search begins, they held the pad for a
        third of a second.
        """
        self._preparation.start()

    def draw(self, record: SearchRecord | None, chosen: int | None) -> None:
        """Draw the page that is seen; the others wait until they are."""
        page = self.view.page(self.view.current) if self.view.isVisible() else None
        if isinstance(page, SearchPage):
            page.show_search(record, chosen)
            if self.view.current == SCORES:
                self._importance.ask(record)

    def _prepared(self) -> Iterator[None]:
        """A chart takes most of the time of a page, so each is a step."""
        from desktop.search.pictures.best_plot import BestPlot
        from desktop.search.pictures.curves_plot import CurvesPlot
        from desktop.search.pictures.score_plot import ScorePlot

        yield
        if self.view.page(SCORES) is None:
            self._score_plot = ScorePlot(self.view)
            yield
            self.view.prepare(SCORES)
            yield
        if self._progress is None:
            self._best_plot = BestPlot(self.view)
            yield
        if self._progress is None:
            self._curves_plot = CurvesPlot(self.view)
            yield
            for _ in self._curves_plot.prepare():
                yield
        if self._progress is None:
            self.view.prepare(PROGRESS)
            yield
        self.view.prepare(TRIALS)

    def _make_scores(self) -> Page:
        from desktop.search.pictures.scores_page import ScoresPage

        page = ScoresPage(self._score_plot)
        page.trial_chosen.connect(self.trial_chosen)
        self._importance.found.connect(page.show_importance)
        return page

    def _make_progress(self) -> Page:
        from desktop.search.pictures.progress_page import ProgressPage

        page = self._progress = ProgressPage(self._best_plot, self._curves_plot)
        page.trial_chosen.connect(self.trial_chosen)
        self._on_compared_changed()
        return page

    def _make_trials(self) -> Page:
        from desktop.search.trials.trials_page import TrialsPage

        page = self._trials = TrialsPage()
        page.trial_chosen.connect(self.trial_chosen)
        page.reading_requested.connect(self.reading_requested)
        page.comparison_requested.connect(lambda: self.view.choose(PROGRESS))
        page.model.compared_changed.connect(self._on_compared_changed)
        page.model.comparison_refused.connect(self.view.set_remark)
        return page

    def _on_compared_changed(self) -> None:
        if self._progress is not None and self._trials is not None:
            self._progress.compare(self._trials.model.compared)
