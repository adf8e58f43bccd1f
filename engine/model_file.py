"""Model files: safetensors with metadata. Never pickle: opening a file must not be able to run code."""

from __future__ import annotations

import json
import stat
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from engine import normaliser
from engine.calibration import HIGHEST_TEMPERATURE, LOWEST_TEMPERATURE
from engine.digits import CLASSES, Standardisation
from engine.errors import ModelFileError, SettingsError
from engine.model import Model, Provenance
from engine.network import Architecture, Weights
from engine.private_files import make_private_folder
from engine.safe_writing import replacing

SUFFIX = ".safetensors"
_FORMAT_KIND, _FORMAT_NUMBER = "scratchpad", 1
FORMAT = f"{_FORMAT_KIND}-{_FORMAT_NUMBER}"
METADATA_VERSION = 2
"""1 knew no temperature: such a file reads as one of temperature 1."""
# 8 hidden layers of 4,096 would be 0.5 GB; a larger file is none of ours and is not even opened.
_LARGEST_FILE = 600_000_000
# A single grey level among a million pixels of paper deviates more.
_LEAST_DEVIATION = 1e-6


def save_model(model: Model, path: Path, is_private: bool = False) -> None:
    """Write a model to a temporary name beside `path`, then rename: no reader ever sees half a file.

    Args:
        model: The network.
        path: Of the file; its folder is made if it is missing.
        is_private: Whether file and folder are the owner's alone, as all in the profile is.

    Raises:
        ModelFileError: The folder or disk does not take it; an older file of that name is untouched.
    """
    content = save(dict(model.weights), _metadata(model))
    try:
        if is_private:
            make_private_folder(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, is_private) as file:
            file.write(content)
    except OSError as error:
        raise ModelFileError(
            f"The network could not be saved in {path.parent}: {error.strerror or error}. Free some space or "
            "choose another folder."
        ) from error


def load_model(path: Path) -> Model:
    """Read a model and check every shape, type and value.

    Raises:
        ModelFileError: The file is missing, no model, damaged, or made for another normaliser.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ModelFileError(f"{path.name} is a folder or a device: open a network file.")
        if status.st_size > _LARGEST_FILE:
            raise ModelFileError(f"{path.name} is too large to be a network of this program.")
        with safe_open(str(path), framework="pt") as file:
            metadata = file.metadata() or {}
            _check_format(path.name, metadata.get("format", ""))
            # Clones: the tensors are a map of the file and would change, or crash, as somebody changes it.
            weights = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError as error:
        raise ModelFileError(f"There is no file {path.name} any more.") from error
    except OSError as error:
        raise ModelFileError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except SafetensorError as error:
        raise ModelFileError(f"{path.name} is damaged or no network file; open another one.") from error
    try:
        return _checked(metadata, weights)
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        SettingsError,
    ) as error:
        raise ModelFileError(f"{path.name} is damaged: its contents do not fit together.") from error
    except ModelFileError as error:
        raise ModelFileError(f"{path.name} {error}") from error


def is_same_model(one: Model, other: Model) -> bool:
    """Whether two models have the same name, origin and weights to the last bit."""
    alike = replace(one, weights=other.weights) == other
    return alike and all(torch.equal(weights, other.weights[name]) for name, weights in one.weights.items())


def _check_format(file_name: str, written: str) -> None:
    if written == FORMAT:
        return
    kind, _, number = written.rpartition("-")
    if kind == _FORMAT_KIND and number.isdecimal() and int(number) > _FORMAT_NUMBER:
        raise ModelFileError(
            f"{file_name} was written by a newer version of Scratchpad: update the program to read with it."
        )
    raise ModelFileError(f"{file_name} is not a network of this program: open one that Scratchpad saved.")


def _metadata(model: Model) -> dict[str, str]:
    """Safetensors' metadata are strings; ours is one JSON text and the format's name."""
    about = {
        "metadata_version": METADATA_VERSION,
        "name": model.name,
        "sizes": model.architecture.sizes,
        "activation": model.architecture.activation,
        "mean": model.standardisation.mean,
        "standard_deviation": model.standardisation.standard_deviation,
        "normaliser_version": model.normaliser_version,
        "temperature": model.temperature,
        "provenance": asdict(model.provenance),
    }
    return {"format": FORMAT, "model": json.dumps(about, ensure_ascii=False)}


def _checked(metadata: dict[str, str], weights: Weights) -> Model:
    about: dict[str, Any] = json.loads(metadata["model"])
    version = about.get("metadata_version", 1)
    if type(version) is not int or version < 1:
        raise ValueError("version")
    if version > METADATA_VERSION:
        raise ModelFileError("was saved by a newer version of the program: update this one to open it.")
    if about["normaliser_version"] != normaliser.VERSION:
        raise ModelFileError("was made for another version of the program and would misread drawings.")
    if not all(type(size) is int for size in about["sizes"]):
        raise ValueError("sizes")
    architecture = Architecture(tuple(about["sizes"]), about["activation"])
    if architecture.sizes[0] != normaliser.SIDE**2 or architecture.sizes[-1] != CLASSES:
        raise ValueError("sizes")
    if {name: tuple(tensor.shape) for name, tensor in weights.items()} != architecture.shapes():
        raise ValueError("shapes")
    if not all(w.dtype == torch.float32 and bool(w.isfinite().all()) for w in weights.values()):
        raise ValueError("values")
    # Pixels lie between 0 and 1, so their mean does, and their deviation is at most 1/2 (1 stands for none).
    mean, deviation = _number(about["mean"]), _number(about["standard_deviation"])
    if not (0 <= mean <= 1 and _LEAST_DEVIATION <= deviation <= 1):
        raise ValueError("standardisation")
    temperature = _number(about["temperature"]) if version >= 2 else 1.0
    if not LOWEST_TEMPERATURE <= temperature <= HIGHEST_TEMPERATURE:
        raise ValueError("temperature")
    return Model(
        name=_text(about["name"]),
        architecture=architecture,
        weights=weights,
        standardisation=Standardisation(mean, deviation),
        provenance=_checked_provenance(about["provenance"]),
        temperature=temperature,
    )


def _checked_provenance(about: dict[str, Any]) -> Provenance:
    provenance = Provenance(**about)
    for text in (provenance.data, provenance.created, provenance.program_version, provenance.attribution):
        _text(text)
    for figure in (provenance.validation_accuracy, provenance.test_accuracy):
        if figure is not None and not 0 <= _number(figure) <= 1:
            raise ValueError("accuracy")
    if type(provenance.seed) is not int:
        raise TypeError("seed")
    return provenance


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("number")
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    value.encode()  # half a surrogate pair is valid JSON, but can neither be shown nor saved again
    return value
