"""The student: the plain network that is shipped, trained on lessons with the program's own parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from engine.data.digits import Standardisation
from engine.nn.losses import log_softmax
from engine.nn.network import Architecture, Network, Weights
from engine.nn.optimisers import SGD
from engine.nn.schedules import SCHEDULES
from engine.nn.weight_average import WeightAverage
from resources.shipped_network.lessons import Lessons
from resources.shipped_network.teachers import with_none


@dataclass(frozen=True, slots=True)
class StudentSettings:
    """How the student is trained.

    Attributes:
        hidden: Units of its hidden layers.
        epochs: Over all lessons.
        batch_size: Lessons in a mini-batch.
        learning_rate: The peak of the one-cycle schedule.
        weight_decay: Of every weight.
        trust: Share of the teachers' answer in what is to be learned, 0 to 1; the label has the rest.
        temperature: What logits of both are divided by: above 1, unlikely answers count more.
    """

    hidden: tuple[int, ...] = (640, 320)
    epochs: int = 5
    batch_size: int = 512
    learning_rate: float = 0.2
    weight_decay: float = 2e-4
    trust: float = 0.7
    temperature: float = 1.0


def train_student(
    lessons: Lessons,
    standardise: Standardisation,
    settings: StudentSettings,
    seed: int,
    device: torch.device,
    say: Callable[[str], None],
    start: Weights | None = None,
) -> tuple[Architecture, Weights]:
    """Train one, from weights that there are or from random ones; the running average of its weights."""
    architecture = Architecture((lessons.images.shape[1], *settings.hidden, 10))
    network = Network(architecture, seed, device, start=start)
    parameters = network.parameters()
    for parameter in parameters:
        parameter.requires_grad_()
    optimiser = SGD(parameters, settings.learning_rate, momentum=0.9, weight_decay=settings.weight_decay)
    average = WeightAverage(network)
    generator = torch.Generator().manual_seed(seed)
    steps = len(lessons) // settings.batch_size
    total_steps = steps * settings.epochs
    schedule = SCHEDULES["one-cycle"]
    taken = 0
    for epoch in range(settings.epochs):
        order = torch.randperm(len(lessons), generator=generator).to(device)
        total = torch.zeros((), device=device)
        for chosen in order[: steps * settings.batch_size].view(steps, -1):
            optimiser.learning_rate = settings.learning_rate * schedule(taken / max(1, total_steps - 1))
            logits = with_none(network(standardise(lessons.images[chosen].float() / 255)))
            wanted = torch.nn.functional.one_hot(lessons.labels[chosen], 11).float()
            said = lessons.said[chosen].float()
            loss = -(1 - settings.trust) * (wanted * log_softmax(logits)).sum(dim=1).mean()
            if settings.trust:
                heat = settings.temperature
                softened = said if heat == 1 else (said.clamp_min(1e-7).log() / heat).softmax(dim=1)
                agreement = (softened * log_softmax(logits / heat)).sum(dim=1).mean()
                loss = loss - settings.trust * heat**2 * agreement
            for parameter in parameters:
                parameter.grad = None
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            average.update()
            taken += 1
            total += loss.detach()
        say(f"student, epoch {epoch + 1}: loss {float(total) / steps:.4f}")
    return architecture, average.snapshot()
