"""What the program remembers: a settings file behind typed properties."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QTimer

from desktop.services.folders import data_folder, settings_file
from desktop.settings.drawing_settings import DrawingSettings
from desktop.settings.lesson_settings import LessonSettings
from desktop.settings.search_settings import SearchSettings
from desktop.settings.set_settings import SetSettings
from desktop.settings.settings_file import DamagedFileError, Value, is_path, read_values, write_values
from desktop.settings.training_values import read_training, training_values
from desktop.widgets.zoom.lengths import STEPS, USUAL
from engine.data.drawing_names import DRAWINGS_NAMES
from engine.data.sources import DATA_SOURCES
from engine.errors import NumberError
from engine.number_text import parse_whole
from engine.settings import TrainingSettings

SHIPPED = "shipped"
"""The name that stands for the network of digits that comes with the program."""
LETTERS = "letters"
"""The name that stands for the network of letters and digits that comes with the program."""
BOOTH_IDLE_S = (10, 20, 60)
"""What can be chosen for the booth."""
# Of the settings file. A later one may give old keys another meaning, so it is neither read nor written.
_VERSION = 1
# Not a setting but the user's work, as far as that is a choice.
_KEPT_BY_RESTORING = ("network/current", "profile/version")
_LONGEST_STATE = 4096


class Settings:
    """Typed settings; a value that is missing or makes no sense reads as its default.

    What is changed is on the disk soon after, and does not undo what another program changed meanwhile.

    Attributes:
        notice: One sentence if the file cannot be read, or was damaged and put aside with ``.broken`` at its
            name, or was written by a newer version and is left as it is; else empty.
        lesson: What is remembered of the lesson.
        search: What is remembered of the form of a search.
        sets: What is remembered of sets of the user's own.
        drawings: What is remembered of the user's drawings as data.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.notice = ""
        self._changed: dict[str, Value | None] = {}
        self._is_saving_soon = False
        self.lesson = LessonSettings(self._text, self._set)
        self.search = SearchSettings(self._text, self._set)
        self.sets = SetSettings(self._text, self._set)
        self.drawings = DrawingSettings(self._text, self._set)
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
        if self._values.get("profile/version") != str(_VERSION):
            self._values["profile/version"] = self._changed["profile/version"] = str(_VERSION)

    def _open(self, path: Path) -> None:
        """Read the file; one that is damaged is put aside, one that cannot be read is left."""
        self._path = path
        self._values: dict[str, Value] = {}
        self._can_save = True
        try:
            self._values = read_values(path)
        except DamagedFileError:
            self._put_aside()
        except OSError as error:
            self._can_save = False
            self.notice = (
                f"The settings file {path} cannot be read ({error.strerror or error}): it is left as it is, "
                "and settings last until the window closes. Allow reading it, then start the program again."
            )

    def _put_aside(self) -> None:
        self.notice = "The settings file was damaged and put aside; the program starts with fresh settings."
        try:
            self._path.replace(self._path.with_suffix(".ini.broken"))
        except OSError as error:
            self.notice = (
                f"The settings file {self._path} is damaged and cannot be put aside "
                f"({error.strerror or error}); the settings are fresh ones."
            )

    def _version(self) -> int:
        """Of what wrote the file; the first versions did not say."""
        text = self._text("profile/version", "1")
        return int(text) if re.fullmatch("[0-9]{1,9}", text) else _VERSION

    def _text(self, key: str, default: str) -> str:
        value = self._values.get(key, default)
        return value if isinstance(value, str) and "\0" not in value else default

    def _flag(self, key: str, default: bool) -> bool:
        return self._text(key, str(default).lower()) == "true"

    def _state(self, key: str) -> QByteArray:
        value = self._values.get(key, b"")
        return QByteArray(value if isinstance(value, bytes) and len(value) <= _LONGEST_STATE else b"")

    def _set(self, key: str, value: Value) -> None:
        self._values[key] = self._changed[key] = value
        # One writing for all that changes now; without an event loop it waits for `save`.
        if not self._is_saving_soon and QCoreApplication.instance() is not None:
            self._is_saving_soon = True
            QTimer.singleShot(0, self._save_changes)

    def restore_defaults(self) -> None:
        """Forget every setting. Networks, runs and drawings stay, and so does the choice of the network."""
        for key in [key for key in self._values if key not in _KEPT_BY_RESTORING]:
            del self._values[key]
            self._changed[key] = None
        self._save_changes()

    @property
    def appearance(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._text("window/appearance", "system")

    @appearance.setter
    def appearance(self, value: str) -> None:
        self._set("window/appearance", value)

    @property
    def zoom(self) -> int:
        """Of the whole window in per cent, one of `zoom.lengths.STEPS`."""
        text = self._text("window/zoom", str(USUAL))
        return int(text) if text in map(str, STEPS) else USUAL

    @zoom.setter
    def zoom(self, value: int) -> None:
        self._set("window/zoom", str(value))

    @property
    def geometry(self) -> QByteArray:
        """Of the main window, empty at first."""
        return self._state("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._set("window/geometry", bytes(value.data()))

    @property
    def splitter(self) -> QByteArray:
        """Widths of the panels, empty at first."""
        return self._state("window/splitter")

    @splitter.setter
    def splitter(self, value: QByteArray) -> None:
        self._set("window/splitter", bytes(value.data()))

    @property
    def network(self) -> str:
        """File name of the network that reads, or `SHIPPED`, or `LETTERS`."""
        name = self._text("network/current", SHIPPED)
        return name if is_path(name) else SHIPPED

    @network.setter
    def network(self, value: str) -> None:
        self._set("network/current", value)

    @property
    def mnist_folder(self) -> Path:
        """The folder to look for MNIST in: the user's own, ``SCRATCHPAD_DATA``, or the program's."""
        for chosen in (self._text("data/mnist_folder", ""), os.environ.get("SCRATCHPAD_DATA", "")):
            if chosen and is_path(chosen):
                return Path(chosen)
        return data_folder() / "data"

    @mnist_folder.setter
    def mnist_folder(self, value: Path) -> None:
        self._set("data/mnist_folder", str(value))

    @property
    def data(self) -> str:
        """One of `DATA_SOURCES` or `DRAWINGS_NAMES`, the path of a set, or empty before any choice."""
        value = self._text("training/data", "")
        return value if value in (*DATA_SOURCES, *DRAWINGS_NAMES) or self.sets.knows(value) else ""

    @data.setter
    def data(self, value: str) -> None:
        self._set("training/data", value)

    @property
    def device(self) -> str:
        """``auto``, ``cuda``, ``mps`` or ``cpu``."""
        value = self._text("training/device", "auto")
        return value if value in ("auto", "cuda", "mps", "cpu") else "auto"

    @device.setter
    def device(self, value: str) -> None:
        self._set("training/device", value)

    @property
    def booth_idle_s(self) -> int:
        """Seconds after which the booth clears the pad, one of `BOOTH_IDLE_S`."""
        text = self._text("booth/idle_s", "20")
        return int(text) if text in map(str, BOOTH_IDLE_S) else 20

    @booth_idle_s.setter
    def booth_idle_s(self, value: int) -> None:
        self._set("booth/idle_s", str(value))

    @property
    def shows_all_training_fields(self) -> bool:
        """Whether the rarer training settings are unfolded."""
        return self._flag("training/all_fields", False)

    @shows_all_training_fields.setter
    def shows_all_training_fields(self, value: bool) -> None:
        self._set("training/all_fields", str(value).lower())

    @property
    def shows_first_steps(self) -> bool:
        """Whether the first steps are shown above the pad; not in a profile that has been used before."""
        return self._flag("window/first_steps", "window/geometry" not in self._values)

    @shows_first_steps.setter
    def shows_first_steps(self, value: bool) -> None:
        self._set("window/first_steps", str(value).lower())

    @property
    def told_run(self) -> int:
        """Number of the interrupted run that was offered last; 0 at first."""
        try:
            return parse_whole(self._text("runs/told", "0"))
        except NumberError:
            return 0

    @told_run.setter
    def told_run(self, value: int) -> None:
        self._set("runs/told", str(value))

    @property
    def runs_order(self) -> tuple[str, bool]:
        """Key of the column that runs are sorted by, empty at first, and whether descending."""
        return self._text("runs/order", ""), self._flag("runs/is_descending", True)

    @runs_order.setter
    def runs_order(self, value: tuple[str, bool]) -> None:
        self._set("runs/order", value[0])
        self._set("runs/is_descending", str(value[1]).lower())

    @property
    def training(self) -> TrainingSettings:
        """The training settings last used."""
        return read_training(self._text)

    @training.setter
    def training(self, value: TrainingSettings) -> None:
        for key, text in training_values(value).items():
            self._set(key, text)

    def save(self) -> None:
        """Write to disk now; a folder that takes nothing is not worth a word to the user here."""
        self._save_changes()

    def _save_changes(self) -> None:
        self._is_saving_soon = False
        if not self._changed or not self._can_save:
            return
        try:
            values = read_values(self._path)
        except (DamagedFileError, OSError):
            values = dict(self._values)
        for key, value in self._changed.items():
            if value is None:
                values.pop(key, None)
            else:
                values[key] = value
        try:
            write_values(self._path, values)
        except (OSError, UnicodeError):
            return  # tried again with the next change
        self._changed = {}
