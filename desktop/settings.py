"""What the program remembers: QSettings behind typed properties."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.folders import data_folder, settings_file
from engine.errors import NumberError, SettingsError
from engine.number_text import parse_decimal, parse_whole
from engine.settings import TrainingSettings

SHIPPED = "shipped"
"""The name that stands for the network that comes with the program."""
MNIST = "mnist"
HANDWRITING = "handwriting"
BOOTH_IDLE_S = (10, 20, 60)
"""What can be chosen for the booth."""
# Of the settings file. A later one may give old keys another meaning, so it is neither read nor written.
_VERSION = 1


class Settings:
    """Typed settings; a value that is missing or makes no sense reads as its default.

    Attributes:
        notice: One sentence if the file was damaged, and put aside with ``.broken`` at its name, or was
            written by a newer version and is left as it is; else empty.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.notice = ""
        self._open(path or settings_file())
        if self._version() > _VERSION:
            own = self._path.with_stem(f"{self._path.stem}-{_VERSION}")
            is_first_time = not own.exists()
            self._open(own)
            if is_first_time and not self.notice:
                self.notice = (
                    "The settings were written by a newer version of Scratchpad: they are left as they are, "
                    "and this version keeps its own."
                )

    def _open(self, path: Path) -> None:
        """Read the file; one that is damaged is put aside."""
        self._path = path
        self._store = QSettings(str(self._path), QSettings.Format.IniFormat)
        if self._store.status() != QSettings.Status.NoError or self._is_garbage():
            self.notice = (
                "The settings file was damaged and put aside; the program starts with fresh settings."
            )
            del self._store
            try:
                self._path.replace(self._path.with_suffix(".ini.broken"))
            except OSError as error:
                self.notice = (
                    f"The settings file {self._path} cannot be used ({error.strerror or error}); the "
                    "settings are fresh ones."
                )
            self._store = QSettings(str(self._path), QSettings.Format.IniFormat)

    def _is_garbage(self) -> bool:
        """QSettings reads almost anything as INI; ours is UTF-8 text of sections and keys."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return False
        except (OSError, UnicodeDecodeError):
            return True
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith((";", "#"))]
        return "\0" in text or any("=" not in line and not line.startswith("[") for line in lines)

    def _version(self) -> int:
        """Of what wrote the file; the first versions did not say."""
        text = self._text("profile/version", "1")
        return int(text) if text.isdecimal() else _VERSION

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _flag(self, key: str, default: bool) -> bool:
        return self._text(key, str(default).lower()) == "true"

    @property
    def appearance(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._text("window/appearance", "system")

    @appearance.setter
    def appearance(self, value: str) -> None:
        self._store.setValue("window/appearance", value)

    @property
    def geometry(self) -> QByteArray:
        """Of the main window, empty at first."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def splitter(self) -> QByteArray:
        """Widths of the panels, empty at first."""
        value = self._store.value("window/splitter")
        return value if isinstance(value, QByteArray) else QByteArray()

    @splitter.setter
    def splitter(self, value: QByteArray) -> None:
        self._store.setValue("window/splitter", value)

    @property
    def network(self) -> str:
        """File name of the network that reads, or `SHIPPED`."""
        return self._text("network/current", SHIPPED)

    @network.setter
    def network(self, value: str) -> None:
        self._store.setValue("network/current", value)

    @property
    def mnist_folder(self) -> Path:
        """The folder to look for MNIST in: the user's own, ``SCRATCHPAD_DATA``, or the program's."""
        chosen = self._text("data/mnist_folder", "") or os.environ.get("SCRATCHPAD_DATA", "")
        return Path(chosen) if chosen else data_folder() / "data"

    @mnist_folder.setter
    def mnist_folder(self, value: Path) -> None:
        self._store.setValue("data/mnist_folder", str(value))

    @property
    def data(self) -> str:
        """`MNIST`, `HANDWRITING`, or empty while the user has not chosen."""
        value = self._text("training/data", "")
        return value if value in (MNIST, HANDWRITING) else ""

    @data.setter
    def data(self, value: str) -> None:
        self._store.setValue("training/data", value)

    @property
    def device(self) -> str:
        """``auto``, ``cuda``, ``mps`` or ``cpu``."""
        value = self._text("training/device", "auto")
        return value if value in ("auto", "cuda", "mps", "cpu") else "auto"

    @device.setter
    def device(self, value: str) -> None:
        self._store.setValue("training/device", value)

    @property
    def booth_idle_s(self) -> int:
        """Seconds after which the booth clears the pad, one of `BOOTH_IDLE_S`."""
        text = self._text("booth/idle_s", "20")
        return int(text) if text in map(str, BOOTH_IDLE_S) else 20

    @booth_idle_s.setter
    def booth_idle_s(self, value: int) -> None:
        self._store.setValue("booth/idle_s", str(value))

    @property
    def shows_all_training_fields(self) -> bool:
        """Whether the rarer training settings are unfolded."""
        return self._flag("training/all_fields", False)

    @shows_all_training_fields.setter
    def shows_all_training_fields(self, value: bool) -> None:
        self._store.setValue("training/all_fields", str(value).lower())

    @property
    def shows_first_steps(self) -> bool:
        """Whether the first steps are shown above the pad; not in a profile that has been used before."""
        return self._flag("window/first_steps", not self._store.contains("window/geometry"))

    @shows_first_steps.setter
    def shows_first_steps(self, value: bool) -> None:
        self._store.setValue("window/first_steps", str(value).lower())

    @property
    def runs_order(self) -> tuple[str, bool]:
        """Key of the column that runs are sorted by, empty at first, and whether descending."""
        return self._text("runs/order", ""), self._flag("runs/is_descending", True)

    @runs_order.setter
    def runs_order(self, value: tuple[str, bool]) -> None:
        self._store.setValue("runs/order", value[0])
        self._store.setValue("runs/is_descending", str(value[1]).lower())

    @property
    def training(self) -> TrainingSettings:
        """The training settings last used."""
        default = TrainingSettings()
        try:
            hidden = self._text("training/hidden", "100").split()
            read = TrainingSettings(
                hidden=tuple(map(parse_whole, hidden)),
                activation=self._text("training/activation", default.activation),
                epochs=parse_whole(self._text("training/epochs", str(default.epochs))),
                batch_size=parse_whole(self._text("training/batch_size", str(default.batch_size))),
                learning_rate=parse_decimal(self._text("training/learning_rate", str(default.learning_rate))),
                warps=self._flag("training/warps", default.warps),
                seed=parse_whole(self._text("training/seed", str(default.seed))),
                rung=parse_whole(self._text("training/rung", str(default.rung))),
                optimiser=self._text("training/optimiser", default.optimiser),
            )
            read.check()
        except (NumberError, SettingsError):
            return default
        return read

    @training.setter
    def training(self, value: TrainingSettings) -> None:
        # A quoted list would come back as a list: sizes are joined by blanks, never commas.
        self._store.setValue("training/hidden", " ".join(map(str, value.hidden)))
        for name in ("activation", "epochs", "batch_size", "learning_rate", "seed", "rung", "optimiser"):
            self._store.setValue(f"training/{name}", str(getattr(value, name)))
        self._store.setValue("training/warps", str(value.warps).lower())

    def save(self) -> None:
        """Write to disk now; a folder that takes nothing is not worth a word to the user here."""
        self._store.setValue("profile/version", str(_VERSION))
        self._store.sync()
