"""A search in the store: each trial is a run, whole or not at all, and a killed search loses none of them."""

from __future__ import annotations

import contextlib
import math

from engine.data.sources import TrainingData
from engine.errors import ModelFileError, ScratchpadError, StoreError
from engine.models.model import Model
from engine.models.model_file import load_model, save_model
from engine.search.events import TrialCompleted
from engine.search.objective import score_of
from engine.search.plan import SearchPlan, plan_from, plan_text, values_of
from engine.search.trial import SentWeights, Trial, sent
from engine.store.run import Run
from engine.store.search import EndedTrial
from engine.store.store import Store
from engine.training.learner import architecture_of
from engine.training.run_events import RunDescription
from engine.training.run_states import FAILED, FINISHED


class StoreRecording:
    """Keeps a search in a store.

    Attributes:
        search: Its number; None before `begin`, unless an earlier one goes on.
    """

    def __init__(self, store: Store, search: int | None = None, device: str = "CPU") -> None:
        """Write nothing yet.

        Args:
            store: Where to keep it.
            search: Number of an earlier search to go on with, or None for a new one.
            device: What its trials train on.
        """
        self.search = search
        self._store = store
        self._device = device
        self._is_over = False

    def begin(self, plan: SearchPlan, data: TrainingData) -> list[TrialCompleted]:
        """A new search is written; of an earlier one, all that it has done comes back.

        Raises:
            StoreError: It cannot be kept, is gone, had another plan or other data, or runs elsewhere.
        """
        searches = self._store.searches
        self._plan, self._data = plan, data
        if self.search is None:
            varied = ", ".join(name.replace("_", " ") for name in plan.space.varied) or "seed"
            name = f"{data.training.name}, {varied}"
            self.search = searches.start(name, data.training.name, plan_text(plan))
            return []
        earlier = searches.get(self.search)
        if plan_from(earlier.plan) != plan:
            raise StoreError("This search had another plan: start a new one.")
        if earlier.data != data.training.name:
            raise StoreError(
                f"This search learned from {earlier.data}, not from {data.training.name}: choose the "
                "same data."
            )
        searches.go_on(self.search)
        known = (self._known(run) for run in searches.trials(self.search))
        return [each for each in known if each is not None]

    def add(self, completed: TrialCompleted, model: Model | None) -> tuple[int | None, str]:
        """Write the weights, if the trial is among the best, and then the trial."""
        assert self.search is not None  # `begin` came first
        searches, trouble = self._store.searches, ""
        path = searches.new_weights()
        if model is not None:
            try:
                save_model(model, path, is_private=True)
            except ModelFileError as error:
                trouble = f"{error} The search goes on."
        ended = EndedTrial(
            self.search,
            completed.trial.point,
            self._about(completed.trial),
            completed.state,
            completed.message,
            completed.seconds,
            completed.figures,
            completed.losses,
        )
        try:
            return searches.add_trial(ended, path), trouble
        except StoreError as error:
            return None, str(error)

    def drop_weights(self, run: int | None) -> None:
        """Remove the file."""
        if run is not None:
            self._store.searches.remove_weights(run)

    def weights(self, run: int | None) -> SentWeights | None:
        """Read the file, if there is one."""
        with contextlib.suppress(ScratchpadError):
            path = None if run is None else self._store.searches.weights_path(run)
            if path is not None and path.is_file():
                return sent(load_model(path).weights)
        return None

    def end(self, state: str, run: int | None, model: Model | None) -> str:
        """Of a search that came to its end, write the winner with its figures; then that it is over."""
        if self._is_over or self.search is None:
            return ""
        self._is_over = True
        searches, trouble = self._store.searches, ""
        try:
            if state == FINISHED and run is not None and model is not None:
                path = searches.weights_path(run)
                if path is not None:
                    save_model(model, path, is_private=True)
                searches.name_winner(run, model)
        except ScratchpadError as error:
            trouble = str(error)
        try:
            searches.end(self.search, state)
        except StoreError as error:
            trouble = str(error)
        return trouble

    def _about(self, trial: Trial) -> RunDescription:
        settings, data = trial.settings, self._data
        architecture = architecture_of(settings, data.training.classes)
        return RunDescription(
            f"{data.training.name} {architecture.describe()}, trial {trial.number}",
            data.training.name,
            settings,
            architecture,
            data.standardisation,
            -(-len(data.training) // settings.batch_size) * settings.epochs,
            self._device,
            data.attribution,
            data.training.classes,
        )

    def _known(self, run: Run) -> TrialCompleted | None:
        """A trial from its run; None if it cannot be read, and is done again."""
        space = self._plan.space
        if run.settings is None or run.point is None or run.settings.seed not in space.seeds:
            return None
        curves = self._store.runs.curves(run.id)
        number = run.point * len(space.seeds) + space.seeds.index(run.settings.seed) + 1
        score = None
        if run.state != FAILED and curves.epochs:
            found = score_of(curves.epochs[-1], self._plan.objective)
            score = found if math.isfinite(found) else None
        return TrialCompleted(
            Trial(number, run.point, run.settings),
            values_of(space, run.settings),
            run.state,
            score,
            curves.epochs,
            run.seconds,
            0,
            curves.losses,
            run.message,
            run.id,
            is_known=True,
        )
