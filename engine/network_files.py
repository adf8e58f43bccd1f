"""Network files: every form that a network is read from or written to, told apart by the file's suffix."""

from __future__ import annotations

from pathlib import Path

from engine.errors import ModelFileError
from engine.model import Model
from engine.model_file import SUFFIX, load_model, save_model
from engine.onnx_file import save_onnx
from engine.state_dict_file import load_state_dict, save_state_dict

STATE_DICT_SUFFIXES = (".pt", ".pth")
ONNX_SUFFIX = ".onnx"


def read_network(path: Path) -> Model:
    """A network from a file of this program, or from the state dict of a Sequential with ReLU.

    Raises:
        ModelFileError: It is none of these, damaged or missing.
    """
    suffix = path.suffix.lower()
    if suffix in STATE_DICT_SUFFIXES:
        return load_state_dict(path)
    if suffix == ONNX_SUFFIX:
        raise ModelFileError(
            f"{path.name} is an ONNX file, which Scratchpad writes but does not read: open a .safetensors or "
            ".pt file."
        )
    return load_model(path)


def write_network(model: Model, path: Path) -> None:
    """Write a network in the form that the suffix asks for: our own, a state dict, or ONNX.

    Raises:
        ModelFileError: There is no such form, its package is missing, or the disk does not take the file.
    """
    suffix = path.suffix.lower()
    if suffix == SUFFIX:
        save_model(model, path)
        return
    if suffix not in (*STATE_DICT_SUFFIXES, ONNX_SUFFIX):
        raise ModelFileError(
            f"Networks are not written as {path.suffix or 'files without a suffix'}: choose {SUFFIX}, "
            f"{STATE_DICT_SUFFIXES[0]} or {ONNX_SUFFIX}."
        )
    try:
        (save_onnx if suffix == ONNX_SUFFIX else save_state_dict)(model, path)
    except OSError as error:
        raise ModelFileError(
            f"The network could not be saved in {path.parent}: {error.strerror or error}. Free some space or "
            "choose another folder."
        ) from error
