"""What a state dict does not say is tried out on digits, and the way that it was trained reads best."""

from itertools import pairwise

import pytest
import torch
from torch import nn

from engine.data.digits import Standardisation
from engine.data.trial_digits import trial_digits
from engine.errors import SettingsError
from engine.models.assumptions import (
    PIXELS,
    Assumption,
    assume,
    describe_best,
    describe_pixels,
    try_assumptions,
)
from engine.models.model_file import load_model, save_model
from engine.models.network_files import open_network
from tests.engine.digit_sets import small_set

PLAIN = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


@pytest.fixture(scope="module")
def digits():
    return small_set(1_500)


def trained(digits, sizes, activation, standardise):
    """A plain network that has learned these digits, prepared in its own way."""
    with torch.random.fork_rng():
        torch.manual_seed(1)
        layers = [layer for pair in pairwise(sizes) for layer in (nn.Linear(*pair), PLAIN[activation]())][:-1]
        network = nn.Sequential(*layers)
        inputs = standardise(digits.intensities())
        optimiser = torch.optim.Adam(network.parameters(), 0.001 if inputs.max() > 10 else 0.01)
        for _ in range(60):
            optimiser.zero_grad()
            nn.functional.cross_entropy(network(inputs), digits.labels).backward()
            optimiser.step()
    return network


@pytest.mark.parametrize(
    ("activation", "pixels"),
    [("relu", "0 to 1"), ("relu", "0 to 255"), ("tanh", "Normalize(0.1307, 0.3081)"), ("sigmoid", "−1 to 1")],
)
def test_the_way_it_was_trained_is_named_and_taken(activation, pixels, digits, tmp_path):
    network = trained(digits, (784, 32, 10), activation, PIXELS[pixels])
    torch.save(network.state_dict(), tmp_path / "theirs.pt")
    opened = open_network(tmp_path / "theirs.pt")
    trials = try_assumptions(opened.model, digits)
    own = Assumption(activation, PIXELS[pixels])
    # Ways so alike that they read the same are as good.
    best = [trial.assumption for trial in trials if trial.accuracy >= trials[0].accuracy - 0.01]
    assert trials[0].accuracy > 0.8
    assert own in best
    accuracies = [trial.accuracy for trial in trials[1:]]
    assert accuracies == sorted(accuracies, reverse=True)
    assert len(trials) == 20
    model = assume(opened.model, own)
    save_model(model, tmp_path / "kept.safetensors")
    again = load_model(tmp_path / "kept.safetensors")
    assert again.architecture.activation == activation
    assert again.provenance.data.endswith(f"; assumed: {own.describe()}")


def test_silence_about_it_costs_many_digits(digits, tmp_path):
    network = trained(digits, (784, 32, 10), "tanh", PIXELS["−1 to 1"])
    torch.save(network.state_dict(), tmp_path / "theirs.pt")
    trials = try_assumptions(open_network(tmp_path / "theirs.pt").model, digits)
    by_assumption = {trial.assumption: trial.accuracy for trial in trials}
    assert trials[0].accuracy > by_assumption[Assumption()] + 0.1


def test_without_hidden_layers_there_is_no_activation_to_ask_about(digits, tmp_path):
    torch.save(nn.Sequential(nn.Linear(784, 10)).state_dict(), tmp_path / "theirs.pt")
    trials = try_assumptions(open_network(tmp_path / "theirs.pt").model, digits)
    assert {trial.assumption.activation for trial in trials} == {"relu"}
    sentence = describe_best("theirs.pt", trials, "digits", has_hidden_layers=False)
    assert sentence.startswith("theirs.pt does not say how its pixels were prepared")


def test_sentences():
    assert describe_pixels(PIXELS["0 to 255"]) == "from 0 to 255"
    assert describe_pixels(Standardisation(0.2, 0.3)) == "with mean 0.2 and deviation 0.3"
    assert Assumption("tanh", PIXELS["Normalize(0.1307, 0.3081)"]).describe() == (
        "tanh and pixels prepared by Normalize(0.1307, 0.3081)"
    )
    assert describe_best("theirs.pt", [], "digits", True).endswith("ReLU and pixels from 0 to 1 are assumed.")


@pytest.mark.parametrize("standardisation", [(0, 0), (-0.1, 1), (0, 2), (float("nan"), 1)])
def test_pixels_that_cannot_be_are_refused(standardisation, digits, tmp_path):
    torch.save(nn.Sequential(nn.Linear(784, 10)).state_dict(), tmp_path / "theirs.pt")
    model = open_network(tmp_path / "theirs.pt").model
    with pytest.raises(SettingsError):
        assume(model, Assumption("relu", Standardisation(*standardisation)))


def test_a_network_that_reads_no_digits_is_taken_in_the_most_usual_way(digits, tmp_path):
    state = {"0.weight": torch.zeros(10, 784), "0.bias": torch.zeros(10)}
    torch.save(state, tmp_path / "theirs.pt")
    trials = try_assumptions(open_network(tmp_path / "theirs.pt").model, digits)
    assert trials[0].assumption == Assumption()
    assert "it may have learned something else" in describe_best("theirs.pt", trials, "digits", False)


def test_a_cancelled_trial_ends_between_two_ways(digits, tmp_path):
    torch.save(nn.Sequential(nn.Linear(784, 10)).state_dict(), tmp_path / "theirs.pt")
    assert try_assumptions(open_network(tmp_path / "theirs.pt").model, digits, lambda: True) == []


def test_digits_to_try_on_are_always_at_hand(tmp_path):
    written, name = trial_digits(tmp_path)
    assert (len(written), name) == (1_000, "digits generated by the program")
    assert len(trial_digits(None)[0]) == 1_000


def test_digits_to_try_on_are_mnist_s_where_it_is(mnist_folder):
    digits, name = trial_digits(mnist_folder)
    assert (len(digits), name) == (2_000, "MNIST’s test digits")


def test_of_ways_that_differ_by_chance_the_usual_one_is_taken(digits, tmp_path):
    network = trained(digits, (784, 32, 10), "relu", PIXELS["0 to 1"])
    torch.save(network.state_dict(), tmp_path / "theirs.pt")
    trials = try_assumptions(open_network(tmp_path / "theirs.pt").model, small_set(1_000, seed=8))
    assert trials[0].assumption == Assumption()
