"""Learning somebody's drawings: what is held out, what is said before and after, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.adaptation.cross_validation import ValidationProgress, count_right
from engine.adaptation.learn_drawings import Learned, folds_to_test, learn
from engine.data.pen_digits import PenDigits
from engine.errors import DataError
from engine.models.model import Model
from engine.nn.network import Architecture, Network
from engine.training.fit import StepsCompleted
from tests.engine.adaptation.test_fine_tuning import QUICK, able_model, drawn, known, lying_sevens


def taught(drawings: PenDigits, model: Model | None = None) -> Learned:
    *_, last = learn(model or able_model(), drawings, known(), QUICK)
    assert isinstance(last, Learned)
    return last


def test_one_of_three_drawings_is_held_out_and_read_better_afterwards():
    done = taught(lying_sevens(15, 100))
    assert (done.taught.digits, done.held_out.digits) == (12, 3)
    assert done.taught.before < done.taught.after
    assert done.held_out.before <= done.held_out.after
    assert done.labels == (7,)
    assert done.known.digits == len(known().validation)
    assert done.known.after >= done.known.before - 0.01 * done.known.digits
    assert done.known.name == "built-in handwriting"


def test_with_too_few_of_each_digit_all_are_learned_and_tested_by_networks_that_learned_the_others():
    done = taught(drawn(list(range(10)), 100, -40))
    assert done.held_out is None
    assert done.cross_validated.digits == 10
    assert done.cross_validated.before == done.taught.before
    assert done.cross_validated.after >= done.cross_validated.before
    assert done.taught.digits == 10
    assert done.labels == tuple(range(10))


def test_a_network_taught_again_does_not_get_a_longer_name():
    first = taught(drawn([3], 100)).model
    again = taught(drawn([3, 4], 100), first).model
    assert first.name == f"{able_model().name}, taught 1 drawing"
    assert again.name == f"{able_model().name}, taught 2 drawings"


def test_a_network_without_hidden_layers_learns():
    architecture = Architecture((784, 10))
    plain = replace(able_model(), architecture=architecture, weights=Network(architecture).snapshot())
    done = taught(drawn(list(range(10)), 100), plain)
    assert done.model.architecture == architecture


@pytest.mark.parametrize("sizes", [(100, 20, 10), (784, 20, 3)])
def test_a_network_of_other_sizes_is_refused_in_one_sentence(sizes):
    architecture = Architecture(sizes)
    other = replace(able_model(), architecture=architecture, weights=Network(architecture).snapshot())
    with pytest.raises(DataError, match=r"28 × 28 pixels as ten digits.*\.$"):
        next(learn(other, drawn([3], 100), known(), QUICK))


def test_no_drawings_are_refused():
    with pytest.raises(DataError, match="no drawings"):
        next(learn(able_model(), PenDigits((), (), ()), known(), QUICK))


def test_drawings_that_are_held_out_leave_nothing_to_cross_validate():
    assert taught(lying_sevens(5, 100)).cross_validated is None


def test_one_drawing_is_read_before_and_after_and_not_tested():
    done = taught(drawn([3], 100))
    assert (done.held_out, done.cross_validated) == (None, None)
    assert done.taught.digits == 1
    assert folds_to_test(drawn([3], 100)) == 0


def test_a_network_that_had_a_lesson_may_know_some_of_the_drawings():
    first = taught(drawn([3], 100))
    assert not first.may_know_some
    assert taught(drawn([3, 4], 100), first.model).may_know_some


def test_the_test_comes_after_the_lesson_and_tells_how_far_it_is():
    results = list(learn(able_model(), drawn([3, 4], 100), known(), QUICK))
    kinds = [type(result) for result in results]
    assert kinds == sorted(kinds, key=[StepsCompleted, ValidationProgress, Learned].index)
    shares = [result.share for result in results if isinstance(result, ValidationProgress)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] == 1


def test_what_is_taken_for_no_digit_is_not_read_correctly():
    drawings = drawn(list(range(10)), 100)
    assert count_right(able_model(), drawings) > 5
    assert count_right(replace(able_model(), digit_threshold=1.0), drawings) == 0


def test_steps_come_first():
    first = next(learn(able_model(), drawn([3], 100), known(), QUICK))
    assert isinstance(first, StepsCompleted)
