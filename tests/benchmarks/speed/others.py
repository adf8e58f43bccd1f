"""Start, memory, many networks and an import of drawings, each over what any program would need for it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.rounds import tell
from tests.benchmarks.speed.task import made_up_digits

ROUNDS = 3
MEMORY_ROUNDS = 2
DRAWINGS, DIGITS = 2_000, 4_000
NOTE = (
    "Without a screen (Qt's `offscreen`). Many networks: CPU seconds with one thread, 4,000 digits of random "
    "pixels. The floor of an import of 2,000 drawings is Python's JSON reader and SQLite alone. More about "
    "each: `tests.benchmarks.start_up`, `memory`, `many_networks` and `drawings`."
)


def run(plan: Plan) -> list[Ratio]:
    """Measure and print a table."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    ratios: list[Ratio] = []
    print("| | ratio | better |\n|---|---|---|")
    for what, measure in PARTS.items():
        if not plan.deadline.left_s():
            print(f"| {what} | there was no time | |", flush=True)
            continue
        tell(what)
        try:
            found = measure(plan)
        except (subprocess.SubprocessError, TimeoutError, OSError) as error:
            print(f"| {what} | not measured: {error} | |", flush=True)
            continue
        for ratio in found:
            print(f"| {ratio.name} | {ratio.cell()} | {'lower' if ratio.is_lower_better else 'higher'} |")
        ratios += found
    print(f"\n{NOTE}", flush=True)
    return ratios


def start_up(plan: Plan) -> Sequence[Ratio]:
    """Each start over an import of torch just before it."""
    from engine.data.handwriting.synthetic_digits import random_ink
    from tests.benchmarks.start_up import import_torch_s, start_program_s

    visible, reading = [], []
    with tempfile.TemporaryDirectory() as folder:
        drawing = Path(folder) / "digit.json"
        drawing.write_text(random_ink(3, 1).to_json())
        start_program_s(drawing, longest_s=plan.deadline.left_s())  # fills the disk cache
        for _ in plan.deadline.rounds(ROUNDS):
            bare = import_torch_s(plan.deadline.left_s())
            times = start_program_s(drawing, longest_s=plan.deadline.left_s())
            visible.append(times[0] / bare)
            reading.append(times[1] / bare)
    return (
        Ratio.of("start to visible window over import of torch", visible),
        Ratio.of("start to first prediction over import of torch", reading),
    )


def memory(plan: Plan) -> Sequence[Ratio]:
    """Of the program as it reads, over that of an empty window with torch imported."""
    from tests.benchmarks.memory import in_own_process

    ratios = []
    for _ in plan.deadline.rounds(MEMORY_ROUNDS):
        bare, started = (in_own_process(way, plan.deadline.left_s()) for way in ("bare", "start"))
        ratios.append(started / bare)
    return (Ratio.of("memory over torch and an empty window", ratios),)


def many_networks(plan: Plan) -> Sequence[Ratio]:
    """64 in turn over 64 at once."""
    from tests.benchmarks.many_networks import cpu_times_as_fast

    digits = made_up_digits(DIGITS)
    return [
        Ratio.of(
            f"64 networks {name} in turn over at once",
            cpu_times_as_fast(hidden, digits, plan.deadline.rounds(ROUNDS)),
            is_lower_better=False,
        )
        for name, hidden in (("784-10", ()), ("784-32-10", (32,)))
    ]


def drawings(plan: Plan) -> Sequence[Ratio]:
    """An import over its floor."""
    from tests.benchmarks.drawings import import_over_floor

    return (
        Ratio.of(
            "import of drawings over JSON and SQLite alone",
            import_over_floor(plan.deadline.rounds(ROUNDS), DRAWINGS),
        ),
    )


PARTS: dict[str, Callable[[Plan], Sequence[Ratio]]] = {
    "many networks": many_networks,
    "import of drawings": drawings,
    "start": start_up,
    "memory": memory,
}
