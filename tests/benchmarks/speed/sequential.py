"""torch.nn.Sequential and torch.optim.SGD on tensors in memory; as it is, and compiled."""

from __future__ import annotations

import os
from collections.abc import Callable

import torch
from torch import Tensor, nn

from tests.benchmarks.speed.task import (
    CLASSES,
    HIDDEN,
    INPUTS,
    LEARNING_RATE,
    MOMENTUM,
    Task,
    UnavailableError,
)


def make_network() -> nn.Sequential:
    """784-100-10."""
    return nn.Sequential(nn.Linear(INPUTS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CLASSES))


def make_optimiser(network: nn.Module) -> torch.optim.SGD:
    """With momentum."""
    return torch.optim.SGD(network.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)


def seconds_per_epoch(task: Task) -> list[float]:
    """The loop that everyone writes, shuffled by index."""
    task.set_torch_threads()
    network = make_network()
    return _seconds(task, network, network)


def seconds_per_epoch_compiled(task: Task) -> list[float]:
    """The same loop around torch.compile of the network, which is compiled before the timed epochs."""
    # Compilers that outlive the call would be taken for other programs that disturb.
    os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"
    task.set_torch_threads()
    network = make_network()
    try:
        return _seconds(task, network, torch.compile(network, dynamic=False))
    except torch._dynamo.exc.TorchDynamoException as error:
        raise UnavailableError(f"torch.compile: {str(error).splitlines()[0]}") from error


def _seconds(task: Task, network: nn.Module, called: Callable[[Tensor], Tensor]) -> list[float]:
    optimiser = make_optimiser(network)
    loss_of = nn.CrossEntropyLoss()
    inputs, labels = task.inputs, task.labels

    def run_epoch() -> None:
        for chosen in torch.randperm(len(labels)).split(task.batch_size):
            optimiser.zero_grad()
            loss_of(called(inputs[chosen]), labels[chosen]).backward()
            optimiser.step()

    return task.timed(run_epoch)
