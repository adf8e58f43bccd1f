"""Level 1: PyTorch's library does everything; the loop that calls it is ours."""

from itertools import pairwise

from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def mini_batches(inputs, targets, batch_size, sampler):
    """Samples with their classes, a few at a time."""
    samples = TensorDataset(inputs, targets)
    return DataLoader(samples, batch_size=batch_size, sampler=sampler)


def make_network(sizes, activation):
    """Linear layers, an activation between them, log-softmax at the end."""
    layers = []
    for inputs, outputs in pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), activation()]
    layers[-1] = nn.LogSoftmax(dim=1)
    return nn.Sequential(*layers)


def make_optimiser(kind, parameters, learning_rate, **options):
    """Such as optim.SGD with momentum=0.9, or optim.Adam."""
    return kind(parameters, lr=learning_rate, **options)


def step(network, optimiser, inputs, targets):
    """Forward, loss, backward, and a step against the gradient."""
    optimiser.zero_grad()
    log_probabilities = network(inputs)
    loss = nn.NLLLoss()(log_probabilities, targets)
    loss.backward()
    optimiser.step()
    return log_probabilities, loss


def epoch(network, optimiser, batches):
    """One step for each mini-batch; `yield` lets others watch."""
    for inputs, targets in batches:
        yield step(network, optimiser, inputs, targets)
