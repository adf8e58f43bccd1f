"""Pad controller: ties the pad, its reading and its labels to the actions that work on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.dialogs import file_dialogs
from desktop.pad import clipboard
from desktop.pad.canvas import Canvas
from desktop.pad.digit_marks import DigitMarks
from desktop.pad.document_opener import DocumentOpener
from desktop.pad.picture_export import save_png
from desktop.reading.label_keys import LabelKeys
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.reading.panel import PredictionPanel
from desktop.widgets.actions import Actions
from desktop.widgets.panels.notice_bar import NoticeBar
from desktop.widgets.panels.status_line import StatusLine
from engine.errors import ScratchpadError
from engine.models.shown_number import NO_DIGIT, shown_number

if TYPE_CHECKING:
    from engine.models.classifier import Reading

_PAD = "pad"
_SAVING = "saving"
_OPENING = "opening"
_NOT_READ = "Nothing is read while you draw your signs"


class PadController(QObject):
    """Everything between a stroke and the bars, and what is done with a drawing.

    Attributes:
        marks: Frames around the digits of a number.
    """

    def __init__(
        self,
        *,
        actions: Actions,
        canvas: Canvas,
        opener: DocumentOpener,
        reader: LiveReader,
        labeller: Labeller,
        prediction: PredictionPanel,
        status: StatusLine,
        notice: NoticeBar,
    ) -> None:
        super().__init__(canvas)
        self._actions, self._status, self._notice = actions, status, notice
        self._canvas, self._document, self._opener = canvas, canvas.document, opener
        self._reader, self._labeller, self._prediction = reader, labeller, prediction
        self._can_write, self._pad_is_shown, self._had_ink = False, True, False
        self.marks = DigitMarks(canvas)
        self._label_keys = LabelKeys(canvas)
        self._connect_actions()
        self._connect_reading()
        self._connect_labels()

    def set_available(self) -> None:
        """There is an engine to write random digits with."""
        self._can_write = True
        self._update_actions()

    def set_pad_shown(self, is_shown: bool) -> None:
        """Whether the pad can be seen: what nobody sees is not changed."""
        self._pad_is_shown = is_shown
        self._update_actions()

    def _update_actions(self) -> None:
        """What has no object cannot be asked for."""
        actions, is_shown, history = self._actions, self._pad_is_shown, self._document.history
        has_ink = is_shown and not self._document.is_empty
        actions.undo.setEnabled(is_shown and history.can_undo)
        actions.redo.setEnabled(is_shown and history.can_redo)
        for action in (actions.clear, actions.copy, actions.save):
            action.setEnabled(has_ink)
        actions.copy_number.setEnabled(is_shown and bool(self._reader.readings))
        actions.random.setEnabled(is_shown and self._can_write)
        labeller = self._labeller
        actions.undo_label.setEnabled(is_shown and labeller.is_kept and labeller.can_take_back)

    def _connect_actions(self) -> None:
        actions, document, history = self._actions, self._document, self._document.history
        actions.clear.triggered.connect(document.clear)
        actions.undo.triggered.connect(history.undo)
        actions.redo.triggered.connect(history.redo)
        history.steps_changed.connect(self._update_actions)
        actions.copy.triggered.connect(lambda: clipboard.copy(document, self._canvas.colours))
        actions.copy_number.triggered.connect(self._on_copy_number_requested)
        actions.save.triggered.connect(self._on_save_requested)
        actions.random.triggered.connect(self._on_random_requested)
        self._update_actions()
        self._canvas.picture_dropped.connect(self._opener.drop)
        self._opener.refused.connect(self._on_picture_refused)
        self._opener.busy_changed.connect(self._on_opening_changed)

    def _connect_reading(self) -> None:
        prediction, reader = self._prediction, self._reader
        self._document.changed.connect(self._on_document_changed)
        self._canvas.step_requested.connect(reader.step)
        prediction.digit_stepped.connect(reader.step)
        prediction.digit_selected.connect(reader.select)
        reader.number_completed.connect(self._on_number_completed)
        reader.classes_changed.connect(prediction.set_classes)
        reader.classes_changed.connect(lambda classes: self._canvas.set_noun(classes.noun))
        reader.classes_changed.connect(self._label_keys.set_classes)
        reader.reading_cleared.connect(self._on_reading_cleared)
        reader.reading_refused.connect(self._on_reading_refused)
        reader.reading_failed.connect(prediction.set_refused)
        prediction.set_waiting(True, False)

    def _connect_labels(self) -> None:
        labeller, labels = self._labeller, self._prediction.labels
        self._label_keys.name_typed.connect(labeller.label)
        self._label_keys.name_begun.connect(labels.begin_name)
        labels.name_chosen.connect(labeller.label)
        labels.left.connect(self._canvas.setFocus)
        labels.undo_requested.connect(labeller.take_back)
        self._actions.undo_label.triggered.connect(labeller.take_back)
        labeller.refused.connect(self._on_picture_refused)
        labeller.state_changed.connect(self._on_label_changed)

    def _on_label_changed(self) -> None:
        labeller = self._labeller
        self._prediction.labels.set_label(labeller.label_in_force, labeller.is_kept, labeller.can_take_back)
        self._update_actions()

    def _on_document_changed(self) -> None:
        self._notice.settle(_PAD)
        self._status.expire()
        has_ink = not self._document.is_empty
        if has_ink != self._had_ink:
            self._had_ink = has_ink
            self._update_actions()
        self._prediction.labels.set_available(has_ink)
        if not self._reader.is_ready:
            self._prediction.set_waiting(True, has_ink)

    def _on_number_completed(self, readings: tuple[Reading, ...], selected: int) -> None:
        number = self._reader.number
        rows, remark = ((), "") if number is None else (number.rows, number.remark)
        self._prediction.set_readings(readings, selected, self._reader.text, rows, remark)
        self._actions.copy_number.setEnabled(self._pad_is_shown)
        if number is not None:
            self.marks.set_boxes(number.boxes, selected, number.found is not None)

    def _on_reading_cleared(self) -> None:
        self.marks.set_boxes((), 0, False)
        self._actions.copy_number.setEnabled(False)
        if self._reader.is_resting:
            self._prediction.set_refused(_NOT_READ)
        else:
            self._prediction.set_waiting(not self._reader.is_ready, not self._document.is_empty)

    def _on_reading_refused(self, sentence: str) -> None:
        """Said beside the pad; while the pen moves, a notice with every move would be too much."""
        self._prediction.set_refused(sentence)
        if self._document.picture is not None:
            self._on_picture_refused(sentence)

    def _on_picture_refused(self, sentence: str) -> None:
        """Said until the pad holds something else."""
        self._notice.show_notice(sentence, about=_PAD)

    def _on_opening_changed(self, is_opening: bool) -> None:
        if is_opening:
            self._status.show_message("Reading the picture…", cause=_OPENING)
        else:
            self._status.settle(_OPENING)

    def _on_copy_number_requested(self) -> None:
        # The last stroke may not be read yet.
        self._reader.read_now()
        readings = self._reader.readings
        text = shown_number(self._reader.text, readings) if self._reader.text else ""
        if not text:
            return
        if not any(reading.is_digit for reading in readings):
            self._status.show_message("Nothing copied: this does not look like a digit")
            return
        QGuiApplication.clipboard().setText(text)
        hint = "" if all(reading.is_digit for reading in readings) else f" ({NO_DIGIT} stands for no digit)"
        one_line = text.replace("\n", " ")
        self._status.show_message(f"Copied {one_line}{hint}")

    def _on_save_requested(self) -> None:
        path = file_dialogs.save_drawing(self._canvas.window())
        if path is not None:
            self._save(path)

    def _save(self, path: Path) -> None:
        try:
            save_png(self._document, path, self._canvas.colours)
        except ScratchpadError as error:
            self._notice.show_notice(str(error), about=_SAVING)
        else:
            self._notice.settle(_SAVING)
            self._status.show_message(f"Saved {path.name}")

    def _on_random_requested(self) -> None:
        from random import SystemRandom

        from engine.data.handwriting.synthetic_digits import random_ink

        chance = SystemRandom()
        ink = random_ink(chance.randrange(10), chance.randrange(2**31))
        self._document.put_ink(ink)
