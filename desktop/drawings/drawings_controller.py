"""Drawings controller: ties the gallery to the collection, to files and to the pad."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop.dialogs import file_dialogs
from desktop.drawings.drawing_changes import DrawingChanges
from desktop.drawings.drawing_text import counted, sentence
from desktop.drawings.drawings_view import DrawingsView
from desktop.drawings.exchange_thread import ExchangeThread, Export, Import, Job, ReadAll
from desktop.drawings.export_form import ExportForm
from desktop.drawings.gallery_model import GalleryModel
from engine.data.class_names import in_order

if TYPE_CHECKING:
    from desktop.networks.networks import Networks
    from desktop.reading.labeller import Labeller
    from desktop.services.collection import Collection
    from desktop.widgets.theme import Colours

_NONE_YET = (
    "No drawings yet. Draw a digit on the pad and press its key, 0 to 9, or choose it under the bars: it is "
    "saved here with what the network said. Files of JSON lines can be imported, or dropped here."
)


class DrawingsController(QObject):
    """Made when the gallery is first opened.

    Attributes:
        view: Where the gallery is shown.

    Signals:
        drawing_shown: A drawing was put on the pad; what it is, in words.
    """

    drawing_shown = Signal(str)

    def __init__(
        self, collection: Collection, labeller: Labeller, networks: Networks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._networks = networks
        self._collection = collection
        self._labeller = labeller
        self._model = GalleryModel(self)
        self._thread: ExchangeThread | None = None
        self._imported: list[int] = []
        self._is_stale = True
        self.view = DrawingsView(self._model)
        self._changes = DrawingChanges(collection, self.view)
        view = self.view
        # Queued: drawings are read while they are painted, which is no time to lay out a sentence.
        self._model.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        collection.changed.connect(self._on_collection_changed)
        view.shown_changed.connect(self._on_shown_changed)
        view.filter_changed.connect(self._on_filter_changed)
        view.undo_requested.connect(self.undo)
        view.gallery.name_typed.connect(lambda name: self._changes.relabel(self._selected(), name))
        view.gallery.name_wanted.connect(
            lambda begun: self._changes.ask_for_label(self._selected(), self._names(), begun)
        )
        view.gallery.deletion_requested.connect(lambda: self._changes.delete(self._selected()))
        view.gallery.drawing_chosen.connect(self._put_on_pad)
        view.import_requested.connect(self._on_import_requested)
        view.export_requested.connect(self._on_export_requested)
        view.reading_requested.connect(self.read_all)
        view.stop_requested.connect(self._on_stop_requested)
        self._on_filter_changed()

    @property
    def model(self) -> GalleryModel:
        """The drawings shown."""
        return self._model

    @property
    def is_busy(self) -> bool:
        """Whether files are being read or written."""
        return self._thread is not None

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.view.set_colours(colours)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        if self._thread is not None:
            self._thread.requestInterruption()
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None

    # What is shown.

    def _on_filter_changed(self) -> None:
        view = self.view
        self._model.show_drawings(self._collection.drawings, view.filter.name, view.only_misread)
        view.gallery.scrollToTop()
        self._is_stale = False
        self._show_state()

    def _on_collection_changed(self) -> None:
        if self.view.isVisible():
            self._refresh()
        else:
            self._is_stale = True

    def _on_shown_changed(self, is_shown: bool) -> None:
        if is_shown and self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        if self._model.is_connected:
            self._model.refresh()
            self._is_stale = False
            self._show_state()
        else:
            self._on_filter_changed()

    def _show_state(self) -> None:
        view, counts = self.view, self._collection.counts
        view.filter.set_counts(counts)
        has_some = bool(self._model.numbers)
        view.set_can_export(has_some and not self.is_busy)
        view.gallery.set_names(self._names())
        view.set_can_read(self._collection.total > 0 and not self.is_busy)
        name = view.filter.name
        if has_some:
            words = ""
        elif self._collection.trouble:
            words = self._collection.trouble
        elif self._collection.total == 0:
            words = _NONE_YET
        else:
            which = "" if name is None else f" of {name}"
            how = " that the network misread" if view.only_misread else ""
            words = f"There are no drawings{which}{how}: choose All, or another class, to see the others."
            if name is None:
                words = f"There are no drawings{how}: untick “Only those misread” to see the others."
        view.set_empty_words(words)

    def _on_failed(self, sentence: str) -> None:
        self.view.show_message(sentence, is_trouble=True)

    def _selected(self) -> list[int]:
        return [self._model.numbers[row] for row in self.view.gallery.selected_rows]

    def _names(self) -> list[str]:
        """Those that drawings have, and those that the network in use tells apart."""
        model = self._networks.model
        return in_order({*self.view.filter.names, *(() if model is None else model.classes)})

    def undo(self) -> None:
        """Take back the last change that was made here and not taken back yet."""
        self._changes.undo()

    # The pad.

    def _put_on_pad(self, row: int) -> None:
        drawing = self._model.drawing(row)
        if drawing is not None:
            self._labeller.put_on_pad(drawing)
            self.drawing_shown.emit(sentence(drawing))

    # Files.

    def _on_import_requested(self) -> None:
        paths = file_dialogs.import_drawings(self.view)
        if paths:
            self.import_files(paths)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Take in files of JSON lines; what is wrong with them is said."""
        if self.is_busy:
            self.view.show_message("Files are already being read or written. Try again when that is done.")
        elif self._collection.drawings is None:
            self._on_failed(self._collection.trouble)
        else:
            self._start(Import(tuple(paths)), f"Importing {', '.join(path.name for path in paths)}…")

    def _on_export_requested(self, form: ExportForm) -> None:
        ask = {
            ExportForm.FILE: file_dialogs.export_lines,
            ExportForm.MNIST: file_dialogs.export_mnist,
            ExportForm.PICTURES: file_dialogs.export_pictures,
        }[form]
        target = ask(self.view)
        if target is not None:
            self.export(target, form)

    def export(self, target: Path, form: ExportForm) -> None:
        """Write what is shown to a file, strokes or pixels by its suffix, or below a folder."""
        view = self.view
        self._start(
            Export(target, form, view.filter.name, view.only_misread),
            f"Exporting {counted(len(self._model.numbers))}…",
        )

    def read_all(self) -> None:
        """Have the network in use read all drawings, also those that another one read, or none."""
        model, counts = self._networks.model, self._collection.counts
        if model is None:
            return
        count = sum(number for name, number in counts.items() if name in model.classes.names)
        if count:
            self._start(ReadAll(model), f"{model.name} reads {counted(count)}…")
        elif counts:
            self.view.show_message(
                f"{model.name} reads {model.classes.listed()}, and there are no drawings of these: choose "
                "another network to read them.",
                is_trouble=True,
            )

    def _start(self, job: Job, words: str) -> None:
        drawings = self._collection.drawings
        if drawings is None or self.is_busy:
            return
        self._thread = ExchangeThread(drawings, job, self)
        # Bound slots of objects in the window's thread: they run there, whichever thread emits.
        self._thread.progressed.connect(self.view.set_progress)
        self._thread.imported.connect(self._on_imported)
        self._thread.message_given.connect(self._on_message_given)
        self._thread.finished.connect(self._on_finished)
        self.view.show_message(words)
        self.view.set_progress(0.0)
        self._thread.start()

    def _on_imported(self, numbers: list[int]) -> None:
        self._imported = numbers

    def _on_message_given(self, words: str) -> None:
        numbers, self._imported = self._imported, []
        if not numbers:
            self.view.show_message(words)
            return
        self._changes.note_import(numbers, words)

    def _on_finished(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None
            self.view.set_progress(None)
            self._collection.refresh()
            self._show_state()

    def _on_stop_requested(self) -> None:
        if self._thread is not None:
            self._thread.requestInterruption()
