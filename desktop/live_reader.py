"""Live reader: reads what is on the pad with the newest weights, the latest of both always winning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop.canvas import Canvas
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.classifier import Classifier, Reading
    from engine.digits import Standardisation
    from engine.model import Model
    from engine.network import Architecture, Weights

_IN_TRAINING = "a network in training"


class LiveReader(QObject):
    """Reads in the GUI thread: a digit takes well under a millisecond, less than handing it to a thread.

    A change only marks the reading as old; it is made when the event loop has taken the waiting pen moves, so
    there is never a queue of readings, and before it paints, so that ink and bars are painted together.

    Signals:
        reading_completed: An `engine.classifier.Reading`.
        reading_cleared: The pad is empty, or the network is not there yet.
        reading_refused: One sentence: what is on the pad cannot be read.
    """

    reading_completed = Signal(object)
    reading_cleared = Signal()
    reading_refused = Signal(str)
    _became_due = Signal()

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._classifier: Classifier | None = None
        self._vector: NDArray[np.float32] | None = None
        self._last: Reading | None = None
        self._is_due = False
        self._network_name = ""
        # Queued rather than a timer of 0 ms, which waits until the event loop is idle: 10 ms now and then.
        self._became_due.connect(self._on_due, Qt.ConnectionType.QueuedConnection)
        canvas.ink_changed.connect(self._on_ink_changed)

    @property
    def last_reading(self) -> Reading | None:
        """Of what is on the pad now; None while there is none."""
        return self._last

    @property
    def classifier(self) -> Classifier | None:
        """What reads, with the weights of the last reading or newer ones; None until there is a network."""
        return self._classifier

    @property
    def network_name(self) -> str:
        """Of the network that reads; empty until there is one."""
        return self._network_name

    @property
    def is_ready(self) -> bool:
        """Whether there is a network to read with."""
        return self._classifier is not None

    def use_model(self, model: Model) -> None:
        """Read with another network from now on."""
        import torch

        from engine.classifier import Classifier

        # Kept for each thread by PyTorch; for one digit, waking a second one costs more than it saves.
        torch.set_num_threads(1)
        self._classifier = Classifier(model)
        self._network_name = model.name
        self._read_soon()

    def use_weights(
        self, architecture: Architecture, weights: Weights, standardisation: Standardisation
    ) -> None:
        """Read with a snapshot of a network in training from now on."""
        if self._classifier is not None:
            self._classifier.use(architecture, weights, standardisation)
            self._network_name = _IN_TRAINING
            self._read_soon()

    def read_now(self) -> Reading | None:
        """The reading of what is on the pad at this very moment; None where there is none."""
        self._on_due()
        return self._last

    def _on_ink_changed(self) -> None:
        self._vector = None
        self._read_soon()

    def _read_soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._became_due.emit()

    def _on_due(self) -> None:
        if not self._is_due:
            return
        self._is_due = False
        self._last = None
        if self._classifier is None or self._canvas.is_empty:
            self.reading_cleared.emit()
            return
        try:
            if self._vector is None:
                self._vector = self._normalised()
            self._last = self._classifier.read_vector(self._vector)
        except ScratchpadError as error:
            self.reading_cleared.emit()
            self.reading_refused.emit(str(error))
        else:
            self.reading_completed.emit(self._last)

    def _normalised(self) -> NDArray[np.float32]:
        """What is on the pad as (784,) float32; kept while only the weights change."""
        from engine.normaliser import normalise_ink, normalise_picture

        if self._canvas.picture is not None:
            from desktop.picture_input import grey_from_image

            return normalise_picture(grey_from_image(self._canvas.picture))
        return normalise_ink(self._canvas.ink)
