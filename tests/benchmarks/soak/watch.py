"""Watch: counts what nobody expected, and notices when the window does not answer."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, qInstallMessageHandler

_BEAT_MS = 5
_SAMPLE_S = 0.02
_LONG_S = 0.25
_EXPECTED = ("This plugin does not support", "Detected locale")
_OWN = Path(__file__).parents[3]


class Errors(logging.Handler):
    """Everything that is raised and not caught, or logged as an error, in any thread; Qt's warnings, too.

    Attributes:
        found: How often each was, by its last line and the place it came from.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: Counter[str] = Counter()

    def install(self) -> None:
        """Take over the hooks."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda told: self._on_exception(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        qInstallMessageHandler(self._on_qt_message)
        logging.getLogger().addHandler(self)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Logged."""
        if record.exc_info and record.exc_info[0] is not None:
            self._on_exception(*record.exc_info)
        else:
            self.found[record.getMessage()] += 1

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        last = traceback.extract_tb(trace)[-1:] if trace else []
        place = f" ({Path(last[0].filename).name}:{last[0].lineno})" if last else ""
        said = f"{kind.__name__}: {error}{place}"
        if said not in self.found:
            traceback.print_exception(kind, error, trace)
        self.found[said] += 1

    def _on_qt_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not text.startswith(_EXPECTED):
            self.found[f"Qt: {text}"] += 1


@dataclass(frozen=True, slots=True)
class Stall:
    """The window did not answer.

    Attributes:
        seconds: For how long.
        busy_s: Of them, how long its thread had the processor: the rest it waited, for a lock or its turn.
        place: What it did for most of the time.
        actions: What had been done last.
    """

    seconds: float
    busy_s: float
    place: str
    actions: str

    def __str__(self) -> str:
        figures = f"{1000 * self.seconds:.0f} ms, {1000 * self.busy_s:.0f} on the processor"
        return f"stall of {figures}: {self.place} after {self.actions}"


class Pulse(QObject):
    """Beats in the window's thread; the longest silence between two beats is the longest stall.

    Attributes:
        longest_s: Since the last `forget`.
        long: The stalls of more than 0.25 s.
    """

    def __init__(self, latest_actions: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest_actions = latest_actions
        self.longest_s = 0.0
        self.long: list[Stall] = []
        self._last, self._last_busy = time.perf_counter(), time.thread_time()
        self._seen: Counter[str] = Counter()
        self._window_thread = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(_BEAT_MS)
        self._is_over = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()

    def end(self) -> None:
        """Beat no more."""
        self._timer.stop()
        self._is_over.set()
        self._sampler.join()

    def forget(self) -> None:
        """Begin anew; what was done since the last beat does not count."""
        self.longest_s = 0.0
        self._last, self._last_busy = time.perf_counter(), time.thread_time()
        self._seen.clear()

    def _on_beat(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        silence, busy_s = now - self._last, busy - self._last_busy
        self._last, self._last_busy = now, busy
        self.longest_s = max(self.longest_s, silence)
        if silence > _LONG_S:
            most = self._seen.most_common(1)
            place = most[0][0] if most else "nothing seen"
            self.long.append(Stall(silence, busy_s, place, self._latest_actions()))
        if self._seen:
            self._seen.clear()

    def _sample(self) -> None:
        while not self._is_over.wait(_SAMPLE_S):
            if time.perf_counter() - self._last > _LONG_S / 4:
                self._seen[_place(sys._current_frames().get(self._window_thread))] += 1


def _place(frame: FrameType | None) -> str:
    """The innermost places of the program in a stack, the inner one first."""
    places = []
    while frame is not None and len(places) < 4:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_OWN) and "soak" not in path.parts[-2:]:
            places.append(f"{path.name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(places) or "Qt or Python"
