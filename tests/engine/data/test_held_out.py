import pytest
import torch

from engine.data import held_out
from engine.data.handwriting.written_digits import Handwriting
from engine.data.held_out import load_held_out
from engine.data.sources import HANDWRITING, load_training_data
from engine.errors import DataError


def test_mnist_is_judged_on_where_it_is(mnist_folder):
    sets = load_held_out(mnist_folder)
    assert (len(sets.test), len(sets.validation)) == (10_000, 5_000)
    assert sets.name == "MNIST's test set"


def test_without_it_handwriting_is_that_nothing_was_trained_on(tmp_path, monkeypatch):
    monkeypatch.setattr(held_out, "HANDWRITING_COUNT", 300)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 1200)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_HELD_OUT", 200)
    sets = load_held_out(tmp_path)
    assert "MNIST is not on this computer" in sets.name
    assert (len(sets.test), len(sets.validation)) == (300, 300)
    learned = {image.tobytes() for image in load_training_data(HANDWRITING, tmp_path).training.images.numpy()}
    judged = {image.tobytes() for part in (sets.test, sets.validation) for image in part.images.numpy()}
    assert len(judged) == 600
    assert not learned & judged


def test_what_was_written_for_it_is_kept_beside_what_is_trained_on(tmp_path, monkeypatch):
    monkeypatch.setattr(held_out, "HANDWRITING_COUNT", 300)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 600)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_HELD_OUT", 100)
    folder = tmp_path / "kept"
    sets = load_held_out(tmp_path, kept_in=folder)
    training = load_training_data(HANDWRITING, tmp_path, kept_in=folder).training
    assert sorted(path.name for path in folder.iterdir()) == ["digits-600-1.npz", "digits-600-2.npz"]
    parts = []
    write_part = Handwriting.write_part
    monkeypatch.setattr(Handwriting, "write_part", lambda writing: (parts.append(1), write_part(writing)))
    again = load_held_out(tmp_path, kept_in=folder)
    assert len(parts) == 1
    assert torch.equal(again.test.images, sets.test.images)
    assert torch.equal(again.validation.labels, sets.validation.labels)
    trained_again = load_training_data(HANDWRITING, tmp_path, kept_in=folder).training
    assert len(parts) == 2
    assert torch.equal(trained_again.images, training.images)


def test_it_can_be_given_up(tmp_path):
    with pytest.raises(DataError):
        load_held_out(tmp_path, is_cancelled=lambda: True)
