"""Every byte of the first page of a store, changed in four ways: the program starts, and has every row.

Run ``python -m tests.fuzzing.store_bytes`` for all 16,384 changes, some minutes; ``--every 10`` for a tenth.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import shutil
import tempfile
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.data.classes import Classes
from engine.errors import StoreError
from engine.store.run import FINISHED
from engine.store.search import EndedTrial
from engine.store.store import FILE_NAME, Store
from tests.engine.store.store_writer import description, drawing, epoch, steps

PAGE = 4096
DRAWINGS, SIGNS, STEPS, TRIALS = 60, 4, 900, 3  # signs are among the drawings
NAMES = Classes(("plus", "minus"))
# A bit at either end, another between, and all of them.
_CHANGES = (0x01, 0x20, 0x80, 0xFF)


@dataclass
class Outcome:
    """What came of the changes.

    Attributes:
        changes: How many were tried.
        unstarted: Changes by what was raised instead of a store.
        lost: Rows that were not there afterwards, all changes together.
        refusing: Stores that took no new drawing.
        recovered: Stores that were put together anew.
        slowest_s: Seconds that the slowest opening took.
    """

    changes: int = 0
    unstarted: collections.Counter[str] = field(default_factory=collections.Counter)
    lost: int = 0
    refusing: int = 0
    recovered: int = 0
    slowest_s: float = 0.0

    def __str__(self) -> str:
        """One line for a table."""
        return (
            f"{self.changes:,} changes: {sum(self.unstarted.values())} did not start {dict(self.unstarted)}, "
            f"{self.lost} rows lost, {self.refusing} took no new drawing, {self.recovered:,} were recovered, "
            f"slowest opening {self.slowest_s:.2f} s"
        )


def filled_store(folder: Path) -> bytes:
    """The bytes of a store with drawings, a run, a search and a set of signs."""
    with contextlib.closing(Store.open(folder)) as store:
        for number in range(DRAWINGS):
            label = NAMES[number % 2] if number < SIGNS else str(number % 10)
            store.drawings.add(drawing(number), label)
        recorder = store.runs.start(description("the run"))
        recorder.add(steps(0, STEPS))
        recorder.add(epoch(1, STEPS))
        recorder.finish()
        search = store.searches.start("the search", "nothing", "a plan")
        for point in range(TRIALS):
            about, figures = description(f"trial {point}"), epoch(1, 5).figures
            ended = EndedTrial(search, point, about, FINISHED, "", 1.0, (figures,), array("f", [0.5] * 5))
            store.searches.add_trial(ended, store.searches.new_weights())
        store.searches.end(search, FINISHED)
        store.sign_sets.add("the signs", NAMES)
    return (folder / FILE_NAME).read_bytes()


def changed(content: bytes, every: int = 1) -> Iterator[bytes]:
    """The store with one byte of its first page changed; each of the changes, or one in so many."""
    for number in range(0, PAGE * len(_CHANGES), every):
        place, change = divmod(number, len(_CHANGES))
        data = bytearray(content)
        data[place] ^= _CHANGES[change]
        yield bytes(data)


def try_all(folder: Path, every: int = 1) -> Outcome:
    """Open the store after each change, and count what is there."""
    content = filled_store(folder / "whole")
    outcome = Outcome()
    for data in changed(content, every):
        outcome.changes += 1
        shutil.rmtree(folder / "changed", ignore_errors=True)
        (folder / "changed").mkdir()
        (folder / "changed" / FILE_NAME).write_bytes(data)
        began = time.perf_counter()
        try:
            store = Store.open(folder / "changed")
        except Exception as error:
            outcome.unstarted[f"{type(error).__name__}: {str(error)[:80]}"] += 1
            continue
        outcome.slowest_s = max(outcome.slowest_s, time.perf_counter() - began)
        with contextlib.closing(store):
            _count(store, outcome)
    return outcome


def _count(store: Store, outcome: Outcome) -> None:
    outcome.recovered += bool(store.notice)
    drawings = {each.id: each for each in store.drawings.entries()}
    good = sum(
        number + 1 in drawings and drawings[number + 1].ink == drawing(number) for number in range(DRAWINGS)
    )
    runs = [run for run in store.runs.entries() if run.search is None]
    curves = store.runs.curves(runs[0].id) if runs else None
    whole = curves is not None and len(curves.losses) == STEPS and len(curves.epochs) == 1
    outcome.lost += DRAWINGS - good + (not whole)
    searches = store.searches.entries()
    trials = store.searches.trials(searches[0].id) if searches else []
    outcome.lost += TRIALS - sum(len(store.runs.curves(trial.id).losses) == 5 for trial in trials)
    sets = store.sign_sets.entries()
    outcome.lost += SIGNS - (sum(sets[0].counts) if sets else 0)
    try:
        store.drawings.add(drawing(1), "1").result()
    except StoreError:
        outcome.refusing += 1


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try one change in so many")
    every = parser.parse_args().every
    with tempfile.TemporaryDirectory() as name:
        print(try_all(Path(name), every))


if __name__ == "__main__":
    main()
