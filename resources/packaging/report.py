"""Report: how large the packages became, and why their largest parts are there."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from resources.packaging import trees

_COUNT = 10
_MB = 1e6

_REASONS = (
    (
        "*/torch/lib/libtorch_cpu*",
        "PyTorch's tensors and automatic differentiation; one file, which cannot be divided",
    ),
    ("*/torch/lib/libtorch_cuda*", "the same for NVIDIA's cards"),
    ("*/torch/lib/libtorch_python*", "what Python calls of it"),
    ("*/torch/lib/*", "PyTorch's other libraries"),
    (
        "scratchpad",
        "the starter, with all Python modules appended to it: PyTorch's, NumPy's, pyqtgraph's and ours",
    ),
    ("*/libscipy_openblas*", "NumPy's matrix products; NumPy cannot be imported without it"),
    ("*/_multiarray_umath*", "NumPy's arrays, between pictures, tensors and plots"),
    ("*/libpython*", "Python itself"),
    ("*/libicudata*", "Qt's order of letters for all languages; the tables it never asks for are out"),
    ("*/libicu*", "Qt's comparing of texts; Qt's core cannot be loaded without it"),
    ("*/libQt6Gui*", "Qt: windows, painting, pictures, fonts"),
    ("*/libQt6Widgets*", "Qt: buttons, fields, menus"),
    ("*/libQt6Core*", "Qt: events, threads, files"),
    ("*/QtWidgets*", "what Python calls of Qt's widgets"),
    ("*/QtGui*", "what Python calls of Qt's painting"),
    ("*/QtCore*", "what Python calls of Qt's core"),
    ("*/shipped.safetensors", "the network that reads at once"),
    ("*/letters.safetensors", "the network of letters"),
    ("*/nvidia/*", "NVIDIA's libraries, which PyTorch for CUDA needs"),
)


def largest_parts(program: Path, count: int = _COUNT) -> list[tuple[str, int, str]]:
    """The largest files of the frozen program.

    Args:
        program: Its folder.
        count: How many.

    Returns:
        Path, bytes, and why it is there; the largest first.
    """
    files = [path for path in trees.everything_in(program) if path.is_file() and not path.is_symlink()]
    sizes = sorted(((path.stat().st_size, str(path.relative_to(program))) for path in files), reverse=True)
    return [(name, size, _reason(name)) for size, name in sizes[:count]]


def text(program: Path, packages: Iterable[Path], seconds: float) -> str:
    """The report, in Markdown.

    Args:
        program: The folder of the frozen program.
        packages: What was built of it.
        seconds: That all of it took.
    """
    lines = ["| package | MB |", "|---|---|"]
    lines += [f"| {package.name} | {package.stat().st_size / _MB:.1f} |" for package in packages]
    lines += [f"| the program, installed | {trees.size_bytes(program) / _MB:.1f} |", ""]
    lines += ["| largest parts | MB | why |", "|---|---|---|"]
    lines += [f"| {name} | {size / _MB:.1f} | {reason} |" for name, size, reason in largest_parts(program)]
    return "\n".join([*lines, "", f"Built in {seconds / 60:.1f} minutes.", ""])


def _reason(name: str) -> str:
    return next(
        (reason for pattern, reason in _REASONS if fnmatchcase(name, pattern)), "needed by another part"
    )
