"""The source of a part is what Python itself says it is."""

import inspect
from pathlib import Path

import pytest

from engine.lesson import source_text
from engine.lesson.source_text import file_of, source_of
from engine.levels.levels import LEVELS
from engine.levels.shown import Excerpt
from engine.settings import TrainingSettings


@pytest.mark.parametrize("level", LEVELS)
def test_it_is_that_of_inspect(level):
    settings = TrainingSettings(level=level, hidden=(20,), momentum=0.9, weight_decay=0.01)
    for parts in LEVELS[level].parts(settings).values():
        for part in parts:
            source = part.source if isinstance(part, Excerpt) else part
            assert source_of(source) == tuple(inspect.getsource(source).rstrip().splitlines())


def test_what_is_made_while_the_program_runs_is_found_too():
    def inner():
        return 1

    assert source_of(inner)[0].strip() == "def inner():"


def test_a_whole_file():
    text = Path(source_text.__file__).read_text(encoding="utf-8")
    assert file_of(source_text) == tuple(text.rstrip().splitlines())
