"""The Step page says what rate a step had, why it is not the one that is set, and what else is in it."""

import pytest

from desktop.lesson.step.text import composition_text, loss_text, rate_text, state_text
from engine.data.digits import Standardisation
from engine.settings import TrainingSettings, lesson_settings
from engine.training.step_by_step import StepByStep
from tests.engine.digit_sets import small_set


def steps(count, **settings):
    """So many of eight steps."""
    digits = small_set()
    given = {"hidden": (), "epochs": 2, "batch_size": 100, **settings}
    training = StepByStep(digits, TrainingSettings(**given), Standardisation.of(digits))
    return [training.step() for _ in range(count)]


def test_the_schedule_is_told_from_the_first_step_to_the_last():
    taken = steps(8)
    texts = [rate_text(step) for step in taken]
    assert texts[0].startswith("The one-cycle schedule is still warming up: 0.002 of a peak of 0.05.")
    assert "warming up" in texts[1]
    assert all("past its peak" in text for text in texts[3:])
    assert "As in the lesson" in texts[0]
    assert state_text(taken[0]) == "Step 1 of 8 · rate 0.002 · momentum 0.9"


def test_the_peak_is_called_the_peak():
    taken = steps(25, epochs=5, batch_size=80)
    assert "is at its peak: 0.05 of 0.05" in rate_text(taken[6])  # a quarter of the way


def test_a_constant_rate_is_the_one_that_is_set():
    (step,) = steps(1, schedule="constant", learning_rate=0.1, momentum=0.0)
    assert rate_text(step) == "Every step has the rate that is set, 0.1."
    assert state_text(step) == "Step 1 of 8 · rate 0.1 · no momentum"


def test_plain_steps_are_the_gradient_times_the_rate():
    digits = small_set()
    training = StepByStep(digits, lesson_settings(TrainingSettings()), Standardisation.of(digits))
    for _ in range(3):
        assert composition_text(training.step()).startswith("The step is the gradient times the rate of 0.05")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"schedule": "constant"}, "momentum carries on 0.9 of the direction of the step before"),
        ({"momentum": 0.0, "weight_decay": 0.5, "schedule": "constant"}, "weight decay pulls"),
        ({"optimiser": "adam", "learning_rate": 0.002}, "Adam does more than multiply the gradient"),
    ],
)
def test_what_else_is_in_a_step_is_named(settings, words):
    assert words in composition_text(steps(2, **settings)[-1])


def test_the_loss_goes_down_or_up():
    (step,) = steps(1)
    assert loss_text(step).startswith(f"Loss {step.loss_before:.4f} → {step.loss_after:.4f}  (")
