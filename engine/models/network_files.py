"""Network files: the one reader and the one writer of all forms, for the window and the command line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.errors import ModelFileError
from engine.files.file_starts import wrong_kind
from engine.models.model import Model
from engine.models.model_file import SUFFIX, is_own_format, model_of_content, opened_network, save_model
from engine.models.onnx_file import save_onnx
from engine.models.safetensors_file import NoSafetensorsError, read_safetensors
from engine.models.state_dict_file import model_of_tensors, save_state_dict, tensors_of_content
from engine.models.torch_file import OLD_START, ZIP_START, read_torch_file

STATE_DICT_SUFFIXES = (".pt", ".pth")
ONNX_SUFFIX = ".onnx"
_START_LENGTH = 512


@dataclass(frozen=True, slots=True)
class OpenedNetwork:
    """A network from a file.

    Attributes:
        model: To read with.
        is_assumed: Whether the file says neither its activation nor how its pixels were prepared, so that
            `model` is taken as `engine.models.assumptions.Assumption` has it, and another way may read
            better.
    """

    model: Model
    is_assumed: bool


def open_network(path: Path) -> OpenedNetwork:
    """A network from a file of this program, from a state dict or a checkpoint of PyTorch, or from tensors.

    What the file is, its content says; its name does not matter.

    Raises:
        ModelFileError: It is none of these, damaged or missing.
    """
    with opened_network(path) as file:
        start = file.read(_START_LENGTH)
        file.seek(0)
        reason = wrong_kind(start, path.suffix.lower())
        if reason is not None:
            raise ModelFileError(reason)
        if start.startswith((ZIP_START, OLD_START, b"\x80")):
            tensors = tensors_of_content(read_torch_file(file))
            return OpenedNetwork(model_of_tensors(tensors, path, _modified_s(file)), True)
        try:
            content = read_safetensors(file)
        except NoSafetensorsError as error:
            raise ModelFileError("is damaged or no network file; open another one.") from error
        if is_own_format(content):
            return OpenedNetwork(model_of_content(content), False)
        return OpenedNetwork(model_of_tensors(content.tensors, path, _modified_s(file)), True)


def read_network(path: Path) -> Model:
    """The network in a file, taken for one with ReLU and pixels of 0 to 1 where the file does not say.

    Raises:
        ModelFileError: There is none.
    """
    return open_network(path).model


def _modified_s(file: BinaryIO) -> float:
    return os.fstat(file.fileno()).st_mtime


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
