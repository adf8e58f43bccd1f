"""How long 50,000 drawings take to be imported, undone, and recovered from a damaged store.

    python -m tests.benchmarks.drawings

The drawings are built-in handwriting, or the real pen strokes where SCRATCHPAD_DATA names them, each bent a
little so that no two are the same. Two kinds of damage are tried: the first byte of the file, and a page in
its middle. Beside the import stands its floor: Python's own JSON reader and SQLite alone, each line parsed
and stored as it is.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from engine.data.handwriting.synthetic_digits import random_ink
from engine.store.exchange import import_lines
from engine.store.store import FILE_NAME, Store

DRAWINGS = 50_000
ROUNDS = 3
PAGE = 4096
IMPORT_BOUND_S, RECOVERY_BOUND_S = 5.0, 3.0


def main() -> None:
    """Print a table of medians."""
    taken: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        begin = time.perf_counter()
        result = work()
        taken.setdefault(name, []).append(time.perf_counter() - begin)
        return result

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lines = folder / "drawings.jsonl"
        lines.write_text("\n".join(_lines(_drawn(), DRAWINGS)) + "\n", "utf-8")
        for number in range(ROUNDS):
            _measure(folder / str(number), lines, timed)
    print(f"{DRAWINGS:,} drawings, {ROUNDS} rounds, medians in seconds")
    bounds = {"import": IMPORT_BOUND_S, "recovery, first byte": RECOVERY_BOUND_S}
    bounds["recovery, a page"] = RECOVERY_BOUND_S
    for name, seconds in taken.items():
        bound = f" (to reach {bounds[name]:.0f})" if name in bounds else ""
        print(f"{name:22} {statistics.median(seconds):6.2f}{bound}")
    floor = statistics.median(taken["JSON and SQLite alone"])
    print(f"import over JSON and SQLite alone: {statistics.median(taken['import']) / floor:.1f}")


def import_over_floor(rounds: Iterable[int], count: int) -> list[float]:
    """Seconds that drawings of built-in handwriting take to be imported, over their floor, in each round."""
    ratios = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lines = folder / "drawings.jsonl"
        lines.write_text("\n".join(_lines([_written(seed) for seed in range(200)], count)) + "\n", "utf-8")
        for number in rounds:
            store = Store.open(folder / str(number))
            began = time.perf_counter()
            import_lines(store.drawings, lines)
            imported = time.perf_counter()
            store.close()
            floor_began = time.perf_counter()
            _floor(folder / f"floor-{number}.db", lines)
            ratios.append((imported - began) / (time.perf_counter() - floor_began))
    return ratios


def _measure(folder: Path, lines: Path, timed: Callable[[str, Callable[[], Any]], Any]) -> None:
    store = Store.open(folder)
    done = timed("import", lambda: import_lines(store.drawings, lines))
    print(done.sentence())
    timed("undo of the import", lambda: store.drawings.delete(done.numbers).result())
    store.drawings.restore(done.numbers).result()
    store.close()
    timed("JSON and SQLite alone", lambda: _floor(folder / "floor.db", lines))
    file = folder / FILE_NAME
    intact = file.read_bytes()
    middle = len(intact) // PAGE // 2 * PAGE
    for name, damaged in (
        ("recovery, first byte", b"\0" + intact[1:]),
        ("recovery, a page", intact[:middle] + os.urandom(PAGE) + intact[middle + PAGE :]),
    ):
        file.write_bytes(damaged)
        store = timed(name, lambda: Store.open(folder))
        kept = sum(store.drawings.counts().values())
        store.close()
        print(f"{name}: {kept:,} of {DRAWINGS:,} drawings are there. {store.notice.split(': ')[-1]}")


def _floor(file: Path, lines: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE drawings (number INTEGER PRIMARY KEY, strokes TEXT)")
        with connection, lines.open(encoding="utf-8") as file_of_lines:
            read = ((line,) for line in file_of_lines if json.loads(line)["strokes"])
            connection.executemany("INSERT INTO drawings (strokes) VALUES (?)", read)


def _drawn() -> list[dict[str, Any]]:
    folder = os.environ.get("SCRATCHPAD_DATA")
    if folder:
        text = Path(folder, "pen-digits", "strokes.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]
    return [_written(seed) for seed in range(2_000)]


def _lines(drawn: list[dict[str, Any]], count: int) -> list[str]:
    made = []
    for number in range(count):
        one = drawn[number % len(drawn)]
        by = number // len(drawn)
        strokes = [
            [[x + by * (place % 2), y, *rest] for place, (x, y, *rest) in enumerate(stroke)]
            for stroke in one["strokes"]
        ]
        made.append(json.dumps({**one, "strokes": strokes}, separators=(",", ":")))
    return made


def _written(seed: int) -> dict[str, Any]:
    ink = random_ink(seed % 10, seed)
    strokes = [[[round(point.x, 1), round(point.y, 1)] for point in stroke] for stroke in ink.strokes]
    return {"label": seed % 10, "strokes": strokes}


if __name__ == "__main__":
    main()
