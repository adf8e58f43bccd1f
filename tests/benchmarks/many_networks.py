"""Many networks at once against the same number in turn: ``python -m tests.benchmarks.many_networks``.

Built-in handwriting, an epoch of 6,000 digits in mini-batches of 64. The networks in turn are a few of them,
scaled up. CPU times are those of one thread; the times of the clock are those of the number of threads that
each way does best with. The last line is the memory of a whole process that trains 64 networks 784-100-10 on
as many digits as MNIST has.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import architecture_of
from engine.training.many.fit import fit_many
from engine.training.many.variants import Variant
from engine.training.thread_tuning import usable_cores

IN_TURN = 4
ROUNDS = 3
HIDDEN = ((), (32,), (100,))
USUAL = TrainingSettings(epochs=1)
ADAM = replace(USUAL, optimiser="adam", learning_rate=0.002)
MEMORY = "memory"


def main(device: str = "cpu") -> None:
    """Print a table."""
    if device == MEMORY:
        print_memory()
        return
    digits = make_handwriting(6000, 1)
    judged = digits.take(torch.arange(10))
    standardisation = Standardisation.of(digits)
    print(f"| on {device} | in turn | at once | times as fast | CPU in turn | CPU at once | times as fast |")
    print("|---|---|---|---|---|---|---|")
    for name, settings, variants in cases():
        ways = {
            "in turn": lambda s=settings, v=variants: in_turn(digits, judged, s, standardisation, v, device),
            "at once": lambda s=settings, v=variants: at_once(digits, judged, s, standardisation, v, device),
        }
        figures = measure(ways, device)
        columns = []
        for number, unit in enumerate(("s", "s")):
            turn, once = figures["in turn"][number], figures["at once"][number]
            columns += [f"{turn:.2f} {unit}", f"{once:.2f} {unit}", f"{turn / once:.2f}"]
        print(f"| {name} | {' | '.join(columns)} |", flush=True)
    if device == "cpu":
        subprocess.run([sys.executable, "-m", __spec__.name, MEMORY], check=True)


def cases() -> Iterator[tuple[str, TrainingSettings, list[Variant]]]:
    """What is trained: a name, what the networks have in common, and what each has for itself."""
    for hidden in HIDDEN:
        settings = replace(USUAL, hidden=hidden)
        name = f"64 of {architecture_of(settings).describe()}"
        yield f"{name}, one order", settings, [Variant(seed, settings.learning_rate) for seed in range(64)]
        variants = grid(settings, 8, 8)
        yield f"{name}, 8 seeds x 8 rates", settings, variants
        own = [
            replace(variant, momentum=0.01 * (place + 30), weight_decay=1e-6 * place)
            for place, variant in enumerate(variants)
        ]
        yield f"{name}, those with momenta and decays", settings, own
        adam = replace(ADAM, hidden=hidden)
        yield f"{name}, 8 seeds x 8 rates, Adam", adam, grid(adam, 8, 8)
        yield f"{name}, 64 seeds", settings, grid(settings, 64, 1)
    yield "48 of 784-32-10, 6 seeds x 8 rates", replace(USUAL, hidden=(32,)), grid(USUAL, 6, 8)


def grid(settings: TrainingSettings, seeds: int, rates: int) -> list[Variant]:
    """Each seed with each rate, as `fit` would train them."""
    return [
        Variant.of(replace(settings, seed=seed, learning_rate=settings.learning_rate / (1 + rate)))
        for seed in range(seeds)
        for rate in range(rates)
    ]


def measure(ways: dict[str, Callable[[], float]], device: str) -> dict[str, tuple[float, float]]:
    """Seconds of the clock with the best number of threads, CPU seconds with one; medians of some rounds."""
    thread_counts = sorted({1, usable_cores()}) if device == "cpu" else [1]
    clock: dict[tuple[str, int], list[float]] = {}
    cpu: dict[tuple[str, int], list[float]] = {}
    for _ in range(ROUNDS):
        for count in thread_counts:
            torch.set_num_threads(count)
            for way, run in ways.items():
                began, cpu_began = time.perf_counter(), time.process_time()
                scale = run()
                clock.setdefault((way, count), []).append(scale * (time.perf_counter() - began))
                cpu.setdefault((way, count), []).append(scale * (time.process_time() - cpu_began))
    return {
        way: (
            min(statistics.median(clock[way, count]) for count in thread_counts),
            statistics.median(cpu[way, 1]),
        )
        for way in ways
    }


def cpu_times_as_fast(hidden: tuple[int, ...], digits: Digits, rounds: Iterable[int]) -> list[float]:
    """CPU seconds of 64 networks in turn over those at once, in each round, with one thread."""
    settings = replace(USUAL, hidden=hidden)
    data = digits, digits.take(torch.arange(10)), settings, Standardisation.of(digits), grid(settings, 8, 8)
    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    ratios = []
    for _ in rounds:
        seconds = []
        for way in (in_turn, at_once):
            began = time.process_time()
            scale = way(*data, "cpu")
            seconds.append(scale * (time.process_time() - began))
        ratios.append(seconds[0] / seconds[1])
    torch.set_num_threads(usual)
    return ratios


def in_turn(
    digits: Digits,
    judged: Digits,
    settings: TrainingSettings,
    standardisation: Standardisation,
    variants: list[Variant],
    device: str,
) -> float:
    """Train a few, one after another; says how many times as much all of them are."""
    for variant in variants[:IN_TURN]:
        for _result in fit(digits, judged, variant.within(settings), standardisation, device):
            pass
    return len(variants) / IN_TURN


def at_once(
    digits: Digits,
    judged: Digits,
    settings: TrainingSettings,
    standardisation: Standardisation,
    variants: list[Variant],
    device: str,
) -> float:
    """Train all of them together."""
    for _result in fit_many(digits, judged, settings, standardisation, variants, device):
        pass
    return 1.0


def print_memory() -> None:
    """Train for an epoch and print what the process took at most."""
    few = make_handwriting(1000, 1)
    digits = few.take(torch.arange(60_000) % len(few))
    judged = few.take(torch.arange(10_000) % len(few))
    before = peak_gb()
    for settings in (USUAL, replace(ADAM, averaging=True)):
        settings = replace(settings, hidden=(100,))
        at_once(digits, judged, settings, Standardisation.of(digits), grid(settings, 8, 8), "cpu")
        print(
            f"64 networks 784-100-10 by {settings.optimiser}: {peak_gb():.2f} GB of memory in all, "
            f"{before:.2f} GB before."
        )


def peak_gb() -> float:
    """The most memory that this process has had (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


if __name__ == "__main__":
    main(*sys.argv[1:2])
