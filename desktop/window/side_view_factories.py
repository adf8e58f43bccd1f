"""Side view factories: what makes each side view, which is imported only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.networks.networks import Networks
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.reading.panel import PredictionPanel
from desktop.services.collection import Collection
from desktop.services.folders import data_folder
from desktop.services.store_service import StoreService
from desktop.settings.settings import Settings
from desktop.training.controller import TrainingController
from desktop.training.panel import TrainingPanel
from desktop.widgets.actions import Actions
from desktop.widgets.small_widgets import ActionButton

if TYPE_CHECKING:
    from desktop.boundaries.boundaries_controller import BoundariesController
    from desktop.drawings.drawings_controller import DrawingsController
    from desktop.explain.controller import ExplainController
    from desktop.help.help_controller import HelpController
    from desktop.lesson.lesson_controller import LessonController
    from desktop.pad.document import PadDocument
    from desktop.results.results_controller import ResultsController
    from desktop.runs.runs_controller import RunsController
    from desktop.search.search_controller import SearchController
    from desktop.trace.controller import TraceController


@dataclass(frozen=True, slots=True)
class SideViewFactories:
    """Each makes one side view, owned by the object that it is called with."""

    lesson: Callable[[QObject], LessonController]
    why: Callable[[QObject], ExplainController]
    steps: Callable[[QObject], TraceController]
    results: Callable[[QObject], ResultsController]
    drawings: Callable[[QObject], DrawingsController]
    search: Callable[[QObject], SearchController]
    boundaries: Callable[[QObject], BoundariesController]
    help: Callable[[QObject], HelpController]


def side_view_factories(
    *,
    actions: Actions,
    document: PadDocument,
    reader: LiveReader,
    labeller: Labeller,
    prediction: PredictionPanel,
    training: TrainingPanel,
    training_controller: TrainingController,
    networks: Networks,
    collection: Collection,
    store_service: StoreService,
    settings: Settings,
) -> SideViewFactories:
    """Give each side view what it works with, and nothing else."""

    def lesson(parent: QObject) -> LessonController:
        from desktop.lesson.lesson_controller import LessonController

        return LessonController(training, training_controller, networks, reader, settings.lesson, parent)

    def why(parent: QObject) -> ExplainController:
        from desktop.explain.controller import ExplainController

        return ExplainController(reader, prediction.bars, parent)

    def steps(parent: QObject) -> TraceController:
        from desktop.trace.controller import TraceController

        return TraceController(reader, document, parent)

    def runs(parent: QObject) -> RunsController:
        from desktop.runs.runs_controller import RunsController

        return RunsController(
            store_service=store_service,
            networks=networks,
            trainer=training_controller.trainer,
            fields=training.fields,
            settings=settings,
            parent=parent,
        )

    def results(parent: QObject) -> ResultsController:
        from desktop.results.results_controller import ResultsController

        return ResultsController(
            document=document,
            networks=networks,
            training_controller=training_controller,
            settings=settings,
            make_runs=partial(runs, parent),
            parent=parent,
        )

    def drawings(parent: QObject) -> DrawingsController:
        from desktop.drawings.drawings_controller import DrawingsController

        controller = DrawingsController(collection, labeller, networks, parent)
        for action in (actions.learn, actions.practise):
            controller.view.add_tool(ActionButton(action))
        return controller

    def search(parent: QObject) -> SearchController:
        from desktop.search.search_controller import SearchController

        return SearchController(
            fields=training.fields,
            training_controller=training_controller,
            networks=networks,
            store_service=store_service,
            settings=settings,
            parent=parent,
        )

    def boundaries(parent: QObject) -> BoundariesController:
        from desktop.boundaries.boundaries_controller import BoundariesController

        return BoundariesController(data_folder(), parent=parent)

    def help_(parent: QObject) -> HelpController:
        from desktop.help.help_controller import HelpController

        return HelpController(actions, parent)

    return SideViewFactories(lesson, why, steps, results, drawings, search, boundaries, help_)
