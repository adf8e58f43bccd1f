"""Qt messages: what Qt says goes to the log; when it cannot open a window, one sentence says why."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.services.crash_guard import start_log
from desktop.services.folders import data_folder
from desktop.startup import start_failure

_log = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class QtMessages:
    """Takes what Qt says; before a screen is found it is held back, as `start_failure` words it better."""

    def __init__(self) -> None:
        self._held: list[tuple[int, str]] | None = []

    def install(self) -> None:
        """Take the messages from now on."""
        qInstallMessageHandler(self._on_message)

    def uninstall(self) -> None:
        """Have Qt write its messages itself again."""
        qInstallMessageHandler(None)

    def release(self) -> None:
        """There is a screen, and a log: what was held back is said now."""
        held, self._held = self._held or [], None
        for level, text in held:
            _say(level, text)

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        level, text = _LEVELS.get(kind, logging.WARNING), f"{context.category or 'default'}: {text}"
        if self._held is None:
            _say(level, text)
            return
        self._held.append((level, text))
        if kind == QtMsgType.QtFatalMsg:
            self._end()

    def _end(self) -> None:
        """Qt has found no screen and would abort the process after this, and leave a core dump."""
        start_log(data_folder())
        for level, text in self._held or []:
            _log.log(level, text)
        platform = os.environ.get("QT_QPA_PLATFORM", "")
        start_failure.report(start_failure.screen_sentence(platform, _plugin_error(platform)))
        logging.shutdown()
        os._exit(1)


def _say(level: int, text: str) -> None:
    _log.log(level, "%s", text)
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


def _plugin_error(platform: str) -> OSError | None:
    """Why a library that opens windows on a screen that is there cannot be loaded; Qt keeps it to itself."""
    if not sys.platform.startswith("linux") or platform:
        return None
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    for variable, file in (("WAYLAND_DISPLAY", "libqwayland.so"), ("DISPLAY", "libqxcb.so")):
        if os.environ.get(variable):
            try:
                ctypes.CDLL(str(folder / file))
            except OSError as error:
                return error
    return None
