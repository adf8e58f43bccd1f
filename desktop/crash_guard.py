"""Crash guard: a rotating log file, and hooks that turn an unexpected exception into words, not an exit."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from engine.private_files import make_private_folder, private_opener
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


class _PrivateLog(RotatingFileHandler):
    """Its files are the owner's alone: paths and tracebacks are nobody else's business."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=private_opener)  # type: ignore[return-value]


class CrashGuard(QObject):
    """Catches what nobody caught, in any thread.

    Signals:
        unexpected_happened: The traceback as text; handled in the GUI thread.
    """

    unexpected_happened = Signal(str)

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.error("unexpected: %s", text)
        self.unexpected_happened.emit(text)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
