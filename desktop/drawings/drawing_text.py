"""Words on a labelled drawing: what it is, what the network said, and when."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

from engine.data.classes import DIGITS
from engine.plain_text import plain_name

if TYPE_CHECKING:
    from engine.store.drawings import Drawing


def is_misread(drawing: Drawing) -> bool:
    """Whether the network named another class."""
    return drawing.answer is not None and drawing.answer.name != drawing.label


def reading_text(drawing: Drawing) -> str:
    """What the network said, in a word or two; empty where none was asked."""
    answer = drawing.answer
    if answer is None:
        return ""
    sureness = f"{100 * answer.probability:.0f} %"
    return f"→ {answer.name}  {sureness}" if is_misread(drawing) else sureness


def day_text(drawing: Drawing) -> str:
    """Day and time of day; empty where that cannot be told."""
    moment = _moment(drawing)
    return (
        "" if moment is None else f"{moment:%d %b %Y}" if _is_long_ago(moment) else f"{moment:%d %b, %H:%M}"
    )


def sentence(drawing: Drawing) -> str:
    """All of it, for tool tips and screen readers."""
    text = f"A {drawing.label}" if drawing.label in DIGITS else f"Drawn: {drawing.label}"
    answer = drawing.answer
    if answer is not None:
        network = f" by {plain_name(answer.network)}" if answer.network else ""
        text += f", read as {answer.name} with {100 * answer.probability:.1f} %{network}"
    if drawing.writer:
        text += f"; drawn by {plain_name(drawing.writer)}"
    moment = _moment(drawing)
    return f"{text}; kept on {moment:%d %B %Y at %H:%M}" if moment is not None else text


def counted(number: int) -> str:
    """``1 drawing``, ``2,000 drawings``."""
    return f"{number:,} drawing{'s' * (number != 1)}"


def _moment(drawing: Drawing) -> datetime | None:
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(drawing.created).astimezone()
    return None


def _is_long_ago(moment: datetime) -> bool:
    return (datetime.now().astimezone() - moment).days > 300
