"""Fused steps: a whole step of a network of linear layers in a few kernels, for graphics cards.

`kernels` and `move_kernel` have what runs on the card, `tiles` how it is cut up, `layers` what is launched,
`program` the steps, and `available` says whether there is anything to run them with.
"""

from engine.training.stretches.fused.available import PRECISIONS, USUAL_PRECISION, program_of

__all__ = ["PRECISIONS", "USUAL_PRECISION", "program_of"]
