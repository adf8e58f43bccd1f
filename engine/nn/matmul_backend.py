"""Matrix product backend: which of PyTorch's two libraries for matrix products a CPU does best with.

PyTorch asks one library (MKL, in the usual builds) for products of float32 matrices, and knows another
(oneDNN). On processors of the one's maker they are about as fast; on others with AVX-512 instructions the
second takes half the time of the first, which does not use them there. PyTorch has no name for "the second
library in full precision", but asks it whenever bfloat16 is allowed, and the library keeps to float32 where
the processor has no units for more. Whether that is so is measured, not assumed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from types import TracebackType
from typing import Any

import torch
from torch import Tensor

# Below so many multiplications the second library's way to its first sum costs more than it saves.
_WORTH_ASKING = 1 << 20
# It has to be faster by a margin that no disturbance makes up: the choice is to be the same at every start.
_SHARE_WORTH_IT = 0.8
# Float32 sums of 784 products differ by 1e-6 or so; bfloat16 would differ by 1e-3.
_FLOAT32_ERROR = 1e-5
_PROBE = (256, 784, 128)
_PROBES = 7

_precision: Any = getattr(torch.backends.mkldnn, "matmul")  # noqa: B009 - unknown to the type checker


class _OneDnn:
    """Within it, products are the second library's; entering and leaving takes less than a microsecond."""

    def __enter__(self) -> None:
        _precision.fp32_precision = "bf16"

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        _precision.fp32_precision = "none"


_USUAL: AbstractContextManager[None] = nullcontext()
_ONE_DNN: AbstractContextManager[None] = _OneDnn()

BackendChoice = Callable[[int, int, int, torch.device | str], AbstractContextManager[None]]
"""From rows, inner size and columns of a product, and a device, to a context to multiply in."""


def usual_backend(
    _rows: int, _inner: int, _columns: int, _device: torch.device | str = "cpu"
) -> AbstractContextManager[None]:
    """The library that PyTorch itself asks, for comparison."""
    return _USUAL


def backend_for(
    rows: int, inner: int, columns: int, device: torch.device | str = "cpu"
) -> AbstractContextManager[None]:
    """A context in which to multiply (rows, inner) by (inner, columns); may be entered again and again.

    The products are those of float32 up to the order of their sums, whichever it is.
    """
    is_large = rows * inner * columns >= _WORTH_ASKING
    return _ONE_DNN if is_large and torch.device(device).type == "cpu" and one_dnn_pays() else _USUAL


@lru_cache(maxsize=1)
def one_dnn_pays() -> bool:
    """Whether the second library is much faster here and as exact; takes some milliseconds the first time."""
    rows, inner, columns = _PROBE
    generator = torch.Generator().manual_seed(0)
    left = torch.randn(rows, inner, generator=generator)
    right = torch.randn(inner, columns, generator=generator)
    product = torch.empty(rows, columns)
    exact = left.double() @ right.double()
    with _ONE_DNN:
        torch.mm(left, right, out=product)
    if float((product - exact).abs().max() / exact.abs().max()) > _FLOAT32_ERROR:
        return False
    usual_s, other_s = [], []
    for _ in range(_PROBES):
        usual_s.append(_seconds(_USUAL, left, right, product))
        other_s.append(_seconds(_ONE_DNN, left, right, product))
    return statistics.median(other_s) < _SHARE_WORTH_IT * statistics.median(usual_s)


def _seconds(library: AbstractContextManager[None], left: Tensor, right: Tensor, product: Tensor) -> float:
    began = time.perf_counter()
    with library:
        torch.mm(left, right, out=product)
    return time.perf_counter() - began
