"""Optimisers of many parameters in quick steps: a pass through memory costs more there than to begin a call.

PyTorch does in one pass what takes NumPy several. Both have the gradients of a mini-batch's mean loss.
"""

from __future__ import annotations

from functools import partial

import torch

from engine.settings import TrainingSettings
from engine.training.quick.calls import Call, Floats, number


class TensorSGD:
    """Stochastic gradient descent, as in `engine.nn.optimisers.SGD`, with the velocity among the gradients.

    Attributes:
        carried: See `engine.training.quick.optimisers.QuickOptimiser`.
        wants_means: Likewise.
    """

    wants_means = True

    def __init__(self, parameters: Floats, gradients: Floats, settings: TrainingSettings) -> None:
        self._parameters, self._velocities = torch.from_numpy(parameters), torch.from_numpy(gradients)
        self.carried, self._decay = settings.momentum, settings.weight_decay
        self._rate = number(0)
        self.learning_rate = settings.learning_rate

    @property
    def learning_rate(self) -> float:
        """May be changed between steps."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._learning_rate = rate
        self._rate.fill(rate)

    def calls(self, _share: float) -> list[Call]:
        """See `engine.training.quick.optimisers.QuickOptimiser`."""
        parameters, velocities, rate = self._parameters, self._velocities, torch.from_numpy(self._rate)
        pull = [partial(velocities.add_, parameters, alpha=self._decay)] if self._decay else []
        return [*pull, partial(parameters.addcmul_, velocities, rate, value=-1)]


class TensorAdam:
    """Steps of about one learning rate, as in `engine.nn.optimisers.Adam`.

    The root of what the mean square lacks multiplies the whole fraction here: so it is a factor of the rate
    instead of a division for every parameter.

    Attributes:
        learning_rate: May be changed between steps.
        carried: See `engine.training.quick.optimisers.QuickOptimiser`.
        wants_means: Likewise.
    """

    DECAY, EPSILON = 0.999, 1e-8
    carried, wants_means = 0.0, True

    def __init__(self, parameters: Floats, gradients: Floats, settings: TrainingSettings) -> None:
        self._parameters, self._gradients = torch.from_numpy(parameters), torch.from_numpy(gradients)
        self._momentum, self._weight_decay = settings.momentum, settings.weight_decay
        self._means, self._squares = torch.zeros_like(self._parameters), torch.zeros_like(self._parameters)
        self._rate, self._epsilon = number(0), number(0)
        self._steps = 0
        self.learning_rate = settings.learning_rate

    def calls(self, _share: float) -> list[Call]:
        """See `engine.training.quick.optimisers.QuickOptimiser`."""
        parameters, gradients, means, squares = (
            self._parameters,
            self._gradients,
            self._means,
            self._squares,
        )
        rate, epsilon = torch.from_numpy(self._rate), torch.from_numpy(self._epsilon)
        sizes = torch.empty_like(squares)
        pull = [partial(gradients.add_, parameters, alpha=self._weight_decay)] if self._weight_decay else []
        return [
            self._count,
            *pull,
            partial(means.lerp_, gradients, 1 - self._momentum),
            partial(squares.mul_, self.DECAY),
            partial(squares.addcmul_, gradients, gradients, value=1 - self.DECAY),
            partial(torch.sqrt, squares, out=sizes),
            partial(sizes.add_, epsilon),
            partial(torch.div, means, sizes, out=sizes),
            partial(parameters.addcmul_, sizes, rate, value=-1),
        ]

    def _count(self) -> None:
        self._steps += 1
        missing = (1 - self.DECAY**self._steps) ** 0.5
        self._epsilon.fill(self.EPSILON * missing)
        self._rate.fill(self.learning_rate * missing / (1 - self._momentum**self._steps))
