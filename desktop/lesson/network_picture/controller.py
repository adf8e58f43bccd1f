"""Network controller: the Network page follows the digit on the pad and the weights that the lesson shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from desktop.lesson.network_picture.page import NetworkPage
from desktop.lesson.network_picture.text import EXAMPLE, NO_NETWORK, NO_NUMBERS, ON_THE_PAD
from engine.data.handwriting.synthetic_digits import random_ink
from engine.explain.flow_excerpt import FlowExcerpts
from engine.explain.network_flow import NetworkFlow, flow_through
from engine.explain.unit_formula import unit_formula
from engine.nn.registry import ACTIVATIONS
from engine.preprocessing.normaliser import normalise_ink

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop.lesson.shown_network import ShownNetwork
    from desktop.lesson.shown_weights import ShownWeights
    from desktop.reading.live_reader import LiveReader
    from engine.models.classifier import Reading

MOST_CONNECTIONS = 32
"""Drawn into each layer; more would hide each other."""

MOST_TERMS = 6
"""Products of a sum that are written out."""

_EXAMPLE_DIGIT, _EXAMPLE_SEED = 3, 7


class NetworkController(QObject):
    """Made together with its page.

    Attributes:
        page: The page.
    """

    def __init__(self, shown: ShownWeights, reader: LiveReader) -> None:
        page = NetworkPage()
        super().__init__(page)
        self.page = page
        shown.setParent(self)
        self._shown = shown
        self._excerpts = FlowExcerpts()
        self._flow: NetworkFlow | None = None
        self._sizes: tuple[int, ...] = ()
        self._example: NDArray[np.float32] | None = None
        reading = reader.last_reading
        self._drawing = None if reading is None else reading.image.ravel()
        page.set_sources(self.show_picture, self.show_unit)
        page.choice.follow(shown)
        shown.changed.connect(page.show_weights_soon)
        page.choice.source_chosen.connect(page.show_soon)
        reader.reading_completed.connect(self._on_reading_completed)
        reader.reading_cleared.connect(self._on_reading_cleared)

    def _on_reading_completed(self, reading: Reading) -> None:
        drawing = reading.image.ravel()
        # A network in training reads the same drawing again and again; its weights are told by themselves.
        if self._drawing is None or not np.array_equal(drawing, self._drawing):
            self._drawing = drawing
            self.page.show_soon()

    def _on_reading_cleared(self) -> None:
        if self._drawing is not None:
            self._drawing = None
            self.page.show_soon()

    def show_picture(self) -> None:
        """Send the drawing of now through the network of now; about a millisecond."""
        network = self._shown.network
        self._flow = None
        if network is None:
            self.page.show_message(NO_NETWORK)
            return
        if network.architecture.sizes != self._sizes:
            self._sizes = network.architecture.sizes
            self.page.picture.forget_units()
        drawing = self._example_drawing() if self._drawing is None else self._drawing
        flow = flow_through(
            network.architecture,
            network.weights,
            network.standardisation,
            drawing,
            network.temperature,
            network.classes,
        )
        if not flow.is_finite:
            self.page.show_message(NO_NUMBERS)
            return
        self._flow = flow
        picture = self.page.picture
        excerpt = self._excerpts.take(flow, picture.places, MOST_CONNECTIONS, picture.pointed)
        digit = EXAMPLE if self._drawing is None else ON_THE_PAD
        self.page.show_excerpt(excerpt, f"{_network_name(network)} · {digit}")

    def show_unit(self) -> None:
        """Show the sum of the unit pointed at, of the answer as long as none is."""
        flow = self._flow
        if flow is None:
            return
        unit = self.page.picture.pointed
        layer, number = (flow.last_layer, flow.answer) if unit is None else unit
        probability = float(flow.probabilities[number]) if layer == flow.last_layer else None
        name = flow.classes[number] if layer == flow.last_layer else None
        self.page.show_unit(unit_formula(flow, layer, number, MOST_TERMS), name, probability)

    def _example_drawing(self) -> NDArray[np.float32]:
        if self._example is None:
            self._example = normalise_ink(random_ink(_EXAMPLE_DIGIT, _EXAMPLE_SEED))
        return self._example


def _network_name(network: ShownNetwork) -> str:
    """Its title, with its sizes unless they are part of it."""
    sizes = network.architecture.describe()
    if sizes in network.title:
        return network.title
    return f"{network.title} · {sizes}, {ACTIVATIONS[network.architecture.activation].title}"
