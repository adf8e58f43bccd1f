"""This machine's settings of pip, for use in a root: its indexes, and the folders that they name."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Later ones count for more, as in pip.
_SECTIONS = ("global.", "install.", ":env:.")
_PROXIES = ("http_proxy", "https_proxy", "no_proxy")


def pip_variables(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What pip and its connections are told here, as variables of the environment."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    proxies = {name: value for name, value in environment.items() if name.lower() in _PROXIES}
    return {**variables_from(listed.splitlines()), **proxies}


def variables_from(lines: Iterable[str]) -> dict[str, str]:
    """The variables that say the same as these lines of ``pip config list``."""
    found = {}
    pairs = [line.partition("=")[::2] for line in lines]
    for section in _SECTIONS:
        for key, value in pairs:
            if key.startswith(section):
                name = key.removeprefix(section).upper().replace("-", "_")
                found[f"PIP_{name}"] = " ".join(str(ast.literal_eval(value)).split())
    return found


def paths_named(values: Iterable[str]) -> list[Path]:
    """The files and folders of this machine that such values name; for an index the folder it lies in."""
    found = []
    for word in " ".join(values).split():
        address = urlsplit(word)
        if address.scheme == "file":
            # What an index names lies beside it.
            path = Path(unquote(address.path)).parent
        elif word.startswith("/"):
            path = Path(word)
        else:
            continue
        if path.exists() and path not in found:
            found.append(path)
    return found
