"""Layers of fused steps: where each one's numbers lie, and the launches of its kernels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from engine.nn.activations import ELU, Activation, LeakyReLU, ReLU
from engine.training.stretches.fused import kernels
from engine.training.stretches.fused.tiles import (
    blocks,
    head_inner_of,
    inner_of,
    power_of_two,
    tile_of,
    unit_of,
)

_HEAD_ROWS = 16
_WARPS = 4
_STAGES = 3


@dataclass(frozen=True, slots=True)
class KnownActivation:
    """An activation as the kernels know it.

    Attributes:
        kind: Its number in `kernels`.
        slope: Its own number, if it has one.
    """

    kind: int
    slope: float = 0.0

    @classmethod
    def of(cls, activation: Activation) -> KnownActivation:
        """Of ours.

        Raises:
            TypeError: The kernels do not know it.
        """
        if isinstance(activation, ReLU):
            return cls(kernels.RELU.value)
        if isinstance(activation, LeakyReLU):
            return cls(kernels.LEAKY_RELU.value, activation.slope)
        if isinstance(activation, ELU):
            return cls(kernels.ELU.value, activation.alpha)
        raise TypeError(f"there is no kernel for {activation!r}")


@dataclass(slots=True)
class FusedLayer:
    """One linear layer of all networks, and its buffers for mini-batches of one length.

    Attributes:
        inner: Its inputs.
        columns: Its outputs.
        offset: Of its weights among the parameters of a network; its bias follows them.
        outputs: (networks, rows, columns) float32: after the activation; unused of the last layer.
        gradient: The same shape: of the loss for what the activation is given.
    """

    inner: int
    columns: int
    offset: int
    outputs: Tensor
    gradient: Tensor

    @property
    def size(self) -> int:
        """Its parameters."""
        return (self.inner + 1) * self.columns

    @property
    def stride(self) -> int:
        """From one network's outputs to the next one's."""
        return self.outputs.stride(0)

    @property
    def rows(self) -> int:
        """Of a mini-batch."""
        return self.outputs.shape[1]


def layers_of(sizes: tuple[int, ...], rows: int, networks: int, device: torch.device) -> list[FusedLayer]:
    """The layers of networks of these sizes, in their order."""
    layers: list[FusedLayer] = []
    offset = 0
    for inner, columns in pairwise(sizes):
        outputs, gradient = torch.zeros(2, networks, rows, columns, device=device)
        layers.append(FusedLayer(inner, columns, offset, outputs, gradient))
        offset += layers[-1].size
    return layers


def stride_of(parameters: Tensor) -> int:
    """From one network's parameters to the next one's; 0, which everything divides, if there is none."""
    return parameters.stride(0) if len(parameters) > 1 else 0


def forward(
    layer: FusedLayer,
    inputs: Tensor,
    inputs_stride: int,
    parameters: Tensor,
    known: KnownActivation,
    precision: str,
) -> None:
    """Write a layer's outputs."""
    networks = len(parameters)
    high, wide = tile_of(layer.rows, layer.columns, networks)
    kernels.forward[blocks(layer.rows, high), blocks(layer.columns, wide), networks](
        inputs,
        parameters[:, layer.offset :],
        layer.outputs,
        layer.rows,
        layer.inner,
        layer.columns,
        inputs_stride,
        stride_of(parameters),
        known.slope,
        ACTIVATION=known.kind,
        INNER_UNIT=unit_of(layer.inner),
        COLUMNS_UNIT=unit_of(layer.columns),
        PRECISION=precision,
        ROWS=high,
        COLUMNS=wide,
        INNER=inner_of(layer.inner),
        num_warps=_WARPS,
        num_stages=_STAGES,
    )


def head(
    layer: FusedLayer,
    before: FusedLayer | None,
    inputs: Tensor,
    inputs_stride: int,
    parameters: Tensor,
    targets: Tensor,
    tally: tuple[Tensor, Tensor, int],
    known: KnownActivation,
    precision: str,
) -> None:
    """Write the gradients of the last layer and the one before it, and the tally.

    That is losses and right answers of each sample, and the stride from one network's to the next one's.
    """
    losses, are_right, tally_stride = tally
    kernels.head[blocks(layer.rows, _HEAD_ROWS), 1, len(parameters)](
        inputs,
        parameters[:, layer.offset :],
        targets,
        layer.gradient,
        layer.gradient if before is None else before.gradient,
        losses,
        are_right,
        layer.rows,
        layer.inner,
        layer.columns,
        inputs_stride,
        stride_of(parameters),
        tally_stride,
        known.slope,
        ACTIVATION=known.kind,
        HAS_BEFORE=before is not None,
        INNER_UNIT=unit_of(layer.inner),
        CLASSES_UNIT=unit_of(layer.columns),
        PRECISION=precision,
        ROWS=_HEAD_ROWS,
        CLASSES=power_of_two(layer.columns, 128),
        INNER=head_inner_of(layer.inner),
        num_warps=_WARPS,
        num_stages=_STAGES,
    )


def backward(
    layer: FusedLayer, before: FusedLayer, parameters: Tensor, known: KnownActivation, precision: str
) -> None:
    """From a layer's gradient, write that of the layer before it."""
    networks = len(parameters)
    high, wide = tile_of(layer.rows, layer.inner, networks)
    kernels.backward[blocks(layer.rows, high), blocks(layer.inner, wide), networks](
        layer.gradient,
        parameters[:, layer.offset :],
        before.outputs,
        before.gradient,
        layer.rows,
        layer.columns,
        layer.inner,
        stride_of(parameters),
        known.slope,
        ACTIVATION=known.kind,
        INNER_UNIT=unit_of(layer.columns),
        COLUMNS_UNIT=unit_of(layer.inner),
        PRECISION=precision,
        ROWS=high,
        COLUMNS=wide,
        INNER=inner_of(layer.columns),
        num_warps=_WARPS,
        num_stages=_STAGES,
    )
