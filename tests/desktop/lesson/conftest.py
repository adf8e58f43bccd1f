"""What tests of the lesson in its window share: few digits, short trainings, and the page that is chosen."""

from __future__ import annotations

import pytest

from engine.settings import TrainingSettings


@pytest.fixture
def few_digits(little_handwriting, any_network_will_do):
    """Enough to learn from; written in a moment."""


@pytest.fixture
def epochs() -> int:
    """Of a training; a test file may want more."""
    return 2


@pytest.fixture
def window(make_window, few_digits, epochs):
    window = make_window()
    window.training.fields.set_settings(
        TrainingSettings(hidden=(), epochs=epochs, batch_size=50), "handwriting", "cpu"
    )
    return window


@pytest.fixture
def lesson(window):
    window._actions.lesson.setChecked(True)
    return window._side_views.lesson


def page(lesson, name):
    """Open a page of the lesson."""
    lesson.view.choose(name)
    return lesson.view.page(name)
