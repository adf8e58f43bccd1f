"""The way from level 6 to level 7: every trick gives the same numbers, and all are measured alike."""

from itertools import count, islice

import pytest
import torch

import resources
from engine.data.digits import Standardisation
from engine.errors import SettingsError
from engine.lesson.trick_steps import TRICKS
from engine.lesson.tricks import EPOCH_DIGITS, measurable, measure_tricks
from engine.nn.losses import log_softmax
from engine.settings import TrainingSettings
from engine.training.learner import Learner, architecture_of
from tests.engine.digit_sets import small_set

SMALL = TrainingSettings(hidden=(12,), batch_size=50)


def predictions(trick, settings, steps):
    digits = small_set()
    learner = Learner(digits, settings, Standardisation.of(digits))
    batches = [(inputs.clone(), targets) for inputs, targets in islice(learner.batches, steps)]
    step = trick.make_step(architecture_of(settings), settings)
    return [log_softmax(step(inputs, targets)).detach().clone() for inputs, targets in batches]


@pytest.mark.parametrize("hidden", [(), (12,), (12, 9)], ids=str)
@pytest.mark.parametrize("trick", TRICKS[1:], ids=lambda trick: trick.name)
def test_every_trick_gives_the_numbers_of_the_printed_level(trick, hidden):
    settings = measurable(TrainingSettings(hidden=hidden, batch_size=50))
    expected = predictions(TRICKS[0], settings, 8)
    for found, wanted in zip(predictions(trick, settings, 8), expected, strict=True):
        torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-5)


def test_they_lead_from_the_printed_level_to_the_fast_one():
    assert TRICKS[0].name == "printed"
    assert not TRICKS[0].prepares_ahead
    assert not TRICKS[0].keeps_no_record
    assert TRICKS[-1].prepares_ahead
    assert TRICKS[-1].keeps_no_record
    assert len({trick.title for trick in TRICKS}) == len({trick.name for trick in TRICKS}) == len(TRICKS)


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_every_trick_is_explained(trick):
    assert resources.text("texts", "parts", f"trick-{trick.name}.md").strip()


def clock_of(seconds):
    """A clock on which the turns of the tricks take these seconds, again and again."""
    now = 0.0
    for turn in count():
        yield now
        now += seconds[turn % len(seconds)]
        yield now


def test_times_are_medians_and_gains_compare_neighbours():
    steps = 32
    turns = [float(steps * (len(TRICKS) - place)) for place in range(len(TRICKS))]
    ticks = clock_of(turns)
    results = list(measure_tricks(SMALL, rounds=3, clock=lambda: next(ticks)))
    assert results[0] == ()  # the first turn of all warms up
    times = results[-1]
    assert [time.trick for time in times] == list(TRICKS)
    assert [time.step_s for time in times] == [turn / steps for turn in turns]
    assert times[0].gain is None
    assert times[1].gain == len(TRICKS) / (len(TRICKS) - 1)
    assert times[0].epoch_s == times[0].step_s * EPOCH_DIGITS / SMALL.batch_size
    assert len(results) == 4 * len(TRICKS)


def test_it_stops_when_nobody_asks_for_more():
    measuring = measure_tricks(SMALL, rounds=1000)
    known = list(islice(measuring, len(TRICKS) + 3))
    assert [len(each) for each in known[-3:]] == [1, 2, 3]
    measuring.close()


def test_settings_that_make_no_sense_are_refused():
    with pytest.raises(SettingsError):
        next(measure_tricks(TrainingSettings(hidden=(0,))))


def test_it_measures_momentum_whatever_the_settings_train_with():
    settings = measurable(TrainingSettings(optimiser="adam", momentum=0.0, weight_decay=0.1, warps=True))
    assert (settings.optimiser, settings.momentum, settings.weight_decay, settings.warps) == (
        "sgd",
        0.9,
        0.0,
        False,
    )


@pytest.mark.parametrize("hidden", [(4096, 4096), ()], ids=str)
def test_a_turn_of_a_large_network_is_short(hidden, monkeypatch):
    counted = []
    monkeypatch.setattr(
        "engine.lesson.tricks._prepared",
        lambda _trick, images, _labels, settings: (
            counted.append(len(images) // settings.batch_size) or (lambda: 1)
        ),
    )
    list(measure_tricks(TrainingSettings(hidden=hidden), rounds=1))
    assert set(counted) == {2 if hidden else 32}
