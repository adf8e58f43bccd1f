"""Choice: whether quick steps are quicker than those of level 7 on this machine, for one kind of network.

It depends on the processor, on what else it does, on the libraries and on the network: so both take a few
steps on made-up digits before the first training of a kind, which takes some hundredths of a second. The
answer is kept, so that the same training gives the same numbers again.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from engine.data.digits import Standardisation
from engine.data.mini_batches.preparation import Preparation
from engine.files.safe_writing import replacing
from engine.levels.in_place import InPlaceLevel
from engine.nn.network import Architecture
from engine.settings import TrainingSettings
from engine.training.quick.sources import Pictures
from engine.training.quick.steps import QuickSteps

FILE_NAME = "quick-steps.json"
"""Of the file in a profile."""
_MACHINE, _KINDS = "machine", "quick steps are quicker"
_LONGEST_S = 0.025
_MOST_ROUNDS = 8
_STEPS = 2
# A network that diverges would calculate with what is no number, which takes longer.
_RATE = 1e-4
# Others have to be faster by so much: a choice that is nearly even is to be the same on every day.
_SHARE_WORTH_IT = 0.9

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides how long a step takes.

    Attributes:
        sizes: Of the network's layers, inputs first.
        activation: Between them.
        optimiser: By its name.
        has_momentum: Whether it has.
        has_decay: Whether weights decay.
        batch: Digits in a mini-batch.
    """

    sizes: tuple[int, ...]
    activation: str
    optimiser: str
    has_momentum: bool
    has_decay: bool
    batch: int

    @classmethod
    def of(cls, architecture: Architecture, settings: TrainingSettings) -> Kind:
        """The kind of a training."""
        return cls(
            architecture.sizes,
            settings.activation,
            settings.optimiser,
            settings.momentum > 0,
            settings.weight_decay > 0,
            settings.batch_size,
        )

    def __str__(self) -> str:
        parts = "-".join(map(str, self.sizes)), self.activation, self.optimiser, str(self.batch)
        flags = [word for word, has in (("momentum", self.has_momentum), ("decay", self.has_decay)) if has]
        return " ".join((*parts, *flags))


class Choices:
    """What was chosen for each kind; measured when it is asked for the first time."""

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        """Nothing is chosen yet.

        Args:
            clock: Seconds. By default those that the processor gave this thread: another program that takes
                its turn in the middle of a step would decide it otherwise. Where such a clock is too coarse,
                both take no time at all, and quick steps are taken.
        """
        self._clock = clock
        self._known: dict[str, bool] = {}
        self._path: Path | None = None

    def keep_in(self, path: Path) -> None:
        """Know what was chosen before on this machine, and write what is chosen from now on.

        A file that is damaged or of another machine is written over; where none can be written, each process
        measures for itself.

        Args:
            path: Of the file; nothing is written while there is no such folder.
        """
        if path != self._path:
            self._path = path
            self._known = {**_read(path), **self._known}

    def is_quicker(self, architecture: Architecture, settings: TrainingSettings) -> bool:
        """Whether quick steps are to be taken; False where there are none."""
        kind = str(Kind.of(architecture, settings))
        if kind not in self._known:
            self._known[kind] = self._measure(architecture, settings)
            self._write()
        return self._known[kind]

    def _write(self) -> None:
        if self._path is None or not self._path.parent.is_dir():
            return
        text = json.dumps({_MACHINE: machine(), _KINDS: self._known}, indent=1)
        try:
            with replacing(self._path, is_private=True) as file:
                file.write(text.encode())
        except OSError:
            _log.info("what is quicker here could not be kept", exc_info=True)

    def _measure(self, architecture: Architecture, settings: TrainingSettings) -> bool:
        began = self._clock()
        try:
            quick, in_place = _contestants(architecture, replace(settings, learning_rate=_RATE))
        except LookupError:
            return False
        quick_s, in_place_s = [], []
        for _ in range(_MOST_ROUNDS):
            quick_s.append(self._seconds(quick))
            in_place_s.append(self._seconds(in_place))
            if self._clock() - began > _LONGEST_S:
                break
        # The shortest: whatever disturbs a step makes it longer.
        return min(in_place_s) >= _SHARE_WORTH_IT * min(quick_s)

    def _seconds(self, steps: Iterator[object]) -> float:
        began = self._clock()
        with torch.inference_mode(), np.errstate(all="ignore"):
            for _ in range(_STEPS):
                next(steps)
        return self._clock() - began


def machine() -> str:
    """What measurements are of: processor, cores, and the libraries that compute."""
    cores = os.cpu_count()
    return f"{_processor()}, {cores} cores, PyTorch {torch.__version__}, NumPy {np.__version__}"


def _processor() -> str:
    """Its name where the system tells it, else its kind."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _read(path: Path) -> dict[str, bool]:
    """What was chosen on this machine; nothing if the file is missing, damaged or another machine's."""
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict) or kept.get(_MACHINE) != machine():
        return {}
    kinds = kept.get(_KINDS)
    known = kinds.items() if isinstance(kinds, dict) else ()
    return {kind: is_quicker for kind, is_quicker in known if isinstance(is_quicker, bool)}


def _contestants(
    architecture: Architecture, settings: TrainingSettings
) -> tuple[Iterator[object], Iterator[object]]:
    """Quick steps and those of level 7 on made-up digits, without end.

    Raises:
        LookupError: There are no quick steps.
    """
    level = InPlaceLevel()
    digits, batch = _STEPS * settings.batch_size, settings.batch_size
    generator = torch.Generator().manual_seed(0)
    images = torch.randint(256, (digits, architecture.sizes[0]), generator=generator, dtype=torch.uint8)
    labels = torch.randint(architecture.sizes[-1], (digits,), generator=generator)
    preparation = Preparation(Standardisation(0.13, 0.31))
    source = Pictures(images, preparation)
    quick = QuickSteps(level.make_network(architecture), source, np.asarray(labels.numpy()), settings)
    batches = level.make_batches(images, labels, batch, 0, preparation)
    stepping = level.make_stepping(level.make_network(architecture), settings, keeps_gradients=False)
    return _without_end(quick.epoch), _without_end(lambda: stepping.epoch(batches))


def _without_end(epoch: Callable[[], Iterator[object]]) -> Iterator[object]:
    while True:
        yield from epoch()


CHOICES = Choices()
"""Of this process."""
