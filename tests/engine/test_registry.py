"""Adding is easy: a stand-in of an activation, an optimiser and a data source, each with one entry alone."""

from dataclasses import replace

import pytest
import torch

from engine.cli.command_line import main
from engine.data.digits import Standardisation
from engine.data.sources import DATA_SOURCES, DataSource, TrainingData, load_training_data, source_of
from engine.explain.explanation import explain
from engine.lesson.level_source import level_source
from engine.models.assumptions import Assumption
from engine.models.model_file import load_model
from engine.models.network_files import write_network
from engine.nn.activations import Activation
from engine.nn.network import Network
from engine.nn.registry import ACTIVATIONS, OPTIMISERS, ActivationEntry, OptimiserEntry
from engine.settings import LEVELS, TrainingSettings
from engine.training.fit import fit
from engine.training.many.fit import fit_many
from engine.training.many.variants import Variant
from tests.engine.digit_sets import small_set


class Softplus(Activation):
    """``log(1 + exp(x))``."""

    def __call__(self, inputs):
        return torch.logaddexp(inputs, torch.zeros_like(inputs))

    def derivative(self, outputs):
        return 1 - torch.exp(-outputs)


class RMSprop:
    """Divides each gradient by the root of a running mean of its squares."""

    def __init__(self, parameters, learning_rate, momentum, weight_decay):
        self.parameters = list(parameters)
        self.learning_rate = learning_rate
        self._momentum = momentum
        self._squares = [torch.zeros_like(parameter) for parameter in self.parameters]
        self._velocities = [torch.zeros_like(parameter) for parameter in self.parameters]

    @torch.no_grad()
    def step(self):
        for parameter, square, velocity in zip(self.parameters, self._squares, self._velocities, strict=True):
            square.mul_(0.99).addcmul_(parameter.grad, parameter.grad, value=0.01)
            velocity.mul_(self._momentum).addcdiv_(parameter.grad, square.sqrt().add(1e-8))
            parameter.sub_(self.learning_rate * velocity)


def made_of_dots(_folder, _on_progress, _is_cancelled, _kept_in):
    training = replace(small_set(400, seed=1), name="a small set")
    validation = small_set(200, seed=5)
    return TrainingData(training, validation, None, Standardisation.of(training), "Nobody")


@pytest.fixture
def softplus(monkeypatch):
    entry = ActivationEntry("softplus", f"{__name__}:Softplus", "Softplus", "Softplus")
    monkeypatch.setitem(ACTIVATIONS, "softplus", entry)


@pytest.fixture
def rmsprop(monkeypatch):
    entry = OptimiserEntry(
        "RMSprop",
        0.001,
        f"{__name__}:RMSprop",
        "RMSprop",
        lambda momentum, weight_decay: {"momentum": momentum, "weight_decay": weight_decay},
    )
    monkeypatch.setitem(OPTIMISERS, "rmsprop", entry)


@pytest.fixture
def dots(monkeypatch):
    monkeypatch.setitem(DATA_SOURCES, "dots", DataSource("Dots", "a small set", made_of_dots))


def trained(path, *arguments):
    """A network of two epochs on the dots, trained on the command line."""
    quick = ("--data", "dots", "--hidden", "12", "--epochs", "2", "--device", "cpu", "--threads", "1")
    assert main(["train", *quick, "--batch-size", "50", *map(str, arguments), "--output", str(path)]) == 0
    return load_model(path)


@pytest.fixture
def train(tmp_path, dots):
    threads = torch.get_num_threads()
    yield lambda *arguments: trained(tmp_path / "network.safetensors", *arguments)
    torch.set_num_threads(threads)


@pytest.mark.parametrize("level", LEVELS)
def test_an_activation_of_one_class_and_one_entry_trains_at_every_level(train, softplus, level):
    model = train("--activation", "softplus", "--level", level)
    assert model.architecture.activation == "softplus"
    assert model.provenance.validation_accuracy > 0.3
    expected = train("--activation", "softplus", "--level", 5)
    for name, weights in expected.weights.items():
        torch.testing.assert_close(model.weights[name], weights, rtol=1e-3, atol=1e-4)


def test_such_an_activation_is_explained_shown_and_written_to_every_kind_of_file(train, softplus, tmp_path):
    model = train("--activation", "softplus")
    network = Network.from_weights(model.architecture, model.weights)
    vector = small_set(1).intensities()[0].numpy()
    explained = explain(network, model.standardisation, vector)
    total = explained.baseline + explained.contributions.sum()
    assert total == pytest.approx(explained.score, abs=1e-3)
    parts = {part.title: part for part in level_source(TrainingSettings(activation="softplus"))}
    assert "class Softplus(Activation):" in parts["Gradients"].lines
    assert "softplus" in TrainingSettings(activation="softplus").differences()
    assert Assumption("softplus").describe(True).startswith("softplus and ")
    for suffix in ("pt", "onnx"):
        write_network(model, tmp_path / f"network.{suffix}")
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession((tmp_path / "network.onnx").read_bytes())
    logits, _ = session.run(None, {"pixels": vector[None]})
    expected = network(model.standardisation(torch.from_numpy(vector)[None])).detach()
    torch.testing.assert_close(torch.from_numpy(logits), expected, rtol=1e-3, atol=1e-3)


def test_many_networks_train_with_such_an_optimiser(rmsprop):
    settings = TrainingSettings((12,), epochs=1, batch_size=50, optimiser="rmsprop", learning_rate=0.001)
    digits = small_set()
    trials = [settings, replace(settings, seed=2, learning_rate=0.002, momentum=0.5)]
    variants = [Variant.of(trial) for trial in trials]
    (done,) = fit_many(digits, digits, settings, Standardisation.of(digits), variants)
    for trial, network in zip(trials, done.networks, strict=True):
        *_, alone = fit(digits, digits, trial, Standardisation.of(digits))
        assert network.figures.validation_loss == pytest.approx(alone.validation_loss, rel=1e-3)


def test_many_networks_train_with_such_an_activation(softplus):
    settings = TrainingSettings((12,), "softplus", 1, 50)
    digits = small_set()
    (done,) = fit_many(digits, digits, settings, Standardisation.of(digits), [Variant(1, 0.05)])
    assert done.validation_accuracies[0] > 0.3


@pytest.mark.parametrize("level", LEVELS)
def test_an_optimiser_of_one_class_and_one_entry_trains_at_every_level(train, rmsprop, level):
    model = train("--optimiser", "rmsprop", "--level", level)
    assert model.provenance.validation_accuracy > 0.3
    assert "RMSprop" in model.name
    assert "rate" not in model.name  # the usual one is that of the entry
    expected = train("--optimiser", "rmsprop", "--level", 7)
    for name, weights in expected.weights.items():
        torch.testing.assert_close(model.weights[name], weights, rtol=1e-2, atol=1e-3)
    settings = TrainingSettings(optimiser="rmsprop", level=level)
    (source,) = [part for part in level_source(settings) if part.title == "Optimiser"]
    assert source.is_library == (level < 5)


def test_a_data_source_of_one_function_and_one_entry_is_trained_on(train, tmp_path, capsys):
    model = train()
    assert model.provenance.attribution == "Nobody"
    assert "on 400 digits (a small set)" in capsys.readouterr().err
    assert source_of("a small set") == "dots"
    assert source_of("unheard of") == ""
    assert len(load_training_data("dots", tmp_path).training) == 400


@pytest.mark.parametrize("name", DATA_SOURCES)
def test_each_source_says_what_its_training_set_is_called(name, monkeypatch, request):
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 100)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_HELD_OUT", 20)
    folder = (
        request.getfixturevalue("mnist_folder") if name == "mnist" else request.getfixturevalue("tmp_path")
    )
    assert source_of(load_training_data(name, folder).training.name) == name


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_entry_leads_to_a_layer_and_to_the_library_s(name):
    entry = ACTIVATIONS[name]
    inputs = torch.linspace(-3, 3, 13)
    torch.testing.assert_close(entry.layer_class()(inputs), getattr(torch.nn, entry.torch_nn)()(inputs))
