"""State dict files: networks for a plain torch.nn.Sequential of the same sizes, and such networks for us.

A file holds tensors by the names that ``Sequential(Linear, ReLU, Linear, ...)`` gives them, ``0.weight`` and
``0.bias``, ``2.weight`` and so on, and nothing else. It takes (batch, 784) float32 pixels, 0 paper to 1 ink:
the standardisation is folded in. Pickles of anything else could run code when opened, and are refused.
"""

from __future__ import annotations

import pickle
import re
import warnings
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.digits import CLASSES, Standardisation
from engine.errors import ModelFileError
from engine.folding import folded_layers
from engine.model import Model, Provenance
from engine.network import Architecture
from engine.normaliser import SIDE
from engine.safe_writing import replacing

# 8 hidden layers of 4,096 would be 0.5 GB.
_LARGEST_FILE = 600_000_000
_NAME = re.compile(r"(.*\.)?(\d+)\.(weight|bias)")
_AS_THEY_ARE = Standardisation(0.0, 1.0)


def state_dict_of(model: Model) -> dict[str, Tensor]:
    """Tensors for ``Sequential(Linear, activation, ..., Linear)``, which answers with logits."""
    tensors: dict[str, Tensor] = {}
    for index, (weights, bias) in enumerate(folded_layers(model)):
        tensors[f"{2 * index}.weight"] = weights.T.contiguous()
        tensors[f"{2 * index}.bias"] = bias
    return tensors


def save_state_dict(model: Model, path: Path) -> None:
    """Write the tensors and nothing else.

    Raises:
        OSError: The folder or disk does not take it; an older file of that name is untouched.
    """
    with replacing(path) as file:
        torch.save(state_dict_of(model), file)


def load_state_dict(
    path: Path, activation: str = "relu", standardisation: Standardisation = _AS_THEY_ARE
) -> Model:
    """Read the state dict of a Sequential of linear layers with activations between.

    Args:
        path: A file written by ``torch.save(network.state_dict(), path)``.
        activation: Between the layers; a state dict does not say.
        standardisation: Of the pixels that it was trained on; as they are by default.

    Raises:
        ModelFileError: The file is missing, holds anything but such tensors, or does not fit together.
    """
    layers = _layers(path.name, _tensors(path))
    sizes = (layers[0][0].shape[1], *(len(bias) for _, bias in layers))
    if sizes[0] != SIDE**2 or sizes[-1] != CLASSES:
        raise ModelFileError(
            f"{path.name} is a network of {sizes[0]} inputs and {sizes[-1]} outputs: one that reads digits "
            f"has {SIDE**2} and {CLASSES}."
        )
    weights: dict[str, Tensor] = {}
    for index, (weight, bias) in enumerate(layers):
        weights[f"{index}.weights"], weights[f"{index}.bias"] = weight.T.contiguous(), bias.contiguous()
    return Model(
        name=path.stem,
        architecture=Architecture(tuple(sizes), activation),
        weights=weights,
        standardisation=standardisation,
        # Of the file's age, so that the same file is the same network whenever it is opened.
        provenance=Provenance(data=f"unknown: read from the state dict {path.name}", created=_written(path)),
    )


def _written(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")


def _tensors(path: Path) -> dict[str, Tensor]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ModelFileError(f"{path.name} is too large to be a network of this program.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of unusual pickles, which are refused or read all the same
            content: Any = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise ModelFileError(f"There is no file {path.name} any more.") from error
    except OSError as error:
        raise ModelFileError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except pickle.UnpicklingError as error:
        raise ModelFileError(
            f"{path.name} holds more than tensors, which could run code, so it was not opened: save the "
            "state dict alone, with torch.save(network.state_dict(), file)."
        ) from error
    except (RuntimeError, EOFError, ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as error:
        raise ModelFileError(f"{path.name} is damaged or no file of PyTorch; open another one.") from error
    if not isinstance(content, dict) or not all(isinstance(each, Tensor) for each in content.values()):
        raise ModelFileError(
            f"{path.name} is no state dict: save it with torch.save(network.state_dict(), file)."
        )
    return content


def _layers(file_name: str, tensors: dict[str, Tensor]) -> list[tuple[Tensor, Tensor]]:
    """Weight, (outputs, inputs), and bias, (outputs,), of each linear layer in the order of their numbers."""
    found: dict[int, dict[str, Tensor]] = {}
    prefixes: set[str | None] = set()
    for name, tensor in tensors.items():
        match = _NAME.fullmatch(str(name))
        prefixes.add(match[1] if match else None)
        if match is None or len(prefixes) > 1:
            raise ModelFileError(
                f"{file_name} has “{name}”, which is no weight or bias of a linear layer in one Sequential: "
                "only such networks can be read."
            )
        found.setdefault(int(match[2]), {})[match[3]] = tensor.detach()
    layers: list[tuple[Tensor, Tensor]] = []
    inputs: int | None = None
    for _, parts in sorted(found.items()):
        weight, bias = parts.get("weight"), parts.get("bias")
        if weight is None or bias is None or not _fit(weight, bias, inputs):
            raise ModelFileError(
                f"{file_name} does not fit together: it has to be linear layers, each with a weight and a "
                "bias, whose sizes follow from one to the next."
            )
        layers.append((weight.to(torch.float32), bias.to(torch.float32)))
        inputs = len(bias)
    if not layers:
        raise ModelFileError(f"{file_name} is empty: save a trained network.")
    if not all(bool(part.isfinite().all()) for layer in layers for part in layer):
        raise ModelFileError(f"{file_name} holds values that are no numbers: its training went wrong.")
    return layers


def _fit(weight: Tensor, bias: Tensor, inputs: int | None) -> bool:
    return (
        weight.is_floating_point()
        and bias.is_floating_point()
        and weight.dim() == 2
        and bias.shape == weight.shape[:1]
        and min(weight.shape) > 0
        and inputs in (None, weight.shape[1])
    )
