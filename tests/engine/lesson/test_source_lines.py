"""Lines of classes, functions and methods, compared with those that `inspect` finds."""

import inspect

import pytest

from engine.lesson.source_lines import SourceLines
from engine.levels.levels import LEVELS
from engine.levels.shown import Excerpt, Shown
from engine.settings import TrainingSettings


def shown_at(level: int) -> list[Shown]:
    return [each for part in LEVELS[level].parts(TrainingSettings(level=level)).values() for each in part]


@pytest.mark.parametrize("level", LEVELS)
def test_all_that_a_level_shows_is_found_as_inspect_finds_it(level):
    lines = SourceLines()
    for each in shown_at(level):
        source = each.source if isinstance(each, Excerpt) else each
        assert lines.of(source) == inspect.getsource(source).rstrip().splitlines()


def test_without_source_it_says_so(monkeypatch):
    def fails(*_):
        raise OSError

    monkeypatch.setattr(inspect, "getsource", fails)
    with pytest.raises(OSError):
        SourceLines().of(TrainingSettings)
