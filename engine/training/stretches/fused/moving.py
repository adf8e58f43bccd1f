"""Moving the parameters of fused steps: what the optimiser remembers, and the launches of its kernel."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.nn.optimisers import Adam
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings
from engine.training.stretches.fused.layers import FusedLayer, stride_of
from engine.training.stretches.fused.move_kernel import move
from engine.training.stretches.fused.tiles import blocks, tile_of, unit_of

_ROWS = 64
_WARPS = 4
_STAGES = 3


class FusedMove:
    """Moves all parameters of networks that have an optimiser and its settings in common, but for rates.

    Attributes:
        state: What changes from step to step: parameters, and what optimiser and average remember.
        averages: (networks, parameters) float32, where averages are asked for.
    """

    def __init__(self, parameters: Tensor, settings: TrainingSettings) -> None:
        """Remember nothing yet; `parameters` are (networks, parameters) float32, in one piece."""
        self._parameters, self._settings = parameters, settings
        self._is_adam = OPTIMISERS[settings.optimiser].optimiser_class is Adam
        has_velocities = self._is_adam or settings.momentum > 0
        # Where nothing is remembered the kernels are given memory that they do not touch.
        self._velocities = torch.zeros_like(parameters) if has_velocities else parameters
        self._squares = torch.zeros_like(parameters) if self._is_adam else parameters
        self.averages = parameters.clone() if settings.averaging else None
        others = (self._velocities, self._squares, self.averages)
        self.state = [parameters, *(each for each in others if each is not None and each is not parameters)]

    def __call__(
        self, layers: list[FusedLayer], inputs: Tensor, inputs_stride: int, numbers: Tensor, precision: str
    ) -> None:
        """Move the parameters of all layers, two layers at a time.

        Args:
            layers: Their gradients are known.
            inputs: Of the first, (rows, inputs) for each network or for all.
            inputs_stride: Numbers from one network's inputs to the next one's; 0 if they are the same.
            numbers: (networks, 4) float32, as `engine.training.stretches.numbers` has them.
            precision: Of products.
        """
        given = [(inputs, inputs_stride)]
        given += [(layer.outputs, layer.stride) for layer in layers[:-1]]
        pairs = list(zip(layers, given, strict=True))
        for first in range(0, len(pairs), 2):
            self._launch(pairs[first : first + 2], numbers, precision)

    def _launch(
        self, pairs: list[tuple[FusedLayer, tuple[Tensor, int]]], numbers: Tensor, precision: str
    ) -> None:
        (layer, (inputs, stride)), (other, (other_inputs, other_stride)) = pairs[0], pairs[-1]
        has_other = len(pairs) > 1
        networks = len(self._parameters)
        high, wide = tile_of(layer.inner, layer.columns, networks)
        tiles = blocks(layer.inner, high) * blocks(layer.columns, wide)
        if has_other:
            tiles += blocks(other.inner, high) * blocks(other.columns, wide)
        move[tiles, 1, networks](
            inputs,
            layer.gradient,
            layer.offset,
            layer.inner,
            layer.columns,
            stride,
            other_inputs,
            other.gradient,
            other.offset,
            other.inner,
            other.columns,
            other_stride,
            layer.rows,
            self._parameters,
            self._velocities,
            self._squares,
            self._parameters if self.averages is None else self.averages,
            stride_of(self._parameters),
            numbers,
            self._settings.momentum,
            self._settings.weight_decay,
            IS_ADAM=self._is_adam,
            HAS_MOMENTUM=self._settings.momentum > 0,
            IS_AVERAGED=self.averages is not None,
            HAS_OTHER=has_other,
            UNIT=unit_of(layer.offset, layer.inner, layer.columns),
            OTHER_UNIT=unit_of(other.offset, other.inner, other.columns),
            PRECISION=precision,
            ROWS=_ROWS,
            INNER=high,
            COLUMNS=wide,
            num_warps=_WARPS,
            num_stages=_STAGES,
        )
