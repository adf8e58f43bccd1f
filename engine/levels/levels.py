"""Levels: the table that training and the lesson read; `engine.levels.descriptions` has the words.

Each level takes one part over from the library. Level 4 also goes back to the library's matrix product, whose
written-out form level 3 has shown.
"""

from __future__ import annotations

from dataclasses import replace

from engine.levels import gradients, library, loop, network, optimisers, product
from engine.levels.batches_part import OwnBatchesPart
from engine.levels.in_place import InPlaceLevel
from engine.levels.level import Level, PrintedLevel
from engine.levels.library_part import LibraryBatchesPart, LibraryNetworkPart, LibraryOptimiserPart
from engine.levels.network_part import OwnNetworkPart
from engine.levels.optimiser_part import OwnOptimiserPart, PrintedOptimiser
from engine.levels.shown import Excerpt
from engine.levels.stepping import LoopPart

_FORWARD = {"relu": network.ReLU, "leaky-relu": network.LeakyReLU, "elu": network.ELU}
_BACKWARD = {"relu": gradients.ReLU, "leaky-relu": gradients.LeakyReLU, "elu": gradients.ELU}
_OPTIMISERS = {
    "sgd": PrintedOptimiser(optimisers.SGDWithMomentum, without_momentum=optimisers.SGD),
    "adam": PrintedOptimiser(optimisers.Adam, helpers=(optimisers.adam_update,)),
}

_LIBRARY = PrintedLevel(
    batches=LibraryBatchesPart(library.mini_batches),
    network=LibraryNetworkPart(library.make_network),
    product=None,
    loss=Excerpt(library.step, "NLLLoss"),
    gradients=(Excerpt(library.step, "loss.backward()"),),
    zeroing=Excerpt(library.step, "zero_grad()"),
    optimiser=LibraryOptimiserPart(library.make_optimiser, library.step),
    loop=LoopPart(library.step, library.epoch),
)
_OWN_NETWORK = replace(
    _LIBRARY,
    network=OwnNetworkPart(network.Linear, _FORWARD),
    product=Excerpt(network.Linear, " @ "),
)
_OWN_PRODUCT = replace(
    _OWN_NETWORK,
    network=OwnNetworkPart(product.Linear, _FORWARD),
    product=product.matrix_product,
)
_OWN_LOOP_AND_LOSS = replace(
    _OWN_NETWORK,
    batches=OwnBatchesPart(loop.mini_batches),
    loss=loop.negative_log_likelihood,
    gradients=(Excerpt(loop.step, "loss.backward()"),),
    zeroing=loop.zero_gradients,
    optimiser=LibraryOptimiserPart(library.make_optimiser, loop.step),
    loop=LoopPart(loop.step, loop.epoch),
)
_OWN_OPTIMISER = replace(
    _OWN_LOOP_AND_LOSS, optimiser=OwnOptimiserPart(_OPTIMISERS, optimisers.decay_weights)
)
OWN_GRADIENTS = replace(
    _OWN_OPTIMISER,
    network=OwnNetworkPart(gradients.Linear, _BACKWARD, has_backward=True),
    product=Excerpt(gradients.Linear, " @ "),
    gradients=(gradients.loss_gradient, gradients.backward),
    loop=LoopPart(gradients.step, gradients.epoch),
)
"""The last level that is written to be read."""

IN_PLACE = InPlaceLevel()
"""The level that is written for speed."""

LEVELS: dict[int, Level] = {
    1: _LIBRARY,
    2: _OWN_NETWORK,
    3: _OWN_PRODUCT,
    4: _OWN_LOOP_AND_LOSS,
    5: _OWN_OPTIMISER,
    6: OWN_GRADIENTS,
    7: IN_PLACE,
}
"""The levels by their numbers in `engine.levels.descriptions`."""
