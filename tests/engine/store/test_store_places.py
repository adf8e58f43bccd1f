"""The store where folders go away, drives have no memory to share, and programs end in the middle."""

import contextlib
import queue
import shutil
import sqlite3
import sys

import pytest

from engine.errors import StoreError
from engine.store.connection import to_store_error
from engine.store.store import FILE_NAME
from tests.engine.store.store_writer import description, drawing, steps
from tests.engine.store.test_store import PATIENCE_S, filled, opened

posix = pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be removed there")


def journal(store):
    return store._writer.submit(
        lambda connection: connection.execute("PRAGMA journal_mode").fetchone()[0]
    ).result()


@pytest.mark.parametrize("was_there", [False, True])
@posix
def test_a_drive_without_shared_memory_has_a_store_with_a_rollback_journal(tmp_path, was_there):
    """As the home folder on a network: the index of the log cannot be made."""
    if was_there:
        filled(tmp_path, drawings=5)
    (tmp_path / f"{FILE_NAME}-shm").symlink_to(tmp_path / "nowhere" / "shm")
    with opened(tmp_path) as store:
        assert journal(store) == "delete"
        store.drawings.add(drawing(1), "7").result()
        recorder = store.runs.start(description())
        recorder.add(steps(0, 50))
        recorder.finish()
        assert store.notice == ""
    with opened(tmp_path) as store:
        assert sum(store.drawings.counts().values()) == 5 * was_there + 1
        assert len(store.runs.entries()) == 1 + was_there


def test_a_drive_that_does_not_lock_is_called_that():
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_LOCK
    from pathlib import Path

    assert "does not lock files" in str(to_store_error(error, Path("folder/file")))
    assert "full" not in str(to_store_error(error, Path("folder/file")))


@posix
def test_what_was_half_written_to_a_rollback_journal_is_undone(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / f"{FILE_NAME}-shm").symlink_to(tmp_path / "nowhere" / "shm")
    with opened(tmp_path / "store") as store:
        for number in range(50):
            store.drawings.add(drawing(number), "1").result()
    with contextlib.closing(sqlite3.connect(tmp_path / "store" / FILE_NAME, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN")
        other.execute("UPDATE drawings SET label = 2, ink = ink || ' '")
        shutil.copytree(tmp_path / "store", tmp_path / "killed", symlinks=True)
    assert (tmp_path / "killed" / f"{FILE_NAME}-journal").stat().st_size > 0
    with opened(tmp_path / "killed") as store:
        assert store.notice == ""
        assert store.drawings.counts() == {"1": 50}


@posix
def test_a_folder_that_is_removed_while_the_program_runs_is_made_anew_with_all_it_held(tmp_path):
    folder = tmp_path / "store"
    filled(folder, drawings=20)
    told_trouble = queue.SimpleQueue()
    with opened(folder) as store:
        store.tell_trouble(told_trouble.put)
        shutil.rmtree(folder)
        store.drawings.add(drawing(1), "7").result(PATIENCE_S)
        assert "was removed or replaced while the program ran" in told_trouble.get(timeout=PATIENCE_S)
        assert sum(store.drawings.counts().values()) == 21
    with opened(folder) as store:
        assert store.notice == ""
        assert sum(store.drawings.counts().values()) == 21
        assert len(store.runs.entries()) == 1


@posix
def test_without_a_place_drawings_wait_in_memory_until_there_is_one(tmp_path):
    folder = tmp_path / "store"
    filled(folder, drawings=20)
    told_trouble = queue.SimpleQueue()
    with opened(folder) as store:
        store.tell_trouble(told_trouble.put)
        shutil.rmtree(folder)
        folder.write_text("a file where the folder was")
        drawn = [store.drawings.add(drawing(number), "7") for number in range(5)]
        sentence = told_trouble.get(timeout=PATIENCE_S)
        assert "is no longer there" in sentence
        with pytest.raises(StoreError):
            store._writer.wait(drawn[0])
        with pytest.raises(StoreError):
            store.drawings.delete([1]).result(PATIENCE_S)
        assert store.waiting == 5
        folder.unlink()
        assert [each.result(PATIENCE_S) for each in drawn] == [21, 22, 23, 24, 25]
        assert sum(store.drawings.counts().values()) == 25
    with opened(folder) as store:
        assert sum(store.drawings.counts().values()) == 25


@posix
def test_a_store_that_was_replaced_takes_what_comes_then(tmp_path):
    """As when a copy is brought back from elsewhere."""
    folder = tmp_path / "store"
    filled(folder, drawings=20)
    other = filled(tmp_path / "other", drawings=3)
    with opened(folder) as store:
        shutil.rmtree(folder)
        shutil.copytree(other.parent, folder)
        store.drawings.add(drawing(1), "7").result(PATIENCE_S)
        assert sum(store.drawings.counts().values()) == 4
    with opened(folder) as store:
        assert sum(store.drawings.counts().values()) == 4


def contents(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_is_forgotten_is_gone_from_every_file_at_once(tmp_path):
    """Between drawings of others, which SQLite moves about, and without the program's having ended."""
    with opened(tmp_path) as store:
        for number in range(300):
            mine = number % 3 == 0
            store.drawings.add(
                drawing(10_000 + number), str(number % 10), writer="forgotten" if mine else "kept"
            ).result()
        theirs = [drawing(10_000 + number).to_json().encode() for number in range(0, 300, 3)]
        assert all(each in contents(tmp_path) for each in theirs)
        assert store.drawings.forget_writer("forgotten").result() == 100
        store._writer.submit(lambda connection: None).result()  # the log is cut after the answer
        store._writer.submit(lambda connection: None).result()
        found = contents(tmp_path)
        assert not [each for each in theirs if each in found]
        assert b"forgotten" not in found
        assert sum(store.drawings.counts().values()) == 200


def test_a_log_that_is_being_read_is_cut_once_it_is_not(tmp_path):
    with opened(tmp_path) as store:
        store.drawings.add(drawing(12345), "1", writer="forgotten").result()
        with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM drawings").fetchone() == (1,)
            store.drawings.forget_writer("forgotten").result()
            reader.execute("COMMIT")
        done = queue.SimpleQueue()
        store._writer.start_ticking(lambda: done.put(store._writer._must_truncate))
        while done.get(timeout=PATIENCE_S):
            pass
        assert b"forgotten" not in contents(tmp_path)
