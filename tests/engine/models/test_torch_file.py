"""Files of torch.save from anywhere: taken where they are clear, else refused with the true reason."""

import io
import struct
import zipfile
from itertools import pairwise

import pytest
import torch
from torch import nn

from engine.errors import ModelFileError
from engine.models.network_files import open_network, read_network
from engine.models.pickle_outline import OutlineError, pickle_outline


class Named(nn.Module):
    """A network as a course writes it."""

    def __init__(self, bias=True):
        super().__init__()
        self.fc1 = nn.Linear(784, 12, bias=bias)
        self.fc2 = nn.Linear(12, 10, bias=bias)

    def forward(self, pixels):
        return self.fc2(torch.relu(self.fc1(pixels)))


class Convolutional(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 3, 3)
        self.last = nn.Linear(100, 10)


class Setting:
    """What somebody kept beside a network; a class that nobody else has."""


NETWORK = Named()
STATE = NETWORK.state_dict()
ADAM = torch.optim.Adam(NETWORK.parameters())
NETWORK(torch.rand(3, 784)).sum().backward()
ADAM.step()

CLEAR = {
    "other names": STATE,
    "a prefix": {f"module.{name}": tensor for name, tensor in STATE.items()},
    "parameters": dict(NETWORK.named_parameters()),
    "a checkpoint": {
        "epoch": 3,
        "model_state_dict": STATE,
        "optimizer_state_dict": ADAM.state_dict(),
        "loss": 0.3,
    },
    "under state_dict": {"setting": Setting(), "state_dict": STATE},
    "under model": {"model": STATE, "args": ["--fast"]},
    "under a name of its own": {"best": STATE, "epoch": 7},
    "double": {name: tensor.double() for name, tensor in STATE.items()},
    "half": {name: tensor.half() for name, tensor in STATE.items()},
    "bfloat16": {name: tensor.bfloat16() for name, tensor in STATE.items()},
    "biases first": {name: STATE[name] for name in ("fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight")},
    "neither names nor turned": {
        "W1": STATE["fc1.weight"].T.contiguous(),
        "b1": STATE["fc1.bias"],
        "W2": STATE["fc2.weight"].T.contiguous(),
        "b2": STATE["fc2.bias"],
    },
    "turned in memory": {name: tensor.t().contiguous().t() for name, tensor in STATE.items()},
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("is_old", [False, True], ids=["archive", "before 1.6"])
@pytest.mark.parametrize("what", CLEAR)
def test_what_is_clear_is_taken(what, is_old, tmp_path):
    path = tmp_path / "theirs.pt"
    torch.save(CLEAR[what], path, _use_new_zipfile_serialization=not is_old)
    opened = open_network(path)
    assert opened.is_assumed
    assert opened.model.architecture.sizes == (784, 12, 10)
    weights, expected = opened.model.weights["0.weights"], STATE["fc1.weight"].t()
    assert torch.equal(weights, expected) or what in ("half", "bfloat16")
    torch.testing.assert_close(weights, expected, rtol=0.01, atol=0.01)
    torch.testing.assert_close(opened.model.weights["1.bias"], STATE["fc2.bias"], rtol=0.01, atol=0.01)


def test_a_network_without_biases_has_biases_of_nothing(tmp_path):
    torch.save(Named(bias=False).state_dict(), tmp_path / "theirs.pt")
    assert not read_network(tmp_path / "theirs.pt").weights["0.bias"].any()


def test_ten_layers_stand_in_the_order_of_their_numbers(tmp_path):
    sizes = (784, *([12] * 11), 10)
    layers = {f"layers.{n}": nn.Linear(*pair) for n, pair in enumerate(pairwise(sizes))}
    shuffled = sorted(layers)  # "layers.10" before "layers.2"
    state = {
        f"{name}.{part}": value for name in shuffled for part, value in layers[name].state_dict().items()
    }
    torch.save(state, tmp_path / "theirs.pt")
    model = read_network(tmp_path / "theirs.pt")
    for number in range(12):
        assert torch.equal(model.weights[f"{number}.bias"], layers[f"layers.{number}"].bias)


def plain(**changed):
    return {"0.weight": torch.rand(10, 784), "0.bias": torch.rand(10), **changed}


REFUSED = {
    "a convolution": (Convolutional().state_dict, "has a convolution"),
    "a normalisation": (
        nn.Sequential(nn.Linear(784, 10), nn.BatchNorm1d(10)).state_dict,
        "batch normalisation",
    ),
    "a whole network": (lambda: nn.Linear(784, 10), "could run code"),
    "whole in a checkpoint": (lambda: {"model": nn.Linear(784, 10)}, "could run code"),
    "two networks": (lambda: {"one": plain(), "other": plain()}, "several networks"),
    "a list": (lambda: [torch.ones(3)], "is no state dict"),
    "sparse": (lambda: plain(**{"0.weight": torch.rand(10, 784).to_sparse()}), "a sparse tensor"),
    "meta": (lambda: plain(**{"0.weight": torch.rand(10, 784, device="meta")}), "without values"),
    "quantised": (
        lambda: plain(**{"0.weight": torch.quantize_per_tensor(torch.rand(10, 784), 0.1, 0, torch.qint8)}),
        "quantised",
    ),
    "complex": (lambda: plain(**{"0.weight": torch.rand(10, 784) + 1j}), "complex"),
    "strides of zero": (lambda: plain(**{"0.weight": torch.rand(1, 1).expand(10, 784)}), "a view"),
    "gigabytes by strides": (
        lambda: plain(**{"0.weight": torch.rand(1, 1).expand(1_000_000, 784)}),
        "too large",
    ),
    "thousands of layers": (
        lambda: {f"{n}.{part}": torch.ones(1) for n in range(1000) for part in ("weight", "bias")},
        "1,000 layers",
    ),
    "more than fits a step": (
        lambda: {"history": [1] * 200_000, **plain()},
        "far more than a network",
    ),
    "a name of 5,000 digits": (lambda: {"9" * 5000: torch.ones(3)}, "which is no weight"),
    "a number of 5,000 digits": (lambda: plain(epoch=[10**5000]), "theirs.pt"),
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_with_the_true_reason(what, tmp_path):
    make, reason = REFUSED[what]
    path = tmp_path / "theirs.pt"
    torch.save(make(), path)
    with pytest.raises(ModelFileError, match=reason) as refused:
        read_network(path)
    assert str(refused.value).startswith("theirs.pt ")
    assert len(str(refused.value)) < 300


# Newer releases of PyTorch warn by a FutureWarning.
@pytest.mark.filterwarnings("ignore:.*torch\\.jit:DeprecationWarning", "ignore:.*torch\\.jit:FutureWarning")
def test_torchscript_is_named_and_the_way_out_works(tmp_path):
    program = torch.jit.script(Named())
    program.save(tmp_path / "theirs.pt")
    with pytest.raises(ModelFileError, match=r"TorchScript.*torch\.jit\.load"):
        read_network(tmp_path / "theirs.pt")
    torch.save(torch.jit.load(tmp_path / "theirs.pt").state_dict(), tmp_path / "other.pt")
    assert read_network(tmp_path / "other.pt").architecture.sizes == (784, 12, 10)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!DOCTYPE html><html>Sign in</html>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "Git LFS"),
        (b"\x89HDF\r\n\x1a\n" + bytes(100), "HDF5"),
        (b'{"strokes": []}\n', "import it in Drawings"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        (b"hello", "a text"),
        (b"", "empty"),
    ],
)
def test_what_only_has_the_name_of_a_network_is_called_what_it_is(content, reason, tmp_path):
    (tmp_path / "theirs.pt").write_bytes(content)
    with pytest.raises(ModelFileError, match=rf"^theirs\.pt is .*{reason}"):
        read_network(tmp_path / "theirs.pt")


def archive_of(state):
    content = io.BytesIO()
    torch.save(state, content)
    return zipfile.ZipFile(content)


def rewritten(archive, path, compression=zipfile.ZIP_STORED, **changed):
    with zipfile.ZipFile(path, "w", compression) as other:
        for name in archive.namelist():
            content = changed.get(name.rpartition("/")[2], archive.read(name))
            other.writestr(name, content)


def test_an_archive_that_unpacks_to_more_than_it_is_is_refused_before_that(tmp_path):
    rewritten(archive_of(plain()), tmp_path / "theirs.pt", zipfile.ZIP_DEFLATED)
    with pytest.raises(ModelFileError, match="compressed"):
        read_network(tmp_path / "theirs.pt")


def test_a_storage_has_to_hold_what_is_asked_of_it(tmp_path):
    rewritten(archive_of(plain()), tmp_path / "theirs.pt", **{"0": b"\0" * 40})
    with pytest.raises(ModelFileError, match="damaged"):
        read_network(tmp_path / "theirs.pt")


def test_a_list_of_contents_beyond_measure_is_refused(tmp_path):
    rewritten(archive_of(plain()), tmp_path / "theirs.pt")
    content = bytearray((tmp_path / "theirs.pt").read_bytes())
    struct.pack_into("<I", content, content.rindex(b"PK\x05\x06") + 12, 2_000_000_000)
    (tmp_path / "theirs.pt").write_bytes(content)
    with pytest.raises(ModelFileError, match="damaged"):
        read_network(tmp_path / "theirs.pt")


@pytest.mark.parametrize(
    "pickle",
    [
        b"",
        b".",
        b"0.",
        b"(((.",
        b"\x80\x02q\x00.",
        b"cos\nsystem\n(S'true'\nt",
        b"\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7f.",
        b"\x80\x05\x96\xff\xff\xff\xff\xff\xff\xff\x7f.",
        b"\x80\x02r\xff\xff\xff\x7f.",
        b"L" + b"9" * 5000 + b"L\n.",
        b"(" * 99 + b"t" * 99 + b"\x85" * 90_000,
        b"\x80\x02}" + b"\x85" * 50_000 + b"K\x01s.",
        b"S'\\9'\n.",
        b"\x80\x02K\x01.",
    ],
)
def test_a_pickle_of_any_bytes_has_an_outline_or_is_refused(pickle):
    try:
        assert pickle_outline(io.BytesIO(pickle)) in (1, r"\9")
    except OutlineError:
        assert not pickle.endswith((b"K\x01.", b"9'\n."))


def test_what_a_pickle_would_call_is_only_named():
    outline = pickle_outline(io.BytesIO(b"cos\nsystem\n(S'exit 1'\ntR."))
    assert str(outline.function) == "os.system"
    assert outline.arguments == ("exit 1",)


def test_names_from_a_file_are_shown_without_what_cannot_be_seen(tmp_path):
    torch.save({"a\nb\u202e<b>" + "x" * 300: torch.ones(3)}, tmp_path / "theirs.pt")
    with pytest.raises(ModelFileError) as refused:
        read_network(tmp_path / "theirs.pt")
    assert "“a b<b>xxx" in str(refused.value)
    assert len(str(refused.value)) < 200
