"""Others on the card: the bare products, and torch.nn.Sequential, each epoch in one CUDA graph; and JAX."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from torch import nn

from tests.benchmarks.speed.floor import _products
from tests.benchmarks.speed.gpu.bench import BATCH_SIZES, Bench
from tests.benchmarks.speed.sequential import make_network
from tests.benchmarks.speed.task import LEARNING_RATE, MOMENTUM, UnavailableError

FLOOR, SEQUENTIAL = "five products alone, one graph", "Sequential, fused SGD, one graph"
JAX_TITLES = {
    "default": "JAX, jit and scan, default precision",
    "highest": "JAX, jit and scan, highest precision",
}
JAX = JAX_TITLES["default"]
_ROOT = Path(__file__).parents[4]


def floor(bench: Bench) -> None:
    """Two products forward and three backward for each mini-batch; no digit is fetched."""
    for batch_size in BATCH_SIZES:
        whole, left_over = divmod(len(bench.task.digits), batch_size)
        usual, short = (
            [tuple(each.to(bench.device) for each in products) for products in _products(rows)]
            for rows in (batch_size, left_over)
        )

        def run(whole: int = whole, usual: list = usual, short: list = short) -> None:
            for products in [usual] * whole + [short]:
                for left, right, product in products:
                    torch.mm(left, right, out=product)

        bench.note(FLOOR, batch_size, bench.best_ms(bench.recorder.record(run, run)))


def sequential(bench: Bench) -> None:
    """The loop that everyone writes, gathered by index."""
    for batch_size in BATCH_SIZES:
        bench.note(SEQUENTIAL, batch_size, _sequential_ms(bench, batch_size))


def _sequential_ms(bench: Bench, batch_size: int) -> float:
    network = make_network().to(bench.device)
    optimiser = torch.optim.SGD(
        network.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM, fused=bench.device == "cuda" or None
    )
    inputs, labels = bench.task.inputs.to(bench.device), bench.task.labels.to(bench.device)
    loss_of = nn.CrossEntropyLoss()
    order = torch.randperm(len(labels), device=bench.device)

    def steps(count: int) -> None:
        for chosen in order.split(batch_size)[-count:]:
            optimiser.zero_grad(set_to_none=True)
            loss_of(network(inputs[chosen]), labels[chosen]).backward()
            optimiser.step()

    epoch = bench.recorder.record(lambda: steps(2), lambda: steps(len(labels)))

    def run_epoch() -> None:
        order.copy_(torch.randperm(len(labels), device=bench.device))
        epoch()

    return bench.best_ms(run_epoch)


def jax(bench: Bench) -> None:
    """In a process of its own, so that the two libraries do not share the card's memory."""
    command = [sys.executable, "-m", "tests.benchmarks.speed.gpu.jax_worker", bench.device, str(bench.epochs)]
    command += map(str, BATCH_SIZES)
    with tempfile.TemporaryFile("w+") as errors:
        worker = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            assert worker.stdout is not None
            for line in worker.stdout:
                precision, batch_size, seconds = json.loads(line)
                bench.note(JAX_TITLES[precision], batch_size, 1000 * seconds)
            if worker.wait():
                errors.seek(0)
                raise UnavailableError(errors.read().strip() or f"JAX ended with {worker.returncode}")
        finally:
            worker.kill()
            worker.wait()
