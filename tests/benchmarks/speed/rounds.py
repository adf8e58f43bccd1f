"""Rounds: every contestant in a fresh process, one after the other, again and again."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.speed.calibration import wait_until_quiet
from tests.benchmarks.speed.contestants import CONTESTANTS, threads_in_words
from tests.benchmarks.speed.disturbance import OTHERS_SHARE, Run
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.summary import Summary

_ROOT = Path(__file__).parents[3]
LONGEST_S = 180


@dataclass(frozen=True)
class Entry:
    """What is measured.

    Attributes:
        contestant: Its short name.
        batch_size: Digits in a mini-batch.
        threads: As a `Task` has them.
        is_busy: Whether one core is kept busy meanwhile.
    """

    contestant: str
    batch_size: int
    threads: int
    is_busy: bool = False


@dataclass
class StepOutput:
    """What came of it.

    Attributes:
        runs: By the number of the round.
        given_up: Processes that took too long.
        reason: Why there are no runs; empty if there are.
    """

    runs: dict[int, Run] = field(default_factory=dict)
    given_up: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Measured:
    """All that rounds have brought.

    Attributes:
        summaries: Of what could be measured.
        runs: Of the same, by the number of the round.
        reasons: Why the rest could not.
        given_up: Processes that took too long.
        rounds: Begun.
        planned: Rounds that there were to be.
    """

    summaries: dict[Entry, Summary]
    runs: dict[Entry, dict[int, Run]]
    reasons: dict[Entry, str]
    given_up: int
    rounds: int
    planned: int

    @property
    def dropped(self) -> int:
        """Disturbed runs, over all entries."""
        return sum(summary.dropped for summary in self.summaries.values())

    def notes(self) -> list[str]:
        """What was left out, each in a sentence."""
        lines = [f"{self.dropped} runs were dropped, and {self.given_up} given up that took too long."]
        if self.rounds < self.planned:
            lines.append(
                f"Left out: rounds {self.rounds + 1} to {self.planned}, for which there was no time."
            )
        rows: dict[tuple[str, str], list[str]] = {}
        for entry, reason in self.reasons.items():
            title = CONTESTANTS[entry.contestant].title.strip("*")
            row = f"batch {entry.batch_size}, threads {threads_in_words(entry.threads)}"
            rows.setdefault((title, reason), []).append(row)
        for (title, reason), found in rows.items():
            # Quiet and busy are left out for the same reason.
            lines.append(f"Left out: {title} ({'; '.join(dict.fromkeys(found))}): {reason}.")
        return lines


def run_rounds(entries: Sequence[Entry], plan: Plan) -> Measured:
    """Measure every entry once a round; every other round goes backwards."""
    outcomes = {entry: StepOutput() for entry in entries}
    processes = split_into_processes(entries, plan)
    begun = 0
    for number in plan.deadline.rounds(plan.repeats):
        begun += 1
        for process in processes if number % 2 == 0 else reversed(processes):
            wanted = [entry for entry in process if not outcomes[entry].reason]
            if wanted and plan.deadline.left_s():
                tell(f"round {number + 1} of {plan.repeats}: {', '.join(map(_words, wanted))}")
                _run_process(wanted, number, outcomes, plan)
    for outcome in outcomes.values():
        if not outcome.runs and not outcome.reason:
            outcome.reason = "it took too long" if outcome.given_up else "there was no time"
    return Measured(
        {
            entry: Summary.of(list(outcome.runs.values()), entry.threads, plan.quietest)
            for entry, outcome in outcomes.items()
            if outcome.runs
        },
        {entry: outcome.runs for entry, outcome in outcomes.items() if outcome.runs},
        {entry: outcome.reason for entry, outcome in outcomes.items() if outcome.reason},
        sum(outcome.given_up for outcome in outcomes.values()),
        begun,
        plan.repeats,
    )


def split_into_processes(entries: Sequence[Entry], plan: Plan) -> list[list[Entry]]:
    """Each entry alone, but for contestants that are together."""
    processes: dict[object, list[Entry]] = {}
    for entry in entries:
        together = next((names for names in plan.together if entry.contestant in names), None)
        processes.setdefault((together, entry.is_busy) if together else entry, []).append(entry)
    return list(processes.values())


def _run_process(
    entries: Sequence[Entry], number: int, outcomes: dict[Entry, StepOutput], plan: Plan
) -> None:
    """One round of entries that share a process: note what came of each."""
    if plan.longest_wait_s:
        wait_until_quiet(OTHERS_SHARE, plan.longest_wait_s)
    longest_s = min(LONGEST_S, plan.deadline.left_s())
    try:
        with busy_core() if entries[0].is_busy else contextlib.nullcontext():
            answer = run_worker("worker", _arguments(entries, plan), longest_s)
    except TimeoutError:
        for entry in entries:
            outcomes[entry].given_up += 1
        return
    answers = answer.get("runs", [answer] * len(entries))
    for entry, each in zip(entries, answers, strict=True):
        if "unavailable" in each:
            outcomes[entry].reason = each["unavailable"]
            continue
        run = Run(min(each["seconds"]), each["calibration_s"], each["others"], entry.is_busy)
        plan.quietest.note(entry.threads, run)
        outcomes[entry].runs[number] = run


def run_worker(module: str, arguments: Sequence[str], longest_s: float = LONGEST_S) -> dict[str, Any]:
    """The JSON that a module of this folder prints in a fresh process, or why there is none.

    Raises:
        TimeoutError: It took too long.
    """
    command = [sys.executable, "-m", f"tests.benchmarks.speed.{module}", *arguments]
    # Which kernels a library takes is its own affair: one that is forced from outside would slow NumPy.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    try:
        ended = subprocess.run(
            command, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=longest_s
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"it took over {longest_s:.0f} s") from error
    if ended.returncode:
        lines = ended.stderr.strip().splitlines() or [f"it ended with {ended.returncode}"]
        return {"unavailable": lines[-1]}
    answer: dict[str, Any] = json.loads(ended.stdout.strip().splitlines()[-1])
    return answer


@contextlib.contextmanager
def busy_core() -> Iterator[None]:
    """Another process that does nothing but count, wherever the system lets it."""
    spinner = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        spinner.kill()
        spinner.wait()


def tell(words: str) -> None:
    """Progress, beside the tables."""
    print(words, file=sys.stderr, flush=True)


def _arguments(entries: Sequence[Entry], plan: Plan) -> list[str]:
    options = {"epochs": plan.epochs, "digits": plan.digits, "products": plan.products}
    return [
        *(f"{entry.contestant}:{entry.batch_size}:{entry.threads}" for entry in entries),
        *(f"--{name}={value}" for name, value in options.items()),
    ]


def _words(entry: Entry) -> str:
    threads = threads_in_words(entry.threads)
    busy = ", a core busy" if entry.is_busy else ""
    return f"{entry.contestant} ({entry.batch_size}, threads {threads}{busy})"
