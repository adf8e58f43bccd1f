"""The collector lets libraries be, and nothing else."""

import gc
import weakref

import pytest

from desktop.services.gc_tuning import freeze_imports


class Data:
    """Stands in for a data set that is held by a circle."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def nothing_is_frozen():
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def test_a_former_data_set_is_not_frozen(nothing_is_frozen):
    before = gc.get_freeze_count()
    library = [[] for _ in range(30_000)]
    data = weakref.ref(Data())
    freeze_imports()
    assert data() is None
    assert gc.get_freeze_count() >= before + len(library)


def test_without_an_import_nothing_is_frozen(nothing_is_frozen):
    before = gc.get_freeze_count()
    data = weakref.ref(Data())
    freeze_imports()
    assert data() is not None, "a collection takes time, and nothing was imported"
    assert gc.get_freeze_count() <= before
    gc.collect()
    assert data() is None
