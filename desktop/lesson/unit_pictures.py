"""Unit pictures: what the lesson shows of a network's weights, and which units come first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from desktop.lesson.weights_page import MOST_UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from desktop.lesson.shown_network import ShownNetwork
    from desktop.lesson.weights_page import WeightsPage
    from engine.data.digits import Digits

# Units that change places several times a second cannot be followed.
_ORDER_KEPT_S = 2.0
_SAMPLE_COUNT, _SAMPLE_SEED = 100, 5


class UnitPictures:
    """Orders units by their use on digits that the program writes itself, so that no data are needed."""

    def __init__(self) -> None:
        self._network: ShownNetwork | None = None
        self._sample: Digits | None = None
        self._orders: dict[int, tuple[float, Tensor]] = {}
        self._chosen: list[int] = []
        self._chosen_at = 0

    def show(self, network: ShownNetwork) -> None:
        """Look into this network from now on."""
        known = self._network
        if known is not None and known.architecture != network.architecture:
            self.forget_order()
        self._network = network

    def forget_order(self) -> None:
        """Sort the units anew next time."""
        self._orders = {}
        self._chosen = []

    def names(self, units: Sequence[int], layer: int) -> list[str]:
        """What to write below units: the class, or the unit's number."""
        network = self._network
        if network is not None and layer == len(network.architecture.sizes) - 2:
            return [network.classes[unit] for unit in units]
        return [f"unit {unit}" for unit in units]

    def chosen_units(self, count: int, step: int) -> list[int]:
        """The most used units of the first layer; chosen anew whenever the steps have doubled."""
        if not self._chosen or step >= 2 * self._chosen_at or step < self._chosen_at:
            self._chosen = self._order(0)[:count].tolist()
            self._chosen_at = step
        return self._chosen

    def fill(self, page: WeightsPage, layer: int) -> None:
        """Show the units of a layer on the page."""
        from engine.explain.weight_images import unit_images

        network = self._network
        if network is None:
            return
        sizes = network.architecture.sizes
        page.set_layers([_layer_name(index, sizes) for index in range(len(sizes) - 1)])
        layer = min(layer, len(sizes) - 2)
        order = self._order(layer)[:MOST_UNITS]
        units = order.tolist()
        images = unit_images(network.weights, layer, order).numpy()
        count = sizes[layer + 1]
        is_last = layer == len(sizes) - 2
        shown = f"{len(units)} of {count} units, the most used first"
        if is_last:
            shown = f"one picture per {network.classes.noun}"
        note = ""
        if layer:
            note = (
                "This layer sees the pixels through the layers before it. The pictures multiply the layers "
                "as if there were no activation between them: the direction is right, the bends are left out."
            )
        limit = float(abs(images).max()) or 1.0
        page.show_units(images, limit, self.names(units, layer), f"{network.title} · {shown}", note)

    def _order(self, layer: int) -> Tensor:
        """Units of a layer, the most used first; kept for a while."""
        from engine.explain.weight_images import most_used

        network = self._network
        if network is None:
            raise RuntimeError("there is no network to look into")
        made_at, order = self._orders.get(layer, (0.0, None))
        now = time.monotonic()
        if order is None or now - made_at > _ORDER_KEPT_S:
            inputs = network.standardisation(self._sample_digits().intensities())
            order = most_used(network.architecture, network.weights, inputs, layer)
            self._orders[layer] = (now, order)
        return order

    def _sample_digits(self) -> Digits:
        from engine.data.handwriting.synthetic_digits import make_handwriting

        if self._sample is None:
            self._sample = make_handwriting(_SAMPLE_COUNT, _SAMPLE_SEED)
        return self._sample


def _layer_name(index: int, sizes: Sequence[int]) -> str:
    return f"Layer {index + 1}: {sizes[index]} → {sizes[index + 1]}"
