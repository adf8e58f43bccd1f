"""Little data: the smoke test writes fewer digits of the built-in handwriting, and does the same with them.

Two thirds of its time went into writing 50,000 digits, one like the other.
"""

from __future__ import annotations

_TRAINED_ON, _VALIDATED_ON = 5_400, 600


def use_little_data() -> None:
    """From now on, for as long as the process lasts; PyTorch should be there already."""
    from engine.adaptation import rehearsal
    from engine.data import held_out, sources

    sources.HANDWRITING_COUNT = rehearsal.HANDWRITING_COUNT = _TRAINED_ON + _VALIDATED_ON
    sources.HANDWRITING_HELD_OUT = rehearsal.HANDWRITING_HELD_OUT = _VALIDATED_ON
    held_out.HANDWRITING_COUNT = _VALIDATED_ON
