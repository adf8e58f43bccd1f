"""Pictures are read in a thread: at once where that is quick, later otherwise, and never for ever."""

import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication

from desktop.pad import picture_opener
from desktop.pad.picture_opener import PictureOpener
from engine.errors import PictureError


class Heard:
    """What an opener says."""

    def __init__(self, opener):
        self.opened, self.refused, self.busy = [], [], []
        opener.opened.connect(self.opened.append)
        opener.refused.connect(self.refused.append)
        opener.busy_changed.connect(self.busy.append)


@pytest.fixture
def opener(qtbot):
    opener = PictureOpener()
    yield opener
    opener.close()
    qtbot.waitUntil(lambda: opener.is_idle)


@pytest.fixture
def heard(opener):
    return Heard(opener)


@pytest.fixture
def gate():
    """What a reading may wait for; opened at the end in any case."""
    gate = threading.Event()
    yield gate
    gate.set()


@pytest.fixture
def impatient(monkeypatch):
    """Nothing is waited for."""
    monkeypatch.setattr(picture_opener, "AT_ONCE_S", 0.0)


def refuse():
    raise PictureError("No.")


def test_what_is_quick_is_there_at_once_and_nobody_is_told_of_a_wait(opener, heard, qtbot):
    opener.open(lambda: 1)
    opener.open(refuse)
    assert (heard.opened, heard.refused, heard.busy) == ([1], ["No."], [])
    qtbot.waitUntil(lambda: opener.is_idle)
    QApplication.processEvents()  # whatever the threads posted has been delivered
    assert (heard.opened, heard.refused) == ([1], ["No."])


@pytest.mark.usefixtures("impatient")
def test_what_takes_long_comes_later(opener, heard, gate, qtbot):
    opener.open(lambda: gate.wait(300) and 1)
    assert (heard.opened, heard.busy) == ([], [True])
    gate.set()
    qtbot.waitUntil(lambda: heard.opened == [1])
    assert heard.busy == [True, False]


@pytest.mark.usefixtures("impatient")
def test_why_nothing_was_read_is_told_later_too(opener, heard, gate, qtbot):
    opener.open(lambda: gate.wait(300) and refuse())
    gate.set()
    qtbot.waitUntil(lambda: heard.refused == ["No."])


@pytest.mark.usefixtures("impatient")
def test_of_two_that_are_read_the_latest_wins_even_if_it_comes_first(opener, heard, gate, qtbot):
    opener.open(lambda: gate.wait(300) and 1)
    opener.open(lambda: 2)
    qtbot.waitUntil(lambda: bool(heard.opened))
    gate.set()
    qtbot.waitUntil(lambda: opener.is_idle)
    QApplication.processEvents()
    assert heard.opened == [2]
    assert heard.busy == [True, False]


@pytest.mark.usefixtures("impatient")
def test_what_never_ends_is_refused_and_the_next_picture_is_read(opener, heard, gate, qtbot, monkeypatch):
    monkeypatch.setattr(picture_opener, "DEADLINE_MS", 0)
    opener.open(lambda: gate.wait(300) and 1)
    qtbot.waitUntil(lambda: bool(heard.refused))
    assert "takes too long" in heard.refused[0]
    monkeypatch.setattr(picture_opener, "AT_ONCE_S", 60.0)
    opener.open(lambda: 2)
    gate.set()
    qtbot.waitUntil(lambda: opener.is_idle)
    QApplication.processEvents()
    assert heard.opened == [2]
    assert heard.busy == [True, False]


@pytest.mark.usefixtures("impatient")
def test_closing_waits_no_longer_than_it_has_to(opener, heard, gate, monkeypatch):
    monkeypatch.setattr(picture_opener, "_FAREWELL_S", 0.0)
    opener.open(lambda: gate.wait(300) and 1)
    opener.close()
    assert not opener.is_idle
    assert heard.opened == []


def test_what_nobody_expected_is_one_sentence_and_goes_to_the_log(opener, heard, monkeypatch):
    logged = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: logged.append(kind))
    opener.open(lambda: 1 // 0)
    assert heard.refused == ["The picture could not be read: save it as a PNG file and open that."]
    assert logged == [ZeroDivisionError]
