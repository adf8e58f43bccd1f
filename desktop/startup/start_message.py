"""Start message: what a second start tells the first one, as one line of JSON, read with distrust."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_FILES = 100
"""A pad shows one drawing; nobody means to open more at once."""
LONGEST_MESSAGE = 1 << 20
"""Bytes: more than `MOST_FILES` long paths take."""
_LONGEST_PATH = 4096
_LONGEST_TOKEN = 1024


@dataclass(frozen=True, slots=True)
class StartMessage:
    """What another start wants.

    Attributes:
        files: Absolute paths to open.
        activation_token: With it the desktop lets the first window come forward on behalf of the other start;
            or empty.
    """

    files: tuple[Path, ...]
    activation_token: str = ""


def written(message: StartMessage) -> bytes:
    """As one line; of many files the first `MOST_FILES`."""
    about = {
        "files": [os.fspath(file) for file in message.files[:MOST_FILES]],
        "activation_token": message.activation_token,
    }
    return json.dumps(about).encode() + b"\n"


def read(line: bytes) -> StartMessage:
    """What a line says.

    Raises:
        ValueError: It is no message of ours.
    """
    try:
        about = json.loads(line)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(about, dict):
        raise ValueError("no object")
    files, token = about.get("files"), about.get("activation_token")
    if not isinstance(files, list) or len(files) > MOST_FILES or not isinstance(token, str):
        raise ValueError("no message of ours")
    return StartMessage(tuple(map(_path, files)), token if _is_token(token) else "")


def as_absolute(files: Sequence[Path]) -> tuple[Path, ...]:
    """The other start may have been made in another folder."""
    return tuple(Path(os.path.abspath(file)) for file in files)


def _path(value: object) -> Path:
    """A name that is no UTF-8 has halves of surrogate pairs in it, as Python writes such names; no others."""
    if not isinstance(value, str) or "\0" in value or len(os.fsencode(value)) > _LONGEST_PATH:
        raise ValueError("no path")
    path = Path(value)
    if not path.is_absolute():
        raise ValueError("no absolute path")
    return path


def _is_token(text: str) -> bool:
    return len(text) <= _LONGEST_TOKEN and text.isascii() and text.isprintable()
