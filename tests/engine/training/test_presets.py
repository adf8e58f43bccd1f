"""What the lesson trains with is plain, and still learns to read."""

from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.data.sources import load_training_data
from engine.settings import TrainingSettings, lesson_settings, trained_like, usual_settings
from engine.training.fit import EpochCompleted, fit
from engine.training.step_by_step import StepByStep
from tests.engine.digit_sets import small_set

FANCY = TrainingSettings(
    hidden=(30, 20),
    activation="elu",
    epochs=50,
    batch_size=100,
    learning_rate=0.7,
    momentum=0.5,
    weight_decay=0.01,
    warps=True,
    averaging=True,
    seed=8,
    optimiser="adam",
    level=3,
)


@pytest.mark.parametrize("preset", [usual_settings, lesson_settings])
def test_presets_keep_network_seed_and_level_and_are_sound(preset):
    found = preset(FANCY)
    found.check()
    assert (found.hidden, found.activation, found.seed, found.level) == ((30, 20), "elu", 8, 3)
    assert (found.weight_decay, found.warps, found.averaging, found.optimiser) == (0, False, False, "sgd")
    assert preset(found) == found
    assert trained_like(FANCY, found) == FANCY


def test_the_usual_settings_are_those_at_first():
    assert usual_settings(FANCY) == trained_like(TrainingSettings(), FANCY)


@pytest.mark.parametrize("level", [1, 4, 6])
def test_as_in_the_lesson_every_step_is_the_gradient_times_the_rate_alone(level):
    digits = small_set()
    settings = lesson_settings(TrainingSettings(hidden=(12,), level=level))
    training = StepByStep(digits, settings, Standardisation.of(digits))
    for _ in range(3):
        step = training.step()
        assert step.learning_rate == step.next_rate == settings.learning_rate
        for name, gradient in step.gradients.items():
            torch.testing.assert_close(step.steps[name], -settings.learning_rate * gradient)


@pytest.mark.parametrize(
    ("hidden", "every", "accuracy"),
    [
        *((hidden, 5, accuracy) for hidden, accuracy in (((), 0.90), ((100,), 0.92))),
        pytest.param((), 1, 0.92, marks=pytest.mark.slow),
        pytest.param((100,), 1, 0.96, marks=pytest.mark.slow),
    ],
)
def test_as_in_the_lesson_mnist_is_learned(mnist_folder, hidden, every, accuracy):
    data = load_training_data("mnist", mnist_folder)
    training = data.training.take(torch.arange(0, len(data.training), every))
    settings = lesson_settings(TrainingSettings(hidden=hidden))
    results = fit(training, data.test, settings, data.standardisation)
    *_, last = [each for each in results if isinstance(each, EpochCompleted)]
    assert last.validation_accuracy >= accuracy


def test_the_rate_of_each_step_foretells_the_next():
    digits = small_set()
    settings = TrainingSettings(hidden=(), epochs=3, batch_size=100)
    training = StepByStep(digits, settings, Standardisation.of(digits))
    steps = [training.step() for _ in range(training.total_steps)]
    assert [step.next_rate for step in steps[:-1]] == [step.learning_rate for step in steps[1:]]
    assert steps[-1].next_rate == steps[-1].learning_rate
    assert steps[0].settings == settings


def test_steps_start_from_the_weights_they_are_given_and_leave_them():
    digits = small_set()
    settings = TrainingSettings(hidden=(12,), batch_size=100)
    standardisation = Standardisation.of(digits)
    first = StepByStep(digits, settings, standardisation)
    first.run(4)
    start = first.weights
    kept = {name: weights.clone() for name, weights in start.items()}
    second = StepByStep(digits, replace(settings, level=2), standardisation, start=start)
    assert all(torch.equal(second.weights[name], kept[name]) for name in kept)
    second.run(2)
    assert all(torch.equal(start[name], kept[name]) for name in kept)
    assert not torch.equal(second.weights["0.weights"], kept["0.weights"])
