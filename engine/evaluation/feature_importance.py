"""Permutation importance of features: how much accuracy each of them carries, whatever the model.

The same as `engine.evaluation.permutation_importance` does for blocks of pixels, for models that are asked
samples of a few features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.permutation_importance import REPEATS, Importance

Predict = Callable[[NDArray[np.float64]], NDArray[np.int64]]
"""(samples, features) to classes, (samples,)."""


def feature_importance(
    predict: Predict,
    samples: NDArray[np.float64],
    labels: NDArray[np.int64],
    seed: int = 0,
    repeats: int = REPEATS,
) -> Iterator[Importance]:
    """Permute one feature after another across the samples of a set.

    All features come once before any comes again. To stop, do not ask for the next.

    Args:
        predict: The model.
        samples: (samples, features), 1 sample or more.
        labels: (samples,) true classes.
        seed: Of the permutations; the same seed gives the same numbers.
        repeats: Permutations of each feature, 1 or more.

    Yields:
        One `Importance` after each permutation, with (features,) drops.

    Raises:
        ValueError: There is nothing to permute.
    """
    if not samples.size or repeats < 1:
        raise ValueError(f"{len(samples)} samples, {repeats} permutations")
    generator = np.random.default_rng(seed)
    features = samples.shape[1]
    baseline = float((predict(samples) == labels).mean())
    lost, times = np.zeros(features), np.zeros(features)
    for done in range(features * repeats):
        feature = done % features
        permuted = samples.copy()
        permuted[:, feature] = generator.permutation(permuted[:, feature])
        lost[feature] += baseline - float((predict(permuted) == labels).mean())
        times[feature] += 1
        drops = np.divide(lost, times, out=np.full(features, np.nan), where=times > 0)
        yield Importance(drops, baseline, done + 1, features * repeats)
