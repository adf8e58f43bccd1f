"""Pages: the table of the lesson's pages. A new one adds a function and a row here, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.lesson.shown_weights import ShownWeights
    from desktop.lesson.step_runner import StepRunner
    from desktop.reading.live_reader import LiveReader
    from desktop.training.controller import TrainingController
    from desktop.training.fields import TrainingFields
    from desktop.widgets.page import Page


@dataclass(frozen=True, slots=True)
class LessonParts:
    """What a page can be connected to; each function below hands on what its page uses.

    Attributes:
        fields: Of the training panel.
        training: Trains, and knows what the panel asks for.
        reader: Reads the digit on the pad.
        step_runner: Takes single steps, and searches for a learning rate.
        shown: The newest weights.
    """

    fields: TrainingFields
    training: TrainingController
    reader: LiveReader
    step_runner: StepRunner
    shown: ShownWeights


# Each page is imported when it is first chosen, so that opening the lesson costs one page and not seven.


def _levels(lesson: LessonParts) -> Page:
    from desktop.lesson.levels.controller import LevelsController

    return LevelsController(lesson.fields).page


def _step(lesson: LessonParts) -> Page:
    from desktop.lesson.step_controller import StepController

    return StepController(lesson.step_runner, lesson.shown, lesson.training).page


def _weights(lesson: LessonParts) -> Page:
    from desktop.lesson.weights_controller import WeightsController

    return WeightsController(lesson.shown).page


def _network(lesson: LessonParts) -> Page:
    from desktop.lesson.network_picture.controller import NetworkController

    return NetworkController(lesson.shown, lesson.reader).page


def _rate(lesson: LessonParts) -> Page:
    from desktop.lesson.rate_controller import RateController

    return RateController(lesson.step_runner, lesson.training, lesson.fields).page


def _descent(_lesson: LessonParts) -> Page:
    from desktop.lesson.descent.page import DescentPage

    return DescentPage()


def _broadcasting(_lesson: LessonParts) -> Page:
    from desktop.lesson.broadcasting.page import BroadcastingPage

    return BroadcastingPage()


def _functions(lesson: LessonParts) -> Page:
    from desktop.lesson.functions.controller import FunctionsController

    return FunctionsController(lesson.reader).page


PAGES: dict[str, Callable[[LessonParts], Page]] = {
    "Levels": _levels,
    "Step": _step,
    "Weights": _weights,
    "Network": _network,
    "Rate": _rate,
    "Descent": _descent,
    "Broadcasting": _broadcasting,
    "Functions": _functions,
}
"""What makes each page, by the name on its tab, from left to right."""
