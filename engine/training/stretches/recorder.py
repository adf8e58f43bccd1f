"""Recorders: what turns a function into one that does the same to the same memory again, only sooner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import torch

_WARM_UPS = 2


class Recorder(Protocol):
    """Records what is launched on a device."""

    def record(self, warm_up: Callable[[], None], function: Callable[[], None]) -> Callable[[], None]:
        """What does the same as `function`, without asking Python.

        Args:
            warm_up: Calls at least once all operations that `function` calls; it is called some times.
            function: Everything that it reads and writes stays where it is; it may be called, or not.
        """
        ...

    def mark(self) -> Callable[[], None]:
        """What waits until all that was launched before the mark is done."""
        ...


class CudaRecorder:
    """Records CUDA graphs, which know memory and no values."""

    def __init__(self) -> None:
        self._stream: torch.cuda.Stream | None = None

    def record(self, warm_up: Callable[[], None], function: Callable[[], None]) -> Callable[[], None]:
        """Warm up and record beside the stream in use, as PyTorch asks for."""
        if self._stream is None:
            self._stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream = self._stream
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(_WARM_UPS):
                warm_up()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        # Other threads may go on using the card meanwhile.
        with torch.cuda.graph(graph, stream=stream, capture_error_mode="thread_local"):
            function()
        return graph.replay

    def mark(self) -> Callable[[], None]:
        """An event on the stream in use."""
        event = torch.cuda.Event()  # type: ignore[no-untyped-call]
        event.record()
        return event.synchronize
