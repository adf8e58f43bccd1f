"""The command ``convert``: a network from one form of file to another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.digits import Standardisation
from engine.errors import SettingsError
from engine.network_files import STATE_DICT_SUFFIXES, read_network, write_network
from engine.state_dict_file import load_state_dict


def convert(chosen: argparse.Namespace) -> int:
    """Read one file and write the other.

    Raises:
        ScratchpadError: One of them cannot be read or written.
    """
    source: Path = chosen.network
    if not (0 <= chosen.mean <= 1 and 0 < chosen.deviation <= 1):
        raise SettingsError(
            "mean", "The mean of pixels lies between 0 and 1, and so does their deviation, which is above 0."
        )
    if source.suffix.lower() in STATE_DICT_SUFFIXES:
        standardisation = Standardisation(chosen.mean, chosen.deviation)
        model = load_state_dict(source, chosen.activation, standardisation)
    else:
        model = read_network(source)
    write_network(model, chosen.file)
    print(f"{chosen.file}: {model.architecture.describe()}, {model.name}", file=sys.stderr)
    return 0
