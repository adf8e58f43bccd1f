"""Explanation: how much each pixel of a drawing speaks for a digit, measured from blank paper.

A network is asked about a *score*: the logit of one digit, less that of another digit or the mean of the nine
others. Probabilities depend on such differences alone: the score of 7 against 1 is the logarithm of how many
times likelier the network holds 7, and the logit of a digit by itself says little.

Pixels are compared with blank paper, so paper says nothing and ink says everything. Three methods share out
the score among them:

- **Input times weight**, for a network without hidden layers: exact.
- **Gradient times input**: how steep the score is at the drawing. Quick to explain, but where units bend
  between blank paper and the drawing, the sum is not the difference of the scores.
- **Integrated gradients** (M. Sundararajan et al., 2017): the mean of the gradients on the straight way from
  blank paper to the drawing. Their sum is the difference of the scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.digits import Standardisation
from engine.nn.activations import Activation
from engine.nn.layers import Layer, Linear
from engine.nn.network import Network

COMPLETENESS_BOUND = 1e-5
"""Integrated gradients miss the difference of the scores by at most this share of the sum of their sizes (or
of 1, if that is more): rounding, and nothing else."""

STEPS = 24
"""Into which the way from blank paper is cut for integrated gradients."""


class Against(StrEnum):
    """What the logit of a digit is compared with."""

    RUNNER_UP = "runner-up"
    OTHERS = "others"
    NOTHING = "nothing"


class Method(StrEnum):
    """How the score is shared out among the pixels."""

    INPUT_TIMES_WEIGHT = "input times weight"
    GRADIENT_TIMES_INPUT = "gradient times input"
    INTEGRATED_GRADIENTS = "integrated gradients"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a network gives a digit its score.

    Attributes:
        digit: Place of the class whose score it is: the digit itself, of digits.
        against: What its logit is compared with.
        rival: Place of the class that is compared with; None unless `against` is the runner-up.
        method: How the score was shared out.
        contributions: (784,) float32, what each pixel adds to the score of blank paper, in logits.
        baseline: The score of blank paper.
        score: The score of the drawing.
        bias: The part of the score that no unit of the last hidden layer has a share in; `baseline` for a
            network without hidden layers.
        unit_contributions: (units of the last hidden layer,) float32, each unit's activation times its weight
            into the score; with `bias` they add up to the score. Empty without hidden layers.
    """

    digit: int
    against: Against
    rival: int | None
    method: Method
    contributions: NDArray[np.float32]
    baseline: float
    score: float
    bias: float
    unit_contributions: NDArray[np.float32]

    @property
    def is_finite(self) -> bool:
        """Whether all of it are numbers; where weights are too large, sums overflow."""
        parts = (self.contributions, self.unit_contributions, (self.baseline, self.score, self.bias))
        return all(bool(np.isfinite(part).all()) for part in parts)

    @property
    def completeness_error(self) -> float:
        """What the pixels' contributions miss of the difference between the drawing and blank paper."""
        return self.score - self.baseline - float(self.contributions.sum(dtype=np.float64))

    @property
    def completeness_bound(self) -> float:
        """What they may miss at most by rounding; gradient times input may miss more."""
        return COMPLETENESS_BOUND * max(1.0, float(np.abs(self.contributions).sum(dtype=np.float64)))


@torch.inference_mode()
def explain(
    network: Network,
    standardise: Standardisation,
    vector: NDArray[np.float32],
    digit: int | None = None,
    against: Against = Against.RUNNER_UP,
    method: Method = Method.INTEGRATED_GRADIENTS,
) -> Explanation:
    """Share out a digit's score among the pixels; half a millisecond.

    The runner-up of a digit is the most probable of the nine others: the digit read, if another is asked
    about.

    Integrated gradients walk from blank paper to the drawing in `STEPS` steps, all in one batch. On each step
    an activation counts by its mean slope from one end to the other, not by its derivative somewhere between:
    so the sum is right whatever the number of steps, and with one hidden layer so is every pixel.

    Args:
        network: On the CPU.
        standardise: Of its inputs.
        vector: (784,) float32, 0 background to 1 ink.
        digit: Which one, 0 to 9; None for the one with the largest logit.
        against: What its logit is compared with.
        method: How the score is shared out. A network without hidden layers always gets input times weight,
            which the other two are the same as; input times weight for any other is integrated gradients.

    Raises:
        TypeError: There is a layer whose derivative is not known.
    """
    intensities = torch.from_numpy(vector)
    ends = standardise(torch.stack([torch.zeros_like(intensities), intensities]))
    first, *hidden = network.layers
    if not isinstance(first, Linear):
        raise TypeError("a network begins with a linear layer")
    ends = first(ends)
    way = torch.linspace(0, 1, STEPS + 1)[:, None]
    # Straight before the first activation, too: the large first layer is asked about the two ends alone.
    path = _walk(hidden, torch.lerp(ends[0], ends[1], way))
    logits = path[-1]
    named = int(logits[-1].argmax()) if digit is None else digit
    rival = _runner_up(logits[-1], named) if against is Against.RUNNER_UP else None
    weighting = _weighting(logits.shape[1], named, against, rival)
    if not hidden:
        method = Method.INPUT_TIMES_WEIGHT
    elif method is Method.INPUT_TIMES_WEIGHT:
        method = Method.INTEGRATED_GRADIENTS
    if method is Method.GRADIENT_TIMES_INPUT:
        back = gradient_at_drawing(hidden, path, weighting[None])[0]
    else:
        back = _mean_gradient(hidden, path, weighting)
    contributions = (first.weights @ back) * (intensities / standardise.standard_deviation)
    baseline, score = (logits[[0, -1]].double() @ weighting.double()).tolist()
    bias, units = _last_layer(hidden, path, weighting, baseline)
    return Explanation(named, against, rival, method, contributions.numpy(), baseline, score, bias, units)


def _walk(layers: list[Layer], points: Tensor) -> list[Tensor]:
    """What comes out of each layer for (points, units), what went into the first of them before that."""
    path = [points]
    for layer in layers:
        path.append(layer(path[-1]))
    return path


def _mean_gradient(layers: list[Layer], path: list[Tensor], weighting: Tensor) -> Tensor:
    """The mean over the way of the gradient of the score for what goes into the first layer, (units,)."""
    back = weighting.expand(len(path[0]) - 1, -1)
    for index in reversed(range(len(layers))):
        layer = layers[index]
        if isinstance(layer, Linear):
            back = back @ layer.weights.T
        else:
            back = back * _activation(layer).mean_slopes(path[index], path[index + 1])
    return back.mean(dim=0)


def gradient_at_drawing(layers: list[Layer], path: list[Tensor], back: Tensor) -> Tensor:
    """The chain rule from what comes out of the last of some layers to what goes into the first.

    Args:
        layers: Neighbours in a network.
        path: What went into the first of them and what came out of each; the last row is the drawing's.
        back: (questions, outputs) float32, how much each output counts in each question.

    Returns:
        (questions, inputs) float32.
    """
    for layer, outputs in zip(reversed(layers), reversed(path), strict=False):
        if isinstance(layer, Linear):
            back = back @ layer.weights.T
        else:
            back = back * _activation(layer).derivative(outputs[-1])
    return back


def _activation(layer: Layer) -> Activation:
    if not isinstance(layer, Activation):
        raise TypeError(f"the derivative of {type(layer).__name__} is not known")
    return layer


def _last_layer(
    hidden: list[Layer], path: list[Tensor], weighting: Tensor, baseline: float
) -> tuple[float, NDArray[np.float32]]:
    """The bias in the score, and what each unit before it adds."""
    if not hidden:
        return baseline, np.empty(0, np.float32)
    last = hidden[-1]
    if not isinstance(last, Linear):
        raise TypeError("a network ends with a linear layer")
    return float(last.bias @ weighting), (path[-2][-1] * (last.weights @ weighting)).numpy()


def _runner_up(logits: Tensor, digit: int) -> int:
    others = logits.clone()
    others[digit] = -torch.inf
    return int(others.argmax())


def _weighting(classes: int, digit: int, against: Against, rival: int | None) -> Tensor:
    """How much each logit counts in the score, (classes,) float32."""
    weighting = torch.full((classes,), -1 / (classes - 1) if against is Against.OTHERS else 0.0)
    weighting[digit] = 1.0
    if rival is not None:
        weighting[rival] = -1.0
    return weighting
