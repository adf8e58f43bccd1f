"""Level 2: a network of our own, which PyTorch still differentiates."""

import torch


class Linear:
    """Each output is a weighted sum of all inputs, plus a bias."""

    def __init__(self, inputs, outputs):
        self.weights = (2 / inputs) ** 0.5 * torch.randn(inputs, outputs)
        self.bias = torch.zeros(outputs)
        self.weights.requires_grad = self.bias.requires_grad = True

    def forward(self, inputs):
        """(batch, inputs) to (batch, outputs)."""
        return inputs @ self.weights + self.bias


class ReLU:
    """max(x, 0): what is positive passes."""

    def forward(self, inputs):
        """Number by number."""
        return inputs * (inputs > 0)


class LeakyReLU:
    """x where positive, else 0.01 x: a unit never falls quite silent."""

    def forward(self, inputs):
        """Number by number."""
        return torch.where(inputs > 0, inputs, 0.01 * inputs)


class ELU:
    """x where positive, else exp(x) - 1: smooth, and never below -1."""

    def forward(self, inputs):
        """Number by number."""
        below = torch.where(inputs > 0, 0.0, inputs)  # no exp overflows
        return torch.where(inputs > 0, inputs, torch.expm1(below))


def log_softmax(logits):
    """log(exp(x) / sum(exp(x))), row by row."""
    shifted = logits - logits.amax(dim=1, keepdim=True)  # no exp overflows
    return shifted - shifted.exp().sum(dim=1, keepdim=True).log()


class Network:
    """Such as Network([Linear(784, 100), ReLU(), Linear(100, 10)])."""

    def __init__(self, layers):
        self.layers = layers

    def __call__(self, inputs):
        """(batch, inputs) to log-probabilities, (batch, classes)."""
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return log_softmax(inputs)

    def parameters(self):
        """Weights and bias of every second layer; activations have none."""
        linear = self.layers[::2]
        return [each for layer in linear for each in (layer.weights, layer.bias)]
