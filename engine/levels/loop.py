"""Level 4: mini-batches, loss and zeroing of our own, and the loop that calls them."""

import torch


def mini_batches(inputs, targets, batch_size, generator):
    """Shuffle, cut into chunks, pick each chunk out."""
    order = torch.randperm(len(inputs), generator=generator)
    for chosen in order.split(batch_size):
        yield inputs[chosen], targets[chosen]


def negative_log_likelihood(log_probabilities, targets):
    """The mean of minus the log-probability of each true class."""
    return -log_probabilities.gather(1, targets[:, None]).mean()


def zero_gradients(parameters):
    """Backward adds to what is there, so begin with nothing."""
    for parameter in parameters:
        parameter.grad = torch.zeros_like(parameter)


def step(network, optimiser, inputs, targets):
    """Forward, loss, backward, and a step against the gradient."""
    zero_gradients(network.parameters())
    log_probabilities = network(inputs)
    loss = negative_log_likelihood(log_probabilities, targets)
    loss.backward()
    optimiser.step()
    return log_probabilities, loss


def epoch(network, optimiser, batches):
    """One step for each mini-batch; `yield` lets others watch."""
    for inputs, targets in batches:
        yield step(network, optimiser, inputs, targets)
