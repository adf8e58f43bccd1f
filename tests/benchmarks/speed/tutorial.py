"""The usual tutorial: a Dataset of PIL images, ToTensor and Normalize, a DataLoader, Sequential, SGD."""

from __future__ import annotations

import importlib

from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset, RandomSampler

from engine.data.mnist.torchvision_guard import torchvision_datasets
from tests.benchmarks.speed.sequential import make_network, make_optimiser
from tests.benchmarks.speed.task import Task

SHARE = 0.1
"""Of an epoch that is timed, so that a run takes seconds and not minutes."""


class Images(Dataset[tuple[Tensor, int]]):
    """What torchvision.datasets.MNIST does for each digit that is asked for."""

    def __init__(self, task: Task) -> None:
        torchvision_datasets()  # past the guard; only then does torchvision.transforms load
        transforms = importlib.import_module("torchvision.transforms")
        mean, deviation = task.standardisation.mean, task.standardisation.standard_deviation
        self._transform = transforms.Compose(
            [transforms.ToTensor(), transforms.Normalize((mean,), (deviation,))]
        )
        self._images = task.digits.images.view(-1, 28, 28)
        self._labels = task.labels

    def __len__(self) -> int:
        return len(self._labels)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        image = Image.fromarray(self._images[index].numpy())
        return self._transform(image), int(self._labels[index])


def seconds_per_epoch(task: Task) -> list[float]:
    """A tenth of an epoch, scaled."""
    task.set_torch_threads()
    images = Images(task)
    count = round(SHARE * len(images))
    batches = DataLoader(images, task.batch_size, sampler=RandomSampler(images, num_samples=count))
    network = nn.Sequential(nn.Flatten(), *make_network())
    optimiser = make_optimiser(network)
    loss_of = nn.CrossEntropyLoss()

    def run_epoch() -> None:
        for inputs, labels in batches:
            optimiser.zero_grad()
            loss_of(network(inputs), labels).backward()
            optimiser.step()

    return task.timed(run_epoch, count / len(images))
