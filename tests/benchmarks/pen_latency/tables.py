"""Tables: what a move costs beside the bare window, as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tests.benchmarks.pen_latency.parts import ORDER, Parts
from tests.benchmarks.pen_latency.watch import Watch

HEAD = (
    "| | moves | pen to bars, median / 99th centile | bare window | over it | to reach | "
    "processor, over the bare window | longest stall | bare window |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def centile(values: Sequence[float], share: float = 0.99) -> float:
    """The value below which that share of all lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def row(name: str, real: Watch, bare: Watch, target: str) -> str:
    """One kind of drawing."""
    median, last = statistics.median(real.shown_ms), centile(real.shown_ms)
    bare_median, bare_last = statistics.median(bare.shown_ms), centile(bare.shown_ms)
    cpu, bare_cpu = (1e6 * watch.cpu_s / watch.moves for watch in (real, bare))
    return (
        f"| {name} | {len(real.shown_ms):,} | {median:.1f} / {last:.1f} ms | "
        f"{bare_median:.1f} / {bare_last:.1f} ms | {median / bare_median:.2f} / {last / bare_last:.2f} | "
        f"{target} | {cpu:,.0f} µs, {cpu / bare_cpu:.1f} | {real.longest_stall_ms:.0f} ms | "
        f"{bare.longest_stall_ms:.0f} ms |"
    )


def parts_table(measured: Sequence[tuple[str, Parts, Watch, Watch]]) -> str:
    """What the window's thread did for a move, part by part: microseconds, and as times of the bare window's.

    Args:
        measured: Of each kind of drawing its name, the parts, and the watches of both windows.
    """

    def line(name: str, cells: Sequence[str]) -> str:
        return f"| {name} | " + " | ".join(cells) + " |"

    lines = [
        line("processor, µs a move", [name for name, *_ in measured]),
        "|---" * (len(measured) + 1) + "|",
    ]
    for part in ORDER:
        spent = [(parts.cpu_s.get(part, 0.0), real, bare) for _, parts, real, bare in measured]
        lines.append(line(part, [_cell(*each) for each in spent]))
    rests = [
        (sum(real.cpu_of_moves_s) - sum(parts.cpu_s.values()), real, bare)
        for _, parts, real, bare in measured
    ]
    lines.append(line("rest: event loop, layouts, timers", [_cell(*each) for each in rests]))
    lines.append(
        line("all, mean", [_cell(sum(real.cpu_of_moves_s), real, bare) for _, _, real, bare in measured])
    )
    for name, of in (("median", statistics.median), ("99th centile", centile)):
        both = [(of(real.cpu_of_moves_s), of(bare.cpu_of_moves_s)) for _, _, real, bare in measured]
        lines.append(line(f"all, {name}", [f"{1e6 * own:,.0f} ({own / floor:.2f})" for own, floor in both]))
        lines.append(line(f"bare window, {name}", [f"{1e6 * floor:,.0f}" for _, floor in both]))
    walls = [sum(parts.wall_s.values()) / len(real.cpu_of_moves_s) for _, parts, real, _ in measured]
    lines.append(line("all but the rest by the clock", [f"{1e6 * wall:,.0f}" for wall in walls]))
    return "\n".join(lines)


def _cell(seconds: float, real: Watch, bare: Watch) -> str:
    """Microseconds a move, and as times of all that the bare window does for one."""
    own = seconds / len(real.cpu_of_moves_s)
    return f"{1e6 * own:,.0f} ({own / statistics.mean(bare.cpu_of_moves_s):.2f})"
