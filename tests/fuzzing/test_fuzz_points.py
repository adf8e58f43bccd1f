"""Damaged experiments and CSV files of points: what can be learned from, or one sentence."""

import pytest

from engine.boundaries.experiment import Experiment
from engine.boundaries.experiment_file import experiment_text, parse_experiment
from engine.boundaries.model_settings import FOREST, ModelSettings
from engine.errors import DataError, SettingsError
from engine.plane.csv_file import read_points
from engine.plane.csv_text import csv_lines
from engine.plane.patterns import make_points
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import SLOW_S, check_reader

POINTS = make_points("blobs", 6, 3)
EXPERIMENTS = [
    experiment_text(Experiment(points=POINTS, names=("red", "green", "blue"))).encode(),
    experiment_text(Experiment(models=(ModelSettings(), ModelSettings(FOREST)))).encode(),
]
TABLES = ["".join(csv_lines(POINTS)).encode(), b"1,5;-2;red\n0;3;blue\n", b"1\t2\ta\n3\t4\tb\n"]
_MOST_MIB = 256


def check(count, seed, folder):
    path = folder / "damaged"

    def experiment(content):
        found = parse_experiment(content.decode("utf-8", "replace"))
        # Whatever was taken can be shown and written again.
        found.all_points().split(found.test_share, found.split_seed)
        experiment_text(found)

    def table(content):
        path.write_bytes(content)
        read_points(path).points.split(0.3, 1)

    for read, samples in ((experiment, EXPERIMENTS), (table, TABLES)):
        report = check_reader(read, mutations(samples, count, seed), (DataError, SettingsError))
        print(f"{read.__name__}: {report}")
        assert report.foreign == {}
        assert report.memory_mib < _MOST_MIB
        assert count < 10_000 or report.slowest_s < SLOW_S


def test_damaged_points_are_points_or_one_sentence(tmp_path):
    check(2_000, 1, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_damaged_points_are_points_or_one_sentence(tmp_path):
    check(20_000, 2, tmp_path)
