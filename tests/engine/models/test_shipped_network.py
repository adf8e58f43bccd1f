from pathlib import Path

import numpy as np
import pytest
import torch

import resources
from engine.cli.evaluate import measure, renormalise
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.data.mnist.digit_data import load_mnist_test
from engine.data.pen_digits import load_pen_digits
from engine.models.model import Model
from engine.models.model_file import load_model
from engine.nn.network import Network
from resources.shipped_network.judging import digit_probabilities, refusals
from resources.shipped_network.marks import make_marks
from resources.shipped_network.samples import digits_of, load_writers, pictures_of

WEIGHTS = resources.path("weights", "shipped.safetensors")


@pytest.fixture(scope="module")
def shipped() -> Model:
    return load_model(WEIGHTS)


def test_file_is_small() -> None:
    assert WEIGHTS.stat().st_size <= 3_000_000


def test_data_are_attributed(shipped: Model) -> None:
    assert "LeCun" in shipped.provenance.attribution
    assert "International Unipen Foundation, CC BY 4.0" in shipped.provenance.attribution


def test_reads_mnist_as_well_as_it_says(shipped: Model, mnist_folder: Path) -> None:
    accuracy = measure(shipped, load_mnist_test(mnist_folder)).accuracy
    assert accuracy >= 0.992
    assert accuracy == pytest.approx(shipped.provenance.test_accuracy, abs=5e-4)  # other processors round


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.slow), 10])
def test_loses_little_by_normalising_again(every: int, shipped: Model, mnist_folder: Path) -> None:
    test = load_mnist_test(mnist_folder)
    test = test.take(torch.arange(0, len(test), every))
    lost = measure(shipped, test).accuracy - measure(shipped, renormalise(test)).accuracy
    assert lost <= 0.003


def test_reads_writers_it_never_learned_from(shipped: Model, pen_digits_file: Path) -> None:
    unknown = load_pen_digits(pen_digits_file).split_by_writer()[1]
    assert measure(shipped, unknown.normalised()).accuracy >= 0.98


def test_letters_of_strangers_are_no_digits(shipped: Model, data_folder: Path) -> None:
    _, judges = load_writers(data_folder, is_choosing=False)
    network = Network.from_weights(shipped.architecture, shipped.weights)
    digits, letters = (
        digit_probabilities(network, shipped.standardisation, images)
        for images in (digits_of(judges).images, pictures_of(judges.letters.drawings))
    )
    told = refusals(digits, letters)
    assert told.area >= 0.985
    assert told.accepted <= 0.1
    assert shipped.digit_threshold is not None
    assert (digits < shipped.digit_threshold).double().mean() <= 0.015


def test_marks_are_no_digits_and_built_in_digits_are(shipped: Model) -> None:
    """Needs no data: what everybody can try."""
    assert shipped.digit_threshold is not None
    network = Network.from_weights(shipped.architecture, shipped.weights)
    marks = pictures_of(make_marks(500, np.random.default_rng(99)))
    taken = digit_probabilities(network, shipped.standardisation, marks) >= shipped.digit_threshold
    assert taken.double().mean() <= 0.06
    built_in = make_handwriting(500, 99)
    refused = digit_probabilities(network, shipped.standardisation, built_in.images) < shipped.digit_threshold
    assert refused.double().mean() <= 0.03
    assert measure(shipped, built_in).accuracy >= 0.97
