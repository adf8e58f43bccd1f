"""Boundaries controller: ties points, brush and files to the models that learn from them."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.boundaries.boundaries_view import BoundariesView
from desktop.boundaries.experiment_document import ExperimentDocument
from desktop.boundaries.experiment_files import ExperimentFiles
from desktop.boundaries.models.model_controller import ModelController
from desktop.boundaries.models.model_thread import FRAME_S
from desktop.dialogs import file_dialogs
from desktop.widgets.theme import LIGHT, Colours
from engine.boundaries.experiment import Experiment, PatternSettings
from engine.boundaries.model_settings import FOREST, TREE, ModelSettings
from engine.errors import SettingsError

if TYPE_CHECKING:
    from desktop.boundaries.code_dialog import CodeDialog
    from engine.plane.csv_text import ReadPoints

# Of the brush's radius, between two touches while it is dragged.
_BETWEEN = 0.5


class BoundariesController(QObject):
    """Made when Boundaries is first opened.

    Attributes:
        view: What is shown.
        document: The points.
        models: One, or two once somebody has compared.
        files: Reads, writes and keeps.
    """

    def __init__(self, folder: Path, frame_s: float = FRAME_S, parent: QObject | None = None) -> None:
        """Show what was there last time, or the first pattern, with no model trained.

        Args:
            folder: Where points and settings are kept for the next start.
            frame_s: Seconds between two pictures of a model, at least.
            parent: Of this object.
        """
        super().__init__(parent)
        self._frame_s = frame_s
        self._colours = LIGHT
        self._codes: list[CodeDialog] = []
        self._is_erasing = False
        self._sprayed: tuple[float, float] | None = None
        self.document = ExperimentDocument(self)
        self.view = BoundariesView()
        self.models: list[ModelController] = []
        self.files = ExperimentFiles(folder, self._experiment, self)
        self.files.opened.connect(self._on_opened)
        self.files.said.connect(self.view.set_remark)
        data = self.view.data
        data.pattern_chosen.connect(self._on_pattern_chosen)
        data.share_chosen.connect(self._on_share_chosen)
        data.undo_button.clicked.connect(self.document.undo)
        data.clear_button.clicked.connect(self.document.clear)
        data.open_button.clicked.connect(self._on_open_wanted)
        data.save_button.clicked.connect(self._on_save_wanted)
        data.copy_button.clicked.connect(self._on_copy_wanted)
        self.view.code_button.clicked.connect(self._on_code_wanted)
        self.view.comparing.toggled.connect(self._on_comparing_toggled)
        self.view.shown_changed.connect(self._on_shown_changed)
        self.document.points_changed.connect(self._on_points_changed)
        self.document.pattern_changed.connect(self._on_pattern_changed)
        self.document.undo_changed.connect(data.undo_button.setEnabled)
        data.undo_button.setEnabled(False)
        self.view.undo_requested.connect(self.document.undo)
        self._add_model(ModelSettings(TREE))
        self._on_pattern_changed()
        self._on_points_changed()
        if (kept := self.files.kept()) is not None:
            self._on_opened(kept)
            self.document.forget_changes()
        self.document.points_changed.connect(self.files.note_change)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.view.set_colours(colours)
        for dialog in self._codes:
            dialog.set_colours(colours)
        for model in self.models:
            model.set_colours(colours)

    def close(self) -> None:
        """The window closes: end what learns, and wait for it."""
        self.files.close()
        for dialog in list(self._codes):
            dialog.close()
        for model in self.models:
            model.close()

    def open_file(self, path: Path) -> None:
        """Show the points or the experiment of a file."""
        self.files.open(path)

    def paste(self, text: str) -> None:
        """Show points that were copied elsewhere: lines of x, y and class."""
        self.files.paste(text)

    def save_file(self, path: Path) -> None:
        """Write the experiment, or the points alone where the name ends in .csv."""
        try:
            self.files.save(path)
        except SettingsError as error:
            self.view.set_remark(str(error))

    # Models.

    def _add_model(self, settings: ModelSettings) -> ModelController:
        name = f"Model {len(self.models) + 1}"
        model = ModelController(self.document, settings, name, self._frame_s, self)
        plane = model.column.plane
        plane.pressed.connect(self._on_pressed)
        plane.dragged.connect(self._on_dragged)
        plane.released.connect(self.document.end_stroke)
        model.hovered.connect(self._on_hovered)
        model.column.panel.form.edited.connect(self.files.note_change)
        model.set_colours(self._colours)
        self.models.append(model)
        self.view.add(model.column)
        return model

    def _on_comparing_toggled(self, is_wanted: bool) -> None:
        if len(self.models) == 1:
            if not is_wanted:
                return
            self._add_model(ModelSettings(FOREST))
        second = self.models[1]
        self.view.set_shown(second.column, is_wanted)
        self.files.note_change()
        if is_wanted:
            second.show_points()
        else:
            second.reset()

    def _on_code_wanted(self) -> None:
        """A window for each model that is shown, in the place of those that are still open."""
        from desktop.boundaries.code_dialog import CodeDialog

        for dialog in list(self._codes):
            dialog.close()
        for model in self._shown_models():
            try:
                settings = model.settings
            except SettingsError as error:
                model.column.panel.form.fault_line.show_fault(error)
                continue
            dialog = CodeDialog(settings, self._colours, self.view)
            dialog.finished.connect(partial(self._on_code_closed, dialog))
            self._codes.append(dialog)
            dialog.show()

    def _on_code_closed(self, dialog: CodeDialog, _result: int) -> None:
        self._codes.remove(dialog)

    def _shown_models(self) -> list[ModelController]:
        return self.models if self.view.comparing.isChecked() else self.models[:1]

    def _on_shown_changed(self, is_shown: bool) -> None:
        """Nobody watches a model that is hidden."""
        if not is_shown:
            for model in self.models:
                model.runner.pause()

    # The points.

    def _on_pattern_chosen(self, pattern: PatternSettings) -> None:
        try:
            self.document.make(pattern)
        except SettingsError as error:
            self.view.data.fault_line.show_fault(error, moves_focus=False)

    def _on_share_chosen(self, share: float) -> None:
        self.document.set_test_share(share)

    def _on_pattern_changed(self) -> None:
        self.view.data.show_pattern(self.document.pattern)

    def _on_points_changed(self) -> None:
        training, test = self.document.sets
        data = self.view.data
        data.say(())
        data.show_points(len(training), len(test), self.document.names, self.document.test_share)
        for model in self._shown_models():
            model.show_points()

    def _on_hovered(self, place: tuple[float, float] | None) -> None:
        for model in self._shown_models():
            model.show_place(place)

    def _on_pressed(self, x: float, y: float, is_erasing: bool) -> None:
        self._is_erasing = is_erasing or self.view.data.brush is None
        self.document.begin_stroke()
        self._sprayed = None
        self._on_dragged(x, y)

    def _on_dragged(self, x: float, y: float) -> None:
        label, (width, height) = self.view.data.brush, self.document.bounds.brush
        place = x / width, y / height
        if self._sprayed is not None and math.dist(self._sprayed, place) < _BETWEEN:
            return  # however often the mouse tells where it is
        self._sprayed = place
        if self._is_erasing or label is None:
            self.document.erase(x, y)
        else:
            self.document.paint(x, y, label)

    # Files.

    def _on_open_wanted(self) -> None:
        path = file_dialogs.open_points(self.view)
        if path is not None:
            self.open_file(path)

    def _on_save_wanted(self) -> None:
        path = file_dialogs.save_points(self.view)
        if path is not None:
            self.save_file(path)

    def _on_copy_wanted(self) -> None:
        try:
            QGuiApplication.clipboard().setText(self.files.text())
        except SettingsError as error:
            self.view.set_remark(str(error))
        else:
            self.view.set_remark("Copied: paste it here again, or into a message to somebody else.")

    def _on_opened(self, read: ReadPoints | Experiment) -> None:
        if not isinstance(read, Experiment):
            self.document.open_points(read)
            self.view.data.say(read.notes)
            return
        self.document.open(read)
        self.view.comparing.setChecked(len(read.models) > 1)
        for model, settings in zip(self.models, read.models, strict=False):
            model.take(settings)

    def _experiment(self) -> Experiment:
        return self.document.experiment(tuple(model.settings for model in self._shown_models()))
