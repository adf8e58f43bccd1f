import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.adaptation.fine_tuning import FineTuned, FineTuningSettings, fine_tune
from engine.adaptation.rehearsal import own_answers, rehearsal_of, write_rehearsal
from engine.cli.read import load_shipped
from engine.data.digits import Digits, Standardisation
from engine.data.handwriting.synthetic_digits import random_ink
from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.data.sources import MNIST, TrainingData, load_training_data
from engine.errors import DataError, SettingsError
from engine.models.model import Model
from engine.nn.network import Architecture, Network
from engine.preprocessing.ink import Ink, Point
from engine.settings import TrainingSettings
from engine.training.fit import StepsCompleted, fit
from engine.training.learner import architecture_of
from engine.training.run import finish_model
from resources.shipped_network.judging import digit_probabilities
from resources.shipped_network.marks import make_marks
from resources.shipped_network.samples import pictures_of
from tests.engine.digit_sets import small_set

QUICK = FineTuningSettings(copies=400, rehearsed=6_000, batch_size=64, learning_rate=0.03, most_lost=0.01)


@cache
def known() -> TrainingData:
    training, validation = small_set(8_000).split(1_000, seed=0)
    return TrainingData(training, validation, None, Standardisation.of(training))


@cache
def able_model() -> Model:
    """A small network that reads built-in handwriting."""
    settings = TrainingSettings(hidden=(200,), epochs=8, batch_size=64)
    data = known()
    *_, last = fit(data.training, data.validation, settings, data.standardisation)
    return finish_model(data, settings, architecture_of(settings), last.weights)


def drawn(labels: list[int], first_seed: int, turn_degrees: float = 0.0) -> PenDigits:
    """Drawings of one hand, which turns all that it writes."""
    cosine, sine = math.cos(math.radians(turn_degrees)), math.sin(math.radians(turn_degrees))
    inks = []
    for seed, label in enumerate(labels, start=first_seed):
        strokes = random_ink(label, seed).strokes
        inks.append(
            Ink(
                tuple(
                    tuple(Point(x * cosine - y * sine, x * sine + y * cosine) for x, y, *_ in stroke)
                    for stroke in strokes
                )
            )
        )
    return PenDigits(tuple(inks), tuple(labels), ("me",) * len(labels))


def taught(drawings: PenDigits, held_out: PenDigits | None = None, **changes: int) -> FineTuned:
    *_, last = fine_tune(able_model(), drawings, known(), held_out, replace(QUICK, **changes))
    assert isinstance(last, FineTuned)
    return last


def lying_sevens(count: int, first_seed: int) -> PenDigits:
    return drawn([7] * count, first_seed, turn_degrees=90)


def test_an_odd_seven_is_learned_from_five_drawings_and_the_rest_is_not_forgotten():
    done = taught(lying_sevens(5, 100), lying_sevens(40, 200))
    assert done.before.held_out <= 0.3
    assert done.after.held_out >= 0.6
    assert done.before.known >= 0.9
    assert done.after.known >= done.before.known - 0.01


def test_drawings_of_one_digit_alone_do_not_make_others_into_it():
    others = drawn([0, 1, 2, 3, 4, 5, 6, 8, 9] * 10, 300)
    alike = drawn([7] * 5, 100)
    done = taught(alike, others)
    assert done.before.held_out >= 0.9
    assert done.after.held_out >= done.before.held_out - 0.03


def test_a_hand_that_writes_everything_aslant_is_read_better():
    every_digit = list(range(10))
    done = taught(drawn(every_digit * 3, 100, -40), drawn(every_digit * 20, 400, -40), copies=1_500)
    assert done.after.held_out >= done.before.held_out + 0.1


def test_the_network_that_was_started_from_is_left_as_it_is():
    before = {name: weights.clone() for name, weights in able_model().weights.items()}
    done = taught(lying_sevens(2, 100))
    assert all(torch.equal(before[name], weights) for name, weights in able_model().weights.items())
    assert any(not torch.equal(before[name], weights) for name, weights in done.model.weights.items())


def test_the_same_seed_teaches_the_same_and_another_one_does_not():
    first, again, other = (taught(lying_sevens(3, 100), seed=seed).model.weights for seed in (1, 1, 2))
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert any(not torch.equal(first[name], other[name]) for name in first)


def test_steps_are_told_in_order_and_the_network_comes_last():
    *steps, last = fine_tune(able_model(), lying_sevens(3, 100), known(), None, QUICK)
    assert all(isinstance(each, StepsCompleted) for each in steps)
    assert [each.first_step for each in steps] == sorted({each.first_step for each in steps})
    assert steps[-1].first_step + len(steps[-1].losses) == steps[-1].total_steps
    assert isinstance(last, FineTuned)


def test_nothing_goes_on_when_the_next_result_is_not_asked_for():
    lesson = fine_tune(able_model(), lying_sevens(3, 100), known(), None, QUICK, report_interval_s=0)
    first = next(lesson)
    assert isinstance(first, StepsCompleted)
    assert len(first.losses) == 1 < first.total_steps
    lesson.close()
    with pytest.raises(StopIteration):
        next(lesson)


def test_without_held_out_drawings_there_is_no_figure_for_them():
    nothing = PenDigits((), (), ())
    for held_out in (None, nothing):
        done = taught(lying_sevens(2, 100), held_out)
        assert done.before.held_out is None
        assert done.after.held_out is None


def test_the_new_network_says_what_it_learned_from():
    model = taught(drawn([3], 100), drawn([3], 200)).model
    assert model.provenance.data == "built-in handwriting, then 1 drawing and built-in handwriting"
    assert model.name == f"{able_model().name}, taught 1 drawing"
    assert model.provenance.test_accuracy is None  # nothing was measured on MNIST
    assert model.architecture == able_model().architecture
    assert model.standardisation == able_model().standardisation


DOT = Ink(((Point(1.0, 1.0),),))


@pytest.mark.parametrize(
    ("inks", "labels", "sentence"),
    [
        ((), (), "no drawings to learn from"),
        ((DOT, Ink()), (1, 2), "Drawing 2 has no ink"),
        ((DOT, Ink(((),))), (1, 2), "Drawing 2 has no ink"),
        ((DOT,), (10,), "Drawing 1 is labelled 10"),
        ((DOT, DOT), (0, -1), "Drawing 2 is labelled -1"),
        ((DOT,), (True,), "Drawing 1 is labelled True"),
        ((DOT,), (2.0,), "Drawing 1 is labelled 2.0"),
    ],
)
def test_bad_drawings_are_refused_before_anything_is_learned(inks, labels, sentence):
    bad = PenDigits(inks, labels, ("me",) * len(inks))
    with pytest.raises(DataError, match=sentence):
        next(fine_tune(able_model(), bad, known()))
    if inks:
        with pytest.raises(DataError, match=sentence):
            next(fine_tune(able_model(), drawn([1], 1), known(), held_out=bad))


@pytest.mark.parametrize(
    "field", ["variants", "copies", "rehearsed", "batch_size", "learning_rate", "most_lost", "seed"]
)
def test_settings_that_make_no_sense_are_refused(field):
    with pytest.raises(SettingsError) as refused:
        next(fine_tune(able_model(), drawn([1], 1), known(), None, replace(QUICK, **{field: -1})))
    assert refused.value.field == field


def test_a_network_that_does_not_read_digits_is_refused():
    architecture = Architecture((784, 20, 3))
    letters = replace(able_model(), architecture=architecture, weights=Network(architecture).snapshot())
    with pytest.raises(SettingsError, match="does not read digits"):
        next(fine_tune(letters, drawn([1], 1), known(), None, QUICK))


def test_a_dot_can_be_learned_from():
    taught(PenDigits((DOT,), (1,), ("me",)))


def test_without_mnist_built_in_handwriting_is_rehearsed():
    written = write_rehearsal()
    handwriting = rehearsal_of(able_model(), written)
    assert handwriting.test is None
    assert handwriting.training.name == "built-in handwriting"
    model = replace(able_model(), provenance=replace(able_model().provenance, data="something else"))
    answers = rehearsal_of(model, written)
    assert answers.training.name == "its own answers to built-in handwriting"
    *_, last = fine_tune(model, lying_sevens(5, 100), answers, lying_sevens(40, 200), QUICK)
    assert isinstance(last, FineTuned)
    assert last.before.known >= 0.9
    assert last.after.known >= last.before.known - 0.01
    assert last.after.held_out >= 0.6


def test_own_answers_are_those_of_the_network_right_or_wrong():
    digits = small_set(300, seed=11)
    wrong = Digits(digits.images, (digits.labels + 1) % 10, digits.name)
    answers = own_answers(able_model(), wrong)
    assert torch.equal(answers.images, digits.images)
    assert float((answers.labels == digits.labels).float().mean()) >= 0.9


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.slow), 5])
def test_the_shipped_network_learns_a_real_hand_and_keeps_mnist(
    every: int, mnist_folder: Path, pen_digits_file: Path
):
    mnist = load_training_data(MNIST, mnist_folder)
    mnist = replace(
        mnist,
        training=mnist.training.take(torch.arange(0, len(mnist.training), every)),
        test=mnist.test.take(torch.arange(0, len(mnist.test), every)),
    )
    everybody = load_pen_digits(pen_digits_file)
    drawings = everybody.where([writer == "ibm/r03-09" for writer in everybody.writers])
    shipped = load_shipped()
    learned, held_out = drawings.split_in_order(one_in=2)
    *_, last = fine_tune(shipped, learned, mnist, held_out)
    assert isinstance(last, FineTuned)
    assert last.after.held_out >= last.before.held_out
    assert last.after.known >= last.before.known - 0.001
    assert last.model.provenance.test_accuracy == last.after.known
    assert last.model.provenance.attribution.count("MNIST:") == 1


def test_a_lesson_leaves_what_is_no_digit_alone():
    """Digits alone are learned, but the logits keep their height beside the 0 of none of the ten."""
    shipped = load_shipped()
    marks = pictures_of(make_marks(400, np.random.default_rng(5)))
    digits = small_set(400)
    *_, done = fine_tune(shipped, drawn([*range(10)] * 2, 700, 15.0), known(), settings=QUICK)
    assert isinstance(done, FineTuned)
    assert done.model.digit_threshold == shipped.digit_threshold is not None
    shares = []
    for model in (shipped, done.model):
        network = Network.from_weights(model.architecture, model.weights)
        of_marks, of_digits = (
            digit_probabilities(network, model.standardisation, images) for images in (marks, digits.images)
        )
        taken = float((of_marks >= shipped.digit_threshold).double().mean())
        refused = float((of_digits < shipped.digit_threshold).double().mean())
        shares.append((taken, refused))
    assert shares[1][0] <= shares[0][0] + 0.05
    assert shares[1][1] <= shares[0][1] + 0.02
