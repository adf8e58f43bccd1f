"""Signs of one's own, learned from five drawings of each."""

from dataclasses import replace

import numpy as np
import pytest

import resources
from engine.adaptation.new_signs import NewSignsSettings, learn_signs
from engine.data.classes import Classes
from engine.data.pen_digits import PenDigits
from engine.data.stroke_augmentation import StrokeWarps
from engine.errors import DataError, SettingsError
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model
from engine.models.model_file import is_same_model, load_model, save_model
from engine.nn.network import Architecture, Network
from engine.preprocessing.ink import Ink
from engine.training.fit import StepsCompleted

SIGNS = Classes(("plus", "minus", "times"))
SHAPES = (
    [[[0, 5], [10, 5]], [[5, 0], [5, 10]]],
    [[[0, 5], [10, 5]]],
    [[[0, 0], [10, 10]], [[10, 0], [0, 10]]],
)


def drawn(of_each, seed=0):
    """Signs as a hand draws them, never twice the same."""
    random, warp = np.random.default_rng(seed), StrokeWarps()
    inks, labels = [], []
    for label, shape in enumerate(SHAPES):
        for _ in range(of_each):
            strokes = warp([np.linspace(*stroke, 12) for stroke in shape], random)
            inks.append(Ink.from_lists([stroke.tolist() for stroke in strokes]))
            labels.append(label)
    return PenDigits(tuple(inks), tuple(labels), ("me",) * len(inks), SIGNS, "my signs")


@pytest.fixture(scope="module")
def start() -> Model:
    return load_model(resources.path("weights", "shipped.safetensors"))


def test_five_drawings_of_each_suffice(start, tmp_path):
    before = {name: weights.clone() for name, weights in start.weights.items()}
    *steps, model = learn_signs(start, drawn(5), report_interval_s=0)
    assert all(isinstance(step, StepsCompleted) for step in steps)
    assert model.classes == SIGNS
    assert model.name == "my signs: plus, minus, times"
    network = Network.from_weights(model.architecture, model.weights)
    others = drawn(30, seed=1).normalised()
    assert predictions_of(network, others, model.standardisation).accuracy >= 0.95
    assert all(weights.equal(start.weights[name]) for name, weights in before.items())
    save_model(model, tmp_path / "signs.safetensors")
    assert is_same_model(load_model(tmp_path / "signs.safetensors"), model)


def test_the_same_seed_is_the_same_network_and_it_can_be_stopped(start):
    quick = NewSignsSettings(copies=60, epochs=1)
    one, other = (list(learn_signs(start, drawn(2), quick, name="mine"))[-1] for _ in range(2))
    assert is_same_model(one, replace(other, provenance=one.provenance))
    *steps, stopped = learn_signs(start, drawn(2), is_stopped=lambda: True, report_interval_s=0)
    assert len(steps) == 1
    assert stopped.classes == SIGNS


def test_what_cannot_be_learned_is_one_sentence(start):
    few = drawn(2)
    with pytest.raises(DataError, match="1 drawing of “times”"):
        next(learn_signs(start, few.where([True] * 5 + [False])))
    with pytest.raises(DataError, match="no ink"):
        next(learn_signs(start, replace(few, inks=(Ink(()), *few.inks[1:]))))
    shallow = Architecture((784, 10))
    plain = replace(start, architecture=shallow, weights=Network(shallow).snapshot())
    with pytest.raises(SettingsError, match="choose another one"):
        next(learn_signs(plain, few))
