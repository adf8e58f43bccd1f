"""Damaged network files, in every form that is opened: a network, or one sentence."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from engine.data.digits import Standardisation
from engine.errors import ModelFileError
from engine.models.model import Model, Provenance
from engine.models.model_file import save_model
from engine.models.network_files import open_network
from engine.nn.network import Architecture, Network
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import SLOW_S, check_reader

_MOST_MIB = 1024


def state(sizes: Sequence[int] = (784, 1, 10), dtype: torch.dtype = torch.float16) -> dict[str, torch.Tensor]:
    """A small state dict, so that most damage hits what says what it is."""
    tensors = {}
    for index, (inputs, outputs) in enumerate(pairwise(sizes)):
        tensors[f"fc{index}.weight"] = torch.rand(outputs, inputs).to(dtype)
        tensors[f"fc{index}.bias"] = torch.rand(outputs).to(dtype)
    return tensors


def saved(content: object, is_old: bool = False) -> bytes:
    file = io.BytesIO()
    torch.save(content, file, _use_new_zipfile_serialization=not is_old)
    # Before 1.6 storages were named by their addresses, which are others in every process.
    addresses = dict.fromkeys(re.findall(rb"X\x0e\0\0\0(\d{14})", file.getvalue()))
    fixed = {address: b"%014d" % (7 + index) for index, address in enumerate(addresses)}
    return re.sub(rb"\d{14}", lambda found: fixed.get(found[0], found[0]), file.getvalue())


def own_files(folder: Path) -> list[bytes]:
    """Networks of this program, and tensors of others in the same form."""
    from safetensors.torch import save

    architecture = Architecture((784, 1, 10))
    weights = Network(architecture).snapshot()
    model = Model("net", architecture, weights, Standardisation(0.1, 0.3), Provenance("nothing"))
    save_model(model, folder / "own.safetensors")
    return [(folder / "own.safetensors").read_bytes(), save(state())]


def archives(_folder: Path) -> list[bytes]:
    """Whole files of torch.save."""
    checkpoint = {"model_state_dict": state(), "epoch": 3, "history": [0.5, (1, 2)]}
    return [saved(state()), saved(checkpoint), saved(state(dtype=torch.float32))]


def old_files(_folder: Path) -> list[bytes]:
    """As PyTorch wrote them before 1.6."""
    return [saved(state(), is_old=True), saved({"state_dict": state(), "lr": 0.1}, is_old=True)]


def pickles(_folder: Path) -> list[bytes]:
    """What archives hold beside the numbers: a checksum of theirs would hide most damage."""
    network = torch.nn.Sequential(torch.nn.Linear(3, 2))
    sparse = {"fc.weight": torch.eye(3).to_sparse()}
    contents = [state(), {"model": state(), "epoch": 3}, {"net": network}, sparse]
    return [zipfile.ZipFile(io.BytesIO(saved(each))).read("archive/data.pkl") for each in contents]


def in_an_archive(pickle: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("archive/data.pkl", pickle)
        for key, length in enumerate((784 * 2, 2, 20, 20)):
            archive.writestr(f"archive/data/{key}", bytes(length))
    return content.getvalue()


def as_it_is(content: bytes) -> bytes:
    return content


FORMS: dict[str, tuple[Callable[[Path], list[bytes]], Callable[[bytes], bytes], str]] = {
    "safetensors": (own_files, as_it_is, "net.safetensors"),
    "archive": (archives, as_it_is, "net.pt"),
    "old": (old_files, as_it_is, "net.pth"),
    "pickle": (pickles, in_an_archive, "net.pt"),
}


def check(form: str, count: int, seed: int, folder: Path) -> None:
    make, wrap, name = FORMS[form]
    torch.manual_seed(0)
    path = folder / name

    def read(content: bytes) -> None:
        path.write_bytes(wrap(content))
        open_network(path)

    samples = make(folder)
    taken = [sample for sample in samples if is_taken(read, sample)]
    assert taken, "the samples themselves are networks"
    report = check_reader(read, mutations(samples, count, seed), ModelFileError)
    print(f"{form}: {report}")
    assert report.foreign == {}
    assert report.memory_mib < _MOST_MIB
    assert count < 10_000 or report.slowest_s < SLOW_S


def is_taken(read: Callable[[bytes], None], sample: bytes) -> bool:
    try:
        read(sample)
    except ModelFileError:
        return False
    return True


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("form", FORMS)
def test_damaged_networks_are_networks_or_one_sentence(form, tmp_path):
    check(form, 500, 1, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("form", FORMS)
def test_many_damaged_networks_are_networks_or_one_sentence(form, tmp_path):
    check(form, 20_000, 2, tmp_path)
