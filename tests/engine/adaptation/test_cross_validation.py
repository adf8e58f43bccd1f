"""Cross-validation: who is read by whom."""

from __future__ import annotations

import torch

from engine.adaptation import cross_validation
from engine.adaptation.cross_validation import (
    MOST_FOLDS,
    ReadByOthers,
    cross_validate,
    fold_count,
    fold_of_each,
)
from engine.adaptation.rehearsal import choose_rehearsed
from tests.engine.adaptation.test_fine_tuning import QUICK, able_model, drawn, known


def test_a_single_drawing_has_no_other_to_learn_from_and_many_do_not_take_for_ever():
    assert [fold_count(drawings) for drawings in (0, 1, 2, 3, 20)] == [0, 0, 2, 3, MOST_FOLDS]


def test_drawings_of_one_digit_are_read_in_different_folds():
    folds = fold_of_each((7, 3, 7, 3, 7))
    assert sorted(set(folds)) == list(range(MOST_FOLDS))
    assert len({folds[0], folds[2], folds[4]}) == 3
    assert folds[1] != folds[3]


def test_every_drawing_is_read_once_by_a_network_that_did_not_learn_from_it(monkeypatch):
    drawings = drawn(list(range(10)), 100)
    learned_from, read = [], []
    real = cross_validation.taught_weights

    def noted(model, others, *arguments, **more):
        learned_from.append(set(others.inks))
        return real(model, others, *arguments, **more)

    def count(_model, left_out):
        assert not learned_from[-1] & set(left_out.inks)
        read.extend(left_out.labels)
        return 0

    monkeypatch.setattr(cross_validation, "taught_weights", noted)
    monkeypatch.setattr(cross_validation, "count_right", count)
    rehearsed = choose_rehearsed(able_model(), known().training, QUICK.rehearsed, QUICK.seed)
    before = {name: weights.clone() for name, weights in able_model().weights.items()}
    *_, last = cross_validate(able_model(), drawings, rehearsed, known().validation, QUICK)
    assert last == ReadByOthers(0)
    assert sorted(read) == list(range(10))
    assert all(torch.equal(before[name], weights) for name, weights in able_model().weights.items())
