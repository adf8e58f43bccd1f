"""The network of letters and digits that comes with the program."""

from pathlib import Path

import pytest

import resources
from engine.models.model import Model
from engine.models.model_file import load_model
from resources.letters_network.figures import figures_of
from resources.letters_network.writings import LETTERS_AND_DIGITS, load_writings

WEIGHTS = resources.path("weights", "letters.safetensors")


@pytest.fixture(scope="module")
def letters() -> Model:
    return load_model(WEIGHTS)


def test_the_file_is_small_and_says_what_it_reads_and_whom_it_learned_from(letters: Model) -> None:
    assert WEIGHTS.stat().st_size <= 3_000_000
    assert letters.classes == LETTERS_AND_DIGITS
    assert "LeCun" in letters.provenance.attribution
    assert "International Unipen Foundation, CC BY 4.0" in letters.provenance.attribution


def test_it_reads_writers_it_never_learned_from(letters: Model, data_folder: Path) -> None:
    _, judges = load_writings(data_folder, is_choosing=False)
    found = figures_of(letters, judges.normalised())
    assert found.capitals >= 0.945
    assert found.together >= 0.945
    assert found.digits >= 0.96
