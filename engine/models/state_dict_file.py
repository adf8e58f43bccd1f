"""State dict files: networks for a plain torch.nn.Sequential of the same sizes, and such networks for us.

A file written here holds tensors by the names that ``Sequential(Linear, ReLU, Linear, ...)`` gives them,
``0.weight`` and ``0.bias``, ``2.weight`` and so on, and nothing else. It takes (batch, 784) float32 pixels, 0
background to 1 ink: the standardisation is folded in. Files from elsewhere may have other names and hold
more; see `engine.models.torch_file`, `engine.models.linear_layers`, and `engine.models.assumptions` for what
they do not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.errors import ModelFileError
from engine.files.safe_writing import replacing
from engine.models.assumptions import Assumption, assume
from engine.models.folding import folded_layers
from engine.models.linear_layers import linear_layers
from engine.models.model import Model, Provenance
from engine.models.named_tensors import NamedTensor
from engine.models.outlined_tensors import OddTensor
from engine.models.pickle_outline import Call
from engine.nn.network import Architecture
from engine.plain_text import plain_name

_NETWORKS = ("model_state_dict", "state_dict", "model", "net", "network", "weights", "params", "module")
"""Under these names checkpoints keep the network."""


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


def model_of_tensors(tensors: Sequence[NamedTensor], path: Path, modified_s: float) -> Model:
    """The network of these tensors, taken for one with ReLU and pixels of 0 to 1.

    Args:
        tensors: Of one network.
        path: Their file, which the network is named after.
        modified_s: When that was written, in seconds since 1970.

    Raises:
        ModelFileError: They are no linear layers; to be completed with the file's name in front.
    """
    layers = linear_layers(tensors)
    sizes = (len(layers[0][0]), *(len(bias) for _, bias in layers))
    weights: dict[str, Tensor] = {}
    for index, (weight, bias) in enumerate(layers):
        weights[f"{index}.weights"], weights[f"{index}.bias"] = weight, bias
    usual = Assumption()
    # Of the file's age, so that the same file is the same network whenever it is opened.
    try:
        written = datetime.fromtimestamp(modified_s, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        written = ""
    origin = f"unknown: read from the state dict {plain_name(path.name)}"
    model = Model(
        name=plain_name(path.stem) or "network",
        architecture=Architecture(sizes, usual.activation),
        weights=weights,
        standardisation=usual.standardisation,
        provenance=Provenance(data=origin, created=written),
    )
    return assume(model, usual)


def tensors_of_content(content: Any) -> list[NamedTensor]:
    """The tensors of the network in what `engine.models.torch_file.read_torch_file` found.

    They are the whole of it, or, in a checkpoint, kept under a name that says so; else the only ones there.

    Raises:
        ModelFileError: There is no network of tensors; to be completed with the file's name in front.
    """
    if not isinstance(content, dict):
        raise ModelFileError(_no_state_dict(content))
    if any(isinstance(value, NamedTensor | OddTensor) for value in content.values()):
        return _named(content)
    for name in _NETWORKS:
        value = content.get(name)
        if isinstance(value, Call):
            raise ModelFileError(_no_state_dict(value))
        if isinstance(value, dict) and any(isinstance(each, NamedTensor) for each in value.values()):
            return _named(value)
    states = [
        value
        for value in content.values()
        if isinstance(value, dict) and value and all(isinstance(each, NamedTensor) for each in value.values())
    ]
    if len(states) == 1:
        return _named(states[0])
    if len(states) > 1:
        raise ModelFileError(
            "holds several networks and does not say which one reads digits: save its state dict alone."
        )
    if not content:
        raise ModelFileError("is empty: save a trained network.")
    raise ModelFileError(_no_state_dict(content))


def _named(values: Mapping[Any, Any]) -> list[NamedTensor]:
    tensors: list[NamedTensor] = []
    for name, value in values.items():
        shown = plain_name(str(name), 40) if isinstance(name, str) else "a number"
        if isinstance(value, OddTensor):
            raise ModelFileError(f"has “{shown}”, {value.kind}: save its weights as plain tensors.")
        if isinstance(value, NamedTensor):
            tensors.append(replace(value, name=name if isinstance(name, str) else f"{len(tensors)}"))
        elif isinstance(value, Call | dict | list):
            raise ModelFileError(
                f"has “{shown}”, which is no tensor: save the state dict alone, with "
                "torch.save(network.state_dict(), file)."
            )
    return tensors


def _no_state_dict(content: Any) -> str:
    if isinstance(content, Call):
        return (
            "holds a whole object of Python, which could run code, so it was not opened: save the state dict "
            "alone, with torch.save(network.state_dict(), file)."
        )
    return "is no state dict: save it with torch.save(network.state_dict(), file)."
