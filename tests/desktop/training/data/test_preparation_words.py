"""What the panel says of data that are no digits, and while it gets any data ready."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from engine.data import mixing
from engine.data.drawing_names import DRAWINGS
from engine.data.handwriting.synthetic_digits import random_ink
from engine.settings import TrainingSettings
from tests.engine.data.sets.made_sets import pictures


@pytest.fixture
def drawings(window, qtbot, monkeypatch):
    """Enough of them to train on; few pictures are painted of them."""
    monkeypatch.setattr(mixing, "_MOST_PAINTED", 200)
    qtbot.waitUntil(lambda: window.store_service.store is not None)
    for number in range(40):
        window.store_service.store.drawings.add(random_ink(number % 10, number), str(number % 10)).result()
    window.collection.refresh()


def words_of_training(window, qtbot):
    """What stands below the bar while data are made ready, each once."""
    said = []
    panel, controller = window.training, window.training_controller
    # Connected after the window's own: by then the panel shows it.
    controller.trainer.preparation_progressed.connect(lambda *_: said.append(panel._pace.text()))
    panel.fields.set_settings(
        TrainingSettings(hidden=(8,), epochs=1, batch_size=32), panel.fields.data_name, "cpu"
    )
    with qtbot.waitSignal(controller.trainer.run_finished) as ended:
        QTest.mouseClick(panel.train_button, Qt.MouseButton.LeftButton)
    assert ended.args[0].message == ""
    return list(dict.fromkeys(said))


def test_drawings_alone_are_painted_and_not_generated(window, qtbot, drawings):
    choice = window.training.fields.data
    choice.setCurrentIndex(choice.findData(DRAWINGS))
    assert words_of_training(window, qtbot) == ["painting your drawings"]


def test_drawings_are_painted_once_the_digits_are_generated(window, qtbot, drawings):
    window.training.fields.data.share.slider.setValue(20)
    assert words_of_training(window, qtbot) == ["generating training digits", "painting your drawings"]


def test_a_set_is_read(window, qtbot, tmp_path):
    images, labels = pictures(60)
    path = tmp_path / f"{'letters ' * 9}.npz"
    np.savez(path, images=images, labels=np.array(list("AB"))[labels % 2])
    window.training_controller.sets.read(path)
    qtbot.waitUntil(lambda: window.training_controller.sets.dialog is not None)
    window.training_controller.sets.dialog.accept()
    window.training_controller.trainer.cache._waiting = None  # as after a restart
    assert words_of_training(window, qtbot) == ["reading letters letters letters letters…"]


def test_nothing_in_the_panel_speaks_of_digits_alone(window):
    panel = window.training
    panel.set_shows_all_fields(True)
    texts = [widget.toolTip() for widget in panel.findChildren(QWidget)]
    texts += [label.text() for label in panel.findChildren(QLabel)]
    assert any("picture" in text for text in texts)
    assert [text for text in texts if "digit" in text.lower()] == []
