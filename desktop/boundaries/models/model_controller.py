"""Model controller: ties one column to the thread in which its model learns."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.boundaries.details.detail_page import Shown
from desktop.boundaries.details.details import Details
from desktop.boundaries.details.pages import pages_of
from desktop.boundaries.experiment_document import ExperimentDocument
from desktop.boundaries.models.frame import Frame
from desktop.boundaries.models.model_column import ModelColumn
from desktop.boundaries.models.model_runner import ModelRunner
from desktop.boundaries.models.model_thread import FRAME_S
from desktop.boundaries.plane.readout import readout_text
from desktop.widgets.theme import Colours
from engine.boundaries.forest_learner import ForestState
from engine.boundaries.learner import State
from engine.boundaries.model_settings import ModelSettings
from engine.boundaries.tree_learner import TreeState
from engine.errors import SettingsError

# More cuts or trees than there are.
_ALL = 10**9


class ModelController(QObject):
    """One model of the points.

    Attributes:
        column: What is seen of it.
        runner: Lets it learn.
        details: Pictures of what it is made of.

    Signals:
        hovered: Where the pointer is on the plane, (x, y), or None.
    """

    hovered = Signal(object)

    def __init__(
        self,
        document: ExperimentDocument,
        settings: ModelSettings,
        name: str,
        frame_s: float = FRAME_S,
        parent: QObject | None = None,
    ) -> None:
        """Begin nothing yet.

        Args:
            document: The points.
            settings: Of the model.
            name: What to call it.
            frame_s: Seconds between two pictures, at least.
            parent: Of this object.
        """
        super().__init__(parent)
        self._document = document
        self._place: tuple[float, float] | None = None
        self._unit: tuple[int, int] | None = None
        self._begun: ModelSettings | None = None
        # Cuts or trees that were shown last, remembered while the points change under them.
        self._reached = 0
        self.column = ModelColumn(settings, name)
        self.runner = ModelRunner(frame_s, self)
        self.details = Details()
        panel = self.column.panel
        panel.details.addWidget(self.details)
        panel.form.edited.connect(self._on_edited)
        panel.train_button.clicked.connect(self.toggle)
        panel.step_button.clicked.connect(self.step)
        panel.reset_button.clicked.connect(self.reset)
        panel.count_chosen.connect(self._on_count_chosen)
        self.runner.frame_shown.connect(self._on_frame)
        self.runner.running_changed.connect(self._on_running_changed)
        self.runner.failed.connect(self._on_failed)
        self.column.plane.place_hovered.connect(self.hovered)
        self.details.wanted.connect(self._show_details)
        self.details.unit_chosen.connect(self._on_unit_chosen)
        self.details.box_chosen.connect(self.column.plane.set_rectangle)
        panel.set_running(False)
        self._show_pages()
        self.show_points()

    @property
    def settings(self) -> ModelSettings:
        """What the form says.

        Raises:
            SettingsError: A field makes no sense.
        """
        return self.column.panel.form.settings()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.column.set_colours(colours)
        self.details.set_colours(colours)

    def close(self) -> None:
        """End what runs, and wait for it."""
        self.runner.close()
        self.details.close_pages()

    # What the buttons ask for.

    def toggle(self) -> None:
        """Learn step after step, or pause."""
        if self.runner.is_running:
            self.runner.pause()
        elif self._is_ready(begins_anew_at_the_end=True):
            self.runner.run()

    def step(self) -> None:
        """One epoch, cut or tree more."""
        if self._is_ready(begins_anew_at_the_end=False):
            self.runner.step()

    def reset(self) -> None:
        """Forget what was learned."""
        self.runner.forget()
        self._begun = None
        self._reached = 0
        self.column.plane.set_regions(None)
        self.column.panel.show_nothing()
        self.column.panel.say("")
        self._show_details()

    def take(self, settings: ModelSettings) -> None:
        """Show the settings of an experiment, with nothing learned."""
        self.column.panel.form.show_settings(settings)
        self._show_pages()
        self.reset()

    # What changes around the model.

    def show_points(self) -> None:
        """There are other points: show them, and learn from them what was learned from the former ones."""
        plane = self.column.plane
        plane.set_bounds(self._document.bounds)
        plane.set_points(*self._document.sets)
        self._begin_again()

    def show_place(self, place: tuple[float, float] | None) -> None:
        """The pointer is here on the plane, this one or the other one's."""
        self._place = place
        self._show_readout()
        self.details.show_place(self._shown())

    def _is_ready(self, begins_anew_at_the_end: bool) -> bool:
        """Begin, unless the model is there and can go on; whether there is one."""
        frame = self.runner.frame
        is_over = frame is not None and frame.is_over
        if self._begun is None or (is_over and begins_anew_at_the_end):
            return self._begin()
        return True

    def _begin(self, count: int = 0) -> bool:
        panel = self.column.panel
        try:
            settings = self.settings
        except SettingsError as error:
            panel.form.fault_line.show_fault(error)
            return False
        panel.say("")
        self._begun = settings
        self.runner.begin(settings, self._document.sets, self._document.bounds, count)
        return True

    def _begin_again(self) -> None:
        """What had learned something begins with the new points or settings, and is as far as it was."""
        if self._begun is None:
            return
        was_running = self.runner.is_running
        if self._begin(0 if was_running else self._reached) and was_running:
            self.runner.run()

    def _on_edited(self) -> None:
        self._show_pages()
        try:
            kind = self.settings.kind
        except SettingsError as error:
            self.runner.pause()
            self.column.panel.form.fault_line.show_fault(error, moves_focus=False)
            return
        if self._begun is not None and kind != self._begun.kind:
            self.reset()
        else:
            self._begin_again()

    def _on_count_chosen(self, count: int) -> None:
        if self._begun is not None:
            self.runner.go_to(count)

    # What there is to show.

    def _on_frame(self, frame: Frame) -> None:
        if self._begun is None:
            return
        self._reached = _ALL if frame.is_over else _count(frame.state)
        self.column.panel.show_frame(frame)
        self.details.note(frame)
        self._show_plane()
        self._show_readout()
        self._show_details()

    def _on_running_changed(self, is_running: bool) -> None:
        self.column.panel.set_running(is_running)
        self._show_details()

    def _on_failed(self, error: SettingsError | str) -> None:
        panel = self.column.panel
        if isinstance(error, SettingsError):
            panel.form.fault_line.show_fault(error, moves_focus=False)
        else:
            panel.say(error)
        if self.runner.frame is None:
            # What is on the plane was learned from other points.
            self._begun = None
            self.column.plane.set_regions(None)
            panel.show_nothing()

    def _on_unit_chosen(self, unit: tuple[int, int] | None) -> None:
        self._unit = unit
        self._show_plane()

    def _show_plane(self) -> None:
        frame = self.runner.frame
        if frame is None:
            return
        outputs = None
        if self._unit is not None:
            layer, number = self._unit
            if layer < len(frame.unit_maps) and number < frame.unit_maps[layer].shape[-1]:
                outputs = frame.unit_maps[layer][:, :, number]
        self.column.plane.set_regions(frame.regions, outputs)

    def _show_readout(self) -> None:
        frame = self.runner.frame
        model = None if frame is None else frame.state.model
        self.column.readout.setText(readout_text(self._place, model, self._document.names))

    def _show_details(self) -> None:
        self.details.show_all(self._shown())

    def _show_pages(self) -> None:
        self.details.set_pages(pages_of(self.column.panel.form.kind.currentData()))

    def _shown(self) -> Shown:
        training, test = self._document.sets
        return Shown(
            self.runner.frame,
            self._place,
            training,
            test,
            self._document.bounds,
            self._document.names,
            self.runner.is_running,
        )


def _count(state: State) -> int:
    """Cuts or trees of a model; a network has none."""
    if isinstance(state, TreeState):
        return state.cuts
    return len(state.grown) if isinstance(state, ForestState) else 0
