"""Level 6: gradients of our own, by the chain rule. PyTorch differentiates nothing."""

import torch

from engine.levels.loop import negative_log_likelihood, zero_gradients


class Linear:
    """Each output is a weighted sum of all inputs, plus a bias."""

    def __init__(self, inputs, outputs):
        self.weights = (2 / inputs) ** 0.5 * torch.randn(inputs, outputs)
        self.bias = torch.zeros(outputs)

    def forward(self, inputs):
        """(batch, inputs) to (batch, outputs)."""
        self.inputs = inputs
        return inputs @ self.weights + self.bias

    def backward(self, gradient):
        """The gradient of the outputs to that of the inputs."""
        self.weights.grad += self.inputs.T @ gradient
        self.bias.grad += gradient.sum(dim=0)
        return gradient @ self.weights.T


class ReLU:
    """max(x, 0): what is positive passes."""

    def forward(self, inputs):
        """Number by number."""
        self.inputs = inputs
        return inputs * (inputs > 0)

    def backward(self, gradient):
        """What passed on the way forward passes on the way back."""
        return gradient * (self.inputs > 0)


class LeakyReLU:
    """x where positive, else 0.01 x: a unit never falls quite silent."""

    def forward(self, inputs):
        """Number by number."""
        self.inputs = inputs
        return torch.where(inputs > 0, inputs, 0.01 * inputs)

    def backward(self, gradient):
        """The slope is 1 or 0.01."""
        return torch.where(self.inputs > 0, gradient, 0.01 * gradient)


class ELU:
    """x where positive, else exp(x) - 1: smooth, and never below -1."""

    def forward(self, inputs):
        """Number by number."""
        below = torch.where(inputs > 0, 0.0, inputs)  # no exp overflows
        self.slopes = below.exp()
        return torch.where(inputs > 0, inputs, torch.expm1(below))

    def backward(self, gradient):
        """The slope is exp(x) where x is negative, else 1."""
        return gradient * self.slopes


def loss_gradient(log_probabilities, targets):
    """Of loss and softmax together: prediction minus truth."""
    prediction = log_probabilities.exp()
    truth = torch.zeros_like(prediction).scatter(1, targets[:, None], 1)
    return (prediction - truth) / len(targets)


def backward(network, log_probabilities, targets):
    """The chain rule: from the loss back through layer after layer."""
    gradient = loss_gradient(log_probabilities, targets)
    for layer in reversed(network.layers):
        gradient = layer.backward(gradient)


def step(network, optimiser, inputs, targets):
    """Forward, loss, backward, and a step against the gradient."""
    zero_gradients(network.parameters())
    log_probabilities = network(inputs)
    loss = negative_log_likelihood(log_probabilities, targets)
    backward(network, log_probabilities, targets)
    optimiser.step()
    return log_probabilities, loss


def epoch(network, optimiser, batches):
    """One step for each mini-batch; `yield` lets others watch."""
    for inputs, targets in batches:
        yield step(network, optimiser, inputs, targets)
