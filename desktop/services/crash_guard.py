"""Crash guard: a rotating log file, and hooks that turn an unexpected exception into words, not an exit."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections import Counter
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from engine.files.private_files import make_private_folder, private_opener
from engine.version import VERSION

LOG_NAME = "scratchpad.log"
_log = logging.getLogger("scratchpad")
_LARGEST_LOG_BYTES = 512_000
_OLD_LOGS = 3


def start_log(folder: Path) -> Path | None:
    """Log to a rotating file in `folder`; None if the folder takes no file, and then nothing is logged."""
    try:
        make_private_folder(folder)
        path = folder / LOG_NAME
        handler = _PrivateLog(path, maxBytes=_LARGEST_LOG_BYTES, backupCount=_OLD_LOGS, encoding="utf-8")
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # A full disk must not print tracebacks of the log itself.
    logging.raiseExceptions = False
    _log.info("Scratchpad %s, Qt %s, Python %s", VERSION, qVersion(), platform.python_version())
    return path


# Of the frames that led to a fault, this many innermost of the program's own say where it is.
_PLACE_FRAMES = 3
_OWN = tuple(str(Path(__file__).parents[2] / folder) for folder in ("desktop", "engine"))

Cause = tuple[type[BaseException], tuple[tuple[str, int], ...]]


class _PrivateLog(RotatingFileHandler):
    """Its files are the owner's alone: paths and tracebacks are nobody else's business."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=private_opener)  # type: ignore[return-value]


class CrashGuard(QObject):
    """Catches what nobody caught, in any thread, and tells of each cause once.

    A fault that comes with every pen move or every result of a training would be told hundreds of times; from
    the second time on it is counted in the log.

    Signals:
        unexpected_happened: The traceback as text; handled in the GUI thread.
    """

    unexpected_happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: Counter[Cause] = Counter()
        # Threads may fail at the same moment.
        self._lock = threading.Lock()

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Give the hooks back, and log how often each fault came again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        for (kind, place), count in self._counts.items():
            if count > 1:
                _log.error("unexpected: %s, %d times in all", _in_words(kind, place), count)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        place = _place(trace)
        with self._lock:
            self._counts[kind, place] += 1
            count = self._counts[kind, place]
        if count == 1:
            text = "".join(traceback.format_exception(kind, error, trace))
            _log.error("unexpected: %s", text)
            self.unexpected_happened.emit(text)
        elif count & (count - 1) == 0:
            # At the 2nd, 4th, 8th time and so on: a storm of faults must not fill the log.
            _log.error("unexpected: %s, %d times so far", _in_words(kind, place), count)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _place(trace: TracebackType | None) -> tuple[tuple[str, int], ...]:
    """File and line of the innermost frames of the program's own; of any where none is its own."""
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    own = [frame for frame in frames if frame[0].startswith(_OWN)]
    return tuple((own or frames)[-_PLACE_FRAMES:])


def _in_words(kind: type[BaseException], place: tuple[tuple[str, int], ...]) -> str:
    file, line = place[-1] if place else ("unknown", 0)
    return f"{kind.__name__} in {Path(file).name}:{line} again"
