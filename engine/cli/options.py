"""Command options: what may be asked for on the command line, and what is meant by leaving it out."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.option_types import DATA_VARIABLE as DATA_VARIABLE
from engine.cli.option_types import Formatter, add_data, add_data_folder, decimal, share, whole, whole_number
from engine.cli.search_options import add_search
from engine.levels.descriptions import LEVEL_DESCRIPTIONS
from engine.nn.registry import ACTIVATIONS, OPTIMISERS, trainable_activations
from engine.nn.schedules import SCHEDULES
from engine.settings import LEVELS, TrainingSettings, parse_hidden
from engine.version import VERSION

FAILED = 1
"""Exit status: it could not be done."""
WRONG_USE = 2
"""Exit status: what was asked for makes no sense."""
INTERRUPTED = 130
"""Exit status: Ctrl+C."""


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m engine", description="Train, evaluate and read handwritten digits without a window."
    )
    parser.add_argument("--version", action="version", version=f"Scratchpad {VERSION}")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="train|search|evaluate|read|convert"
    )
    _add_train(commands.add_parser("train", help="train a network", formatter_class=Formatter))
    add_search(
        commands.add_parser("search", help="train many networks, keep the best", formatter_class=Formatter)
    )
    _add_evaluate(commands.add_parser("evaluate", help="measure a network", formatter_class=Formatter))
    _add_read(commands.add_parser("read", help="read a picture or a drawing", formatter_class=Formatter))
    _add_convert(
        commands.add_parser("convert", help="write a network in another form", formatter_class=Formatter)
    )
    return parser


def _add_train(parser: argparse.ArgumentParser) -> None:
    usual = TrainingSettings()
    parser.description = (
        "Train a network and measure it. Ctrl+C stops after the step under way and keeps what was learned."
    )
    data = parser.add_argument_group("data")
    add_data(data)
    data.add_argument(
        "--pen-digits", type=Path, metavar="FILE", help="JSON lines of strokes; learn from most writers too"
    )
    data.add_argument(
        "--pen-variants",
        type=whole(0, 200),
        default=8,
        metavar="N",
        help="warped copies of each pen digit that are added to it",
    )
    data.add_argument(
        "--pen-validation",
        type=share,
        default=0.0,
        metavar="SHARE",
        help="share of the training writers who validate instead; 0 keeps all for training",
    )
    network = parser.add_argument_group("network and training")
    network.add_argument("--hidden", default="100", metavar="SIZES", help='such as 100, "512 256", or none')
    network.add_argument("--activation", choices=trainable_activations(), default=usual.activation)
    network.add_argument(
        "--level",
        "--rung",  # as it was called until version 0.2
        type=whole_number,
        choices=LEVELS,
        default=usual.level,
        help="how much the library does: "
        + "; ".join(f"{level.number} {level.name}" for level in LEVEL_DESCRIPTIONS),
    )
    network.add_argument("--optimiser", choices=list(OPTIMISERS), default=usual.optimiser)
    network.add_argument("--epochs", type=whole_number, default=usual.epochs)
    network.add_argument("--batch-size", type=whole_number, default=usual.batch_size)
    rates = ", ".join(f"{entry.usual_rate:g} for {name}" for name, entry in OPTIMISERS.items())
    network.add_argument("--learning-rate", type=decimal, help=f"(default: {rates})")
    network.add_argument("--momentum", type=decimal, default=usual.momentum)
    network.add_argument("--weight-decay", type=decimal, default=usual.weight_decay)
    network.add_argument("--schedule", choices=list(SCHEDULES), default=usual.schedule)
    network.add_argument("--warps", action="store_true", help="warp each picture differently in every epoch")
    network.add_argument("--averaging", action="store_true", help="keep a running average of the weights")
    network.add_argument("--seed", type=whole_number, default=usual.seed)
    network.add_argument("--device", choices=("auto", "cuda", "mps", "cpu"), default="auto")
    network.add_argument(
        "--threads",
        type=whole(1, 256),
        metavar="N",
        help="CPU threads (default: chosen by measuring on the way)",
    )
    kept = parser.add_argument_group("result")
    kept.add_argument("--name", default="", help="what to call the network (default: its data and figure)")
    kept.add_argument("--output", type=Path, metavar="FILE", help="where to keep it (.safetensors)")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Evaluate a network on MNIST's test set, as it is and re-normalised, on pen digits, or on your own "
        "data."
    )
    parser.add_argument(
        "model",
        type=Path,
        nargs="?",
        help="a .safetensors or .pt file, or letters (default: the shipped network)",
    )
    add_data_folder(parser)
    parser.add_argument(
        "--data",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help="a file or folder of labelled pictures instead of MNIST, as train takes it; may be given "
        "several times",
    )
    _add_assumption(parser)
    parser.add_argument(
        "--pen-digits",
        type=Path,
        metavar="FILE",
        help="JSON lines of strokes; measure on the held-out writers",
    )
    parser.add_argument(
        "--all-writers",
        action="store_true",
        help="measure on every writer of the file, not the held-out ones",
    )


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.description = "Read a digit, a number, or a sign of the network's classes."
    parser.add_argument("file", type=Path, help="a picture (PNG, JPEG, ...) or a drawing saved as JSON")
    parser.add_argument(
        "--model",
        type=Path,
        metavar="FILE",
        help="a network’s file, or letters for the one of letters and digits that comes with the program "
        "(default: the shipped network of digits)",
    )
    _add_assumption(parser)


def _add_convert(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write a network in the form that the suffix of the new file asks for: .safetensors is Scratchpad's "
        "own, .pt a state dict for a plain torch.nn.Sequential, .onnx a graph for other programs."
    )
    parser.add_argument("network", type=Path, help="a .safetensors file, or a .pt file with a state dict")
    parser.add_argument("file", type=Path, help="the new file")
    _add_assumption(parser)


def _add_assumption(parser: argparse.ArgumentParser) -> None:
    state_dict = parser.add_argument_group(
        "what a state dict does not say",
        "Where none of these is given, the usual combinations are tried on digits, and the best is taken.",
    )
    state_dict.add_argument("--activation", choices=list(ACTIVATIONS))
    state_dict.add_argument(
        "--pixels", choices=("0 to 1", "0 to 255"), help="range of the pixels that it was trained on"
    )
    state_dict.add_argument(
        "--mean", type=decimal, help="that was taken from each pixel of 0 to 1 in its training"
    )
    state_dict.add_argument("--deviation", type=decimal, help="that each pixel was then divided by")


def settings_from(chosen: argparse.Namespace) -> TrainingSettings:
    """The training settings of a ``train`` command, checked.

    Raises:
        SettingsError: They make no sense.
    """
    settings = TrainingSettings(
        hidden=parse_hidden(chosen.hidden),
        activation=chosen.activation,
        epochs=chosen.epochs,
        batch_size=chosen.batch_size,
        learning_rate=OPTIMISERS[chosen.optimiser].usual_rate
        if chosen.learning_rate is None
        else chosen.learning_rate,
        momentum=chosen.momentum,
        weight_decay=chosen.weight_decay,
        schedule=chosen.schedule,
        warps=chosen.warps,
        averaging=chosen.averaging,
        optimiser=chosen.optimiser,
        level=chosen.level,
        seed=chosen.seed,
    )
    settings.check()
    return settings
