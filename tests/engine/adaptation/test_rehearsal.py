from functools import cache

import pytest
import torch

from engine.adaptation.rehearsal import choose_rehearsed
from engine.data.digits import Digits, Standardisation
from engine.data.sources import TrainingData
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import architecture_of
from engine.training.run import finish_model
from tests.engine.digit_sets import small_set


@cache
def model() -> Model:
    training, validation = small_set(1_500).split(300, seed=0)
    data = TrainingData(training, validation, None, Standardisation.of(training))
    settings = TrainingSettings(hidden=(50,), epochs=2, batch_size=64)
    *_, last = fit(data.training, data.validation, settings, data.standardisation)
    return finish_model(data, settings, architecture_of(settings), last.weights)


@cache
def known() -> Digits:
    return small_set(400, seed=5)


def losses(digits: Digits) -> torch.Tensor:
    network = Network.from_weights(model().architecture, model().weights)
    return predictions_of(network, digits, model().standardisation).losses


def as_rows(digits: Digits) -> list[tuple[int, ...]]:
    return [tuple(image) for image in digits.images.tolist()]


def test_half_of_what_is_rehearsed_is_what_the_network_is_least_sure_of() -> None:
    chosen = losses(choose_rehearsed(model(), known(), 200, seed=1))
    ranked = losses(known()).sort(descending=True).values
    torch.testing.assert_close(chosen[:100].sort(descending=True).values, ranked[:100])
    # The other half is any, and neither the least sure nor the surest part.
    assert ranked[:100].mean() > chosen[100:].mean() > ranked[200:].mean()


def test_labels_stay_with_their_images() -> None:
    chosen = choose_rehearsed(model(), known(), 150, seed=1)
    labels = dict(zip(as_rows(known()), known().labels.tolist(), strict=True))
    assert [labels[row] for row in as_rows(chosen)] == chosen.labels.tolist()


def test_who_knows_little_rehearses_all_of_it() -> None:
    chosen = choose_rehearsed(model(), known(), 1_000, seed=1)
    assert set(as_rows(chosen)) == set(as_rows(known()))


@pytest.mark.parametrize("count", [1, 2, 3, 399])
def test_as_many_as_asked_for_are_rehearsed(count: int) -> None:
    assert len(choose_rehearsed(model(), known(), count, seed=1)) == count


def test_the_seed_decides_what_is_rehearsed() -> None:
    first, again, other = (choose_rehearsed(model(), known(), 50, seed).images for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
