"""Seven levels, the same numbers. What the library does on level 1 is the judge of all others."""

from dataclasses import fields, replace
from itertools import islice

import pytest
import torch

from engine.data.digits import Standardisation
from engine.data.mnist.digit_data import load_mnist_training
from engine.errors import SettingsError
from engine.lesson.level_source import level_source
from engine.levels.descriptions import LEVEL_DESCRIPTIONS, SLOW_LEVEL, level_description
from engine.levels.level import PrintedLevel
from engine.levels.levels import LEVELS
from engine.nn.gradients import ChainRule
from engine.nn.losses import negative_log_likelihood
from engine.nn.registry import trainable_activations
from engine.settings import TrainingSettings
from engine.training.learner import Learner
from tests.engine.digit_sets import small_set

OTHERS = [number for number in LEVELS if number != 1]
# Logistic regression, which has no activation, and one hidden layer with each of them.
BOTH_NETWORKS = [
    {"hidden": ()},
    *({"hidden": (100,), "activation": name} for name in trainable_activations()),
]


def learner(digits, **settings):
    return Learner(digits, TrainingSettings(**settings), Standardisation.of(digits))


def losses(learner, steps):
    found = []
    while len(found) < steps:
        for images, targets in islice(learner.batches, steps - len(found)):
            found.append(float(learner.take_step(images, targets).loss))
    return found


def assert_the_curves_agree(digits, steps, slow_steps, **settings):
    """All levels' losses are those of level 1; they are returned."""
    expected = losses(learner(digits, level=1, **settings), steps)
    for level in OTHERS:
        count = slow_steps if level == SLOW_LEVEL else steps
        found = losses(learner(digits, level=level, **settings), count)
        assert found == pytest.approx(expected[:count], rel=1e-4), f"level {level}"
    return expected


SGD, ADAM = {"optimiser": "sgd", "learning_rate": 0.05}, {"optimiser": "adam", "learning_rate": 0.002}


@pytest.mark.parametrize("settings", [{"hidden": ()}, {"hidden": (100,), "activation": "relu"}], ids=str)
@pytest.mark.parametrize("optimiser", [SGD, ADAM], ids=lambda value: value["optimiser"])
@pytest.mark.parametrize(
    ("steps", "slow_steps"), [(100, 20), pytest.param(200, 50, marks=pytest.mark.slow)], ids=["100", "200"]
)
def test_the_loss_curves_of_all_levels_agree_step_by_step(settings, optimiser, steps, slow_steps):
    # 47 mini-batches in an epoch: orders agree from epoch to epoch, too, and so do the short last ones.
    expected = assert_the_curves_agree(
        small_set(3000, 1), steps, slow_steps, weight_decay=1e-4, **settings, **optimiser
    )
    assert expected[-1] < expected[0] / 2


@pytest.mark.parametrize("activation", [name for name in trainable_activations() if name != "relu"])
@pytest.mark.parametrize("optimiser", [SGD, ADAM], ids=lambda value: value["optimiser"])
@pytest.mark.parametrize(
    ("steps", "slow_steps"), [(60, 20), pytest.param(200, 50, marks=pytest.mark.slow)], ids=["60", "200"]
)
def test_the_loss_curves_agree_with_each_activation(activation, optimiser, steps, slow_steps):
    # 60 lead into the second epoch.
    digits, settings = small_set(3000, 1), {"weight_decay": 1e-4, "hidden": (100,), **optimiser}
    assert_the_curves_agree(digits, steps, slow_steps, activation=activation, **settings)


@pytest.mark.parametrize("hidden", [(), (100,)], ids=str)
@pytest.mark.parametrize(
    ("steps", "slow_steps"), [(60, 20), pytest.param(200, 50, marks=pytest.mark.slow)], ids=["60", "200"]
)
def test_the_loss_curves_agree_on_mnist(mnist_folder, hidden, steps, slow_steps):
    digits, _ = load_mnist_training(mnist_folder)
    assert_the_curves_agree(digits, steps, slow_steps, hidden=hidden)


@pytest.mark.parametrize("settings", BOTH_NETWORKS, ids=str)
def test_the_gradients_of_all_levels_agree(settings):
    found = {}
    for level in LEVELS:
        each = learner(small_set(), level=level, **settings)
        losses(each, 3)
        found[level] = each.network.gradients()
    for level in OTHERS:
        assert found[level].keys() == found[1].keys()
        for name, expected in found[1].items():
            largest = float(expected.abs().max())
            torch.testing.assert_close(found[level][name], expected, rtol=1e-5, atol=1e-5 * largest)


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_starts_from_the_same_weights_and_takes_others(level):
    first, same = learner(small_set(), level=level, hidden=(12,)), learner(small_set(), hidden=(12,))
    for name, weights in first.network.snapshot().items():
        assert torch.equal(weights, same.network.snapshot()[name])
        assert weights.is_contiguous()
    losses(same, 3)
    first.network.load(same.network.snapshot())
    assert all(
        torch.equal(weights, same.network.snapshot()[name])
        for name, weights in first.network.snapshot().items()
    )
    with pytest.raises(ValueError, match="784-12-10"):
        first.network.load({})


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_taken_out_of_a_network_is_a_copy(level):
    each = learner(small_set(), level=level, hidden=(12,), weight_decay=0.1)
    losses(each, 1)
    taken = [each.network.snapshot(), each.network.gradients()]
    kept = [{name: tensor.clone() for name, tensor in one.items()} for one in taken]
    losses(each, 1)
    for one, other in zip(taken, kept, strict=True):
        assert all(torch.equal(one[name], other[name]) for name in other)


def taken_over(number):
    """The parts that a level takes over from the library, and those that it gives back."""
    below, level = level_description(number - 1), level_description(number)
    taken = [part for part in below.library_parts if part in level.own_parts]
    given = [part for part in below.own_parts if part in level.library_parts]
    return sorted(taken), given


def test_neighbours_differ_in_one_part():
    assert {number: taken_over(number) for number in OTHERS} == {
        2: (["Network"], []),
        3: (["Matrix product"], []),
        # What the loop is made of, and back to the fast product, whose slow form level 3 was about.
        4: (["Loss", "Mini-batches", "Zeroing"], ["Matrix product"]),
        5: (["Optimiser"], []),
        6: (["Gradients"], []),
        7: ([], []),
    }
    assert LEVELS[4].network == LEVELS[2].network
    changed = {
        number: [
            field.name
            for field in fields(PrintedLevel)
            if getattr(LEVELS[number], field.name) != getattr(LEVELS[number - 1], field.name)
        ]
        for number in range(2, 7)
    }
    assert changed == {
        2: ["network", "product"],
        3: ["network", "product"],  # layers that call the other product
        4: ["batches", "network", "product", "loss", "gradients", "zeroing", "optimiser", "loop"],
        5: ["optimiser"],
        6: ["network", "product", "gradients", "loop"],  # layers with a way back, and a loop that takes it
    }


def test_what_level_4_calls_from_another_loop_is_the_same():
    def lines(level, title):
        return [block.lines for block in level_source(TrainingSettings(level=level)) if block.title == title]

    for title in ("Gradients", "Optimiser"):
        assert lines(3, title) == lines(4, title)


def test_words_and_parts_are_of_the_same_levels():
    assert [description.number for description in LEVEL_DESCRIPTIONS] == list(LEVELS)


@pytest.mark.parametrize("level", [3, 6, 7])
def test_levels_without_a_matrix_product_or_autograd_do_without(level, monkeypatch):
    """Level 3 multiplies no matrices, levels 6 and 7 never differentiate: without these they are the same."""

    def taken_away(*_arguments, **_more):
        raise AssertionError("this level should do without")

    digits = small_set()
    each = learner(digits, level=level, hidden=(8,))
    if level == 3:
        for name in ("matmul", "__matmul__", "mm", "addmm"):
            monkeypatch.setattr(torch.Tensor, name, taken_away)
            if hasattr(torch, name):
                monkeypatch.setattr(torch, name, taken_away)
    else:
        monkeypatch.setattr(torch.Tensor, "backward", taken_away)
        monkeypatch.setattr(torch.autograd, "backward", taken_away)
    assert losses(each, 2)


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_warps_and_changes_its_rate(level):
    settings = TrainingSettings(hidden=(12,), level=level, warps=True, schedule="one-cycle", epochs=2)
    digits = small_set()
    each = Learner(digits, settings, Standardisation.of(digits))
    other = Learner(digits, replace(settings, level=1), Standardisation.of(digits))
    assert losses(each, 14) == pytest.approx(losses(other, 14), rel=1e-4)
    assert each.steps == each.total_steps == 14
    assert each.optimiser.learning_rate == pytest.approx(0.05e-4)


@pytest.mark.parametrize("level", [0, 8])
def test_there_are_no_other_levels(level):
    with pytest.raises(SettingsError, match="1 to 7") as caught:
        learner(small_set(), level=level)
    assert caught.value.field == "level"


def test_the_chain_rule_needs_layers_of_ours():
    network = LEVELS[1].make_network(learner(small_set()).network.architecture)
    with pytest.raises(TypeError, match="derivatives"):
        ChainRule(network, negative_log_likelihood)


@pytest.mark.parametrize("level", range(1, 7))
@pytest.mark.parametrize("case", [{"momentum": 0.0, "schedule": "constant"}, {"weight_decay": 0.1}], ids=str)
def test_levels_agree_without_momentum_and_with_weight_decay(level, case):
    digits = small_set()
    each, fast = learner(digits, level=level, hidden=(12,), **case), learner(digits, hidden=(12,), **case)
    assert losses(each, 20) == pytest.approx(losses(fast, 20), rel=1e-4)
    largest = max(float(gradient.abs().max()) for gradient in fast.network.gradients().values())
    for name, gradient in fast.network.gradients().items():
        torch.testing.assert_close(each.network.gradients()[name], gradient, rtol=1e-4, atol=1e-5 * largest)


@pytest.mark.parametrize("level", LEVELS)
def test_a_training_leaves_the_random_numbers_of_others_alone(level):
    torch.manual_seed(5)
    expected = torch.randn(3)
    torch.manual_seed(5)
    losses(learner(small_set(), level=level, hidden=(12,)), 9)
    assert torch.equal(torch.randn(3), expected)


@pytest.mark.parametrize("level", LEVELS)
def test_an_epoch_is_its_steps(level):
    digits = small_set()
    stepped, whole = (learner(digits, level=level, hidden=(12,)) for _ in range(2))
    expected = losses(stepped, len(stepped.batches))
    outputs = [(float(each.loss), whole.optimiser.learning_rate) for each in whole.take_epoch()]
    assert [loss for loss, _ in outputs] == expected
    assert len({rate for _, rate in outputs}) > 1
    assert whole.steps == len(whole.batches)
