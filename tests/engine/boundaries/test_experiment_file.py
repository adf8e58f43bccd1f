"""Experiments in files."""

import json
from dataclasses import replace

import numpy as np
import pytest

from engine.boundaries.experiment import Experiment, PatternSettings
from engine.boundaries.experiment_file import (
    experiment_text,
    parse_experiment,
    read_experiment,
    write_experiment,
)
from engine.boundaries.model_settings import FOREST, KINDS, NETWORK, ModelSettings
from engine.errors import DataError
from engine.plane.patterns import make_points
from engine.trees.settings import ForestSettings, TreeSettings

PAINTED = make_points("blobs", 40, 3)


def test_a_pattern_and_its_models_come_back(tmp_path):
    written = Experiment(
        PatternSettings("spirals", 300, 2, 0.1, 7),
        test_share=0.25,
        split_seed=3,
        models=(
            ModelSettings(NETWORK, ("x", "y", "sin x")),
            ModelSettings(FOREST, forest=ForestSettings(20, TreeSettings("entropy", 5, 2), 1, False, 4)),
        ),
    )
    path = tmp_path / "experiment.boundaries.json"
    write_experiment(path, written)
    read = read_experiment(path)
    assert (read.pattern, read.models, read.test_share) == (written.pattern, written.models, 0.25)
    assert read.points is None
    assert path.stat().st_size < 3000


def test_painted_points_come_back_to_the_last_bit():
    read = parse_experiment(experiment_text(Experiment(points=PAINTED, names=("red", "green", "blue"))))
    assert np.array_equal(read.points.coordinates, PAINTED.coordinates)
    assert np.array_equal(read.points.labels, PAINTED.labels)
    assert read.names == ("red", "green", "blue")


def test_what_is_unknown_or_missing_is_as_usual():
    read = parse_experiment('{"kind": "scratchpad-boundaries", "version": 2, "sky": "blue", "models": [{}]}')
    assert read.pattern == PatternSettings()
    assert read.models == (ModelSettings(),)


def damaged(**changes):
    return json.dumps({**json.loads(experiment_text(Experiment(points=PAINTED))), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x,y,class",
        "[" * 100_000,
        "[]",
        '{"kind": "else"}',
        damaged(pattern={"pattern": "roses"}, points=None),
        damaged(pattern={"count": 2.5}),
        damaged(pattern=[1]),
        damaged(points=[[1, 2]]),
        damaged(points=[[1, 2, 9]]),
        damaged(points=[[1, 2, 0.5]]),
        damaged(points=[["a", "b", 0]]),
        damaged(points=[[1e300, 0, 0]]),
        damaged(points="many"),
        damaged(test_share=2),
        damaged(test_share=None),
        damaged(models=[]),
        damaged(models=[{}, {}, {}]),
        damaged(models=[{"kind": "oracle"}]),
        damaged(models=[{"training": {"learning_rate": -1}}]),
        damaged(models=[{"kind": "forest", "forest": {"trees": 10**9}}]),
        damaged(models=[{"features": [1]}]),
        damaged(split_seed=-1),
        damaged(models=[{"training": {"learning_rate": 0.1}}]).replace("0.1", "1e999"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(text):
    with pytest.raises(DataError, match=r"^“f” .*\.$"):
        parse_experiment(text, "“f”")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(DataError, match="could not be opened"):
        read_experiment(tmp_path / "none.json")
    with pytest.raises(DataError, match="could not be written"):
        write_experiment(tmp_path / "no folder" / "f.json", Experiment())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_learns_from_an_experiment(kind):
    experiment = replace(Experiment(), models=(ModelSettings(kind, forest=ForestSettings(trees=3)),))
    experiment.check()
    learner = experiment.models[0].make_learner(*experiment.all_points().split(0.3, 1))
    state = learner.advance()
    assert 0 < state.test.accuracy <= 1
    assert state.model.classes == 4
    learner.close()
