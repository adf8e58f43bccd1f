"""Teachers: convolutional networks, too slow for the pad, that a plain one learns to agree with.

G. Hinton, O. Vinyals, J. Dean, "Distilling the knowledge in a neural network", 2015.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.data.digits import Standardisation
from engine.data.mini_batches.augmentation import Warps
from resources.shipped_network.samples import Samples

_SIDE = 28
_AT_ONCE = 4096
# Bolder than in training of plain networks: convolutions learn more from it.
_WARPS = Warps(turn_degrees=12, shear=0.25, stretch=0.15, shift_pixels=1.5, bend_pixels=1.2)


@dataclass(frozen=True, slots=True)
class TeacherSettings:
    """How a teacher is trained.

    Attributes:
        channels: Of its three blocks.
        epochs: Over the samples.
        batch_size: Samples in a mini-batch.
        learning_rate: The peak of a one-cycle schedule.
        weight_decay: Of AdamW.
    """

    channels: tuple[int, int, int] = (32, 64, 128)
    epochs: int = 6
    batch_size: int = 1024
    learning_rate: float = 3e-3
    weight_decay: float = 0.02


class Teacher(nn.Module):
    """Pictures, (batch, 784) standardised, to ten logits that stand beside a 0 for none of the ten."""

    def __init__(self, channels: Sequence[int]) -> None:
        super().__init__()
        first, second, third = channels
        self.body = nn.Sequential(
            *_convolution(1, first), *_convolution(first, first), nn.MaxPool2d(2), nn.Dropout2d(0.05),
            *_convolution(first, second), *_convolution(second, second), nn.MaxPool2d(2), nn.Dropout2d(0.1),
            *_convolution(second, third), nn.Flatten(), nn.Dropout(0.4),
            nn.Linear(49 * third, 256), nn.ReLU(), nn.Dropout(0.3), nn.Linear(256, 10),
        )  # fmt: skip

    def forward(self, inputs: Tensor) -> Tensor:
        """(batch, 784) to (batch, 10)."""
        pictures = inputs.view(-1, 1, _SIDE, _SIDE).contiguous(memory_format=torch.channels_last)
        logits: Tensor = self.body(pictures)
        return logits


def _convolution(inputs: int, outputs: int) -> tuple[nn.Module, nn.Module, nn.Module]:
    return nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()


def with_none(logits: Tensor) -> Tensor:
    """(batch, 10) logits and the 0 of none of the ten: (batch, 11)."""
    return torch.cat([logits, logits.new_zeros(len(logits), 1)], dim=1)


def train_teacher(
    samples: Samples,
    standardise: Standardisation,
    settings: TeacherSettings,
    seed: int,
    device: torch.device,
    say: Callable[[str], None],
) -> Teacher:
    """Train one; the same seed on the same device gives the same, give or take the order of sums."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    teacher = Teacher(settings.channels).to(device)
    images, labels = samples.images.to(device), samples.labels.to(device)
    steps = len(samples) // settings.batch_size
    optimiser = torch.optim.AdamW(
        teacher.parameters(), settings.learning_rate, weight_decay=settings.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, settings.learning_rate, total_steps=steps * settings.epochs
    )
    for epoch in range(settings.epochs):
        order = torch.randperm(len(samples), generator=generator).to(device)
        total = torch.zeros((), device=device)
        for chosen in order[: steps * settings.batch_size].view(steps, -1):
            inputs = standardise(_WARPS(images[chosen].float() / 255, generator))
            with torch.autocast(device.type, torch.bfloat16):
                logits = teacher(inputs)
            loss = nn.functional.cross_entropy(with_none(logits.float()), labels[chosen])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += loss.detach()
        say(f"teacher {seed}, epoch {epoch + 1}: loss {float(total) / steps:.4f}")
    return teacher.eval()


@torch.no_grad()
def teach(teachers: Sequence[Teacher], inputs: Tensor) -> Tensor:
    """The mean of what the teachers say: (batch, 11) float32 probabilities."""
    parts = []
    for part in torch.split(inputs, _AT_ONCE):
        with torch.autocast(inputs.device.type, torch.bfloat16):
            logits = [teacher(part) for teacher in teachers]
        parts.append(torch.stack([with_none(each.float()).softmax(dim=1) for each in logits]).mean(dim=0))
    return torch.cat(parts)
