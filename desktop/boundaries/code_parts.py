"""Code parts: the code that runs for a model of the plane, file by file or part by part."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from engine.boundaries.model_settings import FOREST, LOGISTIC, NETWORK, TREE, ModelSettings
from engine.levels.descriptions import BATCHES, FAST_LEVEL, GRADIENTS, LOOP, LOSS, OPTIMISER, PRODUCT, ZEROING
from engine.levels.descriptions import NETWORK as LAYERS

_IMPURITY = (
    "Impurity",
    "How mixed the classes of some points are: Gini and entropy, 0 where all are of one class.",
    "engine.trees.impurity",
)
_SPLIT = (
    "Split",
    "Tries every place between two different values of a feature, and takes the cut after which both sides "
    "are purest.",
    "engine.trees.split",
)
_LEVEL = (
    "Level",
    "All nodes of one depth side by side in long arrays, so that they are cut together.",
    "engine.trees.level",
)
_GROWING = (
    "Growing",
    "Cuts one level after another, from the root down, until no cut is worth it.",
    "engine.trees.growing",
)
_TREE = (
    "Tree",
    "The finished tree: a point goes left or right at each cut, and the leaf where it ends answers.",
    "engine.trees.tree",
)
_FOREST = (
    "Forest",
    "Draws the points anew for each tree, grows the trees, and averages what they answer; the points that a "
    "tree has not seen judge it.",
    "engine.trees.forest",
)
_FEATURES = (
    "Features",
    "What the network is told of each point, brought to mean 0 and standard deviation 1.",
    "engine.plane.features",
)
_FILES = {
    TREE: (
        _IMPURITY,
        _SPLIT,
        _LEVEL,
        _GROWING,
        _TREE,
        (
            "Learner",
            "What Train and Step call: shows the cuts of the tree one by one, the best first.",
            "engine.boundaries.tree_learner",
        ),
    ),
    FOREST: (
        _IMPURITY,
        _SPLIT,
        _LEVEL,
        _GROWING,
        _TREE,
        _FOREST,
        (
            "Learner",
            "What Train and Step call: shows the trees one by one, and their average.",
            "engine.boundaries.forest_learner",
        ),
    ),
}
_NETWORK_LEARNER = (
    "Learner",
    "What Train and Step call: puts the parts together and goes on without a last epoch.",
    "engine.boundaries.network_learner",
)
_QUICK_STEPS = (
    "Quick steps",
    "What a small network runs instead of these parts: the same step in as few NumPy calls as it can be.",
    "engine.training.quick.program",
)
_PARTS = {
    BATCHES: "Hands out the points a few at a time, in another order in each epoch.",
    LAYERS: "Linear layers with an activation between; log-softmax turns the last sums into logarithms of "
    "probabilities.",
    PRODUCT: "Multiplies the points of a mini-batch with the weights of a layer.",
    LOSS: "Minus the logarithm of the probability that the network gives to the true class, on average.",
    GRADIENTS: "How the loss changes with each weight, from the last layer back to the first.",
    ZEROING: "Forgets the gradients of the last mini-batch.",
    OPTIMISER: "Moves each weight a little against its gradient.",
    LOOP: "Mini-batch after mini-batch: forward, loss, backward, step.",
}


@dataclass(frozen=True, slots=True)
class CodePart:
    """Some code.

    Attributes:
        title: What it is, in a word or two.
        about: What it does, in a sentence.
        lines: The source as it stands in the file; none where the program was installed without it.
        new_lines: Places in `lines` of those that no lower level has.
        path: Of the file within the sources; empty if the lines come from several.
    """

    title: str
    about: str
    lines: tuple[str, ...]
    new_lines: frozenset[int] = frozenset()
    path: str = ""


def code_parts(settings: ModelSettings) -> tuple[CodePart, ...]:
    """What runs with these settings, in the order in which points pass through it.

    Raises:
        SettingsError: The settings make no sense.
    """
    settings.check()
    if settings.kind in (LOGISTIC, NETWORK):
        quick = (_file(*_QUICK_STEPS),) if settings.trained.level == FAST_LEVEL else ()
        return _file(*_FEATURES), *_level_parts(settings), *quick, _file(*_NETWORK_LEARNER)
    return tuple(_file(*each) for each in _FILES[settings.kind])


def _level_parts(settings: ModelSettings) -> list[CodePart]:
    from engine.lesson.level_source import level_source

    return [
        CodePart(block.title, _PARTS[block.title], block.lines, block.new_lines)
        for block in level_source(settings.trained)
    ]


def _file(title: str, about: str, module: str) -> CodePart:
    from engine.lesson.source_text import file_of

    try:
        lines = file_of(import_module(module))
    except OSError:
        lines = ()
    return CodePart(title, about, lines, path=module.replace(".", "/") + ".py")
