"""Permutation importance, against permuting the pictures themselves and reading all of them anew."""

import itertools

import numpy as np
import pytest
import torch

from engine.data.digits import Digits, Standardisation
from engine.evaluation.permutation_importance import permutation_importance
from engine.evaluation.predictions import predictions_of
from engine.nn.network import Architecture, Network
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import architecture_of
from tests.engine.digit_sets import small_set

STANDARDISATION = Standardisation(0.13, 0.31)


@pytest.fixture(scope="module", params=[(), (20, 12)], ids=["logistic", "two hidden layers"])
def network(request):
    digits = small_set(1500)
    settings = TrainingSettings(hidden=request.param, epochs=4)
    *_, last = fit(digits, digits, settings, STANDARDISATION)
    return Network.from_weights(architecture_of(settings), last.weights)


def test_it_is_what_permuting_the_pictures_comes_to(network):
    digits = small_set(1500)
    order = torch.randperm(1500, generator=torch.Generator().manual_seed(5))
    pictures = digits.images.view(-1, 28, 28).clone()
    # With blocks of 14, the first permutation of the generator is that of the upper left quarter.
    pictures[:, :14, :14] = pictures[order][:, :14, :14]
    permuted = Digits(pictures.view(-1, 784), digits.labels, "permuted")
    first = next(permutation_importance(network, digits, STANDARDISATION, seed=5, block=14))
    baseline = predictions_of(network, digits, STANDARDISATION).accuracy
    expected = baseline - predictions_of(network, permuted, STANDARDISATION).accuracy
    assert first.baseline == baseline
    assert first.drops[0, 0] == pytest.approx(expected, abs=2 / 1500)
    assert expected > 0.1


def test_the_picture_fills_up_and_ends(network):
    told = list(permutation_importance(network, small_set(1500), STANDARDISATION, repeats=2))
    assert [each.done for each in told] == list(range(1, 99))
    assert {each.total for each in told} == {98}
    for each in told[:49]:
        assert np.isfinite(each.drops).sum() == each.done
    assert np.isfinite(told[-1].drops).all()
    assert not np.array_equal(told[48].drops, told[-1].drops)


def test_the_middle_carries_the_digit_and_the_paper_around_it_nothing(network):
    *_, last = permutation_importance(network, small_set(1500), STANDARDISATION, repeats=1)
    assert last.drops[0, 0] == 0
    assert last.drops[2:5, 2:5].mean() > 5 * last.drops[[0, 0, 6, 6], [0, 6, 0, 6]].mean()
    assert last.drops.max() > 0.02


def test_the_same_seed_gives_the_same_numbers(network):
    def some(seed):
        told = permutation_importance(network, small_set(300), STANDARDISATION, seed=seed)
        return list(itertools.islice(told, 30))[-1].drops

    assert np.array_equal(some(1), some(1), equal_nan=True)
    assert not np.array_equal(some(1), some(2), equal_nan=True)


@pytest.mark.parametrize("arguments", [{"block": 5}, {"repeats": 0}, {"digits": 0}])
def test_nonsense_is_refused(arguments):
    digits = small_set(300).take(torch.arange(arguments.pop("digits", 5)))
    network = Network(Architecture((784, 10)))
    with pytest.raises(ValueError, match="permutations"):
        next(permutation_importance(network, digits, STANDARDISATION, **arguments))


def test_stopping_is_not_asking_and_leaves_nothing_changed(network):
    before = network.snapshot()
    told = permutation_importance(network, small_set(300), STANDARDISATION)
    next(told)
    told.close()
    assert all(torch.equal(before[name], weights) for name, weights in network.snapshot().items())
