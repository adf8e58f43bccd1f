"""Searches against other programs and ways: ``python -m tests.benchmarks.search``, with ``--only`` for a row.

Peers fit a part of the same grid on the same cores, with joblib, and their time is scaled up to all of it.
The extra bench has scikit-learn, search has Optuna, cluster has Dask. ``--quick`` is a look alone.
"""

from __future__ import annotations

import argparse
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import torch

from engine.data.digits import Standardisation
from engine.data.sources import MNIST, TrainingData, load_training_data
from engine.search.events import SearchEnded, SearchStarted, TrialCompleted
from engine.search.plan import SearchPlan
from engine.search.request import SearchRequest
from engine.search.search import run_search
from engine.search.space import Space
from engine.search.space_text import parse_space
from engine.search.ways.cluster import LOCAL, Cluster
from engine.search.ways.processes import Processes
from engine.search.ways.way import InThisProcess, Way
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.thread_tuning import usable_cores
from tests.benchmarks.speed.task import data_folder

PLAIN = TrainingSettings(schedule="constant", momentum=0.0, batch_size=64, epochs=5)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to.

    Attributes:
        seconds: From the moment the workers were there to the end of the last trial.
        best_s: From then to each trial that was better than all before, with its score.
        trials: How many there were.
    """

    seconds: float
    best_s: tuple[tuple[float, float], ...]
    trials: int

    @property
    def best(self) -> float:
        """The best validation accuracy, 0 to 1."""
        return self.best_s[-1][1]


def search(plan: SearchPlan, data: TrainingData, way: Way, side_by_side: int = 1) -> Found:
    """Run a search and time it."""
    began, ended_s, best = time.perf_counter(), 0.0, []
    for event in run_search(SearchRequest(plan, data, way, side_by_side)):
        if isinstance(event, SearchStarted):
            began = time.perf_counter()
        elif isinstance(event, TrialCompleted):
            ended_s = time.perf_counter() - began
            if event.is_best and event.score is not None:
                best.append((ended_s, event.score))
        elif isinstance(event, SearchEnded):
            return Found(ended_s, tuple(best), len(event.trials))
    raise AssertionError("every search ends")


def our_best_way(plan: SearchPlan, data: TrainingData) -> float:
    """Seconds side by side, with whichever use of the cores is faster."""
    count, cores = plan.space.grid_trials, usable_cores()
    return min(
        search(plan, data, InThisProcess(threads=cores), count).seconds,
        search(plan, data, Processes(cores, threads=1), -(-count // cores)).seconds,
    )


def in_turn(space: Space, data: TrainingData, part: int) -> float:
    """Seconds for all trainings of a grid by `fit`, one after another, measured on so many of them."""
    torch.set_num_threads(1)
    trainings = [space.settings(point, seed) for point in space.grid() for seed in space.seeds]
    began = time.perf_counter()
    for settings in trainings[:: len(trainings) // part][:part]:
        for _ in fit(data.training, data.validation, settings, data.standardisation):
            pass
    return (time.perf_counter() - began) * len(trainings) / part


def by_peer(make: Callable[[TrainingSettings], object], space: Space, data: TrainingData, part: int) -> float:
    """Seconds for all trainings by scikit-learn's estimators, scored on the validation set, with joblib."""
    from joblib import Parallel, delayed

    inputs = data.standardisation(data.training.intensities()).numpy()
    judged = data.standardisation(data.validation.intensities()).numpy()
    targets, truth = data.training.labels.numpy(), data.validation.labels.numpy()
    trainings = [space.settings(point, seed) for point in space.grid() for seed in space.seeds]

    def score(settings: TrainingSettings) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that so few epochs do not converge
            model = make(settings)
            return model.fit(inputs, targets).score(judged, truth)  # type: ignore[attr-defined, no-any-return]

    with Parallel(n_jobs=usable_cores()) as parallel:
        parallel(delayed(len)(each) for each in [()] * usable_cores())  # its processes are there
        began = time.perf_counter()
        parallel(delayed(score)(each) for each in trainings[:: len(trainings) // part][:part])
        return (time.perf_counter() - began) * len(trainings) / part


def products_alone(networks: int, batch_size: int, sizes: tuple[int, ...], steps: int) -> float:
    """Seconds for the matrix products of all steps, batched, and nothing else, with all cores."""
    torch.set_num_threads(usable_cores())
    pairs = list(pairwise(sizes))
    inputs = [torch.rand(networks, batch_size, before) for before, _ in pairs]
    weights = [torch.rand(networks, before, after) for before, after in pairs]
    gradients = [torch.rand(networks, batch_size, after) for _, after in pairs]

    def step() -> None:
        for place, (given, weight, gradient) in enumerate(zip(inputs, weights, gradients, strict=True)):
            torch.bmm(given, weight)
            torch.bmm(given.transpose(1, 2), gradient)
            if place:
                torch.bmm(gradient, weight.transpose(1, 2))

    step()
    rounds, times = 20, []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(rounds):
            step()
        times.append((time.perf_counter() - began) / rounds)
    return statistics.median(times) * steps


def logistic(data: TrainingData, quick: bool) -> Iterator[str]:
    """64 logistic regressions."""
    from sklearn.linear_model import SGDClassifier

    space = parse_space(
        {"hidden": "none", "learning_rate": "0.001..0.1 in 8", "seed": "1..8"},
        PLAIN if not quick else TrainingSettings(schedule="constant", momentum=0.0, epochs=1),
    )
    ours = our_best_way(SearchPlan(space), data)

    def make(settings: TrainingSettings) -> object:
        return SGDClassifier(
            loss="log_loss",
            learning_rate="constant",
            eta0=settings.learning_rate / settings.batch_size,  # a step for each digit, not for a mini-batch
            alpha=0.0,
            max_iter=settings.epochs,
            tol=None,
            random_state=settings.seed,
        )

    theirs = by_peer(make, space, data, 2 if quick else 8)
    yield row(
        "64 logistic regressions, over joblib with SGDClassifier", "10 times", theirs / ours, ours, theirs
    )


def networks(data: TrainingData, quick: bool) -> Iterator[str]:
    """48 networks 784-32-10."""
    from sklearn.neural_network import MLPClassifier

    base = TrainingSettings(hidden=(32,), schedule="constant", epochs=1 if quick else 5)
    space = parse_space(
        {"learning_rate": "0.005..0.05 in 4", "momentum": "0.8 0.9 0.95", "seed": "1..4"}, base
    )
    ours = our_best_way(SearchPlan(space), data)

    def make(settings: TrainingSettings) -> object:
        return MLPClassifier(
            settings.hidden,
            solver="sgd",
            alpha=0.0,
            batch_size=settings.batch_size,
            learning_rate_init=settings.learning_rate,
            momentum=settings.momentum,
            nesterovs_momentum=False,
            max_iter=settings.epochs,
            random_state=settings.seed,
        )

    part = 2 if quick else 6
    theirs, turn = by_peer(make, space, data, part), in_turn(space, data, part)
    yield row("48 networks 784-32-10, over MLPClassifier", "8 times", theirs / ours, ours, theirs)
    yield row("48 networks 784-32-10, over `fit` in turn", "3 times", turn / ours, ours, turn)
    steps = base.epochs * -(-len(data.training) // base.batch_size)
    floor = products_alone(48, base.batch_size, (784, 32, 10), steps)
    yield row("48 networks 784-32-10, the matrix products alone", "a floor", floor / ours, ours, floor)


def learning(data: TrainingData, quick: bool) -> Iterator[str]:
    """TPE with halving against a full grid of as many trials, on 6,000 digits."""
    some = data.training.take(torch.arange(1_000 if quick else 6_000))
    data = TrainingData(some, data.validation, None, Standardisation.of(some))
    base = TrainingSettings(epochs=3)
    written = {"learning_rate": "0.002..0.5", "momentum": "0.5..0.95", "hidden": "8..64"}
    grid = parse_space({name: f"{text} in {2 if quick else 6}" for name, text in written.items()}, base)
    trials = 8 if quick else 200
    best = search(SearchPlan(grid), data, Processes(usable_cores(), threads=1), 8)
    for seed in range(1, 2 if quick else 6):
        plan = SearchPlan(parse_space(written, base), "tpe", trials, seed, halving=True)
        found = search(plan, data, Processes(usable_cores(), threads=1))
        reached = next((seconds for seconds, score in found.best_s if score >= best.best), None)
        when = "not reached" if reached is None else f"reached after {reached:.1f} s of {found.seconds:.1f} s"
        yield (
            f"| TPE with halving, {trials} trials, seed {seed}, over a grid of {best.trials} "
            f"({best.seconds:.1f} s) | never worse | {100 * found.best:.2f} % over {100 * best.best:.2f} %, "
            f"{when} |"
        )


def cluster(data: TrainingData, quick: bool) -> Iterator[str]:
    """Trials a minute with two Dask workers on this machine, over one."""
    base = TrainingSettings(hidden=(32,), epochs=1 if quick else 2)
    plan = SearchPlan(parse_space({"learning_rate": "0.01..0.1 in 16"}, base))
    paces: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(1 if quick else 3):
        for workers, found in paces.items():
            done = search(plan, data, Cluster(LOCAL, workers))
            found.append(60 * done.trials / done.seconds)
    one, two = (statistics.median(found) for found in paces.values())
    yield (
        f"| trials a minute with two Dask workers here, over one | 1.8 times | {two / one:.2f} times "
        f"({two:.0f} over {one:.0f}) |"
    )


def row(what: str, goal: str, times: float, ours: float, theirs: float) -> str:
    """A line of the table."""
    return f"| {what} | {goal} | {times:.1f} times ({ours:.1f} s over {theirs:.1f} s) |"


ROWS = {"logistic": logistic, "networks": networks, "learning": learning, "cluster": cluster}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS), metavar="ROW")
    parser.add_argument("--quick", action="store_true", help="smaller and shorter: only a look")
    options = parser.parse_args()
    data = load_training_data(MNIST, data_folder())
    print("| what | to reach | measured |\n|---|---|---|")
    for name in options.only:
        for line in ROWS[name](data, options.quick):
            print(line, flush=True)


if __name__ == "__main__":
    main()
