"""The lattice finds the best way to cover all pieces, each once."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from engine.preprocessing.segmentation.lattice import best_cover


def best_by_trying(pieces, candidates, scores):
    """The greatest sum of any choice of candidates that covers each piece once."""
    everything = (1 << pieces) - 1
    return max(
        sum(scores[place] for place in chosen)
        for count in range(1, pieces + 1)
        for chosen in combinations(range(len(candidates)), count)
        if sum(candidates[place] for place in chosen) == everything
        and all(not candidates[a] & candidates[b] for a, b in combinations(chosen, 2))
    )


def test_one_digit_of_two_pieces_or_two_digits():
    assert best_cover(2, [1, 2, 3], [-1.0, -1.0, -1.5]) == [2]
    assert best_cover(2, [1, 2, 3], [-0.5, -0.5, -1.5]) == [0, 1]


def test_digits_may_interlock():
    assert sorted(best_cover(3, [1, 2, 4, 5], [-3.0, 0.0, -3.0, -1.0])) == [1, 3]


@given(st.data())
def test_no_other_choice_is_better(data):
    pieces = data.draw(st.integers(1, 5))
    larger = data.draw(st.sets(st.integers(1, (1 << pieces) - 1), max_size=6))
    candidates = sorted({1 << place for place in range(pieces)} | larger)
    scores = [data.draw(st.integers(-20, 5)) / 4 for _ in candidates]
    chosen = best_cover(pieces, candidates, scores)
    assert sum(candidates[place] for place in chosen) == (1 << pieces) - 1
    assert sum(scores[place] for place in chosen) == best_by_trying(pieces, candidates, scores)
