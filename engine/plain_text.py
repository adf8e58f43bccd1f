"""Plain text: names that come from files, made fit to stand in a sentence, a label or a list."""

from __future__ import annotations

import unicodedata

NAME_LENGTH = 80
"""Longer names are cut: nobody reads them, and no label has room for them."""

# Control characters, format characters (direction marks among them), halves of surrogate pairs, line and
# paragraph separators: nothing of this is seen, and all of it changes how its surroundings are shown.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def plain_name(text: str, most: int = NAME_LENGTH) -> str:
    """The text in one line, without anything unseen, and no longer than `most` characters."""
    # Cut before it is looked through: a name may be as long as the file that it comes from.
    shown = "".join(
        " " if character.isspace() else character
        for character in text[: 4 * most]
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    shown = " ".join(shown.split())
    return shown if len(shown) <= most else f"{shown[: most - 1].rstrip()}…"
