"""The command ``search``: many trainings with their progress, a table, and the best network."""

from __future__ import annotations

import argparse
import contextlib
import shlex
import time
from pathlib import Path

from engine.cli.options import INTERRUPTED
from engine.cli.progress import Progress, duration
from engine.cli.search_options import FORMER_STORE, SIDE_BY_SIDE, sampler_from, space_from, written_settings
from engine.cli.search_table import conclusion, table, values_text
from engine.cli.stopping import stop_on_interrupt
from engine.cli.train import check_output, load_data
from engine.errors import SettingsError, StoreError
from engine.files.profile_folder import profile_folder
from engine.models.model_file import save_model
from engine.search.events import (
    SearchEnded,
    SearchEvent,
    SearchMessage,
    SearchStarted,
    TrialCompleted,
    TrialProgress,
)
from engine.search.plan import SearchPlan, plan_from
from engine.search.recording import NoSearchRecording, SearchRecording
from engine.search.request import SearchRequest
from engine.search.samplers import LEARNING, make_sampler
from engine.search.search import run_search
from engine.search.store_recording import StoreRecording
from engine.search.ways.cluster import Cluster
from engine.search.ways.processes import Processes
from engine.search.ways.way import InThisProcess, Way
from engine.store.store import FILE_NAME, Store
from engine.training.device import choose_device
from engine.training.run_states import FINISHED


def search(chosen: argparse.Namespace) -> int:
    """Search, print a table of the best, and keep the best network where it was asked for.

    Returns:
        The exit status: 0, or that of an interruption, after which `--resume` goes on.

    Raises:
        ScratchpadError: Settings, data, workers or store are at fault.
    """
    if chosen.resume and (chosen.no_store or written_settings(chosen)):
        raise SettingsError("resume", "--resume goes on with the settings that are stored: give no others.")
    plan = None if chosen.resume else _plan(chosen)
    way = _way(chosen)
    if chosen.output is not None:
        check_output(chosen.output)
    progress = Progress()
    with contextlib.ExitStack() as opened:
        recording: SearchRecording = NoSearchRecording()
        if not chosen.no_store:
            store = opened.enter_context(contextlib.closing(Store.open(chosen.store or profile_folder())))
            if store.notice:
                progress.say(store.notice)
            number, plan = _to_go_on_with(store, chosen.store) if plan is None else (None, plan)
            recording = StoreRecording(store, number)
        assert plan is not None  # without a store there is nothing to resume
        data, _ = load_data(chosen, progress)
        is_stopped = opened.enter_context(stop_on_interrupt())
        request = SearchRequest(plan, data, way, _side_by_side(chosen, plan), recording, is_stopped)
        ended = _run(request, progress)
    progress.clear()
    if ended.model is not None and chosen.output is not None:
        save_model(ended.model, chosen.output)
        progress.say(f"Saved as {chosen.output} ({chosen.output.stat().st_size:,} bytes).")
    for line in (*table(ended, plan), *conclusion(ended, plan)):
        print(line)
    if ended.state == FINISHED:
        return 0
    named = "" if chosen.store is None else f" --store {shlex.quote(str(chosen.store))}"
    goes_on = "" if chosen.no_store else f" --resume{named} goes on with it."
    progress.say(f"Stopped after {len(ended.trials):,} trial{'s' * (len(ended.trials) != 1)}.{goes_on}")
    return INTERRUPTED


def _plan(chosen: argparse.Namespace) -> SearchPlan:
    space = space_from(chosen)
    plan = SearchPlan(
        space,
        sampler_from(chosen, space),
        chosen.trials,
        chosen.sampler_seed,
        chosen.halving,
        chosen.choose_by,
    )
    # What it cannot do is said before data are made for it.
    make_sampler(plan.sampler, plan.space, plan.trials, plan.sampler_seed)
    return plan


def _to_go_on_with(store: Store, named: Path | None) -> tuple[int, SearchPlan]:
    for each in store.searches.entries():
        if each.state != FINISHED:
            return each.id, plan_from(each.plan)
    former = ""
    if named is None and (FORMER_STORE / FILE_NAME).is_file():
        former = f" For one in this folder, add --store {FORMER_STORE}."
    raise StoreError(f"There is no search to go on with: all that are kept there are finished.{former}")


def _side_by_side(chosen: argparse.Namespace, plan: SearchPlan) -> int:
    if chosen.side_by_side is not None:
        return int(chosen.side_by_side)
    return 1 if plan.sampler == LEARNING else SIDE_BY_SIDE


def _way(chosen: argparse.Namespace) -> Way:
    device = str(choose_device(chosen.device).device)
    if chosen.scheduler is not None:
        return Cluster(chosen.scheduler, chosen.jobs, device)
    if chosen.jobs > 1:
        return Processes(chosen.jobs, device, chosen.threads)
    return InThisProcess(device, chosen.threads or 1)


def _run(request: SearchRequest, progress: Progress) -> SearchEnded:
    """Run the search and show how it goes.

    Raises:
        ScratchpadError: As `engine.search.search.run_search`.
    """
    shown, ended = _Shown(progress), None
    for event in run_search(request):
        shown.show(event)
        if isinstance(event, SearchEnded):
            ended = event
    assert ended is not None  # the last event of every search that raises nothing
    return ended


class _Shown:
    """Puts the events of a search into lines and a bar."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._began = time.monotonic()
        self._total = self._known = self._completed = 0
        # Shares of the trials under way, by their numbers.
        self._shares: dict[int, float] = {}
        self._best = ""
        self._varied: tuple[str, ...] = ()

    def show(self, event: SearchEvent) -> None:
        """Show one event."""
        if isinstance(event, SearchStarted):
            self._show_start(event)
        elif isinstance(event, SearchMessage):
            self._progress.say(event.text)
        elif isinstance(event, TrialProgress):
            self._shares[event.trial] = event.figures.epoch / event.epochs
            self._show_bar()
        elif isinstance(event, TrialCompleted):
            self._show_trial(event)

    def _show_start(self, started: SearchStarted) -> None:
        self._began = time.monotonic()
        self._total, self._known = started.total, started.done
        self._varied = started.space.varied
        seeds = len(started.space.seeds)
        of = f" ({started.total // seeds:,} points with {seeds} seeds each)" if seeds > 1 else ""
        done = f", {started.done:,} of them done" if started.done else ""
        self._progress.say(f"{started.total:,} trainings{of}{done}; {started.way}.")

    def _show_trial(self, completed: TrialCompleted) -> None:
        self._shares.pop(completed.trial.number, None)
        self._completed = completed.completed
        if completed.is_best or not self._best:
            self._best = f"best {_percent(completed)}"
        if completed.is_best and not completed.is_known:
            self._progress.say(
                f"Trial {completed.trial.number} of {self._total}: {_percent(completed)}, "
                f"{self._settings_of(completed)}"
            )
        elif completed.message and not completed.is_known:
            self._progress.say(f"Trial {completed.trial.number} of {self._total}: {completed.message}")
        self._show_bar()

    def _settings_of(self, completed: TrialCompleted) -> str:
        varied = {name: value for name, value in completed.values.items() if name in self._varied}
        return values_text(varied) or f"seed {completed.trial.settings.seed}"

    def _show_bar(self) -> None:
        done = self._completed + sum(self._shares.values())
        new, elapsed = done - self._known, time.monotonic() - self._began
        if new <= 0 or elapsed <= 0:
            return
        left = duration(elapsed / new * (self._total - done))
        self._progress.show(
            done / self._total,
            f"{self._completed:,} of {self._total:,}, {60 * new / elapsed:,.0f} a minute, {self._best}, "
            f"{left} left",
        )


def _percent(completed: TrialCompleted) -> str:
    if completed.score is None or not completed.figures:
        return completed.state
    return f"validation {100 * completed.figures[-1].validation_accuracy:.2f} %"
