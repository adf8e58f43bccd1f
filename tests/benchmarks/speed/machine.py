"""Machine: what the figures were measured on, in words."""

from __future__ import annotations

import datetime
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("torch", "numpy", "jax", "scikit-learn")


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processor_name() -> str:
    """As the processor calls itself, where the platform tells."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def machine_description() -> str:
    """Date, processor, cores and versions on one line."""
    return ", ".join(
        (
            datetime.date.today().isoformat(),
            processor_name(),
            f"{usable_cores()} usable cores",
            f"{platform.system()} {platform.machine()}",
            f"Python {platform.python_version()}",
            *_versions(),
        )
    )


def _versions() -> list[str]:
    found = []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"no {package}")
    return found
