"""Test set words: what to call the set that a network's last figure was measured on."""

from __future__ import annotations

import re

from engine.data.sources import DATA_SOURCES


def test_set_words(data: str) -> str:
    """``MNIST test`` for a network of the program's own data, ``test`` for one of a set of the user's own.

    Args:
        data: Names of all that it learned from.
    """
    # Fashion-MNIST is another set than MNIST.
    own = "|".join(re.escape(source.set_name) for source in DATA_SOURCES.values())
    return "MNIST test" if re.search(rf"(?<![\w-])({own})(?![\w-])", data) else "test"
