"""The network of a command: read from any file that the window opens, too."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import resources
from engine.data.digits import Standardisation
from engine.data.trial_digits import trial_digits
from engine.models.assumptions import PIXELS, Assumption, assume, describe_best, try_assumptions
from engine.models.model import Model
from engine.models.model_file import load_model
from engine.models.network_files import open_network
from engine.plain_text import plain_name

LETTERS = "letters"


def load_network(path: Path, chosen: argparse.Namespace) -> Model:
    """The network in a file. What the file does not say was chosen on the command line, or is tried out.

    Args:
        path: The file; `LETTERS` stands for the shipped network of letters and digits, unless there is such a
            file.
        chosen: Its ``activation``, ``pixels``, ``mean`` and ``deviation`` are None where nothing was said.

    Raises:
        ScratchpadError: There is no network in it, or what was chosen makes no sense.
    """
    if str(path) == LETTERS and not path.exists():
        return load_model(resources.path("weights", f"{LETTERS}.safetensors"))
    opened = open_network(path)
    said = (chosen.activation, chosen.pixels, chosen.mean, chosen.deviation)
    if not opened.is_assumed:
        if any(each is not None for each in said):
            print(f"{plain_name(path.name)} says itself how it was trained.", file=sys.stderr)
        return opened.model
    if any(each is not None for each in said):
        return assume(opened.model, _chosen_assumption(chosen))
    digits, name = trial_digits(getattr(chosen, "data_folder", None))
    trials = try_assumptions(opened.model, digits)
    has_hidden_layers = len(opened.model.architecture.sizes) > 2
    sentence = describe_best(plain_name(path.name), trials, name, has_hidden_layers)
    print(f"{sentence} Choose others with --activation and --pixels.", file=sys.stderr)
    return assume(opened.model, trials[0].assumption)


def _chosen_assumption(chosen: argparse.Namespace) -> Assumption:
    usual = PIXELS[chosen.pixels or "0 to 1"]
    mean = usual.mean if chosen.mean is None else chosen.mean
    deviation = usual.standard_deviation if chosen.deviation is None else chosen.deviation
    return Assumption(chosen.activation or "relu", Standardisation(mean, deviation))
