"""Quick steps come to what level 7 comes to, number by number."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.boundaries.network_learner import USUAL_SETTINGS, NetworkLearner
from engine.data.mini_batches.preparation import Unchanged
from engine.levels.levels import LEVELS
from engine.nn.activations import ELU
from engine.nn.network import Architecture
from engine.nn.optimisers import SGD
from engine.nn.registry import ACTIVATIONS, OPTIMISERS, trainable_activations
from engine.plane.features import FEATURES, Scaling, features_of
from engine.plane.patterns import make_points
from engine.plane.points import Points
from engine.training.quick.choice import CHOICES
from engine.training.quick.sources import Table
from engine.training.quick.steps import QuickSteps
from engine.training.quick.tensor_optimisers import TensorSGD

LEVEL = LEVELS[7]
USUAL = replace(USUAL_SETTINGS, hidden=(6, 5), learning_rate=0.02, seed=3)


def told(count=103, classes=2, features=("x", "y")):
    points = make_points("blobs", count, classes, noise=0.4)
    given = features_of(points.coordinates, features)
    return Scaling.of(given)(given), points.labels


def network_of(inputs, labels, settings):
    sizes = (inputs.shape[1], *settings.hidden, labels.max() + 1)
    return LEVEL.make_network(Architecture(sizes, settings.activation), settings.seed)


def by_level(inputs, labels, settings, epochs):
    network = network_of(inputs, labels, settings)
    batches = LEVEL.make_batches(
        torch.from_numpy(inputs),
        torch.from_numpy(labels),
        min(settings.batch_size, len(inputs)),
        settings.seed,
        Unchanged(),
    )
    stepping = LEVEL.make_stepping(network, settings, keeps_gradients=False)
    steps = 0
    with torch.inference_mode():
        for _ in range(epochs):
            steps += sum(1 for _ in stepping.epoch(batches))
    return network.snapshot(), steps


def quickly(inputs, labels, settings, epochs):
    network = network_of(inputs, labels, settings)
    quick = QuickSteps(network, Table(inputs), labels, settings)
    steps = sum(1 for _ in range(epochs) for _ in quick.epoch())
    return network.snapshot(), steps


def check_same(inputs, labels, settings, epochs=8, tolerance=2e-5):
    expected, expected_steps = by_level(inputs, labels, settings, epochs)
    start, _ = by_level(inputs, labels, settings, 0)
    found, steps = quickly(inputs, labels, settings, epochs)
    assert steps == expected_steps
    assert any(not np.allclose(start[name], expected[name], atol=0.005) for name in start)
    for name, weights in expected.items():
        assert np.allclose(found[name], weights, rtol=0, atol=tolerance), name


@pytest.mark.parametrize("classes", [2, 3, 8])
@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("activation", trainable_activations())
def test_all_activations_and_optimisers(activation, optimiser, classes):
    check_same(*told(classes=classes), replace(USUAL, activation=activation, optimiser=optimiser))


@pytest.mark.parametrize("weight_decay", [0.0, 0.02])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_momentum_and_weight_decay(optimiser, momentum, weight_decay):
    settings = replace(USUAL, optimiser=optimiser, momentum=momentum, weight_decay=weight_decay)
    check_same(*told(), settings)


@pytest.mark.parametrize("hidden", [(), (1,), (9,), (4, 3, 2, 5), (7,) * 8])
def test_any_number_of_layers(hidden):
    check_same(*told(classes=4), replace(USUAL, hidden=hidden))
    check_same(*told(), replace(USUAL, hidden=hidden))


@pytest.mark.parametrize(
    ("count", "batch"),
    [(103, 1), (100, 10), (103, 103), (103, 102), (103, 500), (1301, 20), (1300, 20), (2, 1)],
)
def test_any_length_of_mini_batches(count, batch):
    check_same(*told(count), replace(USUAL, batch_size=batch), epochs=8 if count > 2 else 60)


def many_features(count=150, classes=4):
    generator = np.random.default_rng(0)
    labels = np.arange(count) % classes
    inputs = generator.standard_normal((count, 90)) + generator.standard_normal((classes, 90))[labels]
    return inputs.astype(np.float32), labels


@pytest.mark.parametrize("hidden", [(), (100,), (120, 80), (130, 20, 110)])
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_large_layers(optimiser, hidden):
    # Where a gradient is nearly 0, Adam makes a step of the last digits that its sums were rounded to.
    rate = 0.001 if optimiser == "adam" else 0.02
    settings = replace(USUAL, hidden=hidden, optimiser=optimiser, batch_size=32, learning_rate=rate)
    check_same(*many_features(), settings, epochs=3, tolerance=1e-4)


@pytest.mark.parametrize("weight_decay", [0.0, 0.02])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_momentum_and_weight_decay_of_large_layers(optimiser, momentum, weight_decay):
    settings = replace(
        USUAL, hidden=(120,), optimiser=optimiser, momentum=momentum, weight_decay=weight_decay, batch_size=40
    )
    check_same(*many_features(), settings, epochs=3)


def test_all_features():
    check_same(*told(features=tuple(FEATURES)), USUAL)


@pytest.mark.parametrize(
    "changes", [{}, {"momentum": 0.9}, {"weight_decay": 0.01}, {"optimiser": "adam", "momentum": 0.9}]
)
def test_the_rate_may_change_between_steps(changes):
    settings = replace(USUAL, **changes)
    inputs, labels = told()
    expected, _ = by_level(inputs, labels, replace(settings, learning_rate=0.001), 3)
    network = network_of(inputs, labels, settings)
    quick = QuickSteps(network, Table(inputs), labels, settings)
    assert quick.optimiser.learning_rate == 0.02
    quick.optimiser.learning_rate = 0.001
    for _ in range(3):
        assert sum(1 for _ in quick.epoch()) == 11
    for name, weights in network.snapshot().items():
        assert np.allclose(weights, expected[name], rtol=0, atol=2e-5)


def test_large_logits_overflow_nothing():
    inputs, labels = told(classes=3)
    for classes in (2, 3):
        known = np.minimum(labels, classes - 1)
        with np.errstate(over="raise", invalid="raise"):
            found, _ = quickly(1000 * inputs, known, replace(USUAL, learning_rate=1e-3), 3)
        assert all(weights.isfinite().all() for weights in found.values())


@pytest.mark.parametrize("changes", [{"activation": "softer"}, {"optimiser": "slower"}])
def test_what_has_no_quick_form_is_left_to_the_level(monkeypatch, changes):
    class Softer(ELU):
        def __init__(self):
            super().__init__(0.5)

    class Slower(SGD):
        pass

    monkeypatch.setitem(globals(), "Softer", Softer)
    monkeypatch.setitem(globals(), "Slower", Slower)
    layer, optimiser = f"{__name__}:Softer", f"{__name__}:Slower"
    monkeypatch.setitem(ACTIVATIONS, "softer", replace(ACTIVATIONS["elu"], layer=layer))
    monkeypatch.setitem(OPTIMISERS, "slower", replace(OPTIMISERS["sgd"], optimiser=optimiser))
    inputs, labels = told()
    settings = replace(USUAL, **changes)
    with pytest.raises(LookupError):
        QuickSteps(network_of(inputs, labels, settings), Table(inputs), labels, settings)
    learner = NetworkLearner(make_points("moons", 60), Points.none(), settings)
    assert learner.advance().training.loss > learner.advance().training.loss


@pytest.mark.parametrize("are_quicker", [True, False])
def test_large_networks_take_what_is_quicker(monkeypatch, are_quicker):
    asked = []
    monkeypatch.setattr(CHOICES, "is_quicker", lambda *about: asked.append(about) or are_quicker)
    settings = replace(USUAL, hidden=(200, 150))
    learner = NetworkLearner(make_points("moons", 60), Points.none(), settings)
    assert len(asked) == 1
    assert isinstance(learner._optimiser, TensorSGD) is are_quicker
    NetworkLearner(make_points("moons", 60), Points.none(), USUAL)
    assert len(asked) == 1  # of a small one there is no doubt


@pytest.mark.parametrize("level", [6, 7])
def test_a_learner_comes_to_what_its_level_comes_to(level):
    points = make_points("circles", 200, noise=0.2)
    settings = replace(USUAL, level=level)
    learner = NetworkLearner(points, Points.none(), settings)
    for _ in range(5):
        state = learner.advance()
    given = features_of(points.coordinates, ("x", "y"))
    expected, steps = by_level(Scaling.of(given)(given), points.labels, replace(settings, level=7), 5)
    assert state.steps == steps
    for name, weights in state.model.weights.items():
        assert np.allclose(weights, expected[name], rtol=0, atol=1e-4)
