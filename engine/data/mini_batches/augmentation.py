"""Augmentation: small random turns, shears, stretches, shifts and bends of digits, for a whole batch at once.

Affine maps and smooth bends together follow P. Simard, D. Steinkraus and J. Platt, "Best practices for
convolutional neural networks applied to visual document analysis", 2003.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from engine.preprocessing.normaliser import SIDE

# Control points of a bend along each side, the outermost two beyond the picture.
_CONTROL = 7
# How torch.grid_sampler numbers its choices.
_BILINEAR, _ZEROS_OUTSIDE = 0, 0


@dataclass(frozen=True, slots=True)
class Warps:
    """Bounds of the random maps; each value of the affine part is drawn evenly from minus to plus its bound.

    Attributes:
        turn_degrees: Rotation about the centre.
        shear: Horizontal shift for each unit of height, as handwriting leans.
        stretch: Relative change of width and of height, each on its own.
        shift_pixels: Movement across and down.
        bend_pixels: Standard deviation of the control points of the bend.
    """

    turn_degrees: float = 10.0
    shear: float = 0.2
    stretch: float = 0.12
    shift_pixels: float = 1.0
    bend_pixels: float = 1.0

    def __call__(self, images: Tensor, generator: torch.Generator) -> Tensor:
        """Warp each image by a map of its own.

        Args:
            images: (batch, 784) float32, 0 background to 1 ink.
            generator: Source of the random maps; a generator of the CPU, so that every device gets the same.

        Returns:
            (batch, 784) float32.
        """
        return self.apply(images, self.draw(len(images), generator).to(images.device))

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """Random maps for so many images.

        Args:
            count: Images.
            generator: Source of the random maps; they are drawn on its device.

        Returns:
            (count, 2, factors) float32: what each picture of a basis counts for in x and in y.
        """
        # Grids count from -1 to 1 over the side, so a pixel is 2 / SIDE.
        pixel = 2 / SIDE
        factors = [self._affine_maps(count, pixel, generator)]
        if self.bend_pixels:
            shape = count, 2, _CONTROL * _CONTROL
            control = torch.randn(*shape, generator=generator, device=generator.device)
            factors.append(control * (self.bend_pixels * pixel))
        return torch.cat(factors, dim=2)

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        """Warp each image by a map of its own.

        Args:
            images: (batch, 784) float32, 0 background to 1 ink.
            drawn: From `draw`, for as many images, on the same device.

        Returns:
            (batch, 784) float32.
        """
        count = len(images)
        # Where each pixel of the result comes from is a sum of a few pictures: one matrix product for all.
        grid = drawn.view(2 * count, -1) @ _basis(bool(self.bend_pixels), images.device)
        # Left as it is in memory, all x before all y, which the sampler reads fastest.
        grid = grid.view(count, 2, SIDE, SIDE).permute(0, 2, 3, 1)
        pictures = images.view(count, 1, SIDE, SIDE)
        warped = torch.grid_sampler(pictures, grid, _BILINEAR, _ZEROS_OUTSIDE, False)
        return warped.view(count, SIDE * SIDE)

    def _affine_maps(self, count: int, pixel: float, generator: torch.Generator) -> Tensor:
        """(count, 2, 3) float32 maps from places in the result to places in the source."""
        across, down, shear, turn, right, low = (
            2 * torch.rand(6, count, generator=generator, device=generator.device) - 1
        )
        turn = turn * math.radians(self.turn_degrees)
        across, down = 1 + self.stretch * across, 1 + self.stretch * down
        shear = self.shear * shear
        shift = pixel * self.shift_pixels
        cosine, sine = torch.cos(turn), torch.sin(turn)
        return torch.stack(
            [
                torch.stack([cosine * across, (shear * cosine - sine) * down, right * shift], dim=1),
                torch.stack([sine * across, (shear * sine + cosine) * down, low * shift], dim=1),
            ],
            dim=1,
        )


@lru_cache(maxsize=4)
def _basis(bends: bool, device: torch.device) -> Tensor:
    """(3 or 3 + _CONTROL², 784) float32: x, y, 1 and the spline of each control point at each pixel."""
    centres = (2 * torch.arange(SIDE) + 1) / SIDE - 1
    y, x = torch.meshgrid(centres, centres, indexing="ij")
    pictures = [torch.stack([x, y, torch.ones_like(x)]).view(3, -1)]
    if bends:
        spline = _spline_basis()
        both = spline.T[:, None, :, None] * spline.T[None, :, None, :]  # (down, across, y, x)
        pictures.append(both.reshape(_CONTROL * _CONTROL, -1))
    return torch.cat(pictures).to(device)


def _spline_basis() -> Tensor:
    """(SIDE, _CONTROL) float32 weights of a uniform cubic B-spline at the pixel centres; rows sum to 1."""
    position = (torch.arange(SIDE) + 0.5) / SIDE * (_CONTROL - 3)
    distance = (position[:, None] + 1 - torch.arange(_CONTROL)).abs()
    near = 2 / 3 - distance**2 + distance**3 / 2
    far = (2 - distance).clamp(min=0) ** 3 / 6
    return torch.where(distance < 1, near, far)
