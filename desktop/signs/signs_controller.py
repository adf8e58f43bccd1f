"""Signs controller: from the names of signs to a network that tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.networks.networks import Networks
from desktop.pad.canvas import Canvas
from desktop.signs.new_set_dialog import NewSetDialog
from desktop.signs.sets_dialog import SetsDialog
from desktop.signs.sign_collection import SignCollection
from desktop.signs.sign_learning import LearningState, SignLearning
from desktop.signs.sign_practice import SignPractice
from desktop.signs.signs_band import SignsBand
from desktop.widgets.theme import Colours

if TYPE_CHECKING:
    from engine.data.classes import Classes
    from engine.store.sign_sets import SignSet

_SAVED = "Choose More, My signs to go on."


class SignsController(QObject):
    """Made when signs are first wanted.

    Attributes:
        signs: The sets.
        practice: Asks for the signs of one.
        learning: Has them learned.
        band: How that goes.

    Signals:
        notice_given: One sentence, and details or an empty text.
        pad_wanted: Somebody is about to draw: what covers the pad must go.
    """

    notice_given = Signal(str, str)
    pad_wanted = Signal()

    def __init__(
        self,
        canvas: Canvas,
        networks: Networks,
        signs: SignCollection,
        practice: SignPractice,
        learning: SignLearning,
        bands: QVBoxLayout,
        parent: QObject | None = None,
    ) -> None:
        """Tie these together; dialogs stand over the window of `canvas`, the band comes into `bands`."""
        super().__init__(parent)
        self._canvas, self._networks = canvas, networks
        self.signs, self.practice, self.learning = signs, practice, learning
        self.band = SignsBand()
        bands.addWidget(self.band)
        self._dialog: NewSetDialog | SetsDialog | None = None
        self._deleted: int | None = None
        self._is_returning = False
        networks.network_changed.connect(self._on_network_changed)
        signs.changed.connect(self._show_sets)
        practice.completed.connect(self._on_completed)
        practice.left.connect(self._on_left)
        practice.refused.connect(self._tell)
        learning.state_changed.connect(self._on_learning_changed)
        self.band.stop_requested.connect(learning.stop)
        self.band.return_requested.connect(self._on_return_requested)
        self.band.try_requested.connect(self._on_try_requested)

    @property
    def dialog(self) -> NewSetDialog | SetsDialog | None:
        """The dialog that is open, or None."""
        return self._dialog

    def open_new(self) -> None:
        """Ask for the names of new signs, or say why nothing can be kept."""
        if refusal := self.signs.refusal:
            self._tell(f"No signs can be drawn: {refusal}")
        else:
            self._open(NewSetDialog(self._canvas.window(), self._create))

    def open_sets(self) -> None:
        """Show the sets that there are, or say why there are none."""
        if refusal := self.signs.refusal:
            self._tell(f"No signs can be drawn: {refusal}")
            return
        dialog = SetsDialog(self._canvas.window())
        dialog.new_requested.connect(self.open_new)
        dialog.draw_requested.connect(self._on_draw_requested)
        dialog.train_requested.connect(self._on_train_requested)
        dialog.use_requested.connect(self._on_use_requested)
        dialog.rename_requested.connect(lambda number, name: self.signs.rename(number, name, self._say))
        dialog.delete_requested.connect(self._on_delete_requested)
        dialog.undo_requested.connect(self._on_undo_requested)
        self._open(dialog)
        self._show_sets()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.practice.set_colours(colours)

    def close(self) -> None:
        """The window closes: keep what was drawn, end what runs and wait for it."""
        self._close_dialog()
        self.practice.leave()
        self.learning.close()

    def _open(self, dialog: NewSetDialog | SetsDialog) -> None:
        self._close_dialog()
        self._dialog = dialog
        dialog.finished.connect(lambda _: self._forget(dialog))
        dialog.open()

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _forget(self, dialog: NewSetDialog | SetsDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    def _tell(self, sentence: str) -> None:
        self.notice_given.emit(sentence, "")

    def _create(self, name: str, classes: Classes) -> None:
        self.signs.create(name, classes, self._draw, self._tell)

    def _draw(self, number: int) -> None:
        sign_set = self.signs.find(number)
        if sign_set is not None:
            if not self.learning.is_running:
                self.band.hide()
            self.pad_wanted.emit()
            self.practice.begin(sign_set)

    def _learn(self, number: int) -> None:
        sign_set = self.signs.find(number)
        if sign_set is not None:
            self.learning.learn(sign_set)

    def _on_completed(self, number: int) -> None:
        self._learn(number)

    def _on_left(self, kept: int) -> None:
        if kept:
            self._tell(f"{kept} drawing{'s were' if kept != 1 else ' was'} saved. {_SAVED}")

    def _on_learning_changed(self, state: LearningState) -> None:
        self.band.show_state(state)
        if state.report:
            self.notice_given.emit(state.headline, state.report)

    def _on_network_changed(self) -> None:
        """Another network reads: what the band says of the one that learned is no news any more."""
        if not self.band.shows_running and not self._is_returning:
            self.band.hide()

    def _on_return_requested(self) -> None:
        self._is_returning = True  # the band tells of this change
        self.learning.go_back()
        self._is_returning = False

    def _on_try_requested(self) -> None:
        self.band.hide()
        self.pad_wanted.emit()
        self._canvas.document.clear()
        self._canvas.setFocus()

    # What the list of sets asks for

    def _show_sets(self) -> None:
        if isinstance(self._dialog, SetsDialog):
            sets = self.signs.sets
            self._dialog.show_sets(sets, frozenset(each.id for each in sets if self._network_of(each)))

    def _network_of(self, sign_set: SignSet) -> bool:
        return bool(sign_set.network) and self._networks.library.find(sign_set.network) is not None

    def _on_draw_requested(self, number: int) -> None:
        self._close_dialog()
        self._draw(number)

    def _on_train_requested(self, number: int) -> None:
        self._close_dialog()
        self.practice.leave()
        self._learn(number)

    def _on_use_requested(self, number: int) -> None:
        self._close_dialog()
        sign_set = self.signs.find(number)
        path = None if sign_set is None else self._networks.library.find(sign_set.network)
        if path is not None:
            self._networks.use_file(path)

    def _on_delete_requested(self, number: int) -> None:
        sign_set = self.signs.find(number)

        def tell(_: object) -> None:
            self._deleted = number
            if isinstance(self._dialog, SetsDialog) and sign_set is not None:
                self._dialog.say(f"“{sign_set.name}” was deleted.", can_undo=True)

        self.signs.delete(number, tell, self._say)

    def _on_undo_requested(self) -> None:
        if self._deleted is not None:
            self.signs.restore(self._deleted, self._say)
            self._deleted = None
            self._say("")

    def _say(self, sentence: str) -> None:
        if isinstance(self._dialog, SetsDialog):
            self._dialog.say(sentence)
        elif sentence:
            self._tell(sentence)
