"""Calibration: how fast the machine is just now, and how much of it other programs take."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from tests.benchmarks.speed.machine import usable_cores
from tests.benchmarks.speed.task import LIBRARY_DEFAULT

_SIDE = 512
_GLANCE_S = 0.5
_CLOCK = Path("/proc/stat")


@dataclass(frozen=True)
class Calibration:
    """The state of the machine at one moment.

    Attributes:
        product_s: Median seconds of a fixed matrix product.
        at_s: When, on the clock of `time.perf_counter`.
        machine_s: Seconds that all cores have worked since the machine started; 0 where nobody says.
        own_s: Of these, our own process's and those of its children that have ended.
    """

    product_s: float
    at_s: float
    machine_s: float
    own_s: float


def calibrate(threads: int, products: int = 30) -> Calibration:
    """Take a tenth of a second, with as many threads as the contestant; PyTorch keeps its own number."""
    usual = torch.get_num_threads()
    torch.set_num_threads(usable_cores() if threads <= LIBRARY_DEFAULT else threads)
    generator = torch.Generator().manual_seed(1)
    left, right = torch.randn(2, _SIDE, _SIDE, generator=generator)
    product = torch.empty(_SIDE, _SIDE)
    torch.mm(left, right, out=product)
    seconds = []
    for _ in range(products):
        began = time.perf_counter()
        torch.mm(left, right, out=product)
        seconds.append(time.perf_counter() - began)
    torch.set_num_threads(usual)
    return _moment(statistics.median(seconds))


def others_share(before: Calibration, after: Calibration) -> float:
    """Share of all cores, 0 to 1, that other programs took between two calibrations."""
    others = (after.machine_s - before.machine_s) - (after.own_s - before.own_s)
    cores = os.cpu_count() or 1
    return max(0.0, others / (cores * (after.at_s - before.at_s)))


def wait_until_quiet(busy_share: float, longest_s: float) -> bool:
    """Sleep while other programs take a larger share of all cores; say whether they ceased in time."""
    deadline = time.perf_counter() + longest_s
    while True:
        before = _moment()
        time.sleep(_GLANCE_S)
        if others_share(before, _moment()) <= busy_share:
            return True
        if time.perf_counter() >= deadline:
            return False


def _moment(product_s: float = 0.0) -> Calibration:
    return Calibration(product_s, time.perf_counter(), _machine_s(), sum(os.times()[:4]))


def _machine_s() -> float:
    if not _CLOCK.exists():
        return 0.0
    user, nice, system, _idle, _waiting, *rest = map(int, _CLOCK.read_text().split("\n")[0].split()[1:9])
    return float(user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")
