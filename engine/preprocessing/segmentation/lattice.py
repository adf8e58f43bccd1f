"""Lattice: of all ways to make digits of a row's pieces, the best by dynamic programming.

A row is cut into more pieces than it has digits, and every set of pieces that may be a digit is a candidate
with a score. The sum of scores is to be as great as possible while each piece belongs to one candidate: a
path through the lattice of segmentations (R. Casey and E. Lecolinet, "A survey of methods and strategies in
character segmentation", 1996; Y. LeCun et al., "Gradient-based learning applied to document recognition",
1998). Pieces of two digits may interlock, so that a state is not a place but the set of pieces that are used;
the first piece that is not begins the next candidate, which keeps the states few.
"""

from __future__ import annotations

from collections.abc import Sequence

# States kept after each piece; more than this only appear where nobody could say what is written.
_MOST_STATES = 256


def best_cover(pieces: int, candidates: Sequence[int], scores: Sequence[float]) -> list[int]:
    """Places of the candidates that cover all pieces, each once, with the greatest sum of scores.

    Args:
        pieces: How many pieces there are.
        candidates: The pieces of each, as bits. Each piece by itself must be among them.
        scores: Of each.
    """
    starting: list[list[int]] = [[] for _ in range(pieces)]
    for place, members in enumerate(candidates):
        starting[(members & -members).bit_length() - 1].append(place)
    # From the set of used pieces to the score, the set before, and the candidate between them.
    steps: dict[int, tuple[float, int, int]] = {0: (0.0, 0, -1)}
    waiting: list[dict[int, None]] = [{} for _ in range(pieces + 1)]
    waiting[0][0] = None
    for first in range(pieces):
        states = sorted(waiting[first], key=lambda used: -steps[used][0])[:_MOST_STATES]
        for used in states:
            score = steps[used][0]
            for place in starting[first]:
                members = candidates[place]
                if members & used:
                    continue
                reached = used | members
                total = score + scores[place]
                if reached not in steps or steps[reached][0] < total:
                    steps[reached] = total, used, place
                    free = ~reached
                    waiting[(free & -free).bit_length() - 1][reached] = None
    chosen: list[int] = []
    used = (1 << pieces) - 1
    while used:
        _, used, place = steps[used]
        chosen.append(place)
    return chosen[::-1]
