"""MNIST controller: whether MNIST is on this computer, and the ways to get it: a download or a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.dialogs import file_dialogs
from desktop.services.background_task import BackgroundTask, IsCancelled
from desktop.services.folders import data_folder
from desktop.settings.settings import Settings
from desktop.training.data.download_thread import DownloadThread
from desktop.training.panel import TrainingPanel
from engine.data.sources import HANDWRITING, MNIST
from engine.errors import DataError
from engine.files.private_files import make_private_tree

_MEGABYTE = 1_000_000
_UNEXPECTED = "MNIST could not be looked for, for a reason the program did not expect: choose another folder."


class MnistController(QObject):
    """Fetches or adopts MNIST, and tells the training panel.

    Signals:
        status_changed: A few words for the status line.
        state_changed: A few words on MNIST itself.
        notice_given: One sentence, and an empty text.
        downloading_changed: Whether a download is under way.
        not_found: A path where MNIST was looked for, and a sentence on why it is not there.
    """

    status_changed = Signal(str)
    state_changed = Signal(str)
    notice_given = Signal(str, str)
    downloading_changed = Signal(bool)
    not_found = Signal(object, str)

    def __init__(self, panel: TrainingPanel, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._settings = settings
        self._thread: DownloadThread | None = None
        self._is_ready = False
        self._looked_in = Path()
        self._task = BackgroundTask(_UNEXPECTED, self)
        self._task.completed.connect(self._on_folder_checked)
        self._task.refused.connect(lambda sentence: self.notice_given.emit(sentence, ""))
        self._task.busy_changed.connect(self._on_checking_changed)
        panel.fields.folder_requested.connect(self._on_folder_requested)

    @property
    def is_ready(self) -> bool:
        """Whether MNIST was here when it was last looked for."""
        return self._is_ready

    @property
    def is_downloading(self) -> bool:
        """Whether a download is under way."""
        return self._thread is not None

    def look(self) -> None:
        """See whether MNIST is here; before the user has chosen any data, choose what works at once."""
        from engine.data.mnist.files import has_all_files

        folder = self._settings.mnist_folder
        self._is_ready = has_all_files(folder)
        chosen = "" if folder == data_folder() / "data" else str(folder)
        fields = self._panel.fields
        fields.set_mnist_ready(self._is_ready, chosen)
        if not self._settings.data:
            fields.choose_data(MNIST if self._is_ready else HANDWRITING)
        missing = "MNIST not in its folder" if chosen else "MNIST not here"
        self.state_changed.emit("MNIST ready" if self._is_ready else missing)

    def fault(self, data: str) -> str:
        """One sentence on why data cannot be trained on now; empty if MNIST is here, or is not meant."""
        if data == MNIST and not self._is_ready:
            self._look_again()
        if data != MNIST or self._is_ready:
            return ""
        return (
            "MNIST is not on this computer yet. Download it, choose a folder that has it, or train on the "
            "built-in handwriting."
        )

    def _look_again(self) -> None:
        """Somebody may have put it there, or plugged in the disk that has it; else all stays as it is."""
        from engine.data.mnist.files import has_all_files

        if has_all_files(self._settings.mnist_folder):
            self.look()

    def download(self) -> None:
        """Fetch MNIST; ignored while that is under way."""
        if self._thread is not None:
            return
        self._thread = DownloadThread(data_folder() / "data", self)
        self._thread.progressed.connect(self._on_progressed)
        self._thread.succeeded.connect(self._on_succeeded)
        self._thread.failed.connect(self._on_failed)
        self._panel.set_busy("Downloading…")
        self.downloading_changed.emit(True)
        self.status_changed.emit("Downloading MNIST")
        self._thread.start()

    def use_folder(self, folder: Path) -> None:
        """Take MNIST from a folder of the user's, or the one that a file is in, or say why not."""

        def check(_is_cancelled: IsCancelled) -> Path | str:
            from engine.data.mnist.files import check_mnist

            found = folder if folder.is_dir() else folder.parent
            try:
                check_mnist(found)
            except DataError as error:
                return str(error)
            return found

        self._looked_in = folder
        self._task.begin(check)

    def _on_folder_checked(self, found: Path | str) -> None:
        if isinstance(found, str):
            self.not_found.emit(self._looked_in, found)
            return
        self._settings.mnist_folder = found
        self._settings.data = MNIST
        self._panel.fields.choose_data(MNIST)
        self.look()

    def _on_checking_changed(self, is_checking: bool) -> None:
        self.status_changed.emit("Looking for MNIST…" if is_checking else "Ready")

    def stop(self) -> None:
        """End a download."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        self._task.close()
        if self._thread is not None:
            self._thread.requestInterruption()
            self._thread.wait()

    def _on_progressed(self, done: int, total: int) -> None:
        text = f"{done / _MEGABYTE:.1f} of {total / _MEGABYTE:.1f} MB" if total else "connecting"
        self._panel.show_progress(done / total if total else 0.0, "downloading MNIST", text)

    def _on_succeeded(self) -> None:
        self._settings.mnist_folder = data_folder() / "data"
        self._end("MNIST is ready")

    def _on_failed(self, sentence: str) -> None:
        self._end("Ready")
        if sentence:
            self.notice_given.emit(sentence, "")

    def _end(self, status: str) -> None:
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None
        make_private_tree(data_folder() / "data")
        self._panel.set_idle()
        self.downloading_changed.emit(False)
        self.look()
        self.status_changed.emit(status)

    def _on_folder_requested(self) -> None:
        folder = file_dialogs.choose_mnist_folder(self._panel)
        if folder is not None:
            self.use_folder(folder)
