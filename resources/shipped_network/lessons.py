"""Lessons: every sample several times over, warped anew each time, with what the teachers say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.data.digits import Standardisation
from engine.data.mini_batches.augmentation import Warps
from resources.shipped_network.samples import Samples
from resources.shipped_network.teachers import Teacher, teach

_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a plain network learns from.

    Attributes:
        images: (lessons, 784) uint8.
        labels: (lessons,) int64, 0 to 10.
        said: (lessons, 11) float16 probabilities by the teachers, the last of none of the ten.
    """

    images: Tensor
    labels: Tensor
    said: Tensor

    def __len__(self) -> int:
        return len(self.labels)


def make_lessons(
    samples: Samples,
    teachers: Sequence[Teacher],
    standardise: Standardisation,
    times: int,
    seed: int,
    device: torch.device,
) -> Lessons:
    """Warp every sample so many times, the first as it is, and ask the teachers.

    The random maps are drawn on the CPU, so that every device warps alike.
    """
    warp = Warps()
    generator = torch.Generator().manual_seed(seed)
    images, said = [], []
    for time in range(times):
        for part in torch.split(samples.images, _AT_ONCE):
            intensities = part.to(device).float() / 255
            if time:
                intensities = warp(intensities, generator)
            pictures = (intensities * 255 + 0.5).clamp(0, 255).byte()
            images.append(pictures)
            if teachers:
                said.append(teach(teachers, standardise(pictures.float() / 255)).half())
    labels = samples.labels.to(device).repeat(times)
    answers = torch.cat(said) if said else torch.nn.functional.one_hot(labels, 11).half()
    return Lessons(torch.cat(images), labels, answers)
