"""What all tests share: no screen, a profile of their own, real data where they are named."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _data(*parts: str) -> Path:
    folder = os.environ.get("SCRATCHPAD_DATA", "")
    path = Path(folder, *parts)
    if not folder or not path.exists():
        pytest.skip(f"set SCRATCHPAD_DATA to a folder that has {'/'.join(parts)}")
    return path


@pytest.fixture
def mnist_folder() -> Path:
    """The folder that has MNIST/raw."""
    return _data("MNIST", "raw").parents[1]


@pytest.fixture
def pen_digits_file() -> Path:
    """The real pen strokes."""
    return _data("pen-digits", "strokes.jsonl")
