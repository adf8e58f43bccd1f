"""Fused steps: a whole step of a network of linear layers in a few kernels, for graphics cards.

`kernels` and `move_kernel` have what runs on the card, `tiles` how it is cut up, `layers` and `moving` what
is launched, `program` the steps, and `available` says whether there is anything to run them with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.training.stretches.fused.available import (
    PRECISIONS,
    USUAL_PRECISION,
    failures,
    has_triton,
    knows,
    make_program,
    program_of,
)

if TYPE_CHECKING:
    from engine.training.stretches.fused.program import FusedProgram as FusedProgram

__all__ = ["PRECISIONS", "USUAL_PRECISION", "failures", "has_triton", "knows", "make_program", "program_of"]
