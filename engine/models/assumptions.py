"""Assumptions: what a state dict does not say, and which answer fits the network best.

The weights of a network say neither which activation stood between its layers nor how its pixels were
prepared. Taken for another than it is, one that reads 97 of 100 digits reads 41, without a sign of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import torch

from engine.data.digits import Digits, Standardisation
from engine.errors import SettingsError
from engine.models.model import Model
from engine.nn.network import Architecture, Network
from engine.nn.registry import ACTIVATIONS

PIXELS = {
    "0 to 1": Standardisation(0.0, 1.0),
    "0 to 255": Standardisation(0.0, 1 / 255),
    "−1 to 1": Standardisation(0.5, 0.5),
    "Normalize(0.1307, 0.3081)": Standardisation(0.1307, 0.3081),
}
"""How pixels are usually prepared, by what to call it: what is subtracted from each pixel of 0 background to
1 ink, and what it is then divided by."""

# So many products of a weight and an activation for one assumption, unless the fewest digits take more.
_PRODUCTS = 1_000_000_000
_FEWEST_DIGITS = 100
# Chance is 0.1; a network that reads fewer than this is taken in the wrong way, or reads no digits.
_READS_FROM = 0.4


@dataclass(frozen=True, slots=True)
class Assumption:
    """How a network is taken.

    Attributes:
        activation: Between its layers, a name in `engine.nn.registry.ACTIVATIONS`.
        standardisation: Of its pixels.
    """

    activation: str = "relu"
    standardisation: Standardisation = PIXELS["0 to 1"]

    def check(self) -> None:
        """Do nothing if pixels can be prepared so.

        Raises:
            SettingsError: They cannot.
        """
        mean, deviation = self.standardisation.mean, self.standardisation.standard_deviation
        if not (0 <= mean <= 1 and 1e-6 <= deviation <= 1):
            raise SettingsError(
                "mean",
                "The mean of pixels lies between 0 and 1, and so does their deviation, which is above 0.",
            )

    def describe(self, has_hidden_layers: bool = True) -> str:
        """In words: ``ReLU and pixels from 0 to 1``."""
        pixels = f"pixels {describe_pixels(self.standardisation)}"
        return f"{ACTIVATIONS[self.activation].title} and {pixels}" if has_hidden_layers else pixels


@dataclass(frozen=True, slots=True)
class Trial:
    """What a network reads when it is taken so.

    Attributes:
        assumption: How it is taken.
        accuracy: Share of the digits that it reads correctly, 0 to 1.
    """

    assumption: Assumption
    accuracy: float


def describe_pixels(standardisation: Standardisation) -> str:
    """How pixels were prepared: ``from 0 to 1``, ``with mean 0.2 and deviation 0.3``."""
    for title, usual in PIXELS.items():
        if usual == standardisation:
            return f"prepared by {title}" if "(" in title else f"from {title}"
    return f"with mean {standardisation.mean:g} and deviation {standardisation.standard_deviation:g}"


def assume(model: Model, assumption: Assumption) -> Model:
    """The same weights, taken so; its provenance says it.

    Raises:
        SettingsError: Pixels cannot be prepared so, or there is no such activation.
    """
    assumption.check()
    origin = model.provenance.data.partition("; assumed: ")[0]
    words = assumption.describe(len(model.architecture.sizes) > 2)
    return replace(
        model,
        architecture=Architecture(model.architecture.sizes, assumption.activation),
        standardisation=assumption.standardisation,
        provenance=replace(model.provenance, data=f"{origin}; assumed: {words}"),
    )


def try_assumptions(
    model: Model, digits: Digits, is_cancelled: Callable[[], bool] = lambda: False
) -> list[Trial]:
    """Read digits with every usual assumption; the larger the network, the fewer digits.

    Args:
        model: Taken in any way.
        digits: To read, of which as many are taken as there is time for.
        is_cancelled: Asked before each trial; the rest is left out then.

    Returns:
        The trials. The first one is the most usual of those that read no worse than the best but by chance;
        the others follow by what they read.
    """
    sizes = model.architecture.sizes
    products = sum(inputs * outputs for inputs, outputs in pairwise(sizes))
    count = min(len(digits), max(_FEWEST_DIGITS, _PRODUCTS // products))
    intensities, labels = digits.intensities()[:count], digits.labels[:count]
    # Without hidden layers no activation makes a difference.
    activations = list(ACTIVATIONS) if len(sizes) > 2 else ["relu"]
    trials: list[Trial] = []
    for activation in activations:
        network = Network.from_weights(Architecture(sizes, activation), model.weights)
        for standardisation in PIXELS.values():
            if is_cancelled():
                return trials
            with torch.inference_mode():
                read = network(standardisation(intensities)).argmax(dim=1)
            accuracy = float((read == labels).double().mean())
            trials.append(Trial(Assumption(activation, standardisation), accuracy))
    return _best_first(trials, count)


def _best_first(trials: list[Trial], count: int) -> list[Trial]:
    """Of ways that differ by a digit or two, such as ReLU and leaky ReLU, the more usual one is likelier."""
    best = max(trial.accuracy for trial in trials)
    # The standard error of a share, which is the chance in `count` digits; a digit more where all are read.
    if best < _READS_FROM:
        return trials  # nothing is known by this: the most usual stands first
    chance = (best * (1 - best) / count) ** 0.5 + 1 / count
    first = next(trial for trial in trials if trial.accuracy >= best - chance)
    others = sorted(trials, key=lambda trial: -trial.accuracy)
    return [first, *(trial for trial in others if trial is not first)]


def describe_best(name: str, trials: Sequence[Trial], digits_name: str, has_hidden_layers: bool) -> str:
    """One sentence on what is assumed and why.

    Args:
        name: What to call the network's file.
        trials: The best first; empty if nothing was tried.
        digits_name: What was read, such as ``MNIST's test digits``.
        has_hidden_layers: Whether there is an activation at all.
    """
    what = "which activation it was trained with or how its pixels" if has_hidden_layers else "how its pixels"
    start = f"{name} does not say {what} were prepared"
    if not trials:
        return f"{start}: {Assumption().describe(has_hidden_layers)} are assumed."
    best = trials[0]
    how = best.assumption.describe(has_hidden_layers)
    if best.accuracy < _READS_FROM:
        return (
            f"{start}, and with none of {len(trials)} usual combinations does it read {digits_name}: it may "
            "have learned something else, or from pixels prepared in another way."
        )
    figure = f"{100 * best.accuracy:.1f} % of {digits_name}"
    return f"{start}: of {len(trials)} usual combinations, {how} suit it best; it reads {figure}."
