"""Models of the plane against their peers: ``python -m tests.benchmarks.boundaries``.

Trees and forests against scikit-learn's on five sets of 10,000 points, each with its own half to test on;
regions of a forest on a grid; two spirals; epochs a second of a small network. TensorFlow Playground's core
runs beside the last of these where Node.js, npx and a clone of it are there:

    git clone https://github.com/tensorflow/playground
    python -m tests.benchmarks.boundaries --playground playground

CPU times, in seconds, are medians of some rounds in turn; those of the clock are named so.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from engine.boundaries import network_learner
from engine.boundaries.network_learner import SPIRALS_SETTINGS, USUAL_SETTINGS, NetworkLearner, fit_plane
from engine.plane.patterns import make_points
from engine.plane.points import Points
from engine.trees.forest import Forest, grow_forest
from engine.trees.growing import grow_tree
from engine.trees.regions import Regions
from engine.trees.samples import Samples
from engine.trees.settings import ForestSettings, TreeSettings

ROUNDS = 5
POINTS = 20_000
TREES = 100
SIDE = 200
SETS = {"colours": 0.0, "moons": 1.0, "circles": 0.4, "spirals": 0.3, "stripes": 0.3}
EPOCH_SECONDS = 1.0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--playground", type=Path, help="a clone of tensorflow/playground")
    options = parser.parse_args()
    torch.set_num_threads(1)
    print_fits()
    print_regions()
    print_spirals()
    print_epochs(options.playground)


def print_fits() -> None:
    """Accuracy and time to fit, beside scikit-learn's."""
    print("| 10,000 points | accuracy | scikit-learn's | CPU | scikit-learn's | ratio | clock, 2 threads |")
    print("|---|---|---|---|---|---|---|")
    for name, noise in SETS.items():
        training, test = make_points(name, POINTS, noise=noise).split(0.5, 1)
        samples = Samples.of(training.coordinates, training.labels)
        pair = training.coordinates, training.labels
        fits: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "tree": (
                lambda samples=samples: grow_tree(samples, TreeSettings()),
                lambda pair=pair: DecisionTreeClassifier(random_state=1).fit(*pair),
            ),
            f"{TREES} trees": (
                lambda samples=samples: forest_of(samples),
                lambda pair=pair: RandomForestClassifier(TREES, random_state=1, n_jobs=1).fit(*pair),
            ),
        }
        for model, (ours, theirs) in fits.items():
            (own, own_s), (judge, judge_s) = in_turn(ours, theirs)
            clock = clock_of(lambda samples=samples: forest_of(samples, 2)) if model != "tree" else None
            right = f"{accuracy(own, test):.2%} | {accuracy(judge, test):.2%}"
            seconds = f"{own_s:.3f} | {judge_s:.3f} | {own_s / judge_s:.2f}"
            print(
                f"| {name}, {model} | {right} | {seconds} | {'' if clock is None else f'{clock:.2f}'} |",
                flush=True,
            )


def forest_of(samples: Samples, threads: int = 1) -> Forest:
    """A whole forest."""
    return Forest([each.tree for each in grow_forest(samples, ForestSettings(TREES), threads)])


def print_regions() -> None:
    """A forest on a grid: painted as rectangles, walked, and by scikit-learn."""
    training, _ = make_points("colours", POINTS).split(0.5, 1)
    axis = np.linspace(-6, 6, SIDE)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    forest = forest_of(Samples.of(training.coordinates, training.labels))
    judge = RandomForestClassifier(TREES, random_state=1).fit(training.coordinates, training.labels)

    def paint() -> np.ndarray:
        regions = Regions(axis, axis, forest.classes)
        regions.add(forest)
        return regions.probabilities()

    painted, walked, theirs = in_turn(
        paint, lambda: forest.probabilities(grid), lambda: judge.predict_proba(grid)
    )
    print(f"\n| {TREES} trees, {len(forest.lefts):,} nodes, on {SIDE} x {SIDE} | CPU |\n|---|---|")
    for name, (_, seconds) in (("rectangles", painted), ("walked", walked), ("scikit-learn's", theirs)):
        print(f"| {name} | {1000 * seconds:.0f} ms |")


def print_spirals() -> None:
    """Seconds until 99 % of held-out points are right, and stay so in the next epoch."""
    print("\n| spirals, 99 % of held-out points | epochs | CPU |\n|---|---|---|")
    for arms, noise in ((2, 0.0), (2, 0.1), (3, 0.0), (5, 0.0)):
        for seed in (1, 2, 3):
            training, test = make_points("spirals", 1000, arms, noise, seed).split(0.5, seed)
            began, right = time.process_time(), 0
            for told in fit_plane(training, test, replace(SPIRALS_SETTINGS, seed=seed)):
                right = right + 1 if told.test.accuracy >= 0.99 else 0
                taken = time.process_time() - began
                if right == 2 or taken > 30:
                    break
            print(
                f"| {arms} arms, noise {noise}, seed {seed} | {told.epochs:.0f} | {taken:.2f} s |", flush=True
            )


def print_epochs(playground: Path | None) -> None:
    """Epochs a second of 2-8-8-2 on 1,000 points, figures and grid 20 times a second for ours."""
    print("\n| 2-8-8-2, 1,000 points, epochs a CPU second | batch 10 | batch 30 | batch 100 |")
    print("|---|---|---|---|")
    points = make_points("circles", 1000)
    batches = (10, 30, 100)
    quick, parts = "quick steps, drawn", "level 7's parts, drawn"
    core = "TensorFlow Playground's core, not drawn"
    with tempfile.TemporaryDirectory() as folder:
        core_file = translated(playground, Path(folder)) if playground and shutil.which("npx") else None
        rates: dict[str, list[list[float]]] = {}
        for _ in range(ROUNDS):
            rates.setdefault(quick, []).append([epochs_a_second(points, batch) for batch in batches])
            with patch.object(network_learner, "quick_steps", return_value=None):
                rates.setdefault(parts, []).append([epochs_a_second(points, batch) for batch in batches])
            if core_file is not None:
                rates.setdefault(core, []).append(playground_rates(core_file, points, batches))
    medians = {
        name: [statistics.median(each) for each in zip(*found, strict=True)] for name, found in rates.items()
    }
    for name, found in medians.items():
        print(f"| {name} | {' | '.join(f'{rate:.0f}' for rate in found)} |")
    for other in (parts, core):
        if other in medians:
            # Round by round, since other programs slow all of them down together.
            over = [
                statistics.median(
                    own[place] / theirs[place] for own, theirs in zip(rates[quick], rates[other], strict=True)
                )
                for place in range(len(batches))
            ]
            words = f"quick steps over {other.partition(',')[0]}"
            print(f"| {words} | {' | '.join(f'{ratio:.2f}' for ratio in over)} |")
    if core not in medians:
        print(f"| {core} | not there | not there | not there |")


def epochs_a_second(points: Points, batch: int) -> float:
    """Steps of ReLU and SGD, with 20 times a second the figures of all points and probabilities on a grid."""
    axis = np.linspace(-6, 6, 100)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    learner = NetworkLearner(points, Points.none(), replace(USUAL_SETTINGS, batch_size=batch))
    told = learner.advance()
    began, epochs = time.process_time(), told.epochs
    while time.process_time() - began < EPOCH_SECONDS:
        told = learner.advance(0.05)
        told.model.probabilities(grid)
    return (told.epochs - epochs) / (time.process_time() - began)


_PLAYGROUND = """
const nn = require(process.argv[2]), points = JSON.parse(require("fs").readFileSync(0));
const rates = points.batches.map(batch => {
  const network = nn.buildNetwork([2, 8, 8, 1], nn.Activations.RELU, nn.Activations.TANH, null, ["x", "y"]);
  const epoch = () => points.rows.forEach(([x, y, label], i) => {
    nn.forwardProp(network, [x, y]);
    nn.backProp(network, label, nn.Errors.SQUARE);
    if ((i + 1) % batch === 0) nn.updateWeights(network, 0.03, 0);
  });
  for (let i = 0; i < 50; i++) epoch();
  const began = process.cpuUsage();
  let epochs = 0, seconds = 0;
  while (seconds < points.seconds) {
    epoch(); epochs++;
    const used = process.cpuUsage(began);
    seconds = (used.user + used.system) / 1e6;
  }
  return epochs / seconds;
});
console.log(JSON.stringify(rates));
"""


def translated(clone: Path, folder: Path) -> Path:
    """Its file as JavaScript."""
    translate = ["npx", "--yes", "-p", "typescript@5", "tsc", "--target", "es2020", "--module", "commonjs"]
    # It says that types of 2016 are not those of today, and translates all the same.
    with suppress(subprocess.CalledProcessError):
        subprocess.run(
            [*translate, "--outDir", str(folder), str(clone / "src/nn.ts")], check=True, capture_output=True
        )
    return folder / "nn.js"


def playground_rates(core: Path, points: Points, batches: tuple[int, ...]) -> list[float]:
    """Epochs a second of its own code: one output with tanh and squared error, which is all it has."""
    script = core.with_name("epochs.js")
    script.write_text(_PLAYGROUND)
    rows = [
        [x, y, 2 * label - 1]
        for (x, y), label in zip(points.coordinates.tolist(), points.labels.tolist(), strict=True)
    ]
    said = subprocess.run(
        ["node", str(script), str(core)],
        input=json.dumps({"rows": rows, "batches": batches, "seconds": EPOCH_SECONDS}),
        text=True,
        capture_output=True,
        check=True,
    )
    rates: list[float] = json.loads(said.stdout)
    return rates


def in_turn(*ways: Callable[[], object]) -> Iterator[tuple[object, float]]:
    """What each makes, and its median CPU seconds."""
    taken: list[list[float]] = [[] for _ in ways]
    made: list[object] = [None] * len(ways)
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            began = time.process_time()
            made[place] = way()
            taken[place].append(time.process_time() - began)
    yield from zip(made, map(statistics.median, taken), strict=True)


def clock_of(way: Callable[[], object]) -> float:
    """Median seconds of the clock."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        way()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def accuracy(model: object, points: Points) -> float:
    """Share of points that are right."""
    return float((model.predict(points.coordinates) == points.labels).mean())  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
