"""Set controller: a set of the user's own, from its path to the choice in the panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.dialogs import file_dialogs
from desktop.dialogs.front_window import front_window
from desktop.services.background_task import BackgroundTask
from desktop.settings.settings import Settings
from desktop.training.data.data_cache import DataCache
from desktop.training.data.reading_dialog import ReadingDialog
from desktop.training.data.set_dialog import SetDialog
from desktop.training.data.set_reading import ReadSet, check_there, is_own_set, read_own_set
from desktop.training.panel import TrainingPanel
from engine.errors import DataError
from engine.files.file_kinds import FileKind, file_kind
from engine.plain_text import plain_name

_UNEXPECTED = "The set could not be read, for a reason the program did not expect: choose another one."
_NOT_MNIST = "This is not MNIST, but another set."
# What is read sooner needs no dialog of its own, which would only flicker.
_PATIENCE_MS = 400


class SetController(QObject):
    """Reads what is chosen or dropped, shows it, and offers it from then on.

    Signals:
        status_changed: A few words for the status line.
        notice_given: One sentence, and an empty text.
        mnist_found: A path that was chosen, of four files that seem to be MNIST's, or of their folder.
        moved_on: Other data are wanted: what was said of those before is no news any more.
    """

    status_changed = Signal(str)
    notice_given = Signal(str, str)
    mnist_found = Signal(object)
    moved_on = Signal()
    # Which reading it is, counted, and the share that is read; from the thread that reads.
    _progressed = Signal(int, float)

    def __init__(
        self, panel: TrainingPanel, settings: Settings, cache: DataCache, parent: QObject | None = None
    ) -> None:
        """Read nothing yet; the cache gets what was read and is to be trained on."""
        super().__init__(parent)
        self._panel, self._settings, self._cache = panel, settings, cache
        self._is_available = False
        self._reads = self._remark = ""
        self._wanted: Path | None = None
        self._dialog: SetDialog | None = None
        self._reading_dialog: ReadingDialog | None = None
        self._begun, self._share = 0, 0.0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_reading)
        self._progressed.connect(self._on_progressed)
        self._task = BackgroundTask(_UNEXPECTED, self)
        self._task.completed.connect(self._ask)
        self._task.refused.connect(lambda sentence: self.notice_given.emit(sentence, ""))
        self._task.busy_changed.connect(self._on_busy_changed)
        choice = panel.fields.data
        # Once the box is done with what was chosen in it: the dialogs have event loops of their own.
        queued = Qt.ConnectionType.QueuedConnection
        choice.file_requested.connect(self._on_file_requested, queued)
        choice.folder_requested.connect(self._on_folder_requested, queued)
        self.show_known()

    @property
    def is_reading(self) -> bool:
        """Whether a set is being read that is still wanted."""
        return self._task.is_busy

    @property
    def dialog(self) -> SetDialog | None:
        """What asks whether a set is to be used, while it does."""
        return self._dialog

    @property
    def reading_dialog(self) -> ReadingDialog | None:
        """What shows how far the reading is, while it takes longer than a moment."""
        return self._reading_dialog

    def show_known(self) -> None:
        """Offer what the settings remember."""
        self._panel.fields.data.set_sets(self._settings.sets.known)

    def set_available(self) -> None:
        """There is an engine: read what was asked for meanwhile."""
        self._is_available = True
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.read(wanted)

    def read(self, path: Path) -> None:
        """Read the set at a path, and show it; what is being read is not wanted any more."""
        self._begin(path, None)

    def read_instead(self, path: Path, sentence: str) -> None:
        """Read the set where MNIST was looked for; where there is none, say that sentence."""
        self._begin(path, DataError(sentence))

    def _begin(self, path: Path, otherwise: DataError | None) -> None:
        if not self._is_available:
            self._wanted = path
            return
        self._reject()
        # Of two that follow each other, the second is named as well.
        self._task.cancel()
        self._reads = plain_name(path.name)
        self._remark = "" if otherwise is None else _NOT_MNIST
        self.moved_on.emit()
        self._begun, self._share = self._begun + 1, 0.0
        number = self._begun
        self._task.begin(
            lambda is_cancelled: read_own_set(
                path, lambda share: self._progressed.emit(number, share), is_cancelled, otherwise
            )
        )

    def take(self, data: str) -> bool:
        """Whether data that were chosen in the panel are there; if not, that is said and nothing is chosen.

        What is being read is not wanted any more.
        """
        self._wanted = None
        self._task.cancel()
        fault = self.fault(data)
        if fault:
            self._panel.fields.data.go_back()
            self.notice_given.emit(fault, "")
            return False
        known = next((each for each in self._settings.sets.known if each.path == data), None)
        if known is not None:
            self._settings.sets.remember(known)
        self.moved_on.emit()
        return True

    def fault(self, data: str) -> str:
        """One sentence on why data cannot be trained on now; empty if they are there, or are no set."""
        try:
            if is_own_set(data):
                check_there(data)
        except DataError as error:
            name = self._panel.fields.data.set_names.get(data, "")
            return f"“{name}” cannot be trained on: {error}" if name else str(error)
        return ""

    def close(self) -> None:
        """The window closes: give up what is being read."""
        self._wanted = None
        self._task.cancel()
        self._reject()
        self._task.close()

    def _ask(self, read: ReadSet) -> None:
        self._reject()
        self._dialog = SetDialog(read, self._remark, front_window(self._panel.window()))
        self._dialog.finished.connect(self._on_asked)
        self._dialog.open()

    def _reject(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _on_asked(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is None or result != SetDialog.DialogCode.Accepted:
            return
        known = dialog.read.known
        self._cache.keep_waiting(dialog.read)
        self._settings.sets.remember(known)
        self.show_known()
        choice = self._panel.fields.data
        choice.setCurrentIndex(choice.findData(known.path))
        self.status_changed.emit(f"Press Train to train on “{known.name}”")

    def _on_busy_changed(self, is_busy: bool) -> None:
        self.status_changed.emit(f"Reading {self._reads}…" if is_busy else "Ready")
        if is_busy:
            self._patience.start()
            return
        self._patience.stop()
        dialog, self._reading_dialog = self._reading_dialog, None
        if dialog is not None:
            dialog.accept()

    def _show_reading(self) -> None:
        dialog = self._reading_dialog = ReadingDialog(self._reads, front_window(self._panel.window()))
        dialog.rejected.connect(self._on_stopped)
        dialog.show_share(self._share)
        dialog.show()

    def _on_progressed(self, number: int, share: float) -> None:
        if number != self._begun:  # of a set that is not wanted any more
            return
        self._share = share
        if self._reading_dialog is not None:
            self._reading_dialog.show_share(share)

    def _on_stopped(self) -> None:
        self._reading_dialog = None
        self._task.cancel()
        self.status_changed.emit(f"Stopped reading {self._reads}; nothing has changed")

    def _on_file_requested(self) -> None:
        self._take_path(file_dialogs.choose_set_file(self._panel))

    def _on_folder_requested(self) -> None:
        self._take_path(file_dialogs.choose_set_folder(self._panel))

    def _take_path(self, path: Path | None) -> None:
        """Read what was chosen, unless it is MNIST, which is among the data already."""
        from engine.data.mnist.files import has_all_files

        if path is None:
            return
        is_folder = path.is_dir()
        may_be_mnist = is_folder or file_kind(path) is FileKind.MNIST
        if may_be_mnist and has_all_files(path if is_folder else path.parent):
            self.mnist_found.emit(path)
        else:
            self.read(path)
