"""Seconds per epoch of ours while another process keeps one core busy, over those of a quiet machine."""

from __future__ import annotations

from dataclasses import replace

from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.speed.contestants import BATCH_SIZES, CONTESTANTS, OURS, threads_in_words
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.rounds import Entry, run_rounds
from tests.benchmarks.speed.training_ratios import ratio_of_rounds

BOUND = 1.5


def run(plan: Plan) -> list[Ratio]:
    """Measure quiet and busy in turn, and print a table."""
    quiet = [Entry(OURS, size, threads) for size in BATCH_SIZES for threads in CONTESTANTS[OURS].threads]
    measured = run_rounds([each for entry in quiet for each in (entry, replace(entry, is_busy=True))], plan)
    print("| ours, 784-100-10 | threads | quiet, s | one core busy, s | busy over quiet | to reach |")
    print("|---|---|---|---|---|---|")
    ratios = []
    for entry in quiet:
        alone = measured.summaries.get(entry)
        beside = measured.summaries.get(replace(entry, is_busy=True))
        if alone and beside:
            ratio = beside.median / alone.median
            name = (
                f"a core busy over none, threads {threads_in_words(entry.threads)}, batch {entry.batch_size}"
            )
            ratios.append(ratio_of_rounds(name, measured, replace(entry, is_busy=True), entry, plan.quietest))
            print(
                f"| batch {entry.batch_size} | {threads_in_words(entry.threads)} | {alone.cell()} | "
                f"{beside.cell()} | {ratio:.2f}{'' if ratio <= BOUND else ', not reached'} | ≤ {BOUND:g} |"
            )
    print("\nBeside a process that only counts, wherever the system lets it.", *measured.notes(), sep="\n")
    return [ratio for ratio in ratios if ratio]
