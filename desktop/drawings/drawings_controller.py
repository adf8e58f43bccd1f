"""Drawings controller: ties the gallery to the collection, to files and to the pad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop.dialogs import file_dialogs
from desktop.drawings.drawing_text import counted, sentence
from desktop.drawings.drawings_view import DrawingsView
from desktop.drawings.exchange_thread import ExchangeThread, Export, Import, Job, ReadAll
from desktop.drawings.gallery_model import GalleryModel

if TYPE_CHECKING:
    from desktop.reading.labeller import Labeller
    from desktop.services.collection import Collection
    from desktop.services.networks import Networks
    from desktop.widgets.theme import Colours

_NONE_YET = (
    "No drawings yet. Draw a digit on the pad and press its key, 0 to 9, or choose it under the bars: it is "
    "saved here with what the network said. Files of JSON lines can be imported, or dropped here."
)


_NO_DIGITS = (
    "The network in use reads other signs than digits: choose one that reads digits to read these drawings."
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
        # What takes back each change made here, the last one at the end.
        self._changes: list[Callable[[], None]] = []
        self._is_stale = True
        self.view = DrawingsView(self._model)
        view = self.view
        # Queued: drawings are read while they are painted, which is no time to lay out a sentence.
        self._model.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        collection.changed.connect(self._on_collection_changed)
        view.shown_changed.connect(self._on_shown_changed)
        view.filter_changed.connect(self._on_filter_changed)
        view.undo_requested.connect(self.undo)
        view.gallery.digit_typed.connect(self._relabel_selected)
        view.gallery.deletion_requested.connect(self._delete_selected)
        view.gallery.drawing_chosen.connect(self._put_on_pad)
        view.import_requested.connect(self._on_import_requested)
        view.lines_export_requested.connect(self._on_lines_export_requested)
        view.mnist_export_requested.connect(self._on_mnist_export_requested)
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
        self._model.show_drawings(self._collection.drawings, view.filter.digit, view.only_misread)
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
        view.set_can_read(sum(counts) > 0 and not self.is_busy)
        digit = view.filter.digit
        if has_some:
            words = ""
        elif self._collection.trouble:
            words = self._collection.trouble
        elif sum(counts) == 0:
            words = _NONE_YET
        else:
            which = "" if digit is None else f" of {digit}"
            how = " that the network misread" if view.only_misread else ""
            words = f"There are no drawings{which}{how}: choose All, or another digit, to see the others."
            if digit is None:
                words = f"There are no drawings{how}: untick “Only those misread” to see the others."
        view.set_empty_words(words)

    def _on_failed(self, sentence: str) -> None:
        self.view.show_message(sentence, is_trouble=True)

    # What is changed.

    def _selected(self) -> list[int]:
        return [self._model.numbers[row] for row in self.view.gallery.selected_rows]

    def _relabel_selected(self, digit: int) -> None:
        numbers = self._selected()
        if numbers:
            self._collection.relabel(
                dict.fromkeys(numbers, digit),
                lambda before: self._on_relabelled(before, digit),
                self._on_failed,
            )

    def _on_relabelled(self, before: dict[int, int], digit: int) -> None:
        changed = {number: label for number, label in before.items() if label != digit}
        count = len(changed)
        if not changed:
            self.view.show_message(f"{'They are' if len(before) > 1 else 'It is'} labelled {digit} already.")
            return

        def take_back() -> None:
            self._collection.relabel(
                changed,
                lambda _: self._on_taken_back(f"{counted(count)} relabelled as before."),
                self._on_failed,
            )

        self._on_changed(f"Relabelled {counted(count)} as {digit}.", take_back)

    def _delete_selected(self) -> None:
        numbers = self._selected()
        if numbers:
            self._collection.delete(numbers, lambda _: self._on_deleted(numbers), self._on_failed)

    def _on_deleted(self, numbers: list[int]) -> None:
        def take_back() -> None:
            self._collection.restore(
                numbers,
                lambda _: self._on_taken_back(f"Brought {counted(len(numbers))} back."),
                self._on_failed,
            )

        self._on_changed(f"Deleted {counted(len(numbers))}.", take_back)

    def _on_changed(self, words: str, take_back: Callable[[], None]) -> None:
        self._changes.append(take_back)
        self.view.show_message(words, can_undo=True)

    def undo(self) -> None:
        """Take back the last change that was made here and not taken back yet."""
        if self._changes:
            self._changes.pop()()

    def _on_taken_back(self, words: str) -> None:
        self.view.show_message(words, can_undo=bool(self._changes))

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

    def _on_lines_export_requested(self) -> None:
        path = file_dialogs.export_lines(self.view)
        if path is not None:
            self.export(path, as_mnist=False)

    def _on_mnist_export_requested(self) -> None:
        folder = file_dialogs.export_mnist(self.view)
        if folder is not None:
            self.export(folder, as_mnist=True)

    def export(self, target: Path, as_mnist: bool) -> None:
        """Write what is shown.

        Args:
            target: A file for strokes or pixels, by its suffix, or a folder for MNIST's files.
            as_mnist: Whether it is a folder.
        """
        view = self.view
        self._start(
            Export(target, as_mnist, view.filter.digit, view.only_misread),
            f"Exporting {counted(len(self._model.numbers))}…",
        )

    def read_all(self) -> None:
        """Have the network in use read all drawings, also those that another one read, or none."""
        model, count = self._networks.model, sum(self._collection.counts)
        if model is not None and not model.classes.are_digits:
            self.view.show_message(_NO_DIGITS, is_trouble=True)
        elif model is not None and count:
            self._start(ReadAll(model), f"{model.name} reads {counted(count)}…")

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

        def take_back() -> None:
            self._collection.delete(
                numbers,
                lambda _: self._on_taken_back(f"Took {counted(len(numbers))} out again."),
                self._on_failed,
            )

        self._on_changed(words, take_back)

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
