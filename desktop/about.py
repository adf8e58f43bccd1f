"""About: what someone who reports a fault is asked for."""

from __future__ import annotations

import platform
import sys

from PySide6.QtCore import qVersion

from desktop.settings import data_folder, settings_file
from engine.version import VERSION


def about_text() -> str:
    """Version, libraries, folders, and whom the shipped network's data are owed to."""
    torch = sys.modules.get("torch")
    return "\n".join(
        [
            f"Scratchpad {VERSION}",
            f"Python {platform.python_version()}, Qt {qVersion()}, "
            f"PyTorch {getattr(torch, '__version__', 'not loaded yet')}, {platform.platform()}",
            f"Networks and log: {data_folder()}",
            f"Settings: {settings_file()}",
            "",
            "The shipped network learnt from MNIST (Y. LeCun, C. Cortes, C. Burges) and from pen digits",
            "of the UNIPEN collection, train_r01_v07 (International Unipen Foundation, CC BY 4.0).",
            "The idea follows fast.ai's Introduction to Machine Learning, lesson 9.",
            "Scratchpad never calls home; it uses the network only when you press Download.",
        ]
    )
