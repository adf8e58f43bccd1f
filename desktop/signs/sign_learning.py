"""Sign learning: has a set of signs learned, puts the network to use, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.networks.networks import Networks
from desktop.signs.sign_collection import SignCollection
from desktop.signs.signs_thread import SignsLearned, SignsThread
from desktop.training.training_lock import TrainingLock

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.data.pen_digits import PenDigits
    from engine.models.model import Model
    from engine.store.sign_sets import SignSet

_LEARNING = "The network is learning your signs. Press Train again when it is done."
_STOPPED = "Stopped: the network in use was not changed."


@dataclass(frozen=True, slots=True)
class LearningState:
    """What is to be shown.

    Attributes:
        headline: One line.
        details: What else is to be known, or empty.
        share: Done, 0 to 1; None where nothing runs.
        is_running: Whether there is something to stop.
        is_in_use: Whether the network that learned the signs reads now: one can be drawn to try it.
        report: For a bug report, or empty.
    """

    headline: str
    details: str = ""
    share: float | None = None
    is_running: bool = False
    is_in_use: bool = False
    report: str = ""


class SignLearning(QObject):
    """One set at a time; the one asked for last is next.

    Signals:
        state_changed: The `LearningState` to show.
        ended: A `SignsLearned`, after all that it leads to.
    """

    state_changed = Signal(object)
    ended = Signal(object)

    def __init__(
        self,
        networks: Networks,
        signs: SignCollection,
        training_lock: TrainingLock,
        find_store: FindStore,
        parent: QObject | None = None,
    ) -> None:
        """Learn nothing yet; `find_store` answers where learning is recorded among the trainings."""
        super().__init__(parent)
        self._find_store = find_store
        self._networks, self._signs, self._training_lock = networks, signs, training_lock
        self._thread: SignsThread | None = None
        self._waiting: SignSet | None = None
        self._set: SignSet | None = None
        self._former: Model | None = None
        self._taught: Model | None = None
        self._is_stopping = False
        training_lock.ended.connect(self._on_turn_ended)

    @property
    def is_running(self) -> bool:
        """Whether signs are being learned, or wait for their turn."""
        return self._thread is not None or self._waiting is not None

    def learn(self, sign_set: SignSet) -> None:
        """Begin, or wait for a training or for another set to end, or say why not."""
        drawings = self._signs.learnable(sign_set.id)
        if drawings is None:
            self._show(LearningState(self._signs.refusal))
        elif self._thread is not None:
            self._waiting = sign_set
        elif not self._training_lock.take(_LEARNING):
            self._waiting = sign_set
            self._show(
                LearningState(
                    "A training is running. Your signs are learned when it is done.", is_running=True
                )
            )
        else:
            self._start(sign_set, drawings)

    def stop(self) -> None:
        """Learn no more; the network in use stays as it is."""
        was_waiting, self._waiting = self._waiting is not None, None
        if self._thread is not None:
            self._is_stopping = True
            self._thread.requestInterruption()
        elif was_waiting:
            self._end(SignsLearned())

    def go_back(self) -> None:
        """Read again with the network that was in use before the signs were learned."""
        networks, taught = self._networks, self._taught
        if taught is None or networks.model is not taught:
            self._show(LearningState(f"“{networks.title}” is already in use; nothing was changed."))
            return
        networks.use_former()
        self._show(
            LearningState(
                f"“{networks.title}” is in use again.", f"“{taught.name}” can still be chosen under Network."
            )
        )

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        self._waiting = None
        if self._thread is not None:
            self._is_stopping = True
            self._thread.requestInterruption()
            self._thread.wait()

    def _start(self, sign_set: SignSet, drawings: Callable[[], PenDigits]) -> None:
        self._set, self._former = sign_set, self._networks.model
        self._is_stopping = False
        self._thread = SignsThread(drawings, self._networks.library, self._find_store, self)
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        self._thread.progressed.connect(self._on_progressed)
        self._thread.learned.connect(self._on_learned)
        self._on_progressed(0.0)
        self._thread.start()

    def _on_turn_ended(self) -> None:
        if self._waiting is not None:
            sign_set, self._waiting = self._waiting, None
            self.learn(sign_set)

    def _on_progressed(self, share: float) -> None:
        if self._set is not None:
            words = "building on a network that already reads letters and digits"
            self._show(LearningState(f"Learning {self._set.classes.listed()}", words, share, is_running=True))

    def _on_learned(self, learned: SignsLearned) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        # A network that was ready at the same moment is not wanted either.
        self._end(SignsLearned() if self._is_stopping else learned)
        self._training_lock.end()

    def _end(self, learned: SignsLearned) -> None:
        model, sign_set = learned.model, self._set
        if model is None or sign_set is None:
            self._show(LearningState(learned.message or _STOPPED, report=learned.details))
        else:
            if learned.path is not None:
                self._signs.note_network(sign_set.id, learned.path.name)
            if self._networks.model is not self._former:
                if learned.path is None:
                    self._networks.hold(model)
                self._show(
                    LearningState(
                        "You chose another network meanwhile.",
                        f"“{model.name}” can be chosen under Network. {learned.message}".strip(),
                    )
                )
            else:
                self._networks.use(model, learned.path)
                self._taught = model
                self._show(
                    LearningState(
                        f"Learned: {sign_set.classes.listed()}",
                        f"“{model.name}” is now reading the pad. {learned.message}".strip(),
                        is_in_use=True,
                    )
                )
        self._set = self._former = None
        self.ended.emit(learned)

    def _show(self, state: LearningState) -> None:
        self.state_changed.emit(state)
