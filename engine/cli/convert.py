"""The command ``convert``: a network from one form of file to another."""

from __future__ import annotations

import argparse
import sys

from engine.cli.network import load_network
from engine.models.network_files import write_network


def convert(chosen: argparse.Namespace) -> int:
    """Read one file and write the other.

    Raises:
        ScratchpadError: One of them cannot be read or written.
    """
    model = load_network(chosen.network, chosen)
    write_network(model, chosen.file)
    print(f"{chosen.file}: {model.architecture.describe()}, {model.name}", file=sys.stderr)
    return 0
