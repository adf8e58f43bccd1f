"""Pages: the table of the lesson's pages. A new one adds a function and a row here, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.lesson.network_sources import NetworkSources
    from desktop.lesson.rate_runner import RateRunner
    from desktop.lesson.shown_weights import ShownWeights
    from desktop.lesson.step_runner import StepRunner
    from desktop.reading.live_reader import LiveReader
    from desktop.training.controller import TrainingController
    from desktop.training.fields import TrainingFields
    from desktop.widgets.panels.page import Page


@dataclass(frozen=True, slots=True)
class LessonParts:
    """What a page can be connected to; each function below hands on what its page uses.

    Attributes:
        fields: Of the training panel.
        training: Trains, and knows what the panel asks for.
        reader: Reads the digit on the pad.
        step_runner: Takes single steps.
        rate_runner: Searches for a learning rate.
        sources: The networks that can be looked into.
    """

    fields: TrainingFields
    training: TrainingController
    reader: LiveReader
    step_runner: StepRunner
    rate_runner: RateRunner
    sources: NetworkSources

    @property
    def shown(self) -> ShownWeights:
        """Another choice among the networks each time: one for each page."""
        from desktop.lesson.shown_weights import ShownWeights

        return ShownWeights(self.sources)


# Each page is imported when it is first chosen, so that opening the lesson costs one page and not all.


def _levels(lesson: LessonParts) -> Page:
    from desktop.lesson.levels.controller import LevelsController

    return LevelsController(lesson.fields, lesson.step_runner, lesson.training).page


def _step(lesson: LessonParts) -> Page:
    from desktop.lesson.step.controller import StepController

    return StepController(lesson.step_runner, lesson.sources, lesson.training).page


def _weights(lesson: LessonParts) -> Page:
    from desktop.lesson.weights_controller import WeightsController

    return WeightsController(lesson.shown).page


def _network(lesson: LessonParts) -> Page:
    from desktop.lesson.network_picture.controller import NetworkController

    return NetworkController(lesson.shown, lesson.reader).page


def _rate(lesson: LessonParts) -> Page:
    from desktop.lesson.rate_controller import RateController

    return RateController(lesson.rate_runner, lesson.sources, lesson.training, lesson.fields).page


def _descent(_lesson: LessonParts) -> Page:
    from desktop.lesson.descent.page import DescentPage

    return DescentPage()


def _matrix_product(_lesson: LessonParts) -> Page:
    from desktop.lesson.matrix_product.page import MatrixProductPage

    return MatrixProductPage()


def _broadcasting(_lesson: LessonParts) -> Page:
    from desktop.lesson.broadcasting.page import BroadcastingPage

    return BroadcastingPage()


def _functions(lesson: LessonParts) -> Page:
    from desktop.lesson.functions.controller import FunctionsController

    return FunctionsController(lesson.reader).page


def _speed(lesson: LessonParts) -> Page:
    from desktop.lesson.speed.controller import SpeedController

    return SpeedController(lesson.step_runner, lesson.training).page


PAGES: dict[str, Callable[[LessonParts], Page]] = {
    "Levels": _levels,
    "Step": _step,
    "Weights": _weights,
    "Network": _network,
    "Rate": _rate,
    "Descent": _descent,
    "Matrix product": _matrix_product,
    "Broadcasting": _broadcasting,
    "Functions": _functions,
    "Speed": _speed,
}
"""What makes each page, by the name on its tab, from left to right."""
