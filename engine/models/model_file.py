"""Model files: safetensors with metadata. Never pickle: opening a file must not be able to run code."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO

import torch
from safetensors.torch import save

from engine.data.classes import DIGITS, Classes
from engine.data.digits import Standardisation
from engine.errors import DataError, ModelFileError, SettingsError
from engine.evaluation.calibration import HIGHEST_TEMPERATURE, LOWEST_TEMPERATURE
from engine.files.private_files import make_private_folder
from engine.files.regular_files import open_regular
from engine.files.safe_writing import replacing
from engine.models.model import Model, Provenance
from engine.models.named_tensors import NamedTensor
from engine.models.network_limits import LARGEST_FILE, check_sizes
from engine.models.safetensors_file import NoSafetensorsError, SafetensorsContent, read_safetensors
from engine.nn.network import Architecture, Weights
from engine.plain_text import plain_name
from engine.preprocessing import normaliser

SUFFIX = ".safetensors"
_FORMAT_KIND, _FORMAT_NUMBER = "scratchpad", 1
FORMAT = f"{_FORMAT_KIND}-{_FORMAT_NUMBER}"
METADATA_VERSION = 5
"""1 knew no temperature: such a file reads as one of temperature 1. 2 knew only these three activations,
3 no networks that can tell that a drawing is no digit, and 4 no classes but digits. The oldest that fits is
written, so that an older program reads such networks."""
_FIRST_ACTIVATIONS = ("relu", "leaky-relu", "elu")
_MOST_TEXT = 1_000
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
    with opened_network(path) as file:
        try:
            return model_of_content(read_safetensors(file))
        except NoSafetensorsError as error:
            raise ModelFileError("is damaged or no network file; open another one.") from error


@contextlib.contextmanager
def opened_network(path: Path) -> Iterator[BinaryIO]:
    """A file that may hold a network; what goes wrong with it is told with its name in front.

    Raises:
        ModelFileError: It is not there, no file, too large or cannot be read, or what was raised inside.
    """
    name = plain_name(path.name)
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_size > LARGEST_FILE:
                raise ModelFileError("is too large to be a network of this program.")
            yield file
    except FileNotFoundError as error:
        raise ModelFileError(f"There is no file {name} any more.") from error
    except OSError as error:
        if path.is_dir():
            raise ModelFileError(f"{name} is a folder: open a network file.") from error
        raise ModelFileError(f"{name} cannot be read: {error.strerror or error}.") from error
    except MemoryError as error:
        raise ModelFileError(f"{name} is too large for this computer's memory.") from error
    except ModelFileError as error:
        raise ModelFileError(f"{name} {error}") from error


def model_of_content(content: SafetensorsContent) -> Model:
    """The model in such a file, if it is one of this program.

    Raises:
        ModelFileError: It is not, or damaged; to be completed with the file's name in front.
    """
    _check_format(content.metadata.get("format", ""))
    try:
        return _checked(content.metadata, {tensor.name: tensor for tensor in content.tensors})
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        SettingsError,
    ) as error:
        raise ModelFileError("is damaged: its contents do not fit together.") from error


def is_same_model(one: Model, other: Model) -> bool:
    """Whether two models have the same name, origin and weights to the last bit."""
    # A name with what cannot be shown comes back from its file without that.
    names = {plain_name(each.name) for each in (one, other)}
    alike = replace(one, name=other.name, weights=other.weights) == other
    return (
        alike
        and len(names) == 1
        and all(torch.equal(weights, other.weights[name]) for name, weights in one.weights.items())
    )


def is_own_format(content: SafetensorsContent) -> bool:
    """Whether such a file is of this program, whatever its version, and not only somebody's tensors."""
    return content.metadata.get("format", "").rpartition("-")[0] == _FORMAT_KIND


def _check_format(written: str) -> None:
    if written == FORMAT:
        return
    kind, _, number = written.rpartition("-")
    if kind == _FORMAT_KIND and number[:9].isdecimal() and int(number[:9]) > _FORMAT_NUMBER:
        raise ModelFileError(
            "was written by a newer version of Scratchpad: update the program to read with it."
        )
    raise ModelFileError("is not a network of this program: open one that Scratchpad saved.")


def _metadata(model: Model) -> dict[str, str]:
    """Safetensors' metadata are strings; ours is one JSON text and the format's name."""
    about = {
        "metadata_version": _metadata_version(model),
        "name": model.name,
        "sizes": model.architecture.sizes,
        "activation": model.architecture.activation,
        "mean": model.standardisation.mean,
        "standard_deviation": model.standardisation.standard_deviation,
        "normaliser_version": model.normaliser_version,
        "temperature": model.temperature,
        "provenance": asdict(model.provenance),
    }
    if model.digit_threshold is not None:
        about["digit_threshold"] = model.digit_threshold
    if not model.classes.are_digits:
        about["classes"] = model.classes.names
    return {"format": FORMAT, "model": json.dumps(about, ensure_ascii=False)}


def _metadata_version(model: Model) -> int:
    """The oldest that has all that there is to say of a model."""
    if not model.classes.are_digits:
        return METADATA_VERSION
    if model.digit_threshold is not None:
        return 4
    return 2 if model.architecture.activation in _FIRST_ACTIVATIONS else 3


def _checked(metadata: dict[str, str], tensors: dict[str, NamedTensor]) -> Model:
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
    classes = _classes(about.get("classes")) if version >= 5 else DIGITS
    if architecture.sizes[0] != normaliser.SIDE**2 or architecture.sizes[-1] != len(classes):
        raise ValueError("sizes")
    check_sizes(architecture.sizes)
    if {name: tensor.shape for name, tensor in tensors.items()} != architecture.shapes():
        raise ValueError("shapes")
    weights = _weights(tensors)
    if not all(w.dtype == torch.float32 and bool(w.isfinite().all()) for w in weights.values()):
        raise ValueError("values")
    # Pixels lie between 0 and 1, so their mean does, and their deviation is at most 1/2 (1 stands for none).
    mean, deviation = _number(about["mean"]), _number(about["standard_deviation"])
    if not (0 <= mean <= 1 and _LEAST_DEVIATION <= deviation <= 1):
        raise ValueError("standardisation")
    temperature = _number(about["temperature"]) if version >= 2 else 1.0
    if not LOWEST_TEMPERATURE <= temperature <= HIGHEST_TEMPERATURE:
        raise ValueError("temperature")
    # Version 4 was only written for networks that have one.
    has_threshold = version == 4 or (version > 4 and "digit_threshold" in about)
    threshold = _number(about["digit_threshold"]) if has_threshold else None
    if threshold is not None and not 0 <= threshold <= 1:
        raise ValueError("digit threshold")
    return Model(
        name=plain_name(_text(about["name"])),
        architecture=architecture,
        weights=weights,
        standardisation=Standardisation(mean, deviation),
        provenance=_checked_provenance(about["provenance"]),
        temperature=temperature,
        digit_threshold=threshold,
        classes=classes,
    )


def _classes(about: object) -> Classes:
    """Of a network, the digits where nothing is said of them."""
    if about is None:
        return DIGITS
    if not isinstance(about, list):
        raise TypeError("classes")
    try:
        return Classes(tuple(_text(name) for name in about))
    except DataError as error:
        raise ValueError("classes") from error


def _weights(tensors: dict[str, NamedTensor]) -> Weights:
    """The values, all read at last; in the order of the layers."""
    weights: dict[str, torch.Tensor] = {}
    for name, tensor in sorted(tensors.items()):
        if tensor.read is None:
            raise TypeError("no real numbers")
        weights[name] = tensor.read()
    return weights


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
    if len(value) > _MOST_TEXT:
        raise ValueError("a text that nobody would read")
    value.encode()  # half a surrogate pair is valid JSON, but can neither be shown nor saved again
    return value
