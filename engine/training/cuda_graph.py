"""Replay: a step recorded once and run again with one call, where the device can do that.

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


class Recorder(Protocol):
    """Turns a function without arguments into one that does the same to the same memory, only sooner."""

    def record(self, function: Callable[[], None]) -> Callable[[], None]:
        """May call `function` some times on the way."""
        ...


class EagerRecorder:
    """For devices without graphs, and for tests: calls the function again."""

    def record(self, function: Callable[[], None]) -> Callable[[], None]:
        """Call it once, as a recording does, and return it."""
        function()
        return function


class CudaRecorder:
    """Records a CUDA graph."""

    def record(self, function: Callable[[], None]) -> Callable[[], None]:
        """Warm up beside the stream in use, as PyTorch asks for, then record."""
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


def recorder_of(device: torch.device | str) -> Recorder | None:
    """The recorder of a device that is better off with one."""
    return CudaRecorder() if torch.device(device).type == "cuda" else None


class ReplayedStep:
    """A step behind a recorder; one recording for each length of mini-batch."""

    def __init__(self, step: Step, state: Sequence[Tensor], recorder: Recorder) -> None:
        """Record nothing yet.

        Args:
            step: All that it reads and writes stays where it is from call to call.
            state: What it changes; put back after the recording, which takes steps of its own.
            recorder: Of the device.
        """
        self._step = step
        self._state = state
        self._recorder = recorder
        self._recorded: dict[int, _Recorded] = {}

    def __call__(self, inputs: Tensor, targets: Tensor) -> StepOutput:
        """Take the step."""
        recorded = self._recorded.get(len(targets))
        if recorded is None:
            before = [tensor.clone() for tensor in self._state]
            recorded = self._recorded[len(targets)] = _Recorded(self._step, inputs, targets, self._recorder)
            for tensor, value in zip(self._state, before, strict=True):
                tensor.copy_(value)
        recorded.inputs.copy_(inputs)
        recorded.targets.copy_(targets)
        recorded.run()
        return StepOutput(recorded.logits, targets)


class _Recorded:
    """One recording and the places that it reads from and writes to."""

    def __init__(self, step: Step, inputs: Tensor, targets: Tensor, recorder: Recorder) -> None:
        self.inputs, self.targets = inputs.clone(), targets.clone()
        self._step = step
        self.run = recorder.record(self._run)

    def _run(self) -> None:
        self.logits = self._step(self.inputs, self.targets).logits
