"""Networks: which one reads, which one read before, and how to get from one to the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.networks.model_library import SUFFIX, LibraryEntry, ModelLibrary
from desktop.settings.settings import LETTERS, SHIPPED, Settings
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.models.model import Model


class Networks(QObject):
    """The network in use and the one before it. Reading a kept one takes a few milliseconds: no thread.

    Signals:
        network_changed: The `engine.models.model.Model` that reads from now on.
        network_refused: One sentence; the one in use stays.
    """

    network_changed = Signal(object)
    network_refused = Signal(str)

    def __init__(self, library: ModelLibrary, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._settings = settings
        self.model: Model | None = None
        self._path: Path | None = None
        self._former: tuple[Model, Path | None] | None = None
        self._unkept: list[Model] = []
        # What reads again when one that was lent is taken back.
        self._lender: tuple[Model | None, Path | None] | None = None

    @property
    def wanted(self) -> Path:
        """The file of the network used last time; the shipped one's if it is gone."""
        name = self._settings.network
        shipped = {SHIPPED: self.library.shipped(), LETTERS: self.library.shipped_letters()}
        return shipped.get(name) or self.library.find(name) or self.library.shipped()

    @property
    def is_shipped(self) -> bool:
        """Whether the shipped network of digits reads."""
        return self._path == self.library.shipped()

    @property
    def title(self) -> str:
        """Name of the network in use."""
        return self.model.name if self.model else ""

    @property
    def former_title(self) -> str:
        """Name of the network before this one; empty if there was none."""
        return self._former[0].name if self._former else ""

    @property
    def unkept(self) -> list[Model]:
        """The networks that no file holds yet, since the folder did not take them."""
        return list(self._unkept)

    def keep_rest(self) -> bool:
        """Try again to keep the networks that no file holds; whether there are none left."""
        for model in self.unkept:
            try:
                path = self.library.keep(model)
            except ScratchpadError:
                continue
            self._on_kept(model, path)
        return not self._unkept

    def entries(self) -> list[LibraryEntry]:
        """The networks that were kept, newest first."""
        return self.library.entries()

    def is_current(self, path: Path) -> bool:
        """Whether the network in use came from that file."""
        return self._path == path

    def use(self, model: Model, path: Path | None) -> None:
        """Read with `model` from now on.

        Args:
            model: The network.
            path: The file that holds it, or None if it could not be kept.
        """
        self._end_loan()
        if self.model is not None and self.model is not model:
            self._former = (self.model, self._path)
        self.model, self._path = model, path
        if path is None:
            if all(model is not other for other in self._unkept):
                self._unkept.append(model)
        else:
            are_letters = path == self.library.shipped_letters()
            self._settings.network = SHIPPED if self.is_shipped else LETTERS if are_letters else path.name
        self.network_changed.emit(model)

    def adopt_run(self, model: Model) -> None:
        """Read from now on with a network that is kept as a run, and keep it among the networks, too."""
        path = None
        try:
            path = self.library.find_kept(model) or self.library.keep(model)
        except ScratchpadError as error:
            self.network_refused.emit(str(error))
        self.use(model, path)

    def rename(self, model: Model, name: str) -> None:
        """A run was given another name: the file of its network goes by it too, also while it reads.

        Args:
            model: The network under its former name.
            name: The new one.
        """
        path = self.library.find_kept(model)
        if path is None:
            return
        renamed = replace(model, name=name)
        try:
            kept = self.library.rename(path, renamed)
        except ScratchpadError as error:
            self.network_refused.emit(str(error))
            return
        if self._former is not None and self._former[1] == path:
            self._former = (renamed, kept)
        if self._path == path:
            self.model, self._path = renamed, kept
            self._settings.network = kept.name
            self.network_changed.emit(renamed)

    def hold(self, model: Model) -> None:
        """A network that is not put to use and that no file took: it can still be chosen and saved."""
        self._unkept.append(model)

    def resume(self) -> None:
        """Whoever showed other weights for a while goes back to the network in use."""
        if self.model is not None:
            self.network_changed.emit(self.model)

    def lend(self, model: Model) -> None:
        """Read with a network that nobody keeps, until it is taken back or another one is put to use."""
        if self._lender is None:
            self._lender = (self.model, self._path)
        self.model, self._path = model, None
        self.network_changed.emit(model)

    @property
    def is_lent(self) -> bool:
        """Whether the network in use is one that nobody keeps."""
        return self._lender is not None

    def take_back(self) -> None:
        """Read again with the network that was in use before one was lent; does nothing if none was."""
        if self.is_lent:
            self._end_loan()
            self.network_changed.emit(self.model)

    def _end_loan(self) -> None:
        if self._lender is not None:
            (self.model, self._path), self._lender = self._lender, None

    def use_shipped(self) -> None:
        """Back to the network of digits that came with the program."""
        self.use_file(self.library.shipped())

    def use_former(self) -> None:
        """Back to the network before this one; the two change places."""
        if self._former is not None:
            self.use(*self._former)

    def use_file(self, path: Path) -> None:
        """Read with a network file from now on, or say why not."""
        from engine.models.model_file import load_model

        try:
            self.use(load_model(path), path)
        except ScratchpadError as error:
            self.network_refused.emit(str(error))

    def import_file(self, path: Path) -> None:
        """Check a network file from anywhere, and adopt it."""
        from engine.models.network_files import read_network

        try:
            model = read_network(path)
        except ScratchpadError as error:
            self.network_refused.emit(str(error))
            return
        self.adopt(model, path)

    def adopt(self, model: Model, path: Path) -> None:
        """Keep a copy of a network from a file in the library unless one is there, and use it."""
        kept = path
        if path.parent != self.library.folder:
            try:
                kept = self.library.find_same(model) or self.library.keep(model)
            except ScratchpadError as error:
                # It reads all the same, from where it is.
                self.network_refused.emit(str(error))
        self.use(model, kept)

    def save_as(self, path: Path) -> bool:
        """Write the network in use to a file of the user's choice, or say why not; whether it was written."""
        from engine.models.network_files import write_network

        if self.model is None:
            return False
        try:
            write_network(self.model, path)
        except ScratchpadError as error:
            self.network_refused.emit(str(error))
            return False
        if path.suffix.lower() == SUFFIX:  # other forms do not hold all of it
            self._on_kept(self.model, path)
        return True

    def _on_kept(self, model: Model, path: Path) -> None:
        """A file holds it now."""
        self._unkept = [other for other in self._unkept if other is not model]
        if model is self.model and self._path is None:
            self._path = path
            self._settings.network = path.name
        elif self._former is not None and self._former[0] is model:
            self._former = (model, self._former[1] or path)
