"""64 networks at once on the card, against the same number in turn."""

from __future__ import annotations

import time
from dataclasses import replace

from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import architecture_of
from engine.training.many.fit import fit_many
from engine.training.many.variants import Variant
from engine.training.stretches.fused import USUAL_PRECISION
from tests.benchmarks.speed.gpu.bench import Bench, say

_NETWORKS = 64
_BOUNDS = {(): 20, (32,): 20, (100,): 15}


def many(bench: Bench) -> None:
    """An epoch of each, the second of two trainings; those in turn are a few, scaled up."""
    few, task, in_turn = bench.few(), bench.task, 2 if bench.is_quick else 4
    for hidden, bound in _BOUNDS.items():
        settings = TrainingSettings(hidden=hidden, epochs=1)
        variants = [Variant(seed, settings.learning_rate) for seed in range(_NETWORKS)]
        way = bench.way(USUAL_PRECISION)
        for _ in range(2):
            began = time.perf_counter()
            for variant in variants[:in_turn]:
                chosen = replace(variant.within(settings), seed=variant.seed)
                for _result in fit(task.digits, few, chosen, task.standardisation, bench.device, way=way):
                    pass
            turn_s = (time.perf_counter() - began) * _NETWORKS / in_turn
            began = time.perf_counter()
            for _results in fit_many(
                task.digits, few, settings, task.standardisation, variants, bench.device, way=way
            ):
                pass
            once_s = time.perf_counter() - began
        say(
            f"| 64 of {architecture_of(settings).describe()} | {turn_s:.3f} s in turn, {once_s:.3f} s at once"
            f" | {turn_s / once_s:.1f} times, to reach {bound} |"
        )
