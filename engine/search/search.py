"""Search: `run_search`, a plain generator of frozen events, as `fit` is one of results.

The choice is made by the validation set alone. Workers never see the test set; it is read once, by the best
network of a search that came to its end. Stopping is not asking for the next event.
"""

from __future__ import annotations

import math
import queue
import statistics
from array import array
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace

from engine.errors import SettingsError
from engine.models.model import Model
from engine.search.choice import ranked
from engine.search.events import (
    SearchEnded,
    SearchEvent,
    SearchMessage,
    SearchStarted,
    TrialCompleted,
    TrialProgress,
    TrialStarted,
)
from engine.search.halving import Halving
from engine.search.kept_weights import KeptWeights
from engine.search.objective import ACCURACY, is_better, score_of
from engine.search.plan import values_of
from engine.search.proposals import Proposal, Tried
from engine.search.request import SearchRequest
from engine.search.samplers import make_sampler
from engine.search.side_by_side import Task, tasks_of
from engine.search.trial import (
    SearchData,
    Trial,
    TrialOutcome,
    TrialReport,
    final_score,
)
from engine.search.winner import find_winner, trial_model
from engine.training.learner import check_training
from engine.training.run_states import FAILED, FINISHED, STOPPED

# Between two looks at whether to stop.
_LOOK_S = 0.1
_MOST_LOSSES = 3
_LOST = (
    f"Its worker ended {_MOST_LOSSES} times before the training did, perhaps for want of memory: use smaller "
    "layers, or fewer jobs."
)


def run_search(request: SearchRequest) -> Iterator[SearchEvent]:
    """Try points until there are no more, or until it is stopped.

    Yields:
        `SearchStarted`; a `TrialCompleted` for each trial that an earlier run has done; then `TrialStarted`,
        `TrialProgress` and `TrialCompleted` as they come, and a `SearchMessage` now and then; at last one
        `SearchEnded`.

    Raises:
        SettingsError: Plan, data or workers make no sense; before anything starts.
        StoreError: The search cannot be kept.
        DataError: There is no place to hand the digits to the workers.
    """
    search = _Search(request)
    try:
        yield from search.run()
    finally:  # whoever asked for events may have turned away
        search.close()


class _Search:
    """A search while it runs."""

    def __init__(self, request: SearchRequest) -> None:
        plan, data = request.plan, request.data
        plan.check()
        self._request, self._plan, self._space = request, plan, plan.space
        self._seeds = len(plan.space.seeds)
        self._sampler = make_sampler(
            plan.sampler, plan.space, plan.trials, plan.sampler_seed, plan.objective == ACCURACY
        )
        if len(data.validation) == 0:
            raise SettingsError("data", "There are no digits to validate on. Choose other data.")
        check_training(replace(plan.space.base, batch_size=1), data.training)
        self._halving = Halving(plan.objective == ACCURACY) if plan.halving else None
        self._kept = KeptWeights(plan.objective)
        self._inbox: queue.SimpleQueue[TrialReport | Future[list[TrialOutcome]]] = queue.SimpleQueue()
        self._tasks: deque[Task] = deque()
        self._running: dict[Future[list[TrialOutcome]], Task] = {}
        self._under_way: dict[int, Trial] = {}
        self._completed: dict[int, TrialCompleted] = {}
        self._points: dict[int, list[TrialCompleted]] = {}
        self._best_score: float | None = None
        self._losses: Counter[Task] = Counter()
        self._messages: set[str] = set()
        # At which epoch.
        self._given_up: dict[int, int] = {}
        self._has_started = False
        self._state = STOPPED

    def run(self) -> Iterator[SearchEvent]:
        request, way = self._request, self._request.way
        data = SearchData(request.data.training, request.data.validation, request.data.standardisation)
        way.start(data, self._inbox.put)
        self._has_started = True
        known = request.recording.begin(self._plan, request.data)
        total = self._sampler.points * self._seeds
        yield SearchStarted(request.recording.search, self._space, total, len(known), way.jobs, way.title)
        yield from self._go_on_from(known)
        while not request.is_stopped():
            yield from self._fill()
            if not self._running:
                self._state = FINISHED
                break
            yield from self._take()
        completed = tuple(self._completed.values())
        chosen, model = find_winner(request, completed, self._kept, self._state == FINISHED)
        best = None if chosen is None else chosen.trial
        yield from self._said(request.recording.end(self._state, None if best is None else best.run, model))
        yield SearchEnded(
            self._state,
            ranked(completed, self._plan.objective),
            best,
            model,
            None if chosen is None else chosen.score,
            None if chosen is None else chosen.spread,
        )

    def close(self) -> None:
        if self._has_started:
            self._has_started = False
            self._request.way.close()
            self._request.recording.end(self._state, None, None)

    def _go_on_from(self, known: list[TrialCompleted]) -> Iterator[SearchEvent]:
        """Tell of what was done before, and have the sampler know it."""
        for each in known:
            yield self._note(each, None)
            if each.score is not None and self._request.recording.weights(each.run) is not None:
                self._drop(self._kept.add(each.trial.number, each.score, None))
            if self._halving is not None:
                for figures in each.figures:
                    score = score_of(figures, self._plan.objective)
                    self._halving.goes_on(figures.epoch, each.trial.settings.epochs, score)
        whole = [self._tried(number) for number, point in self._points.items() if len(point) == self._seeds]
        begun = [
            Proposal(number, point[0].values)
            for number, point in self._points.items()
            if len(point) < self._seeds
        ]
        self._sampler.restore(whole, begun)
        self._tasks.extend(self._tasks_for(begun))

    def _fill(self) -> Iterator[SearchEvent]:
        while len(self._running) < self._request.way.jobs:
            if not self._tasks:
                self._tasks.extend(self._tasks_for(self._proposals()))
            if not self._tasks:
                return
            task = self._tasks.popleft()
            future = self._request.way.submit(task)
            self._running[future] = task
            for trial in task:
                self._under_way[trial.number] = trial
                yield TrialStarted(trial, values_of(self._space, trial.settings))
            future.add_done_callback(self._inbox.put)

    def _proposals(self) -> list[Proposal]:
        """All there are where none depends on another, else as many as a worker trains together."""
        most = self._sampler.points if self._sampler.looks_ahead else self._request.side_by_side
        proposals: list[Proposal] = []
        while len(proposals) < most and (proposal := self._sampler.ask()) is not None:
            proposals.append(proposal)
        return proposals

    def _tasks_for(self, proposals: list[Proposal]) -> list[Task]:
        trials = [
            Trial(number, proposal.number, self._space.settings(proposal.point, seed))
            for proposal in proposals
            for index, seed in enumerate(self._space.seeds)
            if (number := proposal.number * self._seeds + index + 1) not in self._completed
        ]
        # Every worker is to have something to do.
        most = min(self._request.side_by_side, math.ceil(len(trials) / self._request.way.jobs))
        return tasks_of(trials, max(1, most))

    def _take(self) -> Iterator[SearchEvent]:
        """What has come from the workers, or nothing after a moment."""
        try:
            message = self._inbox.get(timeout=_LOOK_S)
        except queue.Empty:
            return
        if isinstance(message, TrialReport):
            yield from self._progress(message)
        else:
            yield from self._task_done(message)

    def _progress(self, report: TrialReport) -> Iterator[SearchEvent]:
        trial = self._under_way.get(report.number)
        if trial is None or report.number in self._given_up:
            return
        epochs, figures = trial.settings.epochs, report.figures
        score = score_of(figures, self._plan.objective)
        if self._halving is not None and not self._halving.goes_on(figures.epoch, epochs, score):
            self._given_up[trial.number] = figures.epoch
            self._request.way.stop([trial.number])
        yield TrialProgress(trial.number, figures, epochs, score)

    def _task_done(self, future: Future[list[TrialOutcome]]) -> Iterator[SearchEvent]:
        task = self._running.pop(future)
        error = _error_of(future)
        if error is None:
            outcomes = future.result()
        elif not self._request.way.was_lost(error):
            raise error
        else:
            self._losses[task] += 1
            if self._losses[task] < _MOST_LOSSES:
                self._tasks.appendleft(task)
                return
            outcomes = [TrialOutcome(trial.number, FAILED, message=_LOST) for trial in task]
        for trial, outcome in zip(task, outcomes, strict=True):
            self._under_way.pop(trial.number, None)
            # The same seed gives the same search, however quickly a worker hears that it is to stop.
            given_up = self._given_up.pop(trial.number, None)
            yield from self._trial_done(trial, outcome if given_up is None else outcome.at(given_up))

    def _trial_done(self, trial: Trial, outcome: TrialOutcome) -> Iterator[SearchEvent]:
        completed = TrialCompleted(
            trial,
            values_of(self._space, trial.settings),
            outcome.state,
            final_score(outcome, self._plan.objective),
            outcome.figures,
            outcome.seconds,
            0,
            outcome.losses,
            outcome.message,
        )
        model = None
        if outcome.weights is not None and self._kept.takes(completed.score):
            model = trial_model(
                self._request.data, trial, outcome.weights, outcome.figures[-1].validation_accuracy
            )
        run, trouble = self._request.recording.add(completed, model)
        completed = replace(completed, run=run)
        if model is not None and outcome.weights is not None and completed.score is not None:
            self._drop(self._kept.add(trial.number, completed.score, outcome.weights))
        yield self._note(completed, model)
        yield from self._said(trouble)
        point = self._points[trial.point]
        if len(point) == self._seeds:
            self._sampler.tell(self._tried(trial.point))

    def _note(self, completed: TrialCompleted, model: Model | None) -> TrialCompleted:
        number, score = completed.trial.number, completed.score
        is_best = score is not None and is_better(score, self._best_score, self._plan.objective)
        if is_best:
            self._best_score = score
        completed = replace(completed, model=model if is_best else None, completed=len(self._completed) + 1)
        # Curves, and the networks of all that were once the best, would fill the memory.
        self._completed[number] = replace(completed, model=None, losses=array("f"))
        self._points.setdefault(completed.trial.point, []).append(self._completed[number])
        return completed

    def _drop(self, number: int | None) -> None:
        """The weights of a trial made room for better ones."""
        if number is not None:
            self._request.recording.drop_weights(self._completed[number].run)

    def _tried(self, number: int) -> Tried:
        """What a point came to, all its seeds together."""
        point = self._points[number]
        scores = [each.score for each in point if each.score is not None]
        score = statistics.fmean(scores) if len(scores) == len(point) else None
        stopped = [each.figures[-1].epoch for each in point if each.state == STOPPED and each.figures]
        return Tried(number, point[0].values, score, min(stopped, default=None))

    def _said(self, text: str) -> Iterator[SearchEvent]:
        """A message, once."""
        if text and text not in self._messages:
            self._messages.add(text)
            yield SearchMessage(text)


def _error_of(future: Future[list[TrialOutcome]]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error
