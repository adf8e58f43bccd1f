"""Part text: which explanation stands beside the code of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widgets.text.markdown_text import has_text
from engine.levels.descriptions import FAST_LEVEL, GRADIENTS, Owner, owner_of

if TYPE_CHECKING:
    from engine.lesson.level_source import SourceBlock
    from engine.settings import TrainingSettings

_ENDINGS = {Owner.LIBRARY: "library", Owner.OURS: "own", Owner.BACK: "back"}


def text_of(block: SourceBlock, settings: TrainingSettings) -> str:
    """The name of an explanation under ``resources/texts``: the most particular one that there is."""
    name = "parts/" + block.title.lower().replace(" ", "-")
    ending = _ENDINGS[block.owner]
    is_by_hand = owner_of(GRADIENTS, settings.level) is Owner.OURS
    candidates = [
        f"{name}-in-place" if settings.level == FAST_LEVEL else "",
        f"{name}-{ending}-{settings.optimiser}",
        f"{name}-{ending}-backward" if is_by_hand else "",
        f"{name}-{ending}",
    ]
    return next((each for each in candidates if each and has_text(each)), name)
