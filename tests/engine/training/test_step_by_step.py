"""A step laid open is the step that fit takes."""

from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.errors import DivergedError, SettingsError
from engine.settings import TrainingSettings
from engine.training.fit import StepsCompleted, fit
from engine.training.learner import Learner
from engine.training.step_by_step import StepByStep
from tests.engine.digit_sets import small_set

SETTINGS = TrainingSettings(hidden=(12,), epochs=2, batch_size=100, schedule="constant")


def begin(**change):
    digits = small_set()
    return StepByStep(digits, replace(SETTINGS, **change), Standardisation.of(digits))


def fitted(**change):
    digits = small_set()
    settings = replace(SETTINGS, **change)
    results = fit(digits, digits, settings, Standardisation.of(digits), report_interval_s=0)
    return [result for result in results if isinstance(result, StepsCompleted)]


@pytest.mark.parametrize("level", range(1, 8))
@pytest.mark.parametrize("warps", [False, True])
def test_steps_are_those_of_fit(level, warps):
    training = begin(level=level, warps=warps)
    expected = fitted(level=level, warps=warps)
    for result in expected:
        observed = training.step()
        # With its own gradients, fit adds them to those of the last step at once, and rounds elsewhere.
        exact = {"rtol": 1e-5, "atol": 1e-6} if level == 7 else {"rtol": 0, "atol": 0}
        torch.testing.assert_close(torch.tensor([observed.loss_before]), torch.tensor(result.losses), **exact)
        for name, weights in result.weights.items():
            torch.testing.assert_close(training.weights[name], weights, **exact)
            torch.testing.assert_close(observed.weights_after[name], weights)
    assert training.is_over
    assert training.steps == training.total_steps == len(expected) == 8
    with pytest.raises(StopIteration):
        training.step()
    assert training.run(3) == ()


def test_running_and_stepping_mix():
    mixed, plain = begin(), begin()
    losses = [mixed.step().loss_before, *mixed.run(3), mixed.step().loss_before, *mixed.run(100)]
    assert losses == list(plain.run(8))


def test_a_plain_step_is_the_gradient_times_the_learning_rate():
    observed = begin(momentum=0.0, learning_rate=0.1).step()
    for name, gradient in observed.gradients.items():
        torch.testing.assert_close(observed.steps[name], -0.1 * gradient)
    assert observed.learning_rate == 0.1


def test_what_is_shown_is_what_was_seen():
    digits = small_set()
    settings = replace(SETTINGS, learning_rate=0.01)
    standardisation = Standardisation.of(digits)
    observed = StepByStep(digits, settings, standardisation).step()
    learner = Learner(digits, settings, standardisation)
    inputs, targets = next(iter(learner.batches))
    assert torch.equal(observed.targets, targets)
    torch.testing.assert_close(standardisation(observed.images), inputs, atol=1e-5, rtol=0)
    torch.testing.assert_close(observed.probabilities.sum(dim=1), torch.ones(100))
    picked = observed.probabilities.gather(1, targets[:, None])
    assert observed.loss_before == pytest.approx(float(-picked.log().mean()), rel=1e-5)
    assert observed.loss_after < observed.loss_before
    assert observed.number == 1


def test_a_rate_that_is_too_high_is_said_to_be():
    training = begin(learning_rate=10.0, hidden=(100, 100), epochs=50)
    with pytest.raises(DivergedError, match="learning rate of 10"):
        training.run(200)


def test_settings_that_make_no_sense_are_refused():
    with pytest.raises(SettingsError) as caught:
        begin(batch_size=500)
    assert caught.value.field == "batch_size"
