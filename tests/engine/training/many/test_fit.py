"""Many networks at once learn what each would have learned alone."""

import gc
import math
from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.errors import DeviceError, SettingsError
from engine.nn.network import Network
from engine.nn.registry import trainable_activations
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, StepsCompleted, fit
from engine.training.learner import architecture_of
from engine.training.many.fit import fit_many
from engine.training.many.variants import Variant
from tests.engine.digit_sets import small_set

VARIANTS = [Variant(1, 0.05), Variant(2, 0.05), Variant(2, 0.01)]
SETTINGS = TrainingSettings(hidden=(12,), epochs=2, batch_size=100)
RATES = {"sgd": 0.05, "adam": 0.002}


def begin(settings, variants=VARIANTS, count=400, **arguments):
    digits = small_set(count)
    return fit_many(digits, digits, settings, Standardisation.of(digits), variants, **arguments)


def many(settings, variants=VARIANTS, **arguments):
    return list(begin(settings, variants, **arguments))


def alone(settings, start=None, count=400):
    """The epochs that `fit` yields, and the loss of each step."""
    digits = small_set(count)
    results = list(fit(digits, digits, settings, Standardisation.of(digits), start=start))
    epochs = [result for result in results if isinstance(result, EpochCompleted)]
    return epochs, [
        loss for result in results if isinstance(result, StepsCompleted) for loss in result.losses
    ]


def compare(results, network, expected, losses):
    """That a network's results are those of `fit`."""
    of_it = [(result, each) for result in results for each in result.networks if each.network == network]
    found = [each for _, each in of_it]
    for ours, theirs in zip(found, expected, strict=True):
        assert (ours.figures.epoch, ours.figures.step) == (theirs.epoch, theirs.step)
        assert ours.figures.validation_accuracy == pytest.approx(theirs.validation_accuracy, abs=0.006)
        assert ours.figures.validation_loss == pytest.approx(theirs.validation_loss, rel=1e-3)
        assert ours.figures.training_accuracy == pytest.approx(theirs.training_accuracy, abs=0.006)
        assert ours.figures.training_loss == pytest.approx(theirs.training_loss, rel=1e-3)
        for name, weights in theirs.weights.items():
            torch.testing.assert_close(ours.weights[name], weights, rtol=1e-3, atol=1e-4)
    assert [loss for each in found for loss in each.losses] == pytest.approx(losses, rel=1e-3)
    first_step = 0
    for (result, each), theirs in zip(of_it, expected, strict=True):
        steps, epoch = result.results_of(each)
        assert (steps.first_step, steps.losses) == (first_step, each.losses)
        assert steps.examples == 400
        assert steps.total_steps == len(losses)
        assert (epoch.epoch, epoch.epochs, epoch.step) == (theirs.epoch, theirs.epochs, theirs.step)
        assert epoch.figures == each.figures
        first_step += len(each.losses)


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
    results = many(settings)
    assert [result.epoch for result in results] == [1, 2]
    for index, variant in enumerate(VARIANTS):
        start = Network(architecture_of(settings), variant.seed).snapshot()
        compare(results, index, *alone(replace(settings, learning_rate=variant.learning_rate), start))


@pytest.mark.parametrize("optimiser", RATES)
@pytest.mark.parametrize(
    ("change", "is_common"),
    [
        ({}, False),
        ({"hidden": (), "schedule": "constant"}, False),
        ({"hidden": (12, 7), "momentum": 0.0, "weight_decay": 0.01}, True),
        ({"batch_size": 90, "averaging": True}, False),
        ({"batch_size": 90, "warps": True}, True),
    ],
    ids=str,
)
def test_a_trial_equals_fit_with_the_same_settings(optimiser, change, is_common):
    settings = replace(SETTINGS, optimiser=optimiser, **change)
    rate = RATES[optimiser]
    trials = [
        replace(settings, seed=3, learning_rate=rate),
        replace(settings, seed=5, learning_rate=rate / 2),
        replace(settings, seed=3, learning_rate=rate / 4),
    ]
    if not is_common:
        trials[1] = replace(trials[1], momentum=0.5, weight_decay=0.02)
        trials[2] = replace(trials[2], momentum=0.0, weight_decay=0.001)
    results = many(settings, [Variant.of(trial) for trial in trials], report_interval_s=0)
    for index, trial in enumerate(trials):
        compare(results, index, *alone(trial))


def test_what_leaves_it_is_a_copy_in_the_order_of_the_variants():
    first, second = many(SETTINGS)
    kept = first.weights[0]["0.weights"].clone()
    assert not torch.equal(first.weights[0]["0.weights"], second.weights[0]["0.weights"])
    assert torch.equal(kept, first.weights[0]["0.weights"])
    assert all(weights.is_contiguous() for each in first.weights for weights in each.values())
    whole = kept.nelement() * kept.element_size()
    assert first.weights[0]["0.weights"].untyped_storage().nbytes() == whole
    swapped = many(SETTINGS, VARIANTS[::-1])[0]
    torch.testing.assert_close(swapped.weights[2]["0.weights"], kept, rtol=1e-4, atol=1e-5)


WILD = replace(
    SETTINGS, batch_size=20, learning_rate=10.0, momentum=0.99, weight_decay=1.0, schedule="constant"
)


@pytest.mark.parametrize("momentum", [0.99, 0.9], ids=["common", "own"])
def test_a_network_that_diverges_is_marked_and_the_others_go_on(momentum):
    good = replace(WILD, seed=4, learning_rate=0.001, momentum=momentum, weight_decay=0.0)
    variants = [Variant.of(good), Variant.of(WILD), replace(Variant.of(good), order_seed=6)]
    results = many(WILD, variants, report_interval_s=0)
    (lost_in,) = [result.epoch for result in results if any(each.has_diverged for each in result.networks)]
    assert len(results) == 2
    for result in results:
        networks = [each.network for each in result.networks]
        assert networks == ([0, 1, 2] if result.epoch <= lost_in else [0, 2])
    lost = results[lost_in - 1].networks[1]
    assert lost.weights is None
    assert results[lost_in - 1].results_of(lost) == ()
    assert math.isnan(lost.figures.validation_loss)
    assert math.isnan(lost.figures.training_accuracy)
    assert all(map(math.isfinite, lost.losses))
    assert lost.figures.step == 20 * (lost_in - 1) + len(lost.losses)
    compare(results, 0, *alone(good))


def test_a_network_whose_last_step_blows_it_up_is_marked_too(monkeypatch):
    training = begin(replace(SETTINGS, epochs=1, batch_size=400), [Variant(1, 0.05), Variant(2, 0.05)])
    monkeypatch.setattr(
        "engine.training.many.networks.ManyNetworks.evaluate",
        lambda self, *_: [(math.inf, 0.1), (0.5, 0.9)],
    )
    (result,) = list(training)
    assert [each.has_diverged for each in result.networks] == [True, False]
    assert result.validation_accuracies[1] == 0.9
    assert training.networks == (1,)


def test_when_all_diverge_the_training_is_over():
    wild = replace(WILD, epochs=9)
    results = many(wild, [Variant.of(wild), Variant.of(replace(wild, seed=2))])
    assert len(results) < 9
    assert sum(each.has_diverged for result in results for each in result.networks) == 2


@pytest.mark.parametrize("optimiser", RATES)
def test_those_that_are_kept_go_on_as_if_alone_and_the_others_memory_is_freed(optimiser):
    settings = replace(SETTINGS, epochs=3, optimiser=optimiser, averaging=True, hidden=(30,))
    trials = [
        replace(settings, seed=seed, learning_rate=RATES[optimiser] / seed, momentum=0.9 - seed / 20)
        for seed in range(1, 5)
    ]
    others = float_numbers(of=30)
    training = begin(settings, [Variant.of(trial) for trial in trials])
    results = [next(training)]
    assert training.networks == (0, 1, 2, 3)
    before = float_numbers(of=30) - others
    training.keep([3, 1])
    assert training.networks == (1, 3)
    assert float_numbers(of=30) - others == before / 2
    with pytest.raises(ValueError, match=r"\[0\]"):
        training.keep([0, 1])
    results.append(next(training))
    training.keep((1,))
    results += training
    assert [[each.network for each in result.networks] for result in results] == [[0, 1, 2, 3], [1, 3], [1]]
    compare(results, 1, *alone(trials[1]))


def float_numbers(of):
    """Numbers in stacked weights of so many units, wherever they are, each memory once."""
    gc.collect()
    sizes = {
        each.untyped_storage().data_ptr(): each.untyped_storage().nbytes()
        for each in gc.get_objects()
        if issubclass(type(each), torch.Tensor) and each.dim() == 3 and each.shape[1:] == (of, 784)
    }
    return sum(sizes.values())


def test_with_none_kept_it_is_over():
    training = begin(SETTINGS)
    next(training)
    training.keep([])
    assert list(training) == []


def test_closed_before_its_time_it_frees_its_memory():
    others = float_numbers(of=30)
    training = begin(replace(SETTINGS, hidden=(30,)))
    next(training)
    assert float_numbers(of=30) > others
    training.close()
    assert float_numbers(of=30) == others
    assert list(training) == []


def test_it_stops_in_the_middle_of_an_epoch_and_judges_what_it_has():
    asked = []

    def is_stopped():
        asked.append(training.steps)
        return training.steps == 3

    training = begin(SETTINGS, report_interval_s=0, is_stopped=is_stopped)
    (result,) = list(training)
    assert asked == [1, 2, 3]
    assert training.total_steps == 8 == result.total_steps
    for each in result.networks:
        assert each.figures.step == len(each.losses) == 3
        assert 0 < each.figures.validation_accuracy < 1


def test_reading_the_losses_often_changes_nothing():
    often, rarely = many(SETTINGS, report_interval_s=0), many(SETTINGS, report_interval_s=60)
    for one, other in zip(often, rarely, strict=True):
        for ours, theirs in zip(one.networks, other.networks, strict=True):
            assert ours.figures == theirs.figures
            assert ours.losses == theirs.losses


def test_a_chooser_of_threads_is_told_of_every_step():
    class Counter:
        steps = 0

        def step_done(self):
            self.steps += 1

    counter = Counter()
    many(SETTINGS, threads=counter)
    assert counter.steps == 8


@pytest.mark.parametrize(
    ("change", "variants", "field"),
    [
        ({}, [], "seed"),
        ({}, [Variant(1, 11.0)], "learning_rate"),
        ({}, [Variant(1, 0.1, momentum=1.0)], "momentum"),
        ({}, [Variant(1, 0.1, weight_decay=-1.0)], "weight_decay"),
        ({"batch_size": 8000}, VARIANTS, "batch_size"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_at_the_field(change, variants, field):
    with pytest.raises(SettingsError) as caught:
        many(replace(SETTINGS, **change), variants)
    assert caught.value.field == field


def test_too_few_digits_to_validate_on_are_refused():
    digits = small_set()
    with pytest.raises(SettingsError, match="validate"):
        fit_many(digits, digits.take(torch.arange(0)), SETTINGS, Standardisation.of(digits), VARIANTS)


def test_no_memory_is_told_in_one_sentence(monkeypatch):
    training = begin(SETTINGS)

    def fail(*_):
        raise RuntimeError("not enough memory: you tried to allocate 9 bytes")

    monkeypatch.setattr("engine.training.many.networks.ManyNetworks.take_step", fail)
    with pytest.raises(DeviceError, match="ran out of memory"):
        next(training)
