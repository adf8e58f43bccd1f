"""What tests of the user's own sets share: dialogs that answer, and readings that wait."""

import pytest

from tests.desktop.training.data.own_sets import HalfReading, HeldReading


@pytest.fixture
def held_reading(monkeypatch):
    held = HeldReading(monkeypatch)
    yield held
    held.go_on()


@pytest.fixture
def half_reading(monkeypatch):
    half = HalfReading(monkeypatch)
    yield half
    half.go_on()


@pytest.fixture
def readings(held_reading):
    """Paths that were read, each as often as it was."""
    held_reading.go_on()
    return held_reading.paths


@pytest.fixture
def answer(monkeypatch):
    """Say what the dialogs of the system answer: a path, or None where somebody closes them."""

    def answers(path):
        for name in ("choose_set_file", "choose_set_folder"):
            monkeypatch.setattr(f"desktop.dialogs.file_dialogs.{name}", lambda _parent: path)

    return answers


@pytest.fixture
def window(make_window, any_network_will_do, little_handwriting):
    return make_window()
