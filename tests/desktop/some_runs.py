"""Runs to show, and a store that has some."""

from array import array
from dataclasses import replace

from engine.models.model import Model, Provenance
from engine.models.model_file import save_model
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.store.run import FINISHED, Run
from engine.store.run_recorder import RunDescription
from engine.store.search import EndedTrial
from engine.training.epoch_figures import EpochFigures
from engine.training.learner import architecture_of
from tests.engine.store.store_writer import epoch, steps

RUN = Run(
    id=1,
    name="a run",
    created="2026-02-28T12:00:00.000+00:00",
    state=FINISHED,
    message="",
    data="MNIST",
    settings=TrainingSettings(),
    sizes=(784, 100, 10),
    device="CPU",
    steps=10,
    total_steps=20,
    seconds=3.0,
    validation_loss=0.1,
    validation_accuracy=0.97,
    test_accuracy=0.98,
    path=None,
)


def some_run(**changes):
    return replace(RUN, **changes)


def begin_run(store, name, settings=None, total_steps=40, data="MNIST"):
    """The recorder of a run that goes on."""
    from engine.data.digits import Standardisation

    settings = settings or TrainingSettings(hidden=())
    return store.runs.start(
        RunDescription(
            name, data, settings, architecture_of(settings), Standardisation(0.1, 0.3), total_steps, "CPU"
        )
    )


def keep_run(store, name, accuracy=0.9, state=FINISHED, settings=None, data="MNIST", is_trained=True):
    """Keep a run with an epoch and, if it is to have any, random weights; its number."""
    from engine.data.digits import Standardisation

    settings = settings or TrainingSettings(hidden=())
    recorder = begin_run(store, name, settings, data=data)
    model = None
    if is_trained:
        recorder.add(steps(0, 40))
        recorder.add(epoch(1, 40, accuracy))
        architecture = architecture_of(settings)
        weights = Network(architecture, settings.seed).snapshot()
        model = Model(name, architecture, weights, Standardisation(0.1, 0.3), Provenance(data, accuracy))
    recorder.finish(state, model)
    return recorder.run


def keep_search(store, accuracies, state=FINISHED):
    """Keep a search with a trial for each of these accuracies, with random weights; its number."""
    search = store.searches.start("MNIST, learning rate", "MNIST", "{}")
    for point, accuracy in enumerate(accuracies):
        keep_trial(store, search, point, accuracy)
    store.searches.end(search, state)
    return search


def keep_trial(store, search, point, accuracy):
    """Keep a trial of a search; the number of its run."""
    from engine.data.digits import Standardisation

    settings = TrainingSettings(hidden=(), learning_rate=0.01 * (point + 1))
    name, architecture, standardisation = (
        f"trial {point + 1}",
        architecture_of(settings),
        Standardisation(0.1, 0.3),
    )
    about = RunDescription(name, "MNIST", settings, architecture, standardisation, 40, "CPU")
    figures = (EpochFigures(1, 40, 0.3, 0.9, 0.3, accuracy),)
    losses = array("f", steps(0, 40).losses)
    weights = store.searches.new_weights()
    snapshot = Network(architecture, point).snapshot()
    save_model(Model(name, architecture, snapshot, standardisation, Provenance("MNIST", accuracy)), weights)
    ended = EndedTrial(search, point, about, FINISHED, "", 1.0, figures, losses)
    return store.searches.add_trial(ended, weights)
