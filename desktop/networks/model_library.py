"""Model library: the networks that were trained here, as files in one folder, and the shipped ones."""

from __future__ import annotations

import contextlib
import itertools
import re
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from engine.errors import ModelFileError

if TYPE_CHECKING:
    from engine.models.model import Model

SUFFIX = ".safetensors"
# What a file has beside its weights.
_LARGEST_HEADER = 65_536


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A network in the library.

    Attributes:
        path: Its file.
        title: What to call it.
    """

    path: Path
    title: str


class ModelLibrary:
    """A folder of model files. Listing reads file names only; no PyTorch is needed for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._save_lock = threading.Lock()

    @staticmethod
    def shipped() -> Path:
        """The file of the network of digits that comes with the program."""
        return resources.path("weights", "shipped.safetensors")

    @staticmethod
    def shipped_letters() -> Path:
        """The file of the network of capital letters and digits that comes with the program."""
        return resources.path("weights", "letters.safetensors")

    def entries(self) -> list[LibraryEntry]:
        """The networks in the folder, newest first; none if the folder cannot be read."""
        dated = []
        with contextlib.suppress(OSError):
            for path in self.folder.glob(f"*{SUFFIX}"):
                with contextlib.suppress(OSError):  # a link to nothing hides no other network
                    status = path.stat()
                    if stat.S_ISREG(status.st_mode):
                        dated.append((status.st_mtime, path))
        return [LibraryEntry(path, path.stem) for _, path in sorted(dated, reverse=True)]

    def find(self, file_name: str) -> Path | None:
        """The file of that name in the folder, if it is there."""
        path = self.folder / Path(file_name).name
        return path if path.is_file() else None

    def find_same(self, model: Model) -> Path | None:
        """The kept or shipped file that holds the very same network, or None."""
        from engine.models.model_file import is_same_model, load_model

        held = sum(weights.nbytes for weights in model.weights.values())
        shipped = (self.shipped(), self.shipped_letters())
        for kept in (*shipped, *(entry.path for entry in self.entries())):
            # Of another size, it is another network: none need be read to see that.
            with contextlib.suppress(OSError, ModelFileError):
                is_alike = held < kept.stat().st_size < held + _LARGEST_HEADER
                if is_alike and is_same_model(load_model(kept), model):
                    return kept
        return None

    def keep(self, model: Model) -> Path:
        """Write a model under a name of its own, never over another one. Runs in any thread.

        Raises:
            ModelFileError: The folder or disk does not take it.
        """
        from engine.models.model_file import save_model

        with self._save_lock:  # two at once must not take the same name
            path = next(path for path in self._paths(model.name) if not path.exists())
            save_model(model, path, is_private=True)
        return path

    def rename(self, path: Path, model: Model) -> Path:
        """Write a network of this folder under its new name and remove its former file; the new file.

        Raises:
            ModelFileError: The folder or disk does not take it; the former file stays.
        """
        kept = self.keep(model)
        with contextlib.suppress(OSError):
            path.unlink()
        return kept

    def find_kept(self, model: Model) -> Path | None:
        """The file that `keep` once wrote this very model to, if it is there. Runs in any thread."""
        from engine.models.model_file import is_same_model, load_model

        for path in itertools.takewhile(Path.exists, self._paths(model.name)):
            with contextlib.suppress(ModelFileError):
                if is_same_model(load_model(path), model):
                    return path
        return None

    def _paths(self, name: str) -> Iterator[Path]:
        """The names that a network's file may have, the first one first."""
        stem = re.sub(r"[^\w\s.,%()·+-]", "", name).strip()[:80] or "network"
        yield self.folder / f"{stem}{SUFFIX}"
        for number in itertools.count(2):
            yield self.folder / f"{stem} ({number}){SUFFIX}"
