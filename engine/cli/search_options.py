"""Options of the command ``search``: those of ``train``, which take several values or a range here."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from engine.cli.option_types import add_data, whole
from engine.search.objective import ACCURACY, OBJECTIVES
from engine.search.samplers import GRID, RANDOM, SAMPLERS
from engine.search.space import MOST_TRIALS, Space, Value, value_text
from engine.search.space_text import parse_space
from engine.settings import TrainingSettings

SIDE_BY_SIDE = 16
"""Networks that train side by side where nothing depends on what came of others."""
FORMER_STORE = Path("scratchpad-searches")
"""Where searches were kept at first, in the current folder."""

_HELP = {
    "hidden": 'such as "32" "100" "100 50", 16..128 for one layer, or none',
    "learning_rate": "such as 0.01 0.1 or 0.01..0.5",
    "warps": "on, off, or both of them; on if nothing follows",
    "averaging": "on, off, or both of them; on if nothing follows",
    "seed": "every point is trained with each of these, such as 1..3",
}


def add_search(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Train a network for each point of a grid, for points at random, or where good ones were found, and "
        "keep the best by the validation set. Settings take one value, several, or a range such as 0.01..0.5 "
        "(0.01..0.5 in 8: eight numbers of it in a grid). Ctrl+C stops; --resume goes on."
    )
    add_data(parser.add_argument_group("data"))
    # What the data of `train` have beside it.
    parser.set_defaults(pen_digits=None, pen_variants=8, pen_validation=0.0)
    space = parser.add_argument_group("settings to try")
    usual = TrainingSettings()
    for each in fields(TrainingSettings):
        names = [f"--{each.name.replace('_', '-')}"] + ["--rate"] * (each.name == "learning_rate")
        value: Value = getattr(usual, each.name)
        standard = "that of the optimiser" if each.name == "learning_rate" else value_text(value)
        about = f"{_HELP[each.name]} " if each.name in _HELP else ""
        space.add_argument(
            *names,
            dest=f"try_{each.name}",
            nargs="*" if isinstance(value, bool) else "+",
            metavar="VALUE",
            help=f"{about}(default: {standard})",
        )
    search = parser.add_argument_group("search")
    search.add_argument(
        "--sampler",
        choices=list(SAMPLERS),
        help="; ".join(f"{name}: {about}" for name, about in SAMPLERS.items())
        + f" (default: {RANDOM} with --trials, unless all of a grid; else {GRID})",
    )
    search.add_argument("--trials", type=whole(1, MOST_TRIALS), metavar="N", help="trainings at most")
    search.add_argument("--sampler-seed", type=whole(0, 2**31), default=1, metavar="N", help="of the sampler")
    search.add_argument("--halving", action="store_true", help="give up trials that are behind most others")
    search.add_argument(
        "--choose-by", choices=list(OBJECTIVES), default=ACCURACY, help="on the validation set"
    )
    where = parser.add_argument_group("where trials run")
    where.add_argument("--jobs", type=whole(1, 256), default=1, metavar="N", help="processes on this machine")
    where.add_argument(
        "--side-by-side",
        type=whole(1, 1024),
        metavar="N",
        help="networks that train together as one batched product, at most, in each process "
        f"(default: {SIDE_BY_SIDE}; 1 for tpe)",
    )
    where.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="of a Dask cluster, such as tcp://host:8786; local starts one here",
    )
    where.add_argument("--device", choices=("auto", "cuda", "mps", "cpu"), default="auto")
    where.add_argument("--threads", type=whole(1, 256), metavar="N", help="CPU threads of each process")
    kept = parser.add_argument_group("result")
    kept.add_argument(
        "--store",
        type=Path,
        metavar="FOLDER",
        help="where trials are kept (default: with the runs of the window, which shows them)",
    )
    kept.add_argument("--no-store", action="store_true", help="keep no trials")
    kept.add_argument(
        "--resume", action="store_true", help="go on with the last search there that was not finished"
    )
    kept.add_argument("--output", type=Path, metavar="FILE", help="where to keep the best (.safetensors)")


def written_settings(chosen: argparse.Namespace) -> dict[str, list[str]]:
    """What was written for each setting, of those that something was written for."""
    written: dict[str, list[str]] = {}
    for each in fields(TrainingSettings):
        texts = getattr(chosen, f"try_{each.name}")
        if texts is not None:
            written[each.name] = texts or ["on"]
    return written


def space_from(chosen: argparse.Namespace) -> Space:
    """The space of a ``search`` command, checked.

    Raises:
        SettingsError: It makes no sense.
    """
    return parse_space(written_settings(chosen))


def sampler_from(chosen: argparse.Namespace, space: Space) -> str:
    """The sampler that was named, or the one that suits."""
    if chosen.sampler is not None:
        return str(chosen.sampler)
    has_room = chosen.trials is None or (space.is_listed and chosen.trials >= space.grid_trials)
    return GRID if has_room else RANDOM
