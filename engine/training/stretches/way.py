"""Ways: how stretches are recorded, and by what program."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from engine.levels.in_place import InPlaceStepping
from engine.levels.stepping import PrintedStepping, Stepping
from engine.nn.protocols import TrainableNetwork
from engine.settings import TrainingSettings
from engine.training.stretches import fused
from engine.training.stretches.in_place import InPlaceProgram
from engine.training.stretches.printed import PrintedProgram
from engine.training.stretches.program import Program
from engine.training.stretches.recorder import CudaRecorder, Recorder

RECORDED_LEVELS = (5, 6, 7)
"""Levels whose steps can be recorded: what the library does before them keeps numbers in Python."""


@dataclass(frozen=True, slots=True)
class StretchWay:
    """A way to record.

    Attributes:
        recorder: Of the device.
        is_fused: Whether level 7 takes fused steps, where they are known and Triton is there.
        precision: Of fused products; see `engine.training.stretches.fused`.
    """

    recorder: Recorder = field(default_factory=CudaRecorder)
    is_fused: bool = True
    precision: str = fused.USUAL_PRECISION


def way_of(device: torch.device | str) -> StretchWay | None:
    """The way of a device that is faster with one."""
    return StretchWay() if torch.device(device).type == "cuda" else None


def program_of(
    stepping: Stepping, network: TrainableNetwork, settings: TrainingSettings, way: StretchWay
) -> Program | None:
    """The fastest program of a level's steps; None if they cannot be recorded."""
    if settings.level not in RECORDED_LEVELS:
        return None
    if isinstance(stepping, InPlaceStepping):
        program = fused.program_of(stepping, network, settings, way.precision) if way.is_fused else None
        return program or InPlaceProgram.of(stepping, network, settings)
    if isinstance(stepping, PrintedStepping):
        return PrintedProgram.of(stepping, network, settings)
    return None
