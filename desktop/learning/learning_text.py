"""Learning words: what a lesson came to, in plain words and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.adaptation.learn_drawings import Comparison, Learned

_PLURALS = ("zeros", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines")


def headline(learned: Learned) -> str:
    """How the drawings are read, before and after."""
    drawings, held_out = learned.taught, learned.held_out
    if held_out is not None:
        return (
            f"{held_out.before} of {_drawings(held_out.digits, 'held-out ')} read correctly before, "
            f"{held_out.after} of {held_out.digits} now"
        )
    if drawings.digits == 1:
        before, after = _correctly(drawings.before), _correctly(drawings.after)
        return f"Learned from 1 drawing, read {before} before and {after} now"
    return (
        f"Learned from all {drawings.digits} drawings: {drawings.before} read correctly before, "
        f"{drawings.after} now"
    )


def details(learned: Learned) -> str:
    """What else is to be known: the test set, and what the figures cannot say."""
    known = learned.known
    sentences = [
        f"{known.name[:1].upper()}{known.name[1:]} {_share(known, known.before)} before, "
        f"{_share(known, known.after)} now."
    ]
    if learned.held_out is None:
        sentences.append("Too few drawings to test. Draw each digit three times to measure.")
    else:
        sentences.append(f"It learned from {learned.taught.digits} others.")
    if len(learned.labels) == 1:
        sentences.append(f"It saw only {_PLURALS[learned.labels[0]]}: draw other digits as well.")
    return " ".join(sentences)


def _drawings(count: int, kind: str = "") -> str:
    return f"{count} {kind}drawing{'s' * (count != 1)}"


def _correctly(count: int) -> str:
    return "correctly" if count else "wrongly"


def _share(comparison: Comparison, right: int) -> str:
    return f"{100 * right / comparison.digits:.2f} %"
