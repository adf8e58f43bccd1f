"""What is spoken to screen readers: the newest, at most once a second, nothing twice."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.widgets.text.spoken_changes import SpokenChanges
from engine.training.epoch_figures import EpochFigures
from tests.desktop.drawing import draw


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def said():
    return []


@pytest.fixture
def changes(qtbot, clock, said):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return SpokenChanges(widget, lambda _widget, text: said.append(text), clock)


def test_the_first_is_spoken_at_once_and_of_the_rest_the_newest_once_a_second(changes, clock, said):
    for moment in range(100):
        clock.now = moment / 100
        changes.announce(f"reading {moment}")
    assert said == ["reading 0"]
    assert changes._soon.isActive()
    clock.now = 1.0
    changes._soon.stop()
    changes.speak_now()
    assert said == ["reading 0", "reading 99"]


def test_what_is_still_so_is_not_spoken_again(changes, clock, said):
    changes.announce("7")
    clock.now = 5.0
    changes.announce("7")
    assert said == ["7"]
    changes.announce("8")
    assert said == ["7", "8"]


def test_what_came_back_before_it_was_its_turn_is_not_spoken(changes, clock, said):
    changes.announce("7")
    changes.announce("8")
    changes.announce("7")
    changes._soon.stop()
    changes.speak_now()
    assert said == ["7"]


def test_nobody_hears_of_what_is_hidden(changes, said):
    changes._widget.hide()
    changes.announce("7")
    assert said == []


def test_reading_and_progress_speak_and_the_plot_has_values(make_window, qtbot, monkeypatch):
    spoken = []
    window = make_window()
    for part in (window.prediction, window.training):
        monkeypatch.setattr(part._spoken, "_speak", lambda widget, text: spoken.append((widget, text)))
        part._spoken._spoken_s = -10.0
    draw(window)
    qtbot.waitUntil(lambda: any(widget is window.prediction and text[0] == "2" for widget, text in spoken))
    window.training.show_progress(0.5, "epoch 1 of 2", "3 s left")
    window.training._spoken.speak_now()
    assert spoken[-1] == (window.training, "50% done, epoch 1 of 2, 3 s left")
    window.training_controller.plots.made_plot()
    plot = window.training_controller.plots.plot
    plot.start_run("MNIST", 100, 1)
    plot.add_steps(1, [1.0, 0.5])
    plot.add_epoch(EpochFigures(1, 2, 0.4, 0.9, 0.5, 0.85))
    plot._on_frame_due() if hasattr(plot, "_on_frame_due") else None
    qtbot.waitUntil(lambda: "validation accuracy 85.0 %" in plot._plot.accessibleDescription())


def test_an_empty_reading_is_empty(make_window):
    window = make_window()
    assert window.prediction.answer == "–"
    assert window.prediction._answer.text() == ""
    height = window.prediction._answer.height()
    draw(window)
    window.reader.read_now()
    assert window.prediction._answer.text() == "2"
    assert abs(window.prediction._answer.height() - height) <= 2, "what is below would move"
