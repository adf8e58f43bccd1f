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
_LONGEST_S = 180
LONGEST_WAIT_S = 60


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
        runs: One for each round.
        given_up: Processes that took too long.
        reason: Why there are no runs; empty if there are.
    """

    runs: list[Run] = field(default_factory=list)
    given_up: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Measured:
    """All that rounds have brought.

    Attributes:
        summaries: Of what could be measured.
        reasons: Why the rest could not.
        given_up: Processes that took too long.
    """

    summaries: dict[Entry, Summary]
    reasons: dict[Entry, str]
    given_up: int

    @property
    def dropped(self) -> int:
        """Disturbed runs, over all entries."""
        return sum(summary.dropped for summary in self.summaries.values())

    def notes(self) -> list[str]:
        """What was left out, each in a sentence."""
        lines = [f"{self.dropped} runs were dropped, and {self.given_up} given up after {_LONGEST_S} s."]
        for entry, reason in self.reasons.items():
            title = CONTESTANTS[entry.contestant].title.strip("*")
            threads = threads_in_words(entry.threads)
            lines.append(f"Left out: {title}, batch {entry.batch_size}, threads {threads}: {reason}.")
        return list(dict.fromkeys(lines))  # quiet and busy are left out for the same reason


def run_rounds(entries: Sequence[Entry], plan: Plan) -> Measured:
    """Measure every entry once a round; every other round goes backwards."""
    outcomes = {entry: StepOutput() for entry in entries}
    for number in range(plan.repeats):
        for entry in entries if number % 2 == 0 else reversed(entries):
            outcome = outcomes[entry]
            if outcome.reason:
                continue
            tell(f"round {number + 1} of {plan.repeats}: {entry}")
            wait_until_quiet(OTHERS_SHARE, LONGEST_WAIT_S)
            try:
                with busy_core() if entry.is_busy else contextlib.nullcontext():
                    answer = run_worker("worker", _arguments(entry, plan.epochs))
            except TimeoutError:
                outcome.given_up += 1
                continue
            if "unavailable" in answer:
                outcome.reason = answer["unavailable"]
                continue
            run = Run(min(answer["seconds"]), answer["calibration_s"], answer["others"], entry.is_busy)
            plan.quietest.note(entry.threads, run)
            outcome.runs.append(run)
    for outcome in outcomes.values():
        if outcome.given_up and not outcome.runs:
            outcome.reason = f"it took over {_LONGEST_S} s"
    return Measured(
        {
            entry: Summary.of(outcome.runs, entry.threads, plan.quietest)
            for entry, outcome in outcomes.items()
            if outcome.runs
        },
        {entry: outcome.reason for entry, outcome in outcomes.items() if outcome.reason},
        sum(outcome.given_up for outcome in outcomes.values()),
    )


def run_worker(module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """The JSON that a module of this folder prints in a fresh process, or why there is none.

    Raises:
        TimeoutError: It took too long.
    """
    command = [sys.executable, "-m", f"tests.benchmarks.speed.{module}", *arguments]
    # Which kernels a library takes is its own affair: one that is forced from outside would slow NumPy.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    try:
        ended = subprocess.run(
            command, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=_LONGEST_S
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"it took over {_LONGEST_S} s") from error
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


def _arguments(entry: Entry, epochs: int) -> list[str]:
    options = {"batch-size": entry.batch_size, "threads": entry.threads, "epochs": epochs}
    return [entry.contestant, *(f"--{name}={value}" for name, value in options.items())]
