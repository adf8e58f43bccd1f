"""Sandbox: what a random walk must not reach is replaced: native dialogs, the network, large data."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from PySide6.QtGui import QDesktopServices

from desktop.dialogs import file_dialogs
from desktop.training.data.mnist_controller import MnistController
from engine.adaptation import rehearsal
from engine.data import held_out, sources

_TRAINED_ON, _HELD_OUT = 600, 100


@contextlib.contextmanager
def sandbox(folder: Path, is_large: bool = False) -> Iterator[None]:
    """For as long as it lasts, files are written to and read from `folder` alone.

    Args:
        folder: An empty one.
        is_large: Whether built-in handwriting has its usual size; else it is written in a moment.
    """
    with contextlib.ExitStack() as stack:

        def replace(owner: object, name: str, value: object) -> None:
            stack.enter_context(mock.patch.object(owner, name, value))

        for name, dialog in vars(file_dialogs).copy().items():
            if inspect.isfunction(dialog) and not name.startswith("_"):
                replace(file_dialogs, name, _answered(name, folder))
        replace(QDesktopServices, "openUrl", lambda _url: True)
        replace(MnistController, "download", lambda _controller: None)
        if not is_large:
            replace(sources, "HANDWRITING_COUNT", _TRAINED_ON)
            replace(sources, "HANDWRITING_HELD_OUT", _HELD_OUT)
            replace(rehearsal, "HANDWRITING_COUNT", _TRAINED_ON)
            replace(rehearsal, "HANDWRITING_HELD_OUT", _HELD_OUT)
            replace(held_out, "HANDWRITING_COUNT", _HELD_OUT)
        yield


def _answered(name: str, folder: Path) -> Callable[..., Path | list[Path] | None]:
    """Stands in for a file dialog: answers at once, and opens only what was saved before."""
    targets = {
        "save_drawing": folder / "drawing.png",
        "save_network": folder / "network.safetensors",
        "save_plot": folder / "plot.png",
        "save_points": folder / "boundaries.json",
        "export_lines": folder / "drawings.jsonl",
        "export_mnist": folder,
        "export_pictures": folder,
    }
    sources = {
        "open_drawing": folder / "drawing.png",
        "open_network": folder / "network.safetensors",
        "open_points": folder / "boundaries.json",
    }

    def answer(*_: object, **__: object) -> Path | list[Path] | None:
        if name == "import_drawings":
            return [path for path in [folder / "drawings.jsonl"] if path.exists()]
        source = sources.get(name)
        return source if source is not None and source.exists() else targets.get(name)

    return answer
