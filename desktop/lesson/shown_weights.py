"""Shown weights: the network that the lesson looks into, the newest of those in use and in training."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.lesson.unit_pictures import ShownNetwork, UnitPictures

if TYPE_CHECKING:
    from desktop.lesson.step_runner import StepRunner
    from desktop.services.networks import Networks
    from desktop.training.controller import TrainingController
    from desktop.training.training_job import TrainingJob
    from engine.data.digits import Standardisation
    from engine.models.model import Model
    from engine.nn.network import Architecture, Weights
    from engine.training.step_by_step import ObservedStep


class ShownWeights(QObject):
    """Follows every source of weights from the moment the lesson is opened, whichever pages exist.

    Attributes:
        pictures: Of the units of the network shown.

    Signals:
        changed: There are new weights to show.
        step_reset: The step runner's network stands before its first step: its title, its number of steps.
        step_observed: An `ObservedStep`, whose weights are the ones shown by then.
    """

    changed = Signal()
    step_reset = Signal(str, int)
    step_observed = Signal(object)

    def __init__(
        self, networks: Networks, training: TrainingController, step_runner: StepRunner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.pictures = UnitPictures()
        self._network: ShownNetwork | None = None
        self._of_steps: ShownNetwork | None = None
        networks.network_changed.connect(self._on_network_changed)
        training.weights_arrived.connect(self._on_weights_arrived)
        step_runner.was_reset.connect(self._on_was_reset)
        step_runner.step_observed.connect(self._on_step_observed)
        if networks.model is not None:
            self._on_network_changed(networks.model)

    @property
    def network(self) -> ShownNetwork | None:
        """The network shown; None as long as there was none."""
        return self._network

    def _show(self, network: ShownNetwork) -> None:
        self._network = network
        self.pictures.show(network)
        self.changed.emit()

    def _on_network_changed(self, model: Model) -> None:
        title = f"The network in use: {model.name}"
        self._show(
            ShownNetwork(model.architecture, model.weights, model.standardisation, title, model.temperature)
        )

    def _on_weights_arrived(
        self, architecture: Architecture, weights: Weights, standardisation: Standardisation, title: str
    ) -> None:
        self._show(ShownNetwork(architecture, weights, standardisation, title))

    def _on_was_reset(
        self,
        job: TrainingJob,
        architecture: Architecture,
        weights: Weights,
        standardisation: Standardisation,
        total_steps: int,
    ) -> None:
        title = f"{architecture.describe()}, level {job.settings.level}"
        self._of_steps = ShownNetwork(
            architecture, weights, standardisation, f"{title}, before the first step"
        )
        self.pictures.forget_order()
        self._show(self._of_steps)
        self.step_reset.emit(title, total_steps)

    def _on_step_observed(self, step: ObservedStep) -> None:
        if self._of_steps is None:  # each reset comes before its steps
            return
        title = f"{self._of_steps.architecture.describe()} on the Step page, after step {step.number:,}"
        self._show(replace(self._of_steps, weights=step.weights_after, title=title))
        self.step_observed.emit(step)
