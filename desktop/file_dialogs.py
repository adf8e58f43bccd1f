"""File dialogs: which file to open or to write."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PICTURE_SUFFIXES = ("png", "jpg", "jpeg", "bmp", "gif", "webp", "svg")
"""Of the pictures that can be opened."""
_DRAWINGS = " ".join(f"*.{suffix}" for suffix in (*PICTURE_SUFFIXES, "json"))
_PICTURES = f"Pictures and drawings ({_DRAWINGS});;All files (*)"
_NETWORKS = "Networks (*.safetensors)"


def open_drawing(parent: QWidget) -> Path | None:
    """A picture or drawing to read, or None."""
    return _path(QFileDialog.getOpenFileName(parent, "Open a picture or drawing", "", _PICTURES)[0])


def save_drawing(parent: QWidget) -> Path | None:
    """Where to write the drawing, ``.png`` added where it is missing, or None."""
    return _path(
        QFileDialog.getSaveFileName(parent, "Save the drawing", "digit.png", "Pictures (*.png)")[0], ".png"
    )


def open_network(parent: QWidget) -> Path | None:
    """A network file to read with, or None."""
    return _path(QFileDialog.getOpenFileName(parent, "Open a network", "", _NETWORKS)[0])


def save_network(parent: QWidget) -> Path | None:
    """Where to write the network, or None."""
    chosen = QFileDialog.getSaveFileName(parent, "Save the network", "network.safetensors", _NETWORKS)[0]
    return _path(chosen, ".safetensors")


def save_plot(parent: QWidget) -> Path | None:
    """Where to write the picture of the plot, or None."""
    chosen = QFileDialog.getSaveFileName(parent, "Save the plot", "loss.png", "Pictures (*.png *.svg)")[0]
    return _path(chosen, ".png")


def choose_mnist_folder(parent: QWidget) -> Path | None:
    """A folder that has MNIST, or None."""
    return _path(QFileDialog.getExistingDirectory(parent, "Choose the folder that has MNIST"))


def _path(chosen: str, suffix: str = "") -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix or not suffix else path.with_suffix(suffix)
