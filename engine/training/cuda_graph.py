"""CUDA graphs: a step captured once and run again with one call, where the device can do that.

A GPU is done with a small network's step before Python has called the next operation. A CUDA graph holds all
operations of a step, and starts them together; it knows memory and no values, so that what changes from step
to step has to be written to the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import torch
from torch import Tensor

from engine.nn.step_output import StepOutput

Step = Callable[[Tensor, Tensor], StepOutput]
"""Takes a step on inputs, (batch, features) float32, and targets, (batch,) int64."""

_WARM_UPS = 3


class GraphCapture(Protocol):
    """Turns a function without arguments into one that does the same to the same memory, only sooner."""

    def capture(self, function: Callable[[], None]) -> Callable[[], None]:
        """May call `function` some times on the way."""
        ...


class CudaGraphCapture:
    """Captures a CUDA graph, to be replayed."""

    def capture(self, function: Callable[[], None]) -> Callable[[], None]:
        """Warm up beside the stream in use, as PyTorch asks for, then capture."""
        stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(_WARM_UPS):
                function()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, capture_error_mode="thread_local"):
            function()
        return graph.replay


def graph_capture_of(device: torch.device | str) -> GraphCapture | None:
    """The capture of a device that is faster with one."""
    return CudaGraphCapture() if torch.device(device).type == "cuda" else None


class CapturedStep:
    """A step that is captured on its first call; one graph for each length of mini-batch."""

    def __init__(self, step: Step, state: Sequence[Tensor], capture: GraphCapture) -> None:
        """Capture nothing yet.

        Args:
            step: All that it reads and writes stays where it is from call to call.
            state: What it changes; put back after the capture, which takes steps of its own.
            capture: Of the device.
        """
        self._step = step
        self._state = state
        self._capture = capture
        self._graphs: dict[int, _Graph] = {}

    def __call__(self, inputs: Tensor, targets: Tensor) -> StepOutput:
        """Take the step."""
        graph = self._graphs.get(len(targets))
        if graph is None:
            before = [tensor.clone() for tensor in self._state]
            graph = self._graphs[len(targets)] = _Graph(self._step, inputs, targets, self._capture)
            for tensor, value in zip(self._state, before, strict=True):
                tensor.copy_(value)
        graph.inputs.copy_(inputs)
        graph.targets.copy_(targets)
        graph.replay()
        return StepOutput(graph.logits, targets)


class _Graph:
    """One captured graph and the tensors that it reads from and writes to."""

    def __init__(self, step: Step, inputs: Tensor, targets: Tensor, capture: GraphCapture) -> None:
        self.inputs, self.targets = inputs.clone(), targets.clone()
        self._step = step
        self.replay = capture.capture(self._run)

    def _run(self) -> None:
        self.logits = self._step(self.inputs, self.targets).logits
