"""Pages: the detail pages that each kind of model has. Each is imported when it is first made."""

from __future__ import annotations

from desktop.boundaries.details.detail_page import DetailPage
from desktop.boundaries.details.details import Factories
from engine.boundaries.model_settings import FOREST, LOGISTIC, NETWORK, TREE

LOSS, UNITS, TREE_PAGE, TREES = "Loss", "Units", "Tree", "Trees"
OUT_OF_BAG, WHY, IMPORTANCE = "Out of bag", "Why", "Importance"


def _loss() -> DetailPage:
    from desktop.boundaries.details.loss_detail import LossDetail

    return LossDetail()


def _units() -> DetailPage:
    from desktop.boundaries.details.units_detail import UnitsDetail

    return UnitsDetail()


def _tree() -> DetailPage:
    from desktop.boundaries.details.tree_detail import TreeDetail

    return TreeDetail()


def _trees() -> DetailPage:
    from desktop.boundaries.details.trees_detail import TreesDetail

    return TreesDetail()


def _out_of_bag() -> DetailPage:
    from desktop.boundaries.details.out_of_bag_detail import OutOfBagDetail

    return OutOfBagDetail()


def _why() -> DetailPage:
    from desktop.boundaries.details.why_detail import WhyDetail

    return WhyDetail()


def _importance() -> DetailPage:
    from desktop.boundaries.details.importance_detail import ImportanceDetail

    return ImportanceDetail()


_NETWORK_PAGES: Factories = {LOSS: _loss, UNITS: _units, IMPORTANCE: _importance}
_PAGES: dict[str, Factories] = {
    LOGISTIC: _NETWORK_PAGES,
    NETWORK: _NETWORK_PAGES,
    TREE: {TREE_PAGE: _tree, WHY: _why, IMPORTANCE: _importance},
    FOREST: {TREES: _trees, OUT_OF_BAG: _out_of_bag, WHY: _why, IMPORTANCE: _importance},
}


def pages_of(kind: str) -> Factories:
    """What makes each page of a kind of model, by the name on its tab."""
    return _PAGES[kind]
