"""Texts and times as the store keeps them."""

from __future__ import annotations

from datetime import UTC, datetime

LONGEST = 200
"""Characters of a text that is kept."""


def now() -> str:
    """The time of day, ISO 8601 with time zone."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def storable(text: str) -> str:
    """A text on one line, at most 200 characters, that can be encoded: half a surrogate pair cannot."""
    return " ".join(text.encode("utf-8", "replace").decode().split())[:LONGEST]
