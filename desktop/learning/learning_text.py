"""Learning words: what a lesson came to, in plain words and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.adaptation.learn_drawings import Comparison, Learned

_PLURALS = ("zeros", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines")


def headline(learned: Learned) -> str:
    """How the drawings are read, before and after."""
    drawings, tested = learned.taught, learned.held_out or learned.cross_validated
    if tested is not None:
        kind = "held-out " if learned.held_out is not None else ""
        return (
            f"{tested.before} of {_drawings(tested.digits, kind)} read correctly before, "
            f"{tested.after} of {tested.digits} now"
        )
    before, after = _correctly(drawings.before), _correctly(drawings.after)
    return f"Learned from 1 drawing, read {before} before and {after} now"


def details(learned: Learned) -> str:
    """What else is to be known: how that was tested, the test set, and what the figures cannot say."""
    known = learned.known
    sentences = [
        f"{known.name[:1].upper()}{known.name[1:]} {_share(known, known.before)} before, "
        f"{_share(known, known.after)} now."
    ]
    if learned.held_out is not None:
        sentences.append(f"It learned from {learned.taught.digits} others.")
    elif learned.cross_validated is not None:
        sentences.insert(0, _how_tested(learned))
    if len(learned.labels) == 1:
        sentences.append(f"It saw only {_PLURALS[learned.labels[0]]}: draw other digits as well.")
    return " ".join(sentences)


def _how_tested(learned: Learned) -> str:
    """Of drawings that were all learned from: what the figures are of, and what may flatter them."""
    how = "Each drawing was tested with a network that had learned only from other drawings."
    if learned.may_know_some:
        how += " An earlier lesson may have included some of them."
    return f"{how} The network in use has learned from all {learned.taught.digits}."


def _drawings(count: int, kind: str = "") -> str:
    return f"{count} {kind}drawing{'s' * (count != 1)}"


def _correctly(count: int) -> str:
    return "correctly" if count else "wrongly"


def _share(comparison: Comparison, right: int) -> str:
    return f"{100 * right / comparison.digits:.2f} %"
