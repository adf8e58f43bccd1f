"""File kinds: who takes a file, told from its content first and from its name second."""

from __future__ import annotations

import enum
import json
import re
from pathlib import Path

from engine.files.file_starts import is_html, is_picture, is_text
from engine.files.regular_files import open_regular

_START_LENGTH = 4096
_NETWORK_SUFFIXES = (".safetensors", ".pt", ".pth", ".ckpt", ".onnx", ".h5", ".keras")
_LINES_SUFFIXES = (".jsonl", ".ndjson")
_POINTS_SUFFIXES = (".csv", ".tsv")
# Of what is no table of points and none of MNIST's files, by its name.
_SET_NAME = re.compile(
    r".*\.(npz|zip|csv|tsv)(\.gz)?|.*(images|labels)[.-]idx\d[.-](ubyte|byte|int)(\.gz)?", re.IGNORECASE
)
# x, y, class; pictures of digits in such a file have hundreds of fields.
_MOST_FIELDS = 4
_EXPERIMENT = b'"scratchpad-boundaries"'
_MNIST_NAMES = ("train-images", "train-labels", "t10k-images", "t10k-labels")


class FileKind(enum.Enum):
    """What a file or folder is taken for; whoever takes that kind says what is wrong with it."""

    PICTURE = "a picture or a single drawing, for the pad; everything unknown as well"
    NETWORK = "a network, to read with"
    DRAWINGS = "lines of labelled drawings, for the gallery"
    MNIST = "MNIST's folder, or one of its files"
    SET = "labelled pictures to train on, in a folder or a file"
    POINTS = "points in the plane, or an experiment with them, for Boundaries"


def file_kind(path: Path) -> FileKind:
    """Who takes it. Reads a few kilobytes at most, and waits for nothing but the disk."""
    try:
        if path.is_dir():
            return FileKind.MNIST if _has_mnist_names(path) else FileKind.SET
        with open_regular(path) as file:
            start = file.read(_START_LENGTH)
    except (OSError, ValueError):
        start = b""
    return _kind_of_content(start, path) or _kind_of_name(path)


def _kind_of_content(start: bytes, path: Path) -> FileKind | None:
    if is_picture(start):
        return FileKind.PICTURE
    if start.startswith(b"\x89HDF") or (start[8:10] == b'{"' and start[4:8] == bytes(4)):
        return FileKind.NETWORK
    if start.startswith(b"PK\x03\x04") and b"/data.pkl" in start[:200]:
        return FileKind.NETWORK
    if start[:3] == b"\0\0\x08" and start[3:4] in (b"\x01", b"\x03"):
        return FileKind.SET if _SET_NAME.fullmatch(path.name) and not _is_mnist_name(path) else FileKind.MNIST
    if is_text(start) and start.lstrip().startswith(b"{") and _EXPERIMENT in start[:100]:
        return FileKind.POINTS
    if is_text(start) and path.suffix.lower() in _POINTS_SUFFIXES and _has_few_fields(start):
        return FileKind.POINTS
    if is_text(start) and not is_html(start) and start.lstrip().startswith(b"{"):
        return FileKind.DRAWINGS if _are_lines(start) else _unless_network_name(path)
    return None


def _has_few_fields(start: bytes) -> bool:
    line = start.split(b"\n", 1)[0]
    return max(line.count(bytes([mark])) for mark in b",;\t") < _MOST_FIELDS


def _are_lines(start: bytes) -> bool:
    """Whether a text of JSON is one labelled drawing after another, rather than one drawing for the pad."""
    lines = [line for line in start.splitlines() if line.strip()]
    try:
        first = json.loads(lines[0])
    except (ValueError, RecursionError):
        # A line longer than what was read, or a single drawing with line breaks in it.
        return len(lines) == 1 and len(start) == _START_LENGTH and start.lstrip().startswith(b'{"label"')
    is_labelled = isinstance(first, dict) and any(key in first for key in ("label", "digit", "word"))
    return is_labelled or (len(lines) > 1 and lines[1].lstrip().startswith(b"{"))


def _unless_network_name(path: Path) -> FileKind:
    kind = _kind_of_name(path)
    return FileKind.PICTURE if kind in (FileKind.MNIST, FileKind.SET) else kind


def _kind_of_name(path: Path) -> FileKind:
    suffix = path.suffix.lower()
    if suffix in _NETWORK_SUFFIXES:
        return FileKind.NETWORK
    if suffix in _LINES_SUFFIXES:
        return FileKind.DRAWINGS
    if _is_mnist_name(path):
        return FileKind.MNIST
    return FileKind.SET if _SET_NAME.fullmatch(path.name) else FileKind.PICTURE


def _is_mnist_name(path: Path) -> bool:
    return path.name.startswith(_MNIST_NAMES) and "idx" in path.name


def _has_mnist_names(folder: Path) -> bool:
    places = (folder, folder / "raw", folder / "MNIST", folder / "MNIST" / "raw")
    return any(
        (place / f"{name}{rest}").exists()
        for place in places
        for name in _MNIST_NAMES
        for rest in (
            f"{sign}idx{number}-ubyte{packed}" for sign in "-." for number in "13" for packed in ("", ".gz")
        )
    )
