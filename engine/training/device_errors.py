"""Device errors: what a device says when it fails in training, as one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from engine.errors import DeviceError


@contextmanager
def device_errors(device: torch.device | str) -> Iterator[None]:
    """A context to train in.

    Raises:
        DeviceError: The device failed or ran out of memory.
    """
    try:
        yield
    except torch.OutOfMemoryError as error:
        raise DeviceError(_no_memory(device)) from error
    except (RuntimeError, AssertionError) as error:  # the latter from a PyTorch built without that device
        if "memory" in str(error).lower():
            raise DeviceError(_no_memory(device)) from error
        if torch.device(device).type == "cpu":
            raise
        raise DeviceError(
            f"{str(device).upper()} failed while training: train on the CPU instead."
        ) from error


def _no_memory(device: torch.device | str) -> str:
    return f"{str(device).upper()} ran out of memory: use smaller layers or a smaller batch size."
