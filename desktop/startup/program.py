"""The program: application, log, and the one window."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.dialogs.error_dialog import UNEXPECTED, ErrorDialog
from desktop.services.crash_guard import CrashGuard, start_log
from desktop.services.folders import data_folder, find_home, storage_notice
from desktop.settings.settings import Settings
from desktop.startup import start_failure
from desktop.startup.application import Application, name_application
from desktop.startup.arguments import Arguments, ArgumentsError, parsed_arguments
from desktop.startup.data_lock import DataLock
from desktop.startup.handwriting_ahead import HandwritingAhead
from desktop.startup.profile import close_profile_to_others, tidy_profile
from desktop.startup.qt_messages import QtMessages
from desktop.startup.single_instance import SingleInstance, Start
from desktop.widgets.theme import Theme
from desktop.window.main_window import MainWindow

_log = logging.getLogger("scratchpad")


def run(arguments: Sequence[str]) -> int:
    """Run the program until its window is closed; returns the exit code.

    Args:
        arguments: The command line, the program's own name first.
    """
    # Before the application, so that a failure to make it can be logged where everything else is.
    name_application()
    find_home()
    messages = QtMessages()
    messages.install()
    application = Application(arguments)
    try:
        wanted = parsed_arguments(application.own_arguments)
    except ArgumentsError as error:
        if sys.stderr is not None:
            print(f"scratchpad: {error}", file=sys.stderr)
        return 2
    close_profile_to_others()
    instance = SingleInstance(data_folder())
    start = instance.start(wanted.files)
    if start is not Start.FIRST:
        return _end_second(start, wanted.files)
    start_log(data_folder())
    messages.release()
    lock = DataLock(data_folder())
    other = lock.take()
    threading.Thread(target=tidy_profile, name="profile", daemon=True).start()
    code = _run_window(application, instance, wanted, other)
    lock.release()
    instance.close()
    messages.uninstall()
    return code


def _run_window(application: Application, instance: SingleInstance, wanted: Arguments, other: str) -> int:
    settings = Settings()
    window = MainWindow(settings, Theme(application, settings.appearance))
    guard = CrashGuard()

    def tell(details: str) -> None:
        # A dialog without a window would keep a program running that is about to end; the log has it.
        if window.isVisible():
            ErrorDialog(UNEXPECTED, details, window).show()

    guard.unexpected_happened.connect(tell)
    guard.install()
    instance.called.connect(window.come_forward)
    application.file_opened.connect(window.open_file)
    ahead = None
    if wanted.announces:
        from desktop.startup.announcer import Announcer

        Announcer(window)
    else:
        ahead = HandwritingAhead(window, settings)
    window.show()
    for sentence in (storage_notice(), other):
        if sentence:
            _log.warning("%s", sentence)
            window.notice.add(sentence)
    for file in wanted.files:
        window.open_file(file)
    # After the window is on the screen, not before: importing PyTorch takes more than a second.
    QTimer.singleShot(0, window.load_engine)
    code = application.exec()
    if ahead is not None:
        ahead.close()
    guard.uninstall()
    return code


def _end_second(start: Start, files: Sequence[Path]) -> int:
    if start is Start.UNANSWERED:
        start_failure.report(
            "Scratchpad is already running but does not respond. Wait a moment, or quit it and start "
            "it again."
        )
        return 1
    if sys.stderr is not None:
        # A name that is no UTF-8 cannot be written as it is.
        names = ", ".join(os.fsencode(file.name).decode(errors="replace") for file in files)
        what = f"was told to open {names}" if names else "was brought to the front"
        print(f"Scratchpad is already open: its window {what}.", file=sys.stderr)
    return 0
