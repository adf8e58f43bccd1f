"""The program's entry: application, log, one window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCommandLineOption, QCommandLineParser, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import resources
from desktop.crash_guard import CrashGuard, start_log
from desktop.error_dialog import UNEXPECTED, ErrorDialog
from desktop.main_window import MainWindow
from desktop.settings import Settings, data_folder
from desktop.single_instance import SingleInstance
from desktop.theme import Theme
from engine.version import VERSION

# Python lets a busy thread keep the interpreter for 5 ms by default before another gets its turn; the
# window asks for it on every pen move and must not wait that long behind a training loop.
_SWITCH_INTERVAL_S = 0.001


def main() -> int:
    """Run the program until its window is closed; returns the exit code."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    application = QApplication(sys.argv)
    application.setApplicationName("scratchpad")
    application.setApplicationDisplayName("Scratchpad")
    application.setApplicationVersion(VERSION)
    application.setDesktopFileName("scratchpad")
    application.setWindowIcon(QIcon(str(resources.path("icons", "scratchpad.svg"))))
    files, announces = _arguments(application)
    instance = SingleInstance(str(data_folder()))
    if not instance.is_first():
        if sys.stderr is not None:
            print("Scratchpad is open already: its window was brought to the front.", file=sys.stderr)
        return 0
    start_log(data_folder())
    settings = Settings()
    theme = Theme(application, settings.appearance)
    window = MainWindow(settings, theme)
    guard = CrashGuard()
    guard.unexpected_happened.connect(lambda details: ErrorDialog(UNEXPECTED, details, window).show())
    guard.install()
    instance.knocked.connect(window.come_forward)
    if announces:
        from desktop.announcer import Announcer

        Announcer(window)
    window.show()
    for file in files:
        window.open_file(Path(file))
    # After the window is on the screen, not before: importing PyTorch takes more than a second.
    QTimer.singleShot(0, window.load_engine)
    code = application.exec()
    guard.uninstall()
    instance.close()
    return code


def _arguments(application: QApplication) -> tuple[list[str], bool]:
    """Files to open, and whether to announce the start."""
    parser = QCommandLineParser()
    parser.setApplicationDescription("Draw a digit and have it read; train the network that reads it.")
    parser.addHelpOption()
    parser.addVersionOption()
    parser.addPositionalArgument("file", "A picture, drawing or network to open.", "[file]")
    announce = QCommandLineOption(
        ["announce"], "Tell on standard output when the window is visible and reads."
    )
    parser.addOption(announce)
    parser.process(application)
    return parser.positionalArguments(), parser.isSet(announce)


if __name__ == "__main__":
    raise SystemExit(main())
