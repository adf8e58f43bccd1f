"""Warps: small random turns, shears, stretches and shifts of digits, made for a whole batch at once.

The one module that uses torch.nn.functional: grid_sample and affine_grid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample

from engine.normaliser import SIDE


@dataclass(frozen=True, slots=True)
class AffineWarps:
    """Bounds of the random affine maps; each value is drawn evenly from minus to plus its bound.

    Attributes:
        turn_degrees: Rotation about the centre.
        shear: Horizontal shift for each unit of height, as handwriting leans.
        stretch: Relative change of width and of height, each on its own.
        shift_pixels: Movement across and down.
    """

    turn_degrees: float = 10.0
    shear: float = 0.2
    stretch: float = 0.12
    shift_pixels: float = 1.5

    def __call__(self, images: Tensor, generator: torch.Generator) -> Tensor:
        """Warp each image by a map of its own.

        Args:
            images: (batch, 784) float32, 0 paper to 1 ink.
            generator: Source of the random maps; a generator of the CPU, so that every device gets the same.

        Returns:
            (batch, 784) float32.
        """
        count = len(images)
        across, down, shear, turn, right, low = 2 * torch.rand(6, count, generator=generator) - 1
        turn = turn * math.radians(self.turn_degrees)
        across, down = 1 + self.stretch * across, 1 + self.stretch * down
        shear = self.shear * shear
        cosine, sine = torch.cos(turn), torch.sin(turn)
        # affine_grid counts from -1 to 1 over the side, so a pixel is 2 / SIDE.
        pixel = 2 / SIDE * self.shift_pixels
        maps = torch.stack(
            [
                torch.stack([cosine * across, (shear * cosine - sine) * down, right * pixel], dim=1),
                torch.stack([sine * across, (shear * sine + cosine) * down, low * pixel], dim=1),
            ],
            dim=1,
        ).to(images.device)
        grid = affine_grid(maps, [count, 1, SIDE, SIDE], align_corners=False)
        warped = grid_sample(images.view(count, 1, SIDE, SIDE), grid, align_corners=False)
        return warped.view(count, SIDE * SIDE)
