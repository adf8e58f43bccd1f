"""Texts of the form of a model."""

from __future__ import annotations

TIPS = {
    "kind": "Model: what learns to tell the classes apart",
    "hidden": "Hidden layers: units of each, such as 8 8; empty for none",
    "activation": "Activation: the function behind each hidden layer",
    "optimiser": "Optimiser: how a gradient changes the weights",
    "rate": "Learning rate: how far each step goes",
    "batch_size": "Batch size: points in each mini-batch",
    "criterion": "Criterion: the impurity that a cut makes smaller",
    "cut_depth": "Depth: the most cuts between the root and a leaf",
    "least_leaf": "Least leaf: the fewest points that a leaf may have",
    "trees": "Trees: how many the forest averages",
    "per_split": "Features for each cut: how many of x and y a node may choose from",
    "bootstrap": "Each tree learns from points drawn with replacement, and misses about a third of them",
    "spirals": "Settings that learn two spirals: two hidden layers of 32 units, trained by Adam",
}
"""What to say of each field; up to the colon it is its name."""
