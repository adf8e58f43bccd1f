"""Confusion table: which classes a network takes for which, as text."""

from __future__ import annotations

from collections.abc import Sequence

from engine.data.classes import Classes

_MOST_CONFUSED = 3
_LEAST_WIDTH = 6
# With more columns a line is longer than any terminal.
_MOST_COLUMNS = 12


def confusion_table(confusion: Sequence[Sequence[int]], classes: Classes) -> str:
    """The confusion matrix, a row for each class written, and the commonest mistakes in words.

    Args:
        confusion: ``confusion[label][answer]`` counts.
        classes: What labels and answers are called. Where there are many, only the mistakes are told.
    """
    lines = _matrix(confusion, classes) if len(classes) <= _MOST_COLUMNS else []
    mistakes = sorted(
        (-count, label, answer)
        for label, row in enumerate(confusion)
        for answer, count in enumerate(row)
        if label != answer and count
    )
    said = [
        f"{classes[label]} read as {classes[answer]} ({-count})"
        for count, label, answer in mistakes[:_MOST_CONFUSED]
    ]
    return "\n".join([*lines, f"  most confused: {', '.join(said)}" if said else "  nothing was confused"])


def _matrix(confusion: Sequence[Sequence[int]], classes: Classes) -> list[str]:
    width = max(_LEAST_WIDTH, 1 + max(map(len, classes)))
    return [
        "  written \\ read" + "".join(f"{name:>{width}}" for name in classes),
        *(
            f"  {name:>14}" + "".join(f"{count or '·':>{width}}" for count in row)
            for name, row in zip(classes, confusion, strict=True)
        ),
    ]
