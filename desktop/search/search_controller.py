"""Search controller: ties its pages to the thread that searches, the training panel and the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.search import search_text
from desktop.search.best_follower import BestFollower
from desktop.search.form_memory import FormMemory
from desktop.search.planner import Planner
from desktop.search.search_foot import SearchFoot
from desktop.search.search_job import SearchJob, SearchOver
from desktop.search.search_pages import SCORES, SETTINGS, SearchPages
from desktop.search.searcher import Searcher
from desktop.search.trial_uses import NO_WEIGHTS, TrialUses
from desktop.search.unfinished_search import UnfinishedSearch, find_unfinished
from desktop.services.background_task import BackgroundTask
from engine.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.networks.networks import Networks
    from desktop.search.search_record import SearchRecord
    from desktop.services.store_service import StoreService
    from desktop.settings.settings import Settings
    from desktop.training.controller import TrainingController
    from desktop.training.fields import TrainingFields
    from desktop.widgets.theme import Colours

_SEARCHING = "A search is running. Stop it, or press Train when it is done."
_TAKEN = "A training is running. Press Start when it is done."
_NOTHING = "Stopped before the first training was done."
_UNDER_WAY = "This training is under way: its network can be used when it is done."
_UNEXPECTED = "Earlier searches could not be read: open the search again to retry."


class SearchController(QObject):
    """Made when the search is first opened.

    Attributes:
        view: Where the pages are shown.
        foot: Below them.
        searcher: Leads the searches.
    """

    def __init__(
        self,
        *,
        fields: TrainingFields,
        training_controller: TrainingController,
        networks: Networks,
        store_service: StoreService,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        """Search nothing yet.

        Args:
            fields: Of the training panel, which has all that does not vary.
            training_controller: While it trains, nothing is searched, and the other way round.
            networks: Take the best network.
            store_service: Keeps the trials.
            settings: Remembers the data and what stands in the form.
            parent: Of this object.
        """
        super().__init__(parent)
        self._fields, self._training, self._store_service = fields, training_controller, store_service
        self.searcher = Searcher(training_controller.trainer.cache, store_service.wait_for_store, self)
        self._jobs, self._has_begun = 1, False
        self._chosen: int | None = None
        self._unfinished: UnfinishedSearch | None = None
        self._task = BackgroundTask(_UNEXPECTED, self)
        self._task.completed.connect(self._on_unfinished_found)
        self._uses = TrialUses(
            networks=networks,
            store_service=store_service,
            training_controller=training_controller,
            fields=fields,
            settings=settings,
            parent=self,
        )
        self._follower = BestFollower(self.searcher, networks, self)
        self.foot = SearchFoot()
        self._planner = Planner(fields, training_controller, self)
        self._pages = SearchPages(self._planner.page, self)
        self.view = self._pages.view
        self.view.set_foot(self.foot)
        self._connect()
        self._memory = FormMemory(self._planner.page.form, self.foot.following, settings.search, self)

    def _connect(self) -> None:
        foot, searcher = self.foot, self.searcher
        foot.start_requested.connect(self.start)
        foot.stop_requested.connect(searcher.stop)
        foot.going_on_requested.connect(self.go_on)
        foot.following.toggled.connect(self._follower.set_wanted)
        foot.read_button.clicked.connect(lambda: self._use(self._uses.read_with))
        foot.train_button.clicked.connect(lambda: self._use(self._uses.train_with))
        foot.copy_button.clicked.connect(lambda: self._use(self._uses.copy_command))
        self._uses.said.connect(self.view.set_remark)
        searcher.preparation_progressed.connect(self._on_preparation_progressed)
        searcher.progressed.connect(self._on_progressed)
        searcher.finished.connect(self._on_finished)
        self._planner.plan_described.connect(foot.show_plan)
        self._planner.refused.connect(self.view.set_remark)
        self._planner.fault_found.connect(self._show_fault)
        for changed in (self._fields.edited, self._fields.data_changed, self._training.data_state_changed):
            changed.connect(self._on_training_edited)
        self.view.shown_changed.connect(self._on_shown_changed)
        self._pages.wanted.connect(self._draw)
        self._pages.trial_chosen.connect(self.choose)
        self._pages.reading_requested.connect(foot.read_button.click)
        self._store_service.opened.connect(self._look_for_unfinished)

    @property
    def record(self) -> SearchRecord | None:
        """Of the search that runs, or of the last one."""
        return self.searcher.record

    @property
    def is_running(self) -> bool:
        """Whether a search is under way."""
        return self.searcher.is_running

    def show_settings(self) -> None:
        """What is remembered is other than what stands in the form."""
        self._memory.show_settings()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.view.set_colours(colours)

    def close(self) -> None:
        """The window closes: a search ends in good order, and can go on at the next start."""
        self._task.close()
        self._uses.close()
        self._pages.close()
        self._follower.take_back()
        self.searcher.close()

    # From the form to a search.

    def start(self) -> None:
        """Begin the search that the form describes, or say at the field what is wrong."""
        if not self.is_running:
            self._begin(self._planner.job())

    def go_on(self) -> None:
        """Go on with the last search."""
        if self._unfinished is not None and not self.is_running:
            self._begin(self._planner.job_to_go_on(self._unfinished))

    def _begin(self, job: SearchJob | None) -> None:
        if job is None:  # it was said why not
            return
        if not self._training.training_lock.take(_SEARCHING):
            self.view.set_remark(_TAKEN)
            return
        self._jobs, self._has_begun = job.jobs, False
        self.foot.set_busy()
        self.foot.show_progress(0.0, "getting ready", "")
        self.view.set_remark("")
        self.searcher.start(job)
        self.choose(None)

    def _show_fault(self, error: SettingsError) -> None:
        self.view.choose(SETTINGS)
        self._planner.page.form.show_fault(error)

    def _on_training_edited(self) -> None:
        if self.view.isVisible():
            self._planner.refresh()

    # Searches that can go on.

    def _on_shown_changed(self, is_shown: bool) -> None:
        if is_shown:
            self._training.plots.prepare_plot()
            self._pages.prepare()
            self._on_training_edited()
            self._look_for_unfinished()
            self._draw()

    def _look_for_unfinished(self) -> None:
        store = self._store_service.store
        if store is not None and not self.is_running and self.view.isVisible():
            data_by_set = self._fields.data.data_by_set()
            self._task.begin(lambda _is_cancelled: find_unfinished(store, data_by_set))

    def _on_unfinished_found(self, found: UnfinishedSearch | None) -> None:
        self._unfinished = found
        tip = ""
        if found is not None:
            data = search_text.data_words(found.data, self._fields.data.set_names)
            tip = f"Go on with the last search on {data}: {found.done:,} trainings are done"
        self.foot.offer_going_on(tip)

    # How it goes.

    def _on_preparation_progressed(self, share: float, words: str) -> None:
        self.foot.show_progress(0.0, f"{words}, {100 * share:.0f} %", "")

    def _on_progressed(self) -> None:
        record = self.record
        if record is None:
            return
        self.foot.show_progress(
            record.share, search_text.progress_words(record), search_text.left(record.seconds_left)
        )
        if not self._has_begun and record.started is not None:
            # Only now: while the data are read, what the pictures need is imported beside.
            self._has_begun = True
            self.view.choose(SCORES)
        if record.messages:
            self.view.set_remark(record.messages[-1])
        self._planner.note(record, self._jobs)
        self._show_chosen()
        self._draw()

    def _on_finished(self, over: SearchOver) -> None:
        self.foot.set_idle()
        self._training.training_lock.end()
        record = self.record
        if over.message:
            self.view.set_remark(over.message)
            if over.field:
                self._show_fault(SettingsError(over.field, over.message))
        elif record is None or record.ended is None:
            self.view.set_remark(_NOTHING)
        else:
            self.view.set_remark(search_text.end_words(record.ended, record))
            if record.ended.best is not None and self._chosen is None:
                self.choose(record.ended.best.trial.number)
        self._planner.show_plan()
        self._draw()
        self._look_for_unfinished()

    def choose(self, number: int | None) -> None:
        """Say what a trial is, and mark it in all pictures."""
        self._chosen = number
        self._show_chosen()
        self._draw()

    def _show_chosen(self) -> None:
        record = self.record
        trial = None if record is None else record.trial(self._chosen)
        if record is None or trial is None:
            self.foot.show_trial("", can_read=False)
        else:
            is_over = trial.trial.number in record.trials
            why_not = NO_WEIGHTS if is_over else _UNDER_WAY
            can_read = is_over and trial.score is not None
            self.foot.show_trial(search_text.trial_words(trial, record), can_read, why_not)

    def _use(self, use: Callable[[SearchRecord, int], None]) -> None:
        record = self.record
        if record is not None and self._chosen is not None:
            use(record, self._chosen)

    def _draw(self) -> None:
        self.foot.set_planning(self.view.current == SETTINGS)
        self._pages.draw(self.record, self._chosen)
