"""Settings on the command line of a benchmark, and back."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace

from engine.nn.registry import OPTIMISERS
from engine.nn.schedules import SCHEDULES
from engine.settings import TrainingSettings, parse_hidden
from tests.benchmarks.speed.ours import PROGRAM_THREADS

_NAMES = {field.name for field in fields(TrainingSettings)}


def add_settings(parser: argparse.ArgumentParser) -> None:
    """An option for each setting worth tuning, and for the number of threads."""
    parser.add_argument("--hidden", type=parse_hidden, help='such as "512 256"')
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--momentum", type=float)
    parser.add_argument("--weight-decay", type=float)
    parser.add_argument("--schedule", choices=SCHEDULES)
    parser.add_argument("--optimiser", choices=OPTIMISERS)
    parser.add_argument("--warps", action=argparse.BooleanOptionalAction)
    parser.add_argument("--averaging", action=argparse.BooleanOptionalAction)
    parser.add_argument("--level", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--threads", type=int, default=PROGRAM_THREADS)


def settings_of(options: argparse.Namespace, settings: TrainingSettings | None = None) -> TrainingSettings:
    """Those given, or the usual ones, with what the options say instead."""
    given = {name: value for name, value in vars(options).items() if name in _NAMES and value is not None}
    return replace(settings or TrainingSettings(), **given)


def arguments_of(settings: TrainingSettings, threads: int) -> list[str]:
    """What `settings_of` makes the same settings of."""
    values = {
        "hidden": " ".join(map(str, settings.hidden)),
        "epochs": settings.epochs,
        "batch-size": settings.batch_size,
        "learning-rate": settings.learning_rate,
        "momentum": settings.momentum,
        "weight-decay": settings.weight_decay,
        "schedule": settings.schedule,
        "optimiser": settings.optimiser,
        "level": settings.level,
        "seed": settings.seed,
        "threads": threads,
    }
    switches = {"warps": settings.warps, "averaging": settings.averaging}
    return [
        *(f"--{name}={value}" for name, value in values.items()),
        *(f"--{'' if is_on else 'no-'}{name}" for name, is_on in switches.items()),
    ]
