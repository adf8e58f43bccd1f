"""``python -m resources.letters_network``: make the network of capital letters and digits, from a clone."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.mnist.digit_data import load_mnist_training
from engine.data.pen_digits import ATTRIBUTION as PEN_ATTRIBUTION
from engine.data.sources import MNIST_ATTRIBUTION, TrainingData
from engine.errors import ScratchpadError
from engine.models.model import Model
from engine.models.model_file import save_model
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted
from engine.training.learner import architecture_of
from engine.training.run import RunRequest, run_training
from engine.training.run_events import RunOutcome
from engine.training.thread_tuning import ThreadChooser
from resources.letters_network.figures import figures_of
from resources.letters_network.writings import LETTERS_AND_DIGITS, NAME, load_writings

_TITLE = "Letters and digits"
_SEED = 1
# That suited the writers left out while the recipe was chosen.
_TEMPERATURE = 1.27


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m resources.letters_network", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="has MNIST, pen-digits and pen-letters")
    parser.add_argument("--output", type=Path, help="where the network goes")
    parser.add_argument("--choose", action="store_true", help="measure on writers left out of the training")
    parser.add_argument("--letter-variants", type=int, default=40, help="warped copies of each drawing")
    parser.add_argument("--mnist", type=int, default=30_000, help="of MNIST's training digits, so many")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--learning-rate", type=float, default=0.1)
    parser.add_argument("--weight-decay", type=float, default=1e-4)
    parser.add_argument("--hidden", type=int, nargs="+", default=[640, 320])
    parser.add_argument("--no-warps", action="store_true", help="leave the finished pictures as they are")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Make it; returns the exit code."""
    try:
        _make(parsed(arguments))
    except ScratchpadError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _make(chosen: argparse.Namespace) -> None:
    start_s = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - start_s:6.1f} s  {text}", flush=True)

    known, judges = load_writings(chosen.data, chosen.choose)
    written = judges.normalised()
    training = known.varied(chosen.letter_variants, _SEED)
    mnist, validation = load_mnist_training(chosen.data)
    some = _labelled(mnist.take(torch.arange(min(chosen.mnist, len(mnist)))))
    training = replace(training.joined(some), name=f"{NAME}, MNIST")
    say(f"{len(training):,} pictures of {len(known):,} drawings; {len(written):,} to measure on")
    settings = TrainingSettings(
        hidden=tuple(chosen.hidden),
        epochs=chosen.epochs,
        batch_size=chosen.batch_size,
        learning_rate=chosen.learning_rate,
        weight_decay=chosen.weight_decay,
        warps=not chosen.no_warps,
        averaging=True,
        seed=_SEED,
    )
    standardise = Standardisation.of(mnist)
    # Figures of every epoch are those of the writers left out while a recipe is chosen, else of MNIST's.
    watched = written if chosen.choose else _labelled(validation)
    data = TrainingData(training, watched, None, standardise, f"{MNIST_ATTRIBUTION}; {PEN_ATTRIBUTION}")
    request = RunRequest(data, settings, "auto", name=_TITLE, threads=ThreadChooser())
    say(architecture_of(settings, LETTERS_AND_DIGITS).describe())
    for event in run_training(request):
        if isinstance(event, EpochCompleted):
            share = 100 * event.validation_accuracy
            say(f"epoch {event.epoch}: loss {event.training_loss:.4f}, {share:.2f} %")
        elif isinstance(event, RunOutcome) and event.model is not None:
            found = figures_of(event.model, written)
            say(
                f"capitals {100 * found.capitals:.2f} % of 26, letters and digits "
                f"{100 * found.together:.2f} % (exactly {100 * found.exact:.2f} %), digits "
                f"{100 * found.digits:.2f} %"
            )
            say(f"temperature that suits them: {event.model.temperature:.3f}")
            if chosen.output is not None:
                save_model(_finished(event.model, found.exact), chosen.output)


def _finished(model: Model, accuracy: float) -> Model:
    """With the figure of people it has not learned from, and a temperature that was found with others."""
    about = replace(model.provenance, validation_accuracy=None, test_accuracy=accuracy)
    return replace(model, provenance=about, temperature=_TEMPERATURE)


def _labelled(digits: Digits) -> Digits:
    return digits.known_to(LETTERS_AND_DIGITS)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
