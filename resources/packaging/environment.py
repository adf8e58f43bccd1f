"""Environment: the virtual environment in which the program is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from resources.packaging.options import Options
from resources.packaging.tools import PackagingError, run

# Only what stands here is not a dependency of the project and yet needed.
_ASK_TORCH = "import torch; print(torch.version.cuda or '')"
_ASK_VERSION = "import importlib.metadata; print(importlib.metadata.version('scratchpad'))"


@dataclass(frozen=True, slots=True)
class Environment:
    """One that is ready.

    Attributes:
        python: Its interpreter.
        version: Of Scratchpad.
        cuda: The version of CUDA that its PyTorch was built for; empty for none.
        packages: A line for each distribution in it, as pip's constraints.
    """

    python: Path
    version: str
    cuda: str
    packages: str


def prepare(source: Path, folder: Path, options: Options) -> Environment:
    """Make the environment and install the project with all that it needs.

    Args:
        source: The clone.
        folder: Where it is made; must not be there yet.
        options: Which PyTorch to take from where.

    Raises:
        PackagingError: Something cannot be installed, or the PyTorch that came is not the one asked for.
    """
    run([options.python, "-m", "venv", folder])
    python = folder / "bin" / "python"
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-compile",
        "--constraint",
        options.constraints,
    ]
    if options.torch_index:
        # A local version, as 2.13.0+cpu, counts as newer than the same without, so that it is taken from
        # here.
        pip += ["--extra-index-url", options.torch_index]
    run([*pip, f"{source}[packaging]"])
    cuda = run([python, "-c", _ASK_TORCH], folder=folder).strip()
    check_torch(cuda, options.is_cuda)
    packages = run([python, "-m", "pip", "--disable-pip-version-check", "list", "--format=freeze"])
    ours = ("scratchpad==", "pip==")
    return Environment(
        python=python,
        version=run([python, "-c", _ASK_VERSION], folder=folder).strip(),
        cuda=cuda,
        packages="".join(f"{line}\n" for line in packages.splitlines() if not line.startswith(ours)),
    )


def check_torch(cuda: str, is_wanted: bool) -> None:
    """Make sure that the PyTorch installed is the one asked for.

    Args:
        cuda: The version of CUDA that it was built for; empty for none.
        is_wanted: Whether one for CUDA was asked for.

    Raises:
        PackagingError: It is the other one.
    """
    if cuda and not is_wanted:
        raise PackagingError(
            f"The PyTorch that pip found is built for CUDA {cuda} and takes gigabytes: "
            "name an index that has the CPU one by --torch-index, or add --cuda."
        )
    if is_wanted and not cuda:
        raise PackagingError(
            "The PyTorch that pip found computes on the CPU only: "
            "name an index that has the one for CUDA by --torch-index, or leave --cuda out."
        )
