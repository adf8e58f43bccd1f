"""Live reader: reads what is on the pad with the newest weights, the latest of both always winning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from desktop.pad.document import PadDocument
from engine.data.classes import DIGITS, Classes
from engine.errors import DivergedError, ScratchpadError

if TYPE_CHECKING:
    from engine.data.digits import Standardisation
    from engine.models.classifier import Classifier, Reading
    from engine.models.known_readings import KnownReadings
    from engine.models.model import Model
    from engine.nn.network import Architecture, Weights
    from engine.preprocessing.number import Number
    from engine.preprocessing.segmentation.strokes import StrokeParter

_IN_TRAINING = "a network in training"
_PAINTED = QEvent.Type(QEvent.registerEventType())


class LiveReader(QObject):
    """Reads in the GUI thread: a digit takes well under a millisecond, less than handing it to a thread.

    A change only marks the reading as old; it is made when the event loop has taken the waiting pen moves, so
    there is never a queue of readings, and before it paints, so that ink and bars are painted together. The
    next one is not made before that is done: a pen that is quicker than the window never keeps it from
    painting, and no reading is made that nobody sees.

    Of several digits one is selected: the one that the pen wrote to last, until another is chosen.

    Signals:
        number_completed: A tuple of `engine.models.classifier.Reading`, one for each digit from left to
            right, and which of them is selected; told before the next.
        reading_completed: The `engine.models.classifier.Reading` of the selected digit.
        reading_cleared: The pad is empty, or the network is not there yet.
        reading_refused: One sentence: what is on the pad cannot be read.
        reading_failed: One sentence: it could be read, but not by this network.
        classes_changed: The `engine.data.classes.Classes` that the network which reads from now on tells
            apart.
    """

    number_completed = Signal(object, int)
    reading_completed = Signal(object)
    reading_cleared = Signal()
    reading_refused = Signal(str)
    reading_failed = Signal(str)
    classes_changed = Signal(object)
    _became_due = Signal()

    def __init__(self, document: PadDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._classifier: Classifier | None = None
        self._known_readings: KnownReadings | None = None
        self._number: Number | None = None
        # Asks the classifier which strokes are a digit, and keeps what it knows of them between pen moves.
        self._parter: StrokeParter | None = None
        self._is_other_network = False
        # Of the document, when it was read last.
        self._revision = document.revision
        self._readings: tuple[Reading, ...] = ()
        self._selected = 0
        self._is_due = False
        self._is_unpainted = False
        self._is_resting = False
        self._network_name = ""
        # Queued rather than a timer of 0 ms, which waits until the event loop is idle: 10 ms now and then.
        self._became_due.connect(self._on_due, Qt.ConnectionType.QueuedConnection)
        document.changed.connect(self._read_soon)

    @property
    def last_reading(self) -> Reading | None:
        """Of the selected digit of what is on the pad now; None while there is none."""
        return self._readings[self._selected] if self._readings else None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Of all digits on the pad, from left to right; empty while there are none."""
        return self._readings

    @property
    def selected(self) -> int:
        """Which digit is selected, from the left."""
        return self._selected

    @property
    def number(self) -> Number | None:
        """What the readings are of; None while there are none, or the document has changed since.

        Asked of the document, so that it is right for whoever hears of a change before this reader does.
        """
        return self._number if self._readings and self._is_current else None

    @property
    def _is_current(self) -> bool:
        return self._revision == self._document.revision

    @property
    def text(self) -> str:
        """The number on the pad, a line for each row of a picture; empty while there is none."""
        number = self.number
        return number.text([reading.name for reading in self._readings]) if number is not None else ""

    @property
    def classifier(self) -> Classifier | None:
        """What reads, with the weights of the last reading or newer ones; None until there is a network."""
        return self._classifier

    @property
    def classes(self) -> Classes:
        """That the network tells apart; the digits until there is one."""
        return DIGITS if self._classifier is None else self._classifier.classes

    @property
    def network_name(self) -> str:
        """Of the network that reads; empty until there is one."""
        return self._network_name

    @property
    def is_ready(self) -> bool:
        """Whether there is a network to read with."""
        return self._classifier is not None

    @property
    def is_resting(self) -> bool:
        """Whether nothing is read for now."""
        return self._is_resting

    def rest(self, is_resting: bool) -> None:
        """Read nothing for now, since what is drawn is no question; or read again."""
        if is_resting != self._is_resting:
            self._is_resting = is_resting
            self._read_soon()

    def select(self, place: int) -> None:
        """Select a digit by its place from the left; beyond either end, the one at that end."""
        place = min(max(place, 0), len(self._readings) - 1)
        if self._readings and place != self._selected:
            self._selected = place
            self._emit_readings()

    def step(self, places: int) -> None:
        """Select a digit so many places to the right of the selected one."""
        self.select(self._selected + places)

    def use_model(self, model: Model) -> None:
        """Read with another network from now on."""
        import torch

        from engine.models.classifier import Classifier
        from engine.models.digit_scorer import DigitScorer
        from engine.models.known_readings import KnownReadings
        from engine.preprocessing.segmentation.strokes import StrokeParter

        former = self.classes
        # Kept for each thread by PyTorch; for one digit, waking a second one costs more than it saves.
        torch.set_num_threads(1)
        self._classifier = Classifier(model)
        self._known_readings = KnownReadings(self._classifier)
        self._parter = StrokeParter(DigitScorer(self._classifier))
        self._is_other_network = True
        self._network_name = model.name
        self._tell_classes(former)
        self._read_soon()

    def use_weights(
        self,
        architecture: Architecture,
        weights: Weights,
        standardisation: Standardisation,
        classes: Classes = DIGITS,
    ) -> None:
        """Read with a snapshot of a network in training from now on."""
        if self._classifier is not None:
            former = self.classes
            self._classifier.use(architecture, weights, standardisation, classes)
            self._tell_classes(former)
            for kept in (self._parter, self._known_readings):
                if kept is not None:
                    kept.forget()
            self._network_name = _IN_TRAINING
            self._read_soon()

    def _tell_classes(self, former: Classes) -> None:
        """What stands on the pad is divided anew where a network of other classes reads it."""
        if self.classes != former:
            self._is_other_network = True
            self.classes_changed.emit(self.classes)

    def read_now(self) -> Reading | None:
        """The reading of what is on the pad at this very moment; None where there is none."""
        if self._is_due or not self._is_current:
            self._read()
        return self.last_reading

    def _read_soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            if not self._is_unpainted:
                self._became_due.emit()

    def _on_due(self) -> None:
        if self._is_due:
            self._read()

    def _wait_for_painting(self) -> None:
        """Hear of it when what the reading changed is painted.

        Widgets that are to be painted have asked for it by an event of low priority, as which this one comes
        after them, and pen moves before them.
        """
        if not self._is_unpainted:
            self._is_unpainted = True
            QCoreApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.LowEventPriority.value)

    def customEvent(self, event: QEvent) -> None:
        """The last reading is painted."""
        if event.type() == _PAINTED:
            self._is_unpainted = False
            self._on_due()

    def _read(self) -> None:
        self._is_due = False
        self._readings = ()
        if not self._is_current:
            self._revision, self._number = self._document.revision, None
        is_empty = self._document.is_empty or self._is_resting
        if self._classifier is None or self._known_readings is None or is_empty:
            self.reading_cleared.emit()
            return
        try:
            if self._number is None or self._is_other_network:
                number = self._normalised()
                if self._number is None or not number.is_same(self._number):
                    if self._number is None or len(self._number) != len(number):
                        self._selected = number.newest
                    self._number = number
            self._is_other_network = False
            self._readings = self._known_readings.of(self._number.vectors)
        except DivergedError as error:
            self.reading_cleared.emit()
            self.reading_failed.emit(str(error))
        except ScratchpadError as error:
            self.reading_cleared.emit()
            self.reading_refused.emit(str(error))
        else:
            self._emit_readings()
        self._wait_for_painting()

    def _emit_readings(self) -> None:
        self.number_completed.emit(self._readings, self._selected)
        self.reading_completed.emit(self._readings[self._selected])

    def _normalised(self) -> Number:
        """What is on the pad, divided into digits or as one sign; kept while only the weights change."""
        from engine.preprocessing.number import number_of_found, number_of_ink, number_of_picture
        from engine.preprocessing.sign import sign_of_found, sign_of_ink, sign_of_picture

        picture, are_digits = self._document.picture, self.classes.are_digits
        if picture is None and not are_digits:
            return sign_of_ink(self._document.ink)
        if picture is None:
            return number_of_ink(self._document.ink, self._document.is_drawing, self._parter)
        scorer = self._parter.scorer if self._parter is not None else None
        if self._number is not None and self._number.found is not None:
            found = self._number.found
            return number_of_found(found, scorer) if are_digits else sign_of_found(found)
        from desktop.pad.picture_decoding import shrunk_to
        from desktop.pad.picture_input import grey_from_image
        from engine.preprocessing.photographs.ink_finding import LONGEST_SIDE

        grey = grey_from_image(shrunk_to(picture, LONGEST_SIDE))
        return number_of_picture(grey, scorer) if are_digits else sign_of_picture(grey)
