from pathlib import Path

import pytest
import torch

import resources
from engine.cli.evaluate import measure, renormalise
from engine.data.digit_data import load_mnist_test
from engine.data.pen_digits import load_pen_digits
from engine.models.model import Model
from engine.models.model_file import load_model

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
