"""Devices: which one to compute on, and why."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import torch

from engine.errors import DeviceError


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A device and one sentence that says why it was chosen.

    Attributes:
        device: Where tensors go.
        name: What to call it in front of a user, such as ``CPU`` or the graphics card's name.
        reason: One sentence.
    """

    device: torch.device
    name: str
    reason: str


def available_devices() -> dict[str, DeviceChoice]:
    """All devices that answer, best first, by their PyTorch type: CUDA, then Apple's MPS, then the CPU."""
    found: dict[str, DeviceChoice] = {}
    missing = []
    for kind, is_available, label in (
        ("cuda", torch.cuda.is_available, "CUDA graphics card"),
        ("mps", torch.backends.mps.is_available, "Apple GPU"),
    ):
        try:
            name = _name_of(kind, is_available, label)
        except DeviceError as error:
            missing.append(f"usable {label} ({error})")
            continue
        if name:
            found[kind] = DeviceChoice(torch.device(kind), name, f"{name} works and is faster than the CPU.")
        else:
            missing.append(label)
    reason = f"No {' and no '.join(missing)} was found." if missing else "The CPU is always there."
    found["cpu"] = DeviceChoice(torch.device("cpu"), "CPU", reason)
    return found


def _name_of(kind: str, is_available: Callable[[], bool], label: str) -> str:
    """What to call a device that answers; empty if there is none.

    Raises:
        DeviceError: There is one, and it or its driver is broken.
    """
    # A driver that is missing, broken or too old is told by a warning, if not by an exception.
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            if is_available():
                device = torch.device(kind)
                check(device)
                return torch.cuda.get_device_name(device) if kind == "cuda" else label
        except (RuntimeError, AssertionError, OSError) as error:
            raise DeviceError(f"its driver failed: {_first_line(error)}") from error
    if caught:
        raise DeviceError(f"its driver failed: {_first_line(caught[0].message)}")
    return ""


def _first_line(error: object) -> str:
    """The first sentence of a message that may go on for a page."""
    sentence = re.split(r"\n|\. |: Please|\(Triggered", str(error).strip())[0]
    return sentence.strip().rstrip(".") or type(error).__name__


def choose_device(wanted: str = "auto") -> DeviceChoice:
    """The device asked for, or the best one there is.

    Args:
        wanted: ``auto``, ``cuda``, ``mps`` or ``cpu``. One that is absent falls back to the best there is,
            and the reason says so.
    """
    devices = available_devices()
    best = next(iter(devices.values()))
    if wanted in ("auto", best.device.type):
        return best
    if wanted in devices:
        return DeviceChoice(devices[wanted].device, devices[wanted].name, "You chose it.")
    return DeviceChoice(
        best.device, best.name, f"{wanted.upper()} is not available here, so {best.name} is used."
    )


def check(device: torch.device) -> None:
    """Compute something small on `device` and read it back.

    Raises:
        DeviceError: It fails.
    """
    try:
        ones = torch.ones(8, 8, device=device)
        total = float((ones @ ones).sum())
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise DeviceError(f"{device.type.upper()} failed its first computation") from error
    if total != 512.0:
        raise DeviceError(f"{device.type.upper()} gave wrong results")
