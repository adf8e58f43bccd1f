"""Spaces as people write them, in a field or on the command line.

Values stand one after another: ``0.01 0.1 0.5``. A range has two points between its ends: ``0.01..0.5``, or
``0.01..0.5 in 8`` for eight numbers of it in a grid. Networks with several hidden layers stand in quotation
marks, or have semicolons between them: ``"32" "100" "100 50"``, ``32; 100; 100 50``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields

from engine.errors import NumberError, SettingsError
from engine.number_text import latin_digits, parse_decimal, parse_whole
from engine.search.space import (
    GRID_POINTS,
    MOST_TRIALS,
    Dimension,
    Range,
    Space,
    Value,
    Values,
    is_log_range,
    value_text,
    words,
)
from engine.settings import TrainingSettings, parse_hidden

Written = str | Sequence[str]
"""What stands in a field, or after an option."""

_ON = ("on", "yes", "true")
_OFF = ("off", "no", "false")
_ELLIPSIS = re.compile(r"\s*(?:\.\.|…|‥)\s*")
_RANGE = re.compile(r"(?P<low>.*?)\.\.(?P<high>.*?)(?:\s+in\s+(?P<points>\S+))?", re.DOTALL)
# Where a number begins with its point, three points in a row may be meant in two ways.
_UNCLEAR = re.compile(r"\.\.\.\d")


def parse_space(written: Mapping[str, Written], base: TrainingSettings | None = None) -> Space:
    """A space from what was written for each setting.

    Args:
        written: By names of settings; ``seed`` is what every point is repeated with.
        base: All that was not written.

    Raises:
        SettingsError: Something makes no sense; names the field, and the number at fault.
    """
    base = TrainingSettings() if base is None else base
    dimensions = {name: parse_dimension(name, text) for name, text in written.items() if name != "seed"}
    seeds = parse_seeds(written["seed"]) if "seed" in written else (base.seed,)
    space = Space(base, dimensions, seeds)
    space.check()
    return space


def parse_dimension(name: str, written: Written) -> Dimension:
    """What one setting may be.

    Args:
        name: Of the setting.
        written: One text, or several that stand for a value each.

    Raises:
        SettingsError: It is no list of values of that setting and no range; names the setting.
    """
    usual = {each.name: getattr(TrainingSettings(), each.name) for each in fields(TrainingSettings)}
    if name not in usual:
        raise SettingsError(name, f"There is no setting {name} to search over.")
    texts = [written] if isinstance(written, str) else list(written)
    kind = type(usual[name])
    if kind is tuple:
        return _hidden(texts)
    joined = _ELLIPSIS.sub("..", " ".join(texts).strip())
    if kind in (int, float):
        parse: Callable[[str], float] = parse_whole if kind is int else parse_decimal
        if ".." in joined:
            return _range(name, joined, parse, kind is int)
        return Values(_listed(name, joined, lambda each: _number(name, each, parse)))
    if kind is bool:
        return Values(_listed(name, joined, lambda each: _switch(name, each)))
    return Values(_listed(name, joined, str.lower))


def parse_seeds(written: Written) -> tuple[int, ...]:
    """Seeds from ``1 2 3`` or ``1..8``, each of a range.

    Raises:
        SettingsError: They are no whole numbers, or too many.
    """
    dimension = parse_dimension("seed", written)
    if isinstance(dimension, Values):
        return tuple(int(each) for each in dimension.values if isinstance(each, int))
    count = int(dimension.high) - int(dimension.low) + 1
    if count < 1:
        turned = f"{value_text(dimension.high)}..{value_text(dimension.low)}"
        raise SettingsError("seed", f"The range of seeds runs backwards: write {turned}.")
    if count > MOST_TRIALS:
        raise SettingsError("seed", f"{count:,} seeds are too many: use at most {MOST_TRIALS:,}.")
    return tuple(range(int(dimension.low), int(dimension.high) + 1))


def dimension_text(dimension: Dimension, name: str = "") -> str:
    """A dimension as `parse_dimension` reads it again."""
    if isinstance(dimension, Range):
        counted = f" in {dimension.points}" if dimension.points != GRID_POINTS else ""
        return f"{value_text(dimension.low)}..{value_text(dimension.high)}{counted}"
    texts = [value_text(each) for each in dimension.values]
    return " ".join(f'"{text}"' for text in texts) if name == "hidden" else " ".join(texts)


def _hidden(texts: list[str]) -> Dimension:
    joined = _ELLIPSIS.sub("..", " ".join(texts))
    if ".." in joined:
        return _range("hidden", joined, parse_whole, is_whole=True)
    if len(texts) == 1:
        text = texts[0]
        quoted = re.findall(r"[\"“”„]([^\"“”„]*)[\"“”]", text)
        texts = quoted or re.split(r"[;|\n]", text)
    parsed: list[Value] = [parse_hidden(each) for each in texts]
    return Values(tuple(dict.fromkeys(parsed)))


def _listed(name: str, joined: str, parse: Callable[[str], Value]) -> tuple[Value, ...]:
    written = [each.rstrip(",") for each in re.split(r"[\s;|]+", joined)]
    values = tuple(dict.fromkeys(parse(each) for each in written if each))
    if not values:
        raise SettingsError(name, f"There are 0 values for {words(name)}: write one, several, or a range.")
    return values


def _range(name: str, joined: str, parse: Callable[[str], float], is_whole: bool) -> Dimension:
    found = _RANGE.fullmatch(joined)
    if _UNCLEAR.search(joined) or found is None or ".." in found["high"]:
        raise SettingsError(
            name, f"“{joined}” is no range of {words(name)} that can be used: write one such as 0.1..0.5."
        )
    ends = (found["low"].strip(), found["high"].strip())
    if not all(ends):
        raise SettingsError(
            name, f"The range “{joined}” for {words(name)} has an empty end: write both, such as 1..8."
        )
    if any(re.search(r"\s", end) for end in ends):
        raise SettingsError(
            name, f"“{joined}” has a range among values of {words(name)}: write either values or one range."
        )
    low, high = (_number(name, latin_digits(end), parse) for end in ends)
    points = GRID_POINTS if found["points"] is None else int(_number(name, found["points"], parse_whole))
    if low == high:
        return Values(((int(low),) if name == "hidden" else low,))
    return Range(low, high, is_log_range(name, low, high), is_whole, points)


def _number(name: str, text: str, parse: Callable[[str], float]) -> float:
    try:
        return parse(text)
    except NumberError as error:
        raise SettingsError(name, f"For the {words(name)}: {error}") from error


def _switch(name: str, text: str) -> bool:
    if text.lower() in (*_ON, *_OFF):
        return text.lower() in _ON
    raise SettingsError(name, f"For {words(name)} write on, off, or both of them, not “{text}”.")
