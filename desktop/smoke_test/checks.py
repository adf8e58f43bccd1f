"""Checks: what the smoke test demands, in optimised programs too."""

from __future__ import annotations

from typing import TypeVar

Found = TypeVar("Found")


def expect(found: Found | None, otherwise: str) -> Found:
    """What was found.

    Raises:
        AssertionError: Nothing was; `otherwise` says what is wrong.
    """
    if found is None:
        raise AssertionError(otherwise)
    return found


def require(is_so: bool, otherwise: str) -> None:
    """Go on if it is so.

    Raises:
        AssertionError: It is not; `otherwise` says what is wrong.
    """
    # Not the statement: that is left out of optimised programs.
    if not is_so:
        raise AssertionError(otherwise)
