"""The winner of a search: the network of its best trial, which alone is measured on the test set."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import replace

from engine.data.sources import TrainingData
from engine.models.model import Model, Provenance
from engine.search.choice import Chosen, choose
from engine.search.events import TrialCompleted
from engine.search.kept_weights import KeptWeights
from engine.search.request import SearchRequest
from engine.search.trial import SentWeights, Trial, received
from engine.training.learner import architecture_of
from engine.training.run import finish_model

_LOOK_S = 0.1


def find_winner(
    request: SearchRequest, completed: Sequence[TrialCompleted], kept: KeptWeights, is_whole: bool
) -> tuple[Chosen | None, Model | None]:
    """The best trial and its network.

    With several seeds, the best trial of the best point may not be among the best trials; its weights are
    gone then, and it is trained again, with the same numbers.

    Args:
        request: Of the search, whose workers are still there.
        completed: All trials that are over.
        kept: The weights of the best of them.
        is_whole: Whether the search came to its end. If it was stopped it may go on later: then nothing is
            trained again, and the test set is left alone.
    """

    def weights_of(each: TrialCompleted) -> SentWeights | None:
        here = kept.get(each.trial.number)
        return request.recording.weights(each.run) if here is None else here

    objective, data = request.plan.objective, request.data
    chosen = choose(completed, objective, len(request.plan.space.seeds))
    if chosen is None:
        return None, None
    weights = weights_of(chosen.trial)
    if weights is None and is_whole:
        weights = _train_again(request, chosen.trial.trial)
    if weights is None:  # the best of those whose weights are there
        other = choose([each for each in completed if weights_of(each) is not None], objective, 1)
        if other is None:
            return chosen, None
        chosen, weights = other, weights_of(other.trial)
        assert weights is not None  # only such were to choose from
    settings = chosen.trial.trial.settings
    measured = data if is_whole else replace(data, test=None)
    architecture = architecture_of(settings, data.training.classes)
    return chosen, finish_model(measured, settings, architecture, received(weights))


def trial_model(data: TrainingData, trial: Trial, weights: SentWeights, accuracy: float) -> Model:
    """The network of any trial, with its validation accuracy and no figure of the test set."""
    architecture = architecture_of(trial.settings, data.training.classes)
    return Model(
        f"{data.training.name} {architecture.describe()}, trial {trial.number}",
        architecture,
        received(weights),
        data.standardisation,
        Provenance(data.training.name, accuracy, seed=trial.settings.seed, attribution=data.attribution),
        classes=data.training.classes,
    )


def _train_again(request: SearchRequest, trial: Trial) -> SentWeights | None:
    future = request.way.submit((trial,))
    while not request.is_stopped():
        try:
            return future.result(timeout=_LOOK_S)[0].weights
        except TimeoutError:
            continue
        except Exception as error:
            if not (isinstance(error, CancelledError) or request.way.was_lost(error)):
                raise
            break
    return None
