"""Pages: the detail pages that each kind of model has."""

from __future__ import annotations

from desktop.boundaries.pictures.details import Factories


def pages_of(kind: str) -> Factories:
    """What makes each page of a kind of model, by the name on its tab."""
    return {}
