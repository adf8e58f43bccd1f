"""A program that is killed at any moment never loses what the disk had; of a training, what a tick kept."""

import contextlib
import multiprocessing
import random
import sqlite3
import sys

import pytest

from engine.models.model_file import load_model
from engine.store.run import INTERRUPTED, TRAINING
from engine.store.store import FILE_NAME, Store
from tests.engine.store import store_writer

pytestmark = pytest.mark.threaded

# With a server that has PyTorch loaded each kill takes a second, without one three.
_START = "spawn" if sys.platform == "win32" else "forkserver"
# After how many messages the kill may come; while it comes, the program goes on.
_LONGEST_LIFE = 300
_LONGEST_SILENCE_S = 120.0
# The newest are those of the last life, in which the program went on after the last message that was read.
_MOST_DRAWINGS = 10 * _LONGEST_LIFE


def lives_and_is_killed(folder, life):
    """What the program told before it was killed, which it is after so many messages."""
    context = multiprocessing.get_context(_START)
    if _START == "forkserver":
        context.set_forkserver_preload([store_writer.__name__])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=store_writer.fill, args=(folder, theirs), daemon=True)
    process.start()
    theirs.close()
    told = []
    with ours:
        for _ in range(1 + life):
            assert ours.poll(_LONGEST_SILENCE_S)
            told.append(ours.recv())
        process.kill()
        process.join()
        # What was told and not yet read; the last message may have been cut short.
        with contextlib.suppress(EOFError, OSError):
            while ours.poll():
                told.append(ours.recv())
    assert process.exitcode != 0
    process.close()
    return told[1:]


def check(folder, told):
    """Everything told is there; how many times steps were told of."""
    looked, newest = 0, (0, 0)
    if not (folder / FILE_NAME).exists():
        assert not told  # killed before there was a store
        return looked
    with contextlib.closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with contextlib.closing(Store.open(folder)) as store:
        assert store.notice == ""
        kept = {drawing.id: drawing.label for drawing in store.drawings.entries(limit=_MOST_DRAWINGS)}
        deleted = {drawing.id for drawing in store.drawings.entries(are_deleted=True, limit=_MOST_DRAWINGS)}
        for what, number, value in told:
            if what == "drawing":
                assert number in deleted or kept[number] == str(value)
            elif what == "deleted":
                assert number in deleted
            else:
                looked, newest = looked + 1, (number, value)
        if looked:
            number, step = newest
            run = store.runs.get(number)
            assert run.state in (TRAINING, INTERRUPTED)
            assert run.steps >= step
            assert list(store.runs.curves(number).losses) == pytest.approx(
                [1 / (1 + each) for each in range(run.steps)]
            )
            assert float(load_model(run.path).weights["0.bias"][0]) >= step
    return looked


def kill_again_and_again(folder, kills, seed):
    lives = random.Random(seed)
    total = looked = 0
    for _ in range(kills):
        told = lives_and_is_killed(folder, lives.randrange(_LONGEST_LIFE))
        total += len(told)
        looked += check(folder, told)
    assert total > 10 * kills
    assert looked > kills
    assert not list(folder.glob("*damaged*"))


def test_a_few_kills(tmp_path):
    kill_again_and_again(tmp_path / "store", 5, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_hundred_kills(tmp_path):
    kill_again_and_again(tmp_path / "store", 100, seed=2)
