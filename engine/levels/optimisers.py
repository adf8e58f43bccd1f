"""Level 5: optimisers of our own. They see parameters and gradients, nothing else."""

import torch


class SGD:
    """Stochastic gradient descent: a small step against each gradient."""

    def __init__(self, parameters, learning_rate):
        self.parameters = parameters
        self.learning_rate = learning_rate

    @torch.no_grad()
    def step(self):
        """Move every parameter."""
        for parameter in self.parameters:
            parameter -= self.learning_rate * parameter.grad


class SGDWithMomentum:
    """Each step keeps a share of the last one's direction."""

    def __init__(self, parameters, learning_rate, momentum):
        self.parameters = parameters
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocities = [torch.zeros_like(each) for each in parameters]

    @torch.no_grad()
    def step(self):
        """Move every parameter along its velocity."""
        for parameter, velocity in zip(self.parameters, self.velocities):
            velocity *= self.momentum
            velocity += parameter.grad
            parameter -= self.learning_rate * velocity


class Adam:
    """Steps of about one learning rate, however large the gradients are."""

    def __init__(self, parameters, learning_rate, momentum):
        self.parameters = parameters
        self.learning_rate, self.momentum = learning_rate, momentum
        self.means = [torch.zeros_like(each) for each in parameters]
        self.squares = [torch.zeros_like(each) for each in parameters]
        self.steps = 0

    @torch.no_grad()
    def step(self):
        """Move every parameter."""
        self.steps += 1
        for parameter, m, s in zip(self.parameters, self.means, self.squares):
            update = adam_update(parameter.grad, m, s, self.steps, self.momentum)
            parameter -= self.learning_rate * update


def adam_update(gradient, mean, square, steps, momentum):
    """The running mean of the gradient, divided by its usual size."""
    mean += (1 - momentum) * (gradient - mean)
    square += 0.001 * (gradient**2 - square)
    full_mean = mean / (1 - momentum**steps)  # both began at 0
    full_square = square / (1 - 0.999**steps)
    return full_mean / (full_square.sqrt() + 1e-8)


@torch.no_grad()
def decay_weights(parameters, weight_decay):
    """Pull every parameter towards 0."""
    for parameter in parameters:
        parameter.grad = parameter.grad + weight_decay * parameter
