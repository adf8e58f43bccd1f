"""fit: a plain generator. torch.nn and torch.optim are the judge."""

import contextlib
from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.data.mini_batches.batches import Batches
from engine.errors import DeviceError, DivergedError, SettingsError
from engine.evaluation.evaluate import evaluate
from engine.nn.network import Network
from engine.nn.schedules import SCHEDULES
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, StepsCompleted, fit
from engine.training.learner import architecture_of
from tests.engine.digit_sets import small_set

SETTINGS = TrainingSettings(hidden=(20,), epochs=3, batch_size=32, seed=4)


def run(settings=SETTINGS, interval_s=0.03, training=None, **more):
    digits = small_set() if training is None else training
    standardisation = Standardisation.of(digits)
    return list(
        fit(digits, small_set(100, 8), settings, standardisation, report_interval_s=interval_s, **more)
    )


def losses_of(results):
    return [loss for result in results if isinstance(result, StepsCompleted) for loss in result.losses]


def epochs_of(results):
    return [result for result in results if isinstance(result, EpochCompleted)]


def same(one, other):
    return all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("change", [{}, {"warps": True}, {"averaging": True}, {"hidden": ()}])
def test_the_same_seed_gives_the_same_numbers_however_often_it_reports(change):
    settings = replace(SETTINGS, **change)
    often, seldom = run(settings, interval_s=0), run(settings, interval_s=100)
    assert losses_of(often) == losses_of(seldom)
    assert same(often[-1].weights, seldom[-1].weights)
    assert len(often) > len(seldom)
    assert losses_of(run(replace(settings, seed=5))) != losses_of(often)


def test_every_step_is_reported_once_in_order():
    results = [result for result in run(interval_s=0) if isinstance(result, StepsCompleted)]
    assert [result.first_step for result in results] == list(range(39))
    assert {result.total_steps for result in results} == {39}
    assert sum(result.examples for result in results) == 1200


@pytest.mark.parametrize("schedule", ["constant", "one-cycle"])
def test_it_learns_what_torch_s_own_loop_learns(schedule):
    settings = replace(SETTINGS, schedule=schedule, momentum=0.9, weight_decay=1e-3)
    digits = small_set()
    start = Network(architecture_of(settings), settings.seed).snapshot()
    theirs = torch.nn.Sequential(torch.nn.Linear(784, 20), torch.nn.ReLU(), torch.nn.Linear(20, 10))
    with torch.no_grad():
        for layer, index in ((theirs[0], 0), (theirs[2], 1)):
            layer.weight.copy_(start[f"{index}.weights"].T)
            layer.bias.copy_(start[f"{index}.bias"])
    optimiser = torch.optim.SGD(theirs.parameters(), 0.05, momentum=0.9, weight_decay=1e-3)
    inputs = Standardisation.of(digits)(digits.intensities())
    batches = Batches(inputs, digits.labels, settings.batch_size, settings.seed)
    expected, step, total = [], 0, len(batches) * settings.epochs
    for _ in range(settings.epochs):
        for images, targets in batches:
            optimiser.param_groups[0]["lr"] = 0.05 * SCHEDULES[schedule](step / (total - 1))
            loss = torch.nn.functional.cross_entropy(theirs(images), targets)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            expected.append(float(loss.detach()))
            step += 1
    assert losses_of(run(settings)) == pytest.approx(expected, rel=1e-4)


def test_the_short_last_batch_weighs_what_it_holds():
    settings = replace(SETTINGS, learning_rate=1e-12, momentum=0.0, epochs=1, batch_size=150)
    results = run(settings)  # batches of 150, 150 and 100
    a, b, c = losses_of(results)
    assert epochs_of(results)[0].training_loss == pytest.approx((150 * a + 150 * b + 100 * c) / 400, rel=1e-5)


def test_stopping_is_not_asking_for_the_next():
    digits = small_set()
    results = fit(
        digits, digits, replace(SETTINGS, epochs=1000), Standardisation.of(digits), report_interval_s=0
    )
    first = next(results)
    results.close()
    assert first.losses
    with pytest.raises(StopIteration):
        next(results)


def test_what_leaves_the_loop_is_a_copy():
    digits = small_set()
    results = fit(digits, digits, SETTINGS, Standardisation.of(digits), report_interval_s=0)
    first = next(results)
    before = {name: weights.clone() for name, weights in first.weights.items()}
    next(results)
    assert same(first.weights, before)


def test_a_loss_that_is_not_finite_names_the_learning_rate_and_keeps_good_weights():
    # Units of a plain ReLU may all die of such a rate, and then nothing grows any more.
    settings = replace(
        SETTINGS, hidden=(100, 100), activation="leaky-relu", learning_rate=10.0, batch_size=8, epochs=50
    )
    digits = small_set()
    yielded = []

    def train():
        for result in fit(digits, digits, settings, Standardisation.of(digits), report_interval_s=0):
            yielded.append(result.weights)

    with pytest.raises(DivergedError, match=r"learning rate of 10.*the last good weights were saved"):
        train()
    assert all(weights.isfinite().all() for weights in yielded[-1].values())


def test_it_goes_on_from_given_weights():
    first = run(replace(SETTINGS, epochs=5))
    more = run(replace(SETTINGS, epochs=1, learning_rate=0.005), start=first[-1].weights)
    assert losses_of(more)[0] < losses_of(first)[0] / 2


def test_it_learns_to_read():
    digits = small_set(3000, 1)
    figures = epochs_of(run(replace(SETTINGS, hidden=(64,), epochs=6), training=digits))
    assert figures[-1].validation_accuracy > 0.8
    assert figures[-1].training_loss < figures[0].training_loss


def test_one_class_alone_is_refused():
    digits = small_set().take(small_set().labels == 3)
    with pytest.raises(SettingsError, match="of the class 3: choose data with two classes") as caught:
        run(replace(SETTINGS, batch_size=8), training=digits)
    assert caught.value.field == "data"


def test_no_digits_are_refused():
    none = small_set().take(torch.zeros(400, dtype=torch.bool))
    with pytest.raises(SettingsError, match="no digits"):
        run(training=none)


def test_a_batch_larger_than_the_data_is_refused():
    with pytest.raises(SettingsError) as refused:
        run(replace(SETTINGS, batch_size=401))
    assert refused.value.field == "batch_size"


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": (0,)},
        {"hidden": (1_000_000,)},
        {"hidden": (5,) * 20},
        {"activation": "tanh"},
        {"schedule": "none"},
        {"epochs": 0},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"learning_rate": 1e9},
        {"learning_rate": float("nan")},
        {"momentum": 1.0},
        {"weight_decay": -1.0},
        {"seed": -1},
    ],
)
def test_settings_that_make_no_sense_are_refused_by_the_name_of_the_field(change):
    with pytest.raises(SettingsError) as refused:
        run(replace(SETTINGS, **change))
    assert refused.value.field == next(iter(change))


def test_a_device_without_memory_is_told_in_a_sentence(monkeypatch):
    def fails(*_):
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr("engine.training.learner.Learner.scheduled_rate", fails)
    with pytest.raises(DeviceError, match="ran out of memory"):
        run()


def test_averaging_judges_and_yields_the_mean_of_all_weights_so_far():
    settings = replace(SETTINGS, averaging=True, epochs=2)
    results = run(settings, interval_s=0)
    path = [Network(architecture_of(settings), settings.seed).snapshot()]
    for result in results:
        if isinstance(result, StepsCompleted):
            path.append(result.weights)
            continue
        for name, mean in result.weights.items():
            torch.testing.assert_close(mean, torch.stack([weights[name] for weights in path]).mean(0))
        judged = small_set(100, 8)
        inputs = Standardisation.of(small_set())(judged.intensities())
        network = Network.from_weights(architecture_of(settings), result.weights)
        figures = evaluate(network, inputs, judged.labels)
        assert (result.validation_loss, result.validation_accuracy) == (figures.loss, figures.accuracy)


def test_averaging_does_not_change_the_steps():
    assert losses_of(run(replace(SETTINGS, averaging=True))) == losses_of(run())


def test_training_asks_nothing_of_the_global_generator():
    torch.manual_seed(1)
    first = losses_of(run(replace(SETTINGS, warps=True)))
    before = torch.random.get_rng_state()
    torch.rand(5)
    assert losses_of(run(replace(SETTINGS, warps=True))) == first
    torch.random.set_rng_state(before)
    run(replace(SETTINGS, warps=True, epochs=1))
    assert torch.equal(torch.random.get_rng_state(), before)


def test_validation_digits_are_never_learned_from():
    digits = small_set()
    ends = [
        list(fit(digits, judged, SETTINGS, Standardisation.of(digits)))[-1]
        for judged in (small_set(100, 8), small_set(50, 9))
    ]
    assert same(ends[0].weights, ends[1].weights)
    assert ends[0].validation_loss != ends[1].validation_loss


@pytest.mark.parametrize("learning_rate", [10.0, 0.7])
def test_weights_that_were_yielded_stay_finite_however_seldom_it_reports(learning_rate):
    settings = replace(SETTINGS, hidden=(100, 100), learning_rate=learning_rate, batch_size=8, epochs=4)
    digits = small_set()
    yielded = []

    def train():
        for result in fit(digits, digits, settings, Standardisation.of(digits), report_interval_s=100):
            yielded.append(result.weights)

    with contextlib.suppress(DivergedError):
        train()
    assert all(tensor.isfinite().all() for weights in yielded for tensor in weights.values())


def absent_devices():
    return [
        kind
        for kind, module in (("cuda", torch.cuda), ("mps", torch.backends.mps))
        if not module.is_available()
    ]


@pytest.mark.parametrize("device", absent_devices())
def test_a_device_that_is_absent_is_told_in_a_sentence(device):
    with pytest.raises(DeviceError, match=f"{device.upper()} failed while training: train on the CPU"):
        run(device=device)


def test_other_failures_of_the_cpu_are_not_hidden(monkeypatch):
    def fails(*_):
        raise RuntimeError("shapes do not fit")

    monkeypatch.setattr("engine.training.learner.Learner.scheduled_rate", fails)
    with pytest.raises(RuntimeError, match="shapes do not fit"):
        run()


def test_the_cpu_out_of_memory_is_told_in_a_sentence(monkeypatch):
    def fails(*_):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")

    monkeypatch.setattr("engine.training.learner.Learner.scheduled_rate", fails)
    with pytest.raises(DeviceError, match="CPU ran out of memory"):
        run()


def test_a_step_that_breaks_the_weights_behind_a_finite_loss_ends_the_run_too():
    settings = replace(SETTINGS, hidden=(), learning_rate=10.0, weight_decay=1.0, schedule="constant")
    digits = small_set()
    assert not digits.images[:, 0].any()  # so that the weights of this pixel do not show in any loss
    start = dict(Network(architecture_of(settings)).snapshot())
    start["0.weights"][0] = 3e38
    plain = Standardisation(0.0, 1.0)
    with pytest.raises(DivergedError, match="no good weights to save yet"):
        next(fit(digits, digits, settings, plain, start=start, report_interval_s=0))


def test_weights_of_another_network_are_refused_at_the_field():
    start = Network(architecture_of(replace(SETTINGS, hidden=(21,)))).snapshot()
    with pytest.raises(SettingsError, match="do not fit") as caught:
        run(start=start)
    assert caught.value.field == "hidden"


@pytest.mark.parametrize("level", range(1, 8))
def test_every_level_trains_to_the_same_network(level):
    settings = replace(SETTINGS, level=level, epochs=2, averaging=level % 2 == 0)
    found, expected = run(settings), run(replace(settings, level=5))
    assert losses_of(found) == pytest.approx(losses_of(expected), rel=1e-4)
    last, other = epochs_of(found)[-1], epochs_of(expected)[-1]
    assert last.validation_loss == pytest.approx(other.validation_loss, rel=1e-4)
    for name, weights in other.weights.items():
        torch.testing.assert_close(last.weights[name], weights, rtol=1e-3, atol=1e-5)


def test_an_early_end_has_the_figures_of_the_weights_as_they_are():
    from tests.engine.digit_sets import small_set

    digits = small_set(100)
    settings = TrainingSettings(hidden=(), epochs=3, batch_size=10)
    standardisation = Standardisation.of(digits)
    results = []
    for result in fit(
        digits, digits, settings, standardisation, report_interval_s=0, is_stopped=lambda: len(results) == 14
    ):
        results.append(result)
    *_, before, last = results
    assert isinstance(last, EpochCompleted)
    assert (last.epoch, last.step) == (2, 13)
    assert all(torch.equal(last.weights[name], weights) for name, weights in before.weights.items())
    # Of an epoch that was begun: the digits that were seen, and no others.
    assert last.training_loss == pytest.approx(sum(each.losses[0] for each in results[11:14]) / 3, rel=1e-5)
