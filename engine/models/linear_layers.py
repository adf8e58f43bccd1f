"""Linear layers: finds them among the named tensors of a file, whatever they are called, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from engine.data.classes import DIGITS
from engine.errors import ModelFileError
from engine.models.named_tensors import NamedTensor
from engine.models.network_limits import MOST_LINEAR_LAYERS, check_sizes
from engine.preprocessing.normaliser import SIDE

_INPUTS = SIDE**2
_NAME = re.compile(r"(?:(.*)[._])?(weights?|kernel|bias(?:es)?)", re.DOTALL)
_SAVE_ALONE = "only networks of linear layers with one activation between them can be opened."


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer as the file has it.

    Attributes:
        weight: (outputs, inputs), or (inputs, outputs) where `is_turned`.
        bias: (outputs,), or None.
        is_turned: Whether inputs come first.
    """

    weight: NamedTensor
    bias: NamedTensor | None
    is_turned: bool

    @property
    def inputs(self) -> int:
        return self.weight.shape[0 if self.is_turned else 1]

    @property
    def outputs(self) -> int:
        return self.weight.shape[1 if self.is_turned else 0]

    def read(self) -> tuple[Tensor, Tensor]:
        """Weights, (inputs, outputs) float32, and bias, (outputs,) float32, both contiguous."""
        weight, bias = _values(self.weight), None if self.bias is None else _values(self.bias)
        return (
            (weight if self.is_turned else weight.T).contiguous(),
            torch.zeros(self.outputs) if bias is None else bias,
        )


def linear_layers(tensors: Sequence[NamedTensor]) -> list[tuple[Tensor, Tensor]]:
    """Weights, (inputs, outputs) float32, and bias, (outputs,) float32, of each layer, the first one first.

    A weight and a bias belong together by their names, such as ``fc1.weight`` and ``fc1.bias``, or by
    following each other. Their order is that of numbers in the names where nothing else tells them apart,
    else that of the file; it has to lead from 784 inputs to 10 outputs. Sizes are checked before values are
    read.

    Raises:
        ModelFileError: They are not such layers, or hold what are no numbers; to be completed with the file's
            name in front.
    """
    if not tensors:
        raise ModelFileError("is empty: save a trained network.")
    if len(tensors) > 2 * MOST_LINEAR_LAYERS:
        check_sizes((1,) * (len(tensors) // 2 + 1))
    _refuse_others(tensors)
    pairs = _pairs(tensors)
    for ordered in _orders(pairs):
        layers = _chained(ordered)
        if layers is not None:
            check_sizes((layers[0].inputs, *(layer.outputs for layer in layers)))
            found = [layer.read() for layer in layers]
            if not all(bool(part.isfinite().all()) for layer in found for part in layer):
                raise ModelFileError("holds values that are no numbers: its training went wrong.")
            return found
    raise ModelFileError(_misfit(pairs))


def _refuse_others(tensors: Iterable[NamedTensor]) -> None:
    for tensor in tensors:
        what = None
        if tensor.name.endswith(("running_mean", "running_var", "num_batches_tracked")):
            what = "a batch normalisation"
        elif len(tensor.shape) == 4:
            what = "a convolution"
        elif len(tensor.shape) not in (1, 2):
            what = f"a tensor of {len(tensor.shape)} dimensions"
        elif tensor.read is None:
            what = "a tensor of whole or complex numbers"
        elif 0 in tensor.shape:
            what = "a tensor without values"
        if what is not None:
            raise ModelFileError(f"has {what} (“{tensor.shown_name}”): {_SAVE_ALONE}")


def _pairs(tensors: Sequence[NamedTensor]) -> list[tuple[NamedTensor, NamedTensor | None]]:
    """Each weight with its bias, in the file's order."""
    named: dict[str, dict[bool, NamedTensor]] = {}
    for tensor in tensors:
        match = _NAME.fullmatch(tensor.name)
        part = named.setdefault(match[1] or "", {}) if match else {}
        is_bias = bool(match and match[2].startswith("bias"))
        if match is None or is_bias in part or len(tensor.shape) != (1 if is_bias else 2):
            return _neighbours(tensors)
        part[is_bias] = tensor
    without = [parts for parts in named.values() if True not in parts]
    for parts in named.values():
        if False not in parts:
            raise ModelFileError(f"has the bias “{parts[True].shown_name}” without a weight: {_SAVE_ALONE}")
    if without and len(without) < len(named):
        raise ModelFileError(
            f"does not fit together: “{without[0][False].shown_name}” has no bias, and others have one."
        )
    return [(parts[False], parts.get(True)) for parts in named.values()]


def _neighbours(tensors: Sequence[NamedTensor]) -> list[tuple[NamedTensor, NamedTensor | None]]:
    """A matrix and the row of numbers that follows it."""
    pairs: list[tuple[NamedTensor, NamedTensor | None]] = []
    for weight, bias in zip(tensors[::2], tensors[1::2], strict=False):
        if len(weight.shape) != 2 or len(bias.shape) != 1:
            break
        pairs.append((weight, bias))
    if 2 * len(pairs) != len(tensors):
        odd = tensors[2 * len(pairs)]
        raise ModelFileError(f"has “{odd.shown_name}”, which is no weight of a linear layer: {_SAVE_ALONE}")
    return pairs


def _orders(
    pairs: list[tuple[NamedTensor, NamedTensor | None]],
) -> Iterable[list[tuple[NamedTensor, NamedTensor | None]]]:
    in_numbers = sorted(pairs, key=lambda pair: _natural(pair[0].name))
    unnumbered = {re.sub(r"\d+", "", weight.name) for weight, _ in pairs}
    return (in_numbers, pairs) if len(unnumbered) == 1 else (pairs, in_numbers)


def _natural(name: str) -> list[tuple[int, str]]:
    """A name by which ``fc10`` comes after ``fc9``."""
    return [
        (int(part[:18]), "") if part.isascii() and part.isdigit() else (-1, part)
        for part in re.split(r"(\d+)", name)
    ]


def _chained(pairs: list[tuple[NamedTensor, NamedTensor | None]]) -> list[_Layer] | None:
    """The layers if each takes what the one before puts out, from 784 to 10, else None."""
    is_turned = pairs[0][0].shape[1] != _INPUTS
    layers = [_Layer(weight, bias, is_turned) for weight, bias in pairs]
    inputs = _INPUTS
    for layer in layers:
        if layer.inputs != inputs or (layer.bias is not None and layer.bias.shape != (layer.outputs,)):
            return None
        inputs = layer.outputs
    return layers if inputs == len(DIGITS) else None


def _misfit(pairs: list[tuple[NamedTensor, NamedTensor | None]]) -> str:
    """Why these layers are no network that reads digits."""
    first, last = pairs[0][0].shape, pairs[-1][0].shape
    follow = all(one[0].shape[0] == other[0].shape[1] for one, other in pairwise(pairs))
    if follow and (first[1], last[0]) != (_INPUTS, len(DIGITS)):
        return (
            f"is a network of {first[1]:,} inputs and {last[0]:,} outputs: one that reads digits has "
            f"{_INPUTS} and {len(DIGITS)}."
        )
    return (
        "does not fit together: it has to be linear layers, each with a weight and a bias, whose sizes "
        "follow from one to the next."
    )


def _values(tensor: NamedTensor) -> Tensor:
    if tensor.read is None:
        raise ModelFileError("holds no real numbers.")
    return tensor.read().to(torch.float32)
