"""Digits are written ahead of time only where they are needed, and only while nobody does anything."""

import os
import threading
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from desktop.booth.booth_window import BoothWindow
from desktop.services.folders import handwriting_folder
from desktop.startup.handwriting_ahead import HandwritingAhead
from desktop.training.controller import TrainingController
from engine.data.drawing_names import DRAWINGS
from engine.data.handwriting import written_ahead as handwriting_ahead
from engine.data.handwriting.kept_digits import is_kept
from engine.data.handwriting.written_ahead import write_ahead
from engine.data.sources import HANDWRITING, HANDWRITING_COUNT, HANDWRITING_SEED, MNIST

NEVER_MS = 1_000_000_000


@pytest.fixture
def asked(monkeypatch):
    """What was asked to be written, instead of being written."""
    asked = []
    monkeypatch.setattr(handwriting_ahead, "write_ahead", lambda *arguments: asked.append(arguments[:3]))
    return asked


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def make_ahead(window):
    made = []

    def make(quiet_ms=NEVER_MS):
        made.append(HandwritingAhead(window, window._settings, quiet_ms))
        return made[-1]

    yield make
    for ahead in made:
        ahead.close()


@pytest.fixture
def look(make_ahead, qtbot):
    """Look once, and wait for what comes of it."""
    ahead = make_ahead()

    def look():
        ahead.look()
        qtbot.waitUntil(lambda: not ahead.is_busy)

    return look


def test_without_mnist_the_digits_of_a_training_are_written(look, asked):
    look()
    assert asked == [(HANDWRITING_COUNT, HANDWRITING_SEED, handwriting_folder())]


def test_it_begins_once_some_time_after_pytorch_is_there(make_ahead, window, asked, qtbot):
    ahead = make_ahead(quiet_ms=1)
    assert asked == []
    window.became_ready.emit()
    qtbot.waitUntil(lambda: bool(asked) and not ahead.is_busy)
    assert len(asked) == 1
    assert not ahead._timer.isActive()


def test_whoever_has_just_drawn_is_not_to_be_held_up(look, window, asked):
    window.document.changed.emit()
    look()
    assert asked == []
    look()
    assert len(asked) == 1


def test_nothing_is_written_while_a_training_runs(look, asked, monkeypatch):
    with monkeypatch.context() as here:
        here.setattr(TrainingController, "is_running", property(lambda _: True))
        look()
    assert asked == []
    look()
    assert len(asked) == 1


def test_nothing_is_written_in_the_booth(look, window, asked, qtbot):
    window._actions.booth.trigger()
    booth = next(each for each in QApplication.topLevelWidgets() if isinstance(each, BoothWindow))
    qtbot.waitUntil(booth.isActiveWindow)
    look()
    assert asked == []
    window._actions.booth.trigger()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    look()
    assert len(asked) == 1


def test_where_mnist_is_at_hand_handwriting_is_written_for_who_chose_it(look, window, asked, monkeypatch):
    monkeypatch.setattr("engine.data.mnist.files.has_all_files", lambda _: True)
    window._settings.data = MNIST
    look()
    assert asked == []
    window._settings.data = HANDWRITING
    look()
    assert len(asked) == 1


def test_nothing_is_written_for_who_chose_other_data(look, window, asked):
    window._settings.data = DRAWINGS
    look()
    assert asked == []
    window._settings.data = MNIST  # which is not here: handwriting may take its place
    look()
    assert len(asked) == 1


def test_a_folder_that_takes_nothing_costs_nothing(look, asked):
    handwriting_folder().write_text("a file where the folder should be")
    look()
    assert asked == []


def test_closing_ends_it(make_ahead, qtbot, monkeypatch):
    began, ended = threading.Event(), threading.Event()

    def endless(_count, _seed, _folder, is_cancelled):
        began.set()
        while not is_cancelled():
            ended.wait(0.01)
        ended.set()

    monkeypatch.setattr(handwriting_ahead, "write_ahead", endless)
    ahead = make_ahead()
    ahead.look()
    qtbot.waitUntil(began.is_set)
    ahead.close()
    assert ended.is_set()
    assert not ahead.is_busy


def test_a_failure_is_told_to_nobody(look, window, monkeypatch, caplog):
    def fail(*_):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(handwriting_ahead, "write_ahead", fail)
    look()
    assert "temporarily unavailable" in caplog.text
    assert window.notice.isHidden()


def test_the_window_s_digits_are_written_by_a_process_and_there_afterwards(look, monkeypatch):
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 60)
    # A process of the lowest priority would wait for the end of all other tests.
    monkeypatch.setattr(handwriting_ahead, "write_ahead", partial(write_ahead, give_way=os.getpid))
    look()
    assert is_kept(60, HANDWRITING_SEED, handwriting_folder())
