"""Samples: what trees are grown from, sorted once by each feature."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Samples with their classes.

    Attributes:
        values: (features, samples) float64, finite.
        labels: (samples,) int64, 0 to `classes` - 1.
        classes: Number of classes.
        orders: (features, samples) int64: the samples by each feature, ascending.
    """

    values: NDArray[np.float64]
    labels: NDArray[np.int64]
    classes: int
    orders: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.labels) or not self.values.size:
            raise ValueError("values must be (features, samples), one sample or more")
        if not np.isfinite(self.values).all():
            raise ValueError("values must be finite")
        if self.labels.min() < 0 or self.labels.max() >= self.classes:
            raise ValueError(f"labels must be 0 to {self.classes - 1}")
        object.__setattr__(self, "orders", np.argsort(self.values, axis=1, kind="stable"))

    @classmethod
    def of(
        cls, samples: NDArray[np.float64], labels: NDArray[np.int64], classes: int | None = None
    ) -> Samples:
        """From (samples, features) and (samples,); without `classes`, the largest label is the last class.

        Raises:
            ValueError: There are no samples, a value is not finite, or a label is no class.
        """
        values = np.ascontiguousarray(samples.T, dtype=np.float64)
        return cls(values, labels, int(labels.max(initial=0)) + 1 if classes is None else classes)

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def features(self) -> int:
        """Number of features."""
        return len(self.values)
