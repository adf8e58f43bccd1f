"""Level source: the code that really runs at a level, and which of its lines are new there."""

from __future__ import annotations

import difflib
import inspect
import sys
from dataclasses import dataclass

from engine.lesson.source_lines import SourceLines
from engine.levels.descriptions import FAST_LEVEL, Owner, owner_of
from engine.levels.levels import LEVELS
from engine.levels.shown import Excerpt, Shown, Source
from engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """The source of one part.

    Attributes:
        title: What it is, such as ``Network``.
        owner: Whose it is.
        lines: The source as it stands in the file; none where the program was installed without it.
        new_lines: Places in `lines` of those of ours that no level below has in this part. On the level that
            is written for speed everything is new, and nothing is marked.
        is_changed: Whether there are such lines, or it is somebody else's on the level below.
    """

    title: str
    owner: Owner
    lines: tuple[str, ...]
    new_lines: frozenset[int]
    is_changed: bool

    @property
    def is_library(self) -> bool:
        """Whether it hands its work to PyTorch's library of layers, losses and optimisers, or to tensors."""
        return self.owner is not Owner.OURS


def level_source(settings: TrainingSettings) -> tuple[SourceBlock, ...]:
    """The parts that these settings train with, in the order in which data pass through them.

    Raises:
        SettingsError: The settings make no sense.
    """
    settings.check()
    number = settings.level
    source_lines = SourceLines()
    below = [
        {title: _lines(shown, source_lines) for title, shown in LEVELS[lower].parts(settings).items()}
        for lower in range(number - 1, 0, -1)
    ]
    return tuple(
        _block(
            title,
            number,
            _lines(shown, source_lines),
            [parts[title] for parts in below if title in parts],
        )
        for title, shown in LEVELS[number].parts(settings).items()
    )


def _block(title: str, number: int, lines: list[str], below: list[list[str]]) -> SourceBlock:
    """`below` has the same part at the levels below that have it, the nearest first."""
    owner = owner_of(title, number)
    new = frozenset[int]()
    if below and owner is Owner.OURS and number != FAST_LEVEL:
        known = {line for further in below[1:] for line in further}
        new = frozenset(index for index in _new_lines(below[0], lines) if lines[index] not in known)
    is_taken = bool(below) and owner is not owner_of(title, number - 1)
    return SourceBlock(title, owner, tuple(lines), new, bool(new) or is_taken)


def _new_lines(below: list[str], lines: list[str]) -> frozenset[int]:
    matcher = difflib.SequenceMatcher(a=below, b=lines, autojunk=False)
    return frozenset(
        index
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag in ("replace", "insert")
        for index in range(start, end)
        if lines[index].strip()
    )


def _lines(shown: tuple[Shown, ...], source_lines: SourceLines) -> list[str]:
    """All sources below each other, an empty line between; excerpts without."""
    lines: list[str] = []
    heading = ""
    try:
        for each in shown:
            if isinstance(each, Excerpt):
                heading = ""
                lines += [line for line in source_lines.of(each.source) if each.words in line]
                continue
            above, heading = heading, _heading_of(each, source_lines)
            # The methods of a class that follow each other have one heading.
            own = [heading] if heading and heading != above else []
            lines += [*([""] if lines else []), *own, *source_lines.of(each)]
    except OSError:
        return []
    return lines


def _heading_of(source: Source, source_lines: SourceLines) -> str:
    """The first line of a method's class, since a method by itself does not say whose it is; else empty."""
    name = source.__qualname__.rpartition(".")[0]
    if not name or inspect.isclass(source):
        return ""
    its_class = getattr(sys.modules[source.__module__], name, None)
    lines = source_lines.of(its_class) if its_class is not None else []
    return next((line for line in lines if line.startswith("class ")), f"class {name}:")
