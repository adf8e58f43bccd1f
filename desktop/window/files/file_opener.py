"""File opener: what is opened, pasted, dropped or named at the start goes to where its kind is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.dialogs import file_dialogs
from desktop.pad.canvas import Canvas
from desktop.pad.document_opener import DocumentOpener
from desktop.training.controller import TrainingController
from desktop.widgets.actions import Actions
from desktop.window.files.file_router import FileRouter
from desktop.window.files.window_drops import WindowDrops
from desktop.window.side_views import SideViews
from engine.files.file_kinds import FileKind, file_kind

# MNIST is known by its checksums, and another set that has its names is offered then.
_NO_SETS = (FileKind.PICTURE, FileKind.NETWORK, FileKind.MNIST)


class FileOpener(QObject):
    """Pictures come at once; what takes an engine to open waits for it.

    Signals:
        pad_wanted: Something comes onto the pad: what covers it must go.
    """

    pad_wanted = Signal()

    def __init__(
        self,
        *,
        actions: Actions,
        canvas: Canvas,
        opener: DocumentOpener,
        open_network: Callable[[Path], None],
        training: TrainingController,
        side_views: SideViews,
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._opener, self._sets = canvas, opener, training.sets
        self._side_views, ready = side_views, self._when_available
        self._is_available = False
        self._waiting: list[Callable[[], None]] = []
        self._router = FileRouter(
            {
                FileKind.PICTURE: lambda paths: self._open_picture(paths[0]),
                FileKind.NETWORK: lambda paths: ready(lambda: open_network(paths[0])),
                FileKind.DRAWINGS: lambda paths: self._when_available(
                    lambda: side_views.import_drawings(paths)
                ),
                FileKind.MNIST: lambda paths: ready(lambda: training.mnist.use_folder(paths[0])),
                FileKind.SET: lambda paths: ready(lambda: training.sets.read(paths[0])),
                FileKind.POINTS: lambda paths: ready(lambda: side_views.open_points(paths[0])),
            },
            self,
        )
        actions.open.triggered.connect(self._on_open_requested)
        actions.paste.triggered.connect(self._on_paste_requested)
        canvas.files_dropped.connect(self.take)
        WindowDrops(canvas.window()).files_dropped.connect(self.take)

    def take(self, paths: Sequence[Path]) -> None:
        """Open files, each where its kind is shown."""
        self._router.take(paths)

    def take_to_train_on(self, paths: Sequence[Path]) -> None:
        """Train on what may be a set, though elsewhere it would be shown; the rest is opened as usual."""
        usual = [path for path in paths if file_kind(path) in _NO_SETS]
        self.take(usual)
        sets = [path for path in paths if path not in usual]
        if sets:
            self._when_available(lambda: self._sets.read(sets[0]))

    def open_file(self, path: Path) -> None:
        """Open a picture or drawing on the pad, a network to read with, or whatever else can be opened."""
        self.take([path])

    def set_available(self) -> None:
        """There is an engine: open what was asked for meanwhile."""
        self._is_available = True
        waiting, self._waiting = self._waiting, []
        for open_it in waiting:
            open_it()

    def _when_available(self, open_it: Callable[[], None]) -> None:
        if self._is_available:
            open_it()
        else:
            self._waiting.append(open_it)

    def _open_picture(self, path: Path) -> None:
        self._show_pad()
        self._opener.open_file(path)

    def _show_pad(self) -> None:
        if not self._canvas.isVisible():
            self.pad_wanted.emit()

    def _on_open_requested(self) -> None:
        path = file_dialogs.open_drawing(self._canvas.window())
        if path is not None:
            self.open_file(path)

    def _on_paste_requested(self) -> None:
        if not self._side_views.take_paste():
            self._show_pad()
            self._opener.paste()
