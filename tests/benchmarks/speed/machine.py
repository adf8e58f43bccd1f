"""Machine: what the figures were measured on, in words."""

from __future__ import annotations

import contextlib
import datetime
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("torch", "numpy", "jax", "scikit-learn")
_FLAGS = {"avx": "AVX", "avx2": "AVX2", "avx512f": "AVX-512", "asimd": "NEON", "sve": "SVE"}


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processor_name() -> str:
    """As the processor calls itself, where the platform tells."""
    return _told_by_linux("model name") or platform.processor() or platform.machine()


def instruction_sets() -> set[str]:
    """Those for many numbers at once: the processor's, or where the platform tells nothing, PyTorch's."""
    flags = _told_by_linux("flags") or _told_by_linux("Features")
    if flags:
        return {name for flag, name in _FLAGS.items() if flag in flags.split()}
    import torch

    used = torch.backends.cpu.get_cpu_capability()
    return {"AVX-512"} if used == "AVX512" else {used} & set(_FLAGS.values())


def machine_description() -> str:
    """Date, processor, cores and versions on one line."""
    found = versions()
    return ", ".join(
        (
            datetime.date.today().isoformat(),
            processor_name(),
            f"{usable_cores()} usable cores",
            f"{platform.system()} {platform.machine()}",
            *(f"{name} {number}" for name, number in found.items()),
            *(f"no {name}" for name in _PACKAGES if name not in found),
        )
    )


def versions() -> dict[str, str]:
    """Of Python and of the packages that are installed."""
    found = {"Python": platform.python_version()}
    for package in _PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def _told_by_linux(name: str) -> str:
    """About the first core; empty where nothing is."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.partition(":")[0].strip() == name:
                return line.partition(":")[2].strip()
    return ""
