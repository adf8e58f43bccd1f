"""File dialogs: which file to open or to write."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PICTURE_SUFFIXES = ("png", "jpg", "jpeg", "bmp", "gif", "webp", "svg")
"""Of the pictures that can be opened."""
_DRAWINGS = " ".join(f"*.{suffix}" for suffix in (*PICTURE_SUFFIXES, "json"))
_PICTURES = f"Pictures and drawings ({_DRAWINGS});;All files (*)"
_NETWORKS = "Networks (*.safetensors *.pt *.pth *.ckpt);;All files (*)"
_WRITTEN_NETWORKS = "Scratchpad networks (*.safetensors);;PyTorch state dicts (*.pt);;ONNX graphs (*.onnx)"

_LINES = "JSON lines (*.jsonl *.ndjson *.json);;All files (*)"
_WRITTEN_DRAWINGS = (
    "Strokes as JSON lines (*.jsonl);;Pixels as CSV, like MNIST: label, pixel0 to pixel783 (*.csv);;"
    "Pixels as NumPy arrays, like Keras: x_train, y_train, x_test, y_test (*.npz)"
)
_SETS = (
    "Labelled pictures (*.csv *.tsv *.npz *.zip *.jsonl *.ndjson *.json *.gz *-ubyte *-byte *-int);;"
    "All files (*)"
)
_POINTS = "Experiments and points (*.json *.csv *.tsv *.txt);;All files (*)"
_WRITTEN_POINTS = "Experiments: points and models (*.json);;Points as CSV: x, y, class (*.csv)"


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
    chosen, form = QFileDialog.getSaveFileName(
        parent, "Save the network", "network.safetensors", _WRITTEN_NETWORKS
    )
    path = _path(chosen, ".safetensors")
    # Whoever chooses another form from the list need not write its suffix as well.
    suffix = form.partition("*")[2].rstrip(")")
    is_usual = path is not None and path.suffix == ".safetensors"
    return path.with_suffix(suffix) if path is not None and is_usual and suffix else path


def save_plot(parent: QWidget) -> Path | None:
    """Where to write the picture of the plot, or None."""
    chosen = QFileDialog.getSaveFileName(parent, "Save the plot", "loss.png", "Pictures (*.png *.svg)")[0]
    return _path(chosen, ".png")


def open_points(parent: QWidget) -> Path | None:
    """Points, or an experiment with its models, to show; or None."""
    return _path(QFileDialog.getOpenFileName(parent, "Open points or an experiment", "", _POINTS)[0])


def save_points(parent: QWidget) -> Path | None:
    """Where to write points and models as an experiment, or by its suffix the points alone, or None."""
    chosen, form = QFileDialog.getSaveFileName(
        parent, "Save the experiment", "boundaries.json", _WRITTEN_POINTS
    )
    path = _path(chosen, ".json")
    # Whoever chooses the other form from the list need not write its suffix as well.
    is_other = path is not None and path.suffix == ".json" and "*.csv" in form
    return path.with_suffix(".csv") if path is not None and is_other else path


def choose_mnist_folder(parent: QWidget) -> Path | None:
    """A folder that has MNIST, or None."""
    return _path(QFileDialog.getExistingDirectory(parent, "Choose the folder that has MNIST"))


def choose_set_file(parent: QWidget) -> Path | None:
    """A file that has labelled pictures to train on, or None. No dialog of a system takes both kinds."""
    return _path(QFileDialog.getOpenFileName(parent, "Choose a file of labelled pictures", "", _SETS)[0])


def choose_set_folder(parent: QWidget) -> Path | None:
    """A folder that has labelled pictures to train on, or None."""
    return _path(QFileDialog.getExistingDirectory(parent, "Choose a folder of labelled pictures"))


def import_drawings(parent: QWidget) -> list[Path]:
    """Files of labelled drawings to take in; empty if none was chosen."""
    chosen = QFileDialog.getOpenFileNames(parent, "Import drawings", "", _LINES)[0]
    return [Path(name) for name in chosen]


def export_lines(parent: QWidget) -> Path | None:
    """Where to write drawings, as strokes or as pixels by its suffix, or None."""
    chosen, form = QFileDialog.getSaveFileName(
        parent, "Export the drawings", "drawings.jsonl", _WRITTEN_DRAWINGS
    )
    path = _path(chosen, ".jsonl")
    # Whoever chooses another form from the list need not write its suffix as well.
    suffix = form.rpartition("*")[2].rstrip(")")
    is_usual = path is not None and path.suffix == ".jsonl"
    return path.with_suffix(suffix) if path is not None and is_usual and suffix else path


def export_mnist(parent: QWidget) -> Path | None:
    """The folder below which to write drawings as MNIST's files, or None."""
    return _path(QFileDialog.getExistingDirectory(parent, "Choose a folder for the MNIST files"))


def export_pictures(parent: QWidget) -> Path | None:
    """The folder in which to make one with drawings as pictures, or None."""
    return _path(QFileDialog.getExistingDirectory(parent, "Choose a folder for the pictures"))


def _path(chosen: str, suffix: str = "") -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix or not suffix else path.with_suffix(suffix)
