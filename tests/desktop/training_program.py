"""A program that opens the window, trains, and says how far the record has come, to be killed."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.services.folders import use_profile
from desktop.settings.settings import Settings
from desktop.widgets.theme import Theme
from desktop.window.main_window import MainWindow
from engine.data import sources
from engine.data.sources import HANDWRITING
from engine.settings import TrainingSettings
from tests.desktop.held_training import HeldTraining

SETTINGS = TrainingSettings(hidden=(16,), epochs=1000, batch_size=8, seed=7)


def main(folder: Path) -> None:
    """Never ends by itself; writes a line with the steps on the disk whenever there are more of them.

    What is kept is kept below `folder`.
    """
    use_profile(folder)
    sources.HANDWRITING_COUNT = 600
    sources.HANDWRITING_HELD_OUT = 100
    HeldTraining(pytest.MonkeyPatch()).go_on()  # holds after the second epoch
    application = QApplication(sys.argv[:1])
    window = MainWindow(Settings(), Theme(application, "light"))
    window.show()
    window.became_ready.connect(lambda: begin.start())
    begin, look = QTimer(interval=20), QTimer(interval=20)

    def train_when_ready() -> None:
        if window.training.train_button.isEnabled():
            begin.stop()
            window.training.fields.set_settings(SETTINGS, HANDWRITING, "cpu")
            window.training.request_training()
            look.start()

    told = 0

    def tell() -> None:
        nonlocal told
        store = window.store_service.store
        for run in store.runs.entries() if store is not None else []:
            if run.steps > told and run.path is not None:
                told = run.steps
                print(told, flush=True)

    begin.timeout.connect(train_when_ready)
    look.timeout.connect(tell)
    window.load_engine()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
