"""Torchvision guard: the one way in which this program imports torchvision.

Its wheel is linked against CUDA. Beside a CPU-only PyTorch its library cannot be loaded, and importing it
fails because the operators torchvision::nms and torchvision::qnms, for which it registers fallbacks, do not
exist ("operator torchvision::nms does not exist"), although pip is content. Declaring the two makes its data
sets usable; the operators themselves are never called here.

They are declared only after an import has failed for want of them. Where the library does load, it
declares them itself while it is being loaded, and a second declaration there aborts the whole process.
"""

from __future__ import annotations

import importlib
import sys
import threading
import warnings
from types import ModuleType

import torch

from engine.errors import DataError

_lock = threading.Lock()
# Kept alive: the operators vanish with the object that declared them.
_library: torch.library.Library | None = None


def torchvision_datasets() -> ModuleType:
    """``torchvision.datasets``. The first call costs over a second, so never make it at start-up.

    Raises:
        DataError: torchvision is not there, or does not go with the PyTorch beside it.
    """
    with _lock, warnings.catch_warnings():
        # It warns that its image library could not be loaded; no picture is read with it.
        warnings.simplefilter("ignore")
        try:
            try:
                return importlib.import_module("torchvision.datasets")
            except RuntimeError as error:
                if "operator torchvision::" not in str(error):
                    raise
            _forget_failed_import()
            _declare_operators()
            return importlib.import_module("torchvision.datasets")
        except (AssertionError, AttributeError, ImportError, RuntimeError) as error:
            raise DataError(
                "torchvision does not work beside the PyTorch installed here: install the program again."
            ) from error


def _declare_operators() -> None:
    global _library
    _library = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]
    for name in ("nms", "qnms"):
        _library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")  # type: ignore[no-untyped-call]


def _forget_failed_import() -> None:
    """Let the next import start afresh: the submodules that were read before the failure are kept else."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]
