"""Unit formula: how one unit of a network comes to its output for one drawing, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from engine.explain.network_flow import NetworkFlow


class Term(NamedTuple):
    """A product in the sum of a unit.

    Attributes:
        source: Number of the pixel or unit that it comes from.
        weight: Of the connection.
        value: What comes out of the source.
    """

    source: int
    weight: float
    value: float


@dataclass(frozen=True, slots=True)
class UnitFormula:
    """``activation(terms + rest + bias) = output``; ``terms + rest + bias = sum``.

    Attributes:
        layer: Of the unit, counted from the pixels, which are layer 0.
        unit: Its number, counted from 0.
        activation: A name in `engine.nn.registry.ACTIVATIONS`; empty in the last layer, which has none.
        terms: The largest products, the largest first, whatever their sign.
        rest: What all other products add together.
        rest_count: How many those are; products that are 0 are not counted.
        bias: Of the unit.
        sum: What the activation gets.
        output: What it makes of it.
        weights: (inputs,) float32, those of the unit.
        contributions: (inputs,) float32, the products.
    """

    layer: int
    unit: int
    activation: str
    terms: tuple[Term, ...]
    rest: float
    rest_count: int
    bias: float
    sum: float
    output: float
    weights: NDArray[np.float32]
    contributions: NDArray[np.float32]


@torch.inference_mode()
def unit_formula(flow: NetworkFlow, layer: int, unit: int, most_terms: int) -> UnitFormula:
    """Write out the sum of a unit.

    Args:
        flow: Of a drawing.
        layer: Of the unit, 1 or more.
        unit: Its number, counted from 0.
        most_terms: At most so many products by themselves.

    Raises:
        IndexError: There is no such layer or unit.
    """
    if not 1 <= layer <= flow.last_layer or not 0 <= unit < len(flow.sums[layer - 1]):
        raise IndexError(f"there is no unit {unit} in layer {layer}")
    weights, inputs = flow.weights[f"{layer - 1}.weights"][:, unit], flow.outputs[layer - 1]
    products = weights * inputs
    largest = products.abs().topk(min(most_terms, len(products))).indices
    largest = largest[products[largest] != 0]
    terms = tuple(
        Term(*each)
        for each in zip(largest.tolist(), weights[largest].tolist(), inputs[largest].tolist(), strict=True)
    )
    total, bias = float(flow.sums[layer - 1][unit]), float(flow.weights[f"{layer - 1}.bias"][unit])
    return UnitFormula(
        layer=layer,
        unit=unit,
        activation="" if layer == flow.last_layer else flow.architecture.activation,
        terms=terms,
        # As in a waterfall: what is missing by rounding goes to the rest.
        rest=total - bias - sum(term.weight * term.value for term in terms),
        rest_count=int(products.count_nonzero()) - len(terms),
        bias=bias,
        sum=total,
        output=float(flow.outputs[layer][unit]),
        weights=weights.contiguous().numpy(),
        contributions=products.numpy(),
    )
