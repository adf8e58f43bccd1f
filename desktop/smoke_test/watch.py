"""Watch: notices everything that a program should not say: warnings, errors and exceptions."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from types import TracebackType
from typing import Any, TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_EXPECTED = (
    # Said by the screenless platform alone, about the size limits of windows.
    "This plugin does not support propagateSizeHints",
    # A bare system speaks no language; Qt helps itself, and nothing is missing.
    "Detected locale",
)


class UnexpectedError(Exception):
    """Something was said or raised that should not have been; the details are its argument."""


class Watch(logging.Handler):
    """Takes over what reports warnings and uncaught exceptions, in any thread, until the process ends."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._noticed: list[str] = []

    def install(self) -> None:
        """Begin."""
        qInstallMessageHandler(self._on_qt_message)
        sys.excepthook = self._on_exception
        sys.unraisablehook = self._on_unraisable
        threading.excepthook = self._on_thread_exception
        # Those that Python shows to users by default; libraries' words to their own developers are none.
        warnings.showwarning = self._on_warning
        logging.getLogger().addHandler(self)

    def check(self) -> None:
        """Look whether all was quiet.

        Raises:
            UnexpectedError: It was not.
        """
        if self._noticed:
            raise UnexpectedError("\n".join(self._noticed))

    def emit(self, record: logging.LogRecord) -> None:
        """A line of the log that is a warning or worse."""
        self._noticed.append(f"log: {self.format(record)}")

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or text.startswith(_EXPECTED):
            return
        self._noticed.append(f"Qt, {context.category or 'default'}: {text}")
        if kind == QtMsgType.QtFatalMsg and sys.stderr is not None:
            # Qt ends the process after this.
            print("\n".join(self._noticed), file=sys.stderr, flush=True)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._noticed.append("".join(traceback.format_exception(kind, error, trace)))

    def _on_unraisable(self, unraisable: Any) -> None:
        error = unraisable.exc_value
        self._noticed.append(f"{unraisable.err_msg or 'ignored'}: {error!r}")

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _on_warning(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        self._noticed.append(f"{filename}:{lineno}: {category.__name__}: {message}")
