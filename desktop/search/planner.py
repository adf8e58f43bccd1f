"""Planner: from the form and the training panel to a search, and what to say of it beforehand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.search import search_text
from desktop.search.pace import Pace
from desktop.search.search_job import SearchJob
from desktop.search.settings_page import SettingsPage
from engine.errors import SettingsError
from engine.settings import LEVELS
from engine.training.thread_tuning import usable_cores

if TYPE_CHECKING:
    from desktop.search.search_record import SearchRecord
    from desktop.search.unfinished_search import UnfinishedSearch
    from desktop.training.controller import TrainingController
    from desktop.training.fields import TrainingFields
    from desktop.training.training_job import TrainingJob


class Planner(QObject):
    """Owns the page of settings.

    Attributes:
        page: It.

    Signals:
        plan_described: What Start would do, in a sentence, or nothing where that makes no sense.
        refused: One sentence on what is wrong outside the form.
        fault_found: A `SettingsError` that is to be seen at its field.
    """

    plan_described = Signal(str)
    refused = Signal(str)
    fault_found = Signal(object)

    def __init__(
        self, fields: TrainingFields, training: TrainingController, parent: QObject | None = None
    ) -> None:
        """Take the training panel's fields, which have all that does not vary, and what knows the data."""
        super().__init__(parent)
        self._fields, self._training = fields, training
        self._pace = Pace()
        self.page = SettingsPage(usable_cores())
        self.page.form.edited.connect(self.show_plan)

    def job(self) -> SearchJob | None:
        """What the form describes; None if something is wrong, which is said."""
        form = self.page.form
        form.clear_fault()
        try:
            self._take_base()
        except SettingsError as error:
            self.refused.emit(f"In the training panel: {error}")
            return None
        try:
            plan = form.plan()
            search_text.count_trials(plan)
        except SettingsError as error:
            self.fault_found.emit(error)
            return None
        training = self._training.job(plan.space.base)
        return None if training is None else SearchJob(plan, _alone(training), form.job_count)

    def job_to_go_on(self, unfinished: UnfinishedSearch) -> SearchJob | None:
        """An earlier search; None if its data are missing, which is said."""
        self._fields.choose_data(unfinished.data)
        training = self._training.job(unfinished.plan.space.base)
        if training is None:
            return None
        form = self.page.form
        form.show_plan(unfinished.plan)
        return SearchJob(unfinished.plan, _alone(training), form.job_count, unfinished.number)

    def refresh(self) -> None:
        """The training panel may have other settings or data."""
        try:
            self._take_base()
        except SettingsError:  # it is being written
            return
        self.show_plan()

    def show_plan(self) -> None:
        """Say what Start would do."""
        form = self.page.form
        try:
            plan = form.plan()
            trials = search_text.count_trials(plan)
        except SettingsError as error:
            # A field that is being written says so once it is left.
            self.plan_described.emit(str(error) if error.field in ("trials", "sampler") else "")
            return
        data = self._fields.data_name
        seconds = self._pace.seconds(plan, trials, data, form.job_count)
        words = search_text.data_words(data, self._fields.data.set_names)
        said = search_text.plan_words(plan, trials, words, seconds)
        if self._fields.data.share.percent:
            said += " A search mixes in no drawings."
        self.plan_described.emit(said)

    def note(self, record: SearchRecord, jobs: int) -> None:
        """Learn how long trainings take."""
        self._pace.note(record, jobs)

    def _take_base(self) -> None:
        # Networks side by side are written as the last level is.
        self.page.form.set_base(replace(self._fields.settings(), level=LEVELS[-1]))


def _alone(training: TrainingJob) -> TrainingJob:
    """Without drawings among the data: a search that goes on later has to find what it began with."""
    return replace(training, drawings_percent=0)
