"""Damaged stores: each opens, or is refused in a sentence, and all that can be asked of it is answered."""

import contextlib
import shutil

import pytest

from engine.errors import ScratchpadError
from engine.store.store import FILE_NAME, Store
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import SLOW_S, check_reader
from tests.fuzzing.store_bytes import filled_store


def reader(folder):
    def read(data: bytes) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / FILE_NAME).write_bytes(data)
        with contextlib.closing(Store.open(folder)) as store:
            store.drawings.counts()
            store.drawings.numbered(store.drawings.numbers())
            store.drawings.entries(are_deleted=True)
            for run in store.runs.entries():
                store.runs.curves(run.id)
            store.runs.changed(0)
            for search in store.searches.entries():
                store.searches.trials(search.id)

    return read


def check(tmp_path, count: int) -> None:
    sample = filled_store(tmp_path / "whole")
    report = check_reader(
        reader(tmp_path / "damaged"), mutations((sample, sample[4096:]), count, seed=5), ScratchpadError
    )
    print(report)
    assert not report.foreign, report
    assert report.slowest_s < SLOW_S
    assert report.memory_mib < 1024


def test_200_damaged_stores(tmp_path):
    """A tenth of what other readers are given: each is a file that is synchronised with the disk."""
    check(tmp_path, 200)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_20000_damaged_stores(tmp_path):
    check(tmp_path, 20_000)
