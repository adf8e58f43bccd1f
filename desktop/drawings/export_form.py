"""Export forms: what drawings can be written as."""

from __future__ import annotations

import enum


class ExportForm(enum.Enum):
    """Its value is the menu's line."""

    FILE = "JSON lines, CSV or NPZ…"
    MNIST = "MNIST's files…"
    PICTURES = "PNG pictures…"
