"""Experiment document: the points on the plane and where they come from. It knows no widget."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.boundaries.experiment import Experiment, PatternSettings
from engine.boundaries.model_settings import ModelSettings
from engine.plane.csv_text import ReadPoints
from engine.plane.grid import Bounds
from engine.plane.painting import erase, paint
from engine.plane.points import Points

MOST_UNDONE = 50
"""Changes that can be undone."""

SPRAYED = 5
"""Points that each touch of the brush sprays."""


class ExperimentDocument(QObject):
    """Points in the plane, training and test points told apart.

    Signals:
        points_changed: There are other points, another split, or other names.
        pattern_changed: The pattern's settings are others; the points follow.
        undo_changed: Whether there is something to undo.
    """

    points_changed = Signal()
    pattern_changed = Signal()
    undo_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._experiment = Experiment()
        self._points = self._experiment.all_points()
        self._sets: tuple[Points, Points] | None = None
        self._bounds = Bounds.around(self._points)
        self._undo: list[Experiment] = []
        self._before: Experiment | None = None
        self._generator = np.random.default_rng(0)

    @property
    def pattern(self) -> PatternSettings:
        """How points are made."""
        return self._experiment.pattern

    @property
    def points(self) -> Points:
        """All points."""
        return self._points

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called; none where they have only colours."""
        return self._experiment.names

    @property
    def is_made(self) -> bool:
        """Whether the points are as the pattern makes them."""
        return self._experiment.points is None

    @property
    def test_share(self) -> float:
        """Share of the points that is kept back, 0 to 0.9."""
        return self._experiment.test_share

    @property
    def bounds(self) -> Bounds:
        """The part of the plane to show."""
        return self._bounds

    @property
    def sets(self) -> tuple[Points, Points]:
        """Training and test points."""
        if self._sets is None:
            self._sets = self._points.split(self._experiment.test_share, self._experiment.split_seed)
        return self._sets

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._undo)

    def experiment(self, models: tuple[ModelSettings, ...]) -> Experiment:
        """All of it, with these models, to be kept."""
        return replace(self._experiment, models=models)

    def open(self, experiment: Experiment) -> None:
        """Show an experiment that was kept.

        Raises:
            SettingsError: Its pattern makes no sense.
        """
        points = experiment.all_points()
        self._keep()
        self._experiment = experiment
        self._show(points)
        self.pattern_changed.emit()

    def open_points(self, read: ReadPoints) -> None:
        """Show points from a file."""
        self._keep()
        self._experiment = replace(self._experiment, points=read.points, names=read.names)
        self._show(read.points)

    def make(self, pattern: PatternSettings) -> None:
        """Make points in place of those that are there.

        Raises:
            SettingsError: The settings make no sense; all stays as it is.
        """
        points = pattern.make()
        if not self.is_made:
            # Painted points would be lost.
            self._keep()
        self._experiment = replace(self._experiment, pattern=pattern, points=None, names=())
        self._show(points)
        self.pattern_changed.emit()

    def set_test_share(self, share: float) -> None:
        """Keep back another share of the points.

        Raises:
            SettingsError: There is no such share.
        """
        changed = replace(self._experiment, test_share=share)
        changed.check()
        self._experiment = changed
        self._sets = None
        self.points_changed.emit()

    def begin_stroke(self) -> None:
        """What follows is undone together."""
        self._before = self._experiment

    def paint(self, x: float, y: float, label: int) -> None:
        """Spray points of one class."""
        self._change(paint(self._points, x, y, label, self._bounds.brush, SPRAYED, self._generator))

    def erase(self, x: float, y: float) -> None:
        """Take points away."""
        self._change(erase(self._points, x, y, self._bounds.brush))

    def end_stroke(self) -> None:
        """The stroke is over: it can be undone."""
        before, self._before = self._before, None
        if before is not None and self._experiment is not before:
            self._push(before)

    def clear(self) -> None:
        """Take all points away."""
        if len(self._points):
            self._keep()
            self._change(Points.none())

    def undo(self) -> None:
        """Take the last change back."""
        if self._undo:
            self._experiment = self._undo.pop()
            self.undo_changed.emit(self.can_undo)
            self._show(self._experiment.all_points())
            self.pattern_changed.emit()

    def forget_changes(self) -> None:
        """What is there now cannot be undone."""
        self._undo.clear()
        self.undo_changed.emit(False)

    def _change(self, points: Points) -> None:
        if len(points) == len(self._points):  # nothing was there to erase, or there is no room for more
            return
        self._experiment = replace(self._experiment, points=points)
        self._points, self._sets = points, None
        self.points_changed.emit()

    def _show(self, points: Points) -> None:
        self._points, self._sets = points, None
        self._bounds = Bounds.around(points)
        self.points_changed.emit()

    def _keep(self) -> None:
        self._push(self._experiment)

    def _push(self, before: Experiment) -> None:
        self._undo.append(before)
        del self._undo[:-MOST_UNDONE]
        self.undo_changed.emit(True)
