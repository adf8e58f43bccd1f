"""Samples for the tests of trees."""

import numpy as np

from engine.trees.samples import Samples


def clouds(count=600, classes=4, features=2, seed=0, grid=None):
    """(samples, features) and labels: clouds that run into each other; on a grid, values come several times.

    The values are float32, as scikit-learn rounds them.
    """
    generator = np.random.default_rng(seed)
    # First: more samples with the same seed come from the same clouds.
    middles = 2 * generator.standard_normal((classes, features))
    labels = generator.integers(0, classes, count)
    values = middles[labels] + 1.5 * generator.standard_normal((count, features))
    if grid:
        values = np.round(values * grid) / grid
    return values.astype(np.float32).astype(np.float64), labels


def as_samples(pair):
    """Sorted."""
    return Samples.of(*pair)
