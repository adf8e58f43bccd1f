"""Ours on the card: `fit` as the program calls it, in fused stretches and in others."""

from __future__ import annotations

import time
from dataclasses import replace

import torch

from engine.settings import TrainingSettings
from engine.training.fit import StepsCompleted, fit
from engine.training.stretches.fused import PRECISIONS, USUAL_PRECISION, failures
from engine.training.stretches.way import StretchWay
from tests.benchmarks.speed.gpu.bench import BATCH_SIZES, Bench, say, spread
from tests.benchmarks.speed.task import EPOCH_DIGITS, LEARNING_RATE, MOMENTUM

UNFUSED = "ours, stretches without Triton"
_USUAL = TrainingSettings(learning_rate=LEARNING_RATE, momentum=MOMENTUM)


def title_of(precision: str) -> str:
    """Of fused steps, for tables."""
    return f"{'**ours**' if precision == USUAL_PRECISION else 'ours'}, fused, {precision}"


def fused_epochs(bench: Bench) -> None:
    """Level 7 in fused stretches; where they fail, without them, and so is all that comes after."""
    if not bench.is_fused:
        unfused(bench)
        return
    try:
        note_epochs(bench, title_of(USUAL_PRECISION), _USUAL, bench.way(USUAL_PRECISION))
    except Exception:
        bench.is_fused = False
        raise
    if failures:
        # They were not built: what was measured are the other steps.
        bench.is_fused = False
        for batch_size in BATCH_SIZES:
            bench.figures[UNFUSED, batch_size] = bench.figures.pop((title_of(USUAL_PRECISION), batch_size))


def unfused(bench: Bench) -> None:
    """Level 7 in stretches of PyTorch's operations."""
    if (UNFUSED, BATCH_SIZES[0]) not in bench.figures:
        note_epochs(bench, UNFUSED, _USUAL, bench.way())


def automatic(bench: Bench) -> None:
    """Levels 5 and 6 in stretches of the printed code."""
    note_epochs(bench, "ours, level 5: automatic differentiation", replace(_USUAL, level=5), bench.way())
    note_epochs(bench, "ours, level 6", replace(_USUAL, level=6), bench.way())


def note_epochs(bench: Bench, title: str, settings: TrainingSettings, way: StretchWay) -> None:
    """Train with each size of mini-batches, and keep the fastest epoch."""
    for batch_size in BATCH_SIZES:
        settings = replace(settings, batch_size=batch_size, epochs=2 + bench.epochs)
        first, *seconds = bench.fit_epochs(settings, way)
        scale = 1000 * EPOCH_DIGITS / len(bench.task.digits)
        bench.note(title, batch_size, scale * min(seconds[1:] or seconds))
        say(
            f"|   all its epochs | {batch_size} | first {1000 * first:.0f}, then "
            f"{spread([scale * each for each in seconds])} ms |"
        )


def same_numbers(bench: Bench) -> None:
    """Losses of the first steps, fused and by PyTorch's operations, against steps one by one."""
    changes = [
        {},
        {"hidden": ()},
        {"hidden": (512, 256), "warps": False, "batch_size": 128},
        {"activation": "elu", "weight_decay": 0.01},
        {"optimiser": "adam", "learning_rate": 0.002, "averaging": True},
        {"level": 5},
        {"level": 5, "optimiser": "adam", "learning_rate": 0.002},
        {"level": 6},
    ]
    digits = bench.task.digits.take(torch.arange(min(40 * 64 + 17, len(bench.task.digits))))
    few = bench.few()
    for change in changes:
        settings = replace(_USUAL, epochs=1, **change)
        ways: dict[str, StretchWay] = {"plain": bench.way()}
        if settings.level == 7:
            tried = (USUAL_PRECISION,) if change else PRECISIONS  # each has to be compiled
            ways |= {precision: bench.way(precision) for precision in tried}
        found = {}
        for name, way in [("cpu", None), *ways.items()]:
            device = "cpu" if name == "cpu" else bench.device
            results = list(fit(digits, few, settings, bench.task.standardisation, device, way=way))
            losses = [x for each in results if isinstance(each, StepsCompleted) for x in each.losses]
            found[name] = torch.tensor(losses), results[-1].weights
        (expected, weights), texts = found.pop("cpu"), []
        for name, (losses, others) in found.items():
            worst = max(float((others[each] - weights[each]).abs().max()) for each in weights)
            texts.append(f"{name} {float((losses - expected).abs().max()):.1e} / {worst:.1e}")
        say(f"| {change} | losses / weights differ from steps on the CPU by {', '.join(texts)} |")


def latency(bench: Bench) -> None:
    """From a click on Train to the first reported step, once everything has been used before."""
    for settings in (_USUAL, replace(_USUAL, batch_size=256), replace(_USUAL, hidden=(512, 256))):
        found = []
        for _ in range(2 if bench.is_quick else 4):
            began = time.perf_counter()
            results = fit(
                bench.task.digits,
                bench.task.test,
                replace(settings, epochs=1),
                bench.task.standardisation,
                bench.device,
                report_interval_s=0,
                way=bench.way(USUAL_PRECISION),
            )
            next(results)
            found.append(1000 * (time.perf_counter() - began))
            results.close()
        words = ", ".join(f"{each:.0f}" for each in found)
        say(f"| to the first steps, hidden {settings.hidden}, batch {settings.batch_size} | {words} ms |")


def profile(bench: Bench) -> None:
    """Where an epoch's time goes on the card."""
    if bench.device != "cuda":
        return
    from torch.profiler import ProfilerActivity
    from torch.profiler import profile as record

    for batch_size in BATCH_SIZES:
        settings = replace(_USUAL, batch_size=batch_size, epochs=3)
        epochs = bench.fit_epochs(settings, bench.way(USUAL_PRECISION))
        next(epochs)
        with record(activities=[ProfilerActivity.CUDA]) as found:
            next(epochs)
            torch.cuda.synchronize()
        rows = sorted(found.key_averages(), key=lambda each: -each.self_device_time_total)
        for row in rows[:7]:
            mean = row.self_device_time_total / max(1, row.count)
            total = row.self_device_time_total / 1000
            say(f"| batch {batch_size}: {row.key[:60]} | {row.count} times {mean:.2f} µs, {total:.2f} ms |")
