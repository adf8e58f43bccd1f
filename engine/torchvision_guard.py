"""Torchvision guard: the one way in which this program imports torchvision.

Its wheel is linked against CUDA. Beside a CPU-only PyTorch its library cannot be loaded, and importing it
fails because the operators torchvision::nms and torchvision::qnms, for which it registers fallbacks, do not
exist ("operator torchvision::nms does not exist"), although pip is content. Declaring the two first makes
its data sets usable; the operators themselves are never called here.
"""

from __future__ import annotations

import contextlib
import warnings
from types import ModuleType

import torch

# Kept alive: the operators vanish with the object that declared them.
_library: torch.library.Library | None = None


def torchvision_datasets() -> ModuleType:
    """``torchvision.datasets``. The first call costs over a second, so never make it at start-up."""
    global _library
    if _library is None:
        _library = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]
        for schema in (
            "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
            "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
        ):
            # Declared already where torchvision's own library could be loaded.
            with contextlib.suppress(RuntimeError):
                _library.define(schema)  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        # It warns that its image library could not be loaded; no picture is read with it.
        warnings.simplefilter("ignore")
        import torchvision.datasets as datasets
    assert isinstance(datasets, ModuleType)
    return datasets
