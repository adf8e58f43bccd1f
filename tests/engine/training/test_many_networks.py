"""Many networks at once learn what each would have learned alone."""

from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.errors import SettingsError
from engine.nn.network import Network
from engine.nn.registry import trainable_activations
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.learner import architecture_of
from engine.training.many_networks import Variant, fit_many
from tests.engine.digit_sets import small_set

VARIANTS = [Variant(1, 0.05), Variant(2, 0.05), Variant(2, 0.01)]
SETTINGS = TrainingSettings(hidden=(12,), epochs=2, batch_size=100)


def many(settings, variants=VARIANTS):
    digits = small_set()
    return list(fit_many(digits, digits, settings, Standardisation.of(digits), variants))


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": ()},
        {"hidden": (12, 7), "schedule": "constant"},
        {"momentum": 0.0},
        {"warps": True},
        *({"activation": name} for name in trainable_activations()),
    ],
    ids=str,
)
def test_each_equals_its_own_training(change):
    settings = replace(SETTINGS, **change)
    digits = small_set()
    results = many(settings)
    assert [result.epoch for result in results] == [1, 2]
    for index, variant in enumerate(VARIANTS):
        start = Network(architecture_of(settings), variant.seed).snapshot()
        alone = replace(settings, learning_rate=variant.learning_rate)
        epochs = [
            result
            for result in fit(digits, digits, alone, Standardisation.of(digits), start=start)
            if isinstance(result, EpochCompleted)
        ]
        for found, expected in zip(results, epochs, strict=True):
            assert found.validation_accuracies[index] == pytest.approx(
                expected.validation_accuracy, abs=0.006
            )
            assert found.validation_losses[index] == pytest.approx(expected.validation_loss, rel=1e-3)
            for name, weights in expected.weights.items():
                torch.testing.assert_close(found.weights[index][name], weights, rtol=1e-3, atol=1e-4)


def test_what_leaves_it_is_a_copy_in_the_order_of_the_variants():
    first, second = many(SETTINGS)
    kept = first.weights[0]["0.weights"].clone()
    assert not torch.equal(first.weights[0]["0.weights"], second.weights[0]["0.weights"])
    assert torch.equal(kept, first.weights[0]["0.weights"])
    assert all(weights.is_contiguous() for each in first.weights for weights in each.values())
    swapped = many(SETTINGS, VARIANTS[::-1])[0]
    torch.testing.assert_close(swapped.weights[2]["0.weights"], kept, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("change", "variants", "field"),
    [
        ({}, [], "seed"),
        ({"optimiser": "adam"}, VARIANTS, "optimiser"),
        ({"weight_decay": 0.1}, VARIANTS, "optimiser"),
        ({"batch_size": 8000}, VARIANTS, "batch_size"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_at_the_field(change, variants, field):
    with pytest.raises(SettingsError) as caught:
        many(replace(SETTINGS, **change), variants)
    assert caught.value.field == field
