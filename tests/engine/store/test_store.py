"""Opening the store, whatever its file is like."""

import contextlib
import os
import queue
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store.run import FINISHED
from engine.store.schema import MIGRATIONS, migrate, version_of
from engine.store.store import FILE_NAME, Store
from tests.engine.store.store_writer import description, drawing, epoch, steps

pytestmark = pytest.mark.threaded
PATIENCE_S = 60


@contextlib.contextmanager
def opened(folder):
    store = Store.open(folder)
    try:
        yield store
    finally:
        store.close()


def filled(folder, drawings=300):
    """A store with drawings and a run of 900 steps, closed; its file."""
    with opened(folder) as store:
        for number in range(drawings):
            store.drawings.add(drawing(number), str(number % 10))
        recorder = store.runs.start(description("the run"))
        for first in range(0, 900, 100):
            recorder.add(steps(first, 100))
        recorder.add(epoch(1, 900))
        recorder.finish()
    return folder / FILE_NAME


def is_one_plain_sentence(text):
    return text.endswith(".") and "\n" not in text and len(text) < 300


def test_an_empty_folder_becomes_a_store_that_is_found_again(tmp_path):
    with opened(tmp_path / "new" / "folder") as store:
        store.drawings.add(drawing(1), "7")
        assert (store.notice, store.is_read_only) == ("", False)
    with opened(tmp_path / "new" / "folder") as store:
        assert [each.label for each in store.drawings.entries()] == ["7"]
        assert store.notice == ""


def test_the_log_is_written_ahead_and_every_commit_reaches_the_disk(tmp_path):
    with opened(tmp_path) as store:
        modes = store._writer.submit(
            lambda connection: [
                connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
            ]
        ).result()
    assert modes == ["wal", 2]


def test_two_threads_write_at_once_and_nothing_is_lost(tmp_path):
    with opened(tmp_path) as store:
        threads = [
            threading.Thread(
                target=lambda: [store.drawings.add(drawing(n), str(n % 10)) for n in range(200)], name="adds"
            )
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        store.drawings.counts()
    with opened(tmp_path) as store:
        assert sum(store.drawings.counts().values()) == 400


def test_a_write_that_fails_takes_nothing_with_it(tmp_path):
    """Works that wait together share a transaction; one that fails must not undo the others."""
    with opened(tmp_path) as store:
        gate = threading.Event()
        store._writer.submit(lambda connection: gate.wait())
        first = store.drawings.add(drawing(1), "1")
        bad = store.drawings.relabel({12345: "3"})
        second = store.drawings.add(drawing(2), "2")
        gate.set()
        assert second.result() > first.result()
        with pytest.raises(StoreError, match="no longer there"):
            bad.result()
        assert sum(store.drawings.counts().values()) == 2


def test_after_closing_nothing_is_taken_and_that_is_said(tmp_path):
    store = Store.open(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.drawings.add(drawing(1), "1").result()


def test_an_older_store_is_brought_up_to_date_with_what_it_holds(tmp_path):
    path = filled(tmp_path)
    later = (*MIGRATIONS, ("ALTER TABLE drawings ADD COLUMN note TEXT NOT NULL DEFAULT 'none'",))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, later)
        assert version_of(connection) == len(later)
        assert connection.execute("SELECT count(*), min(note) FROM drawings").fetchone() == (300, "none")


def test_a_change_of_version_that_fails_leaves_the_store_as_it_was(tmp_path):
    path = filled(tmp_path)
    broken = (*MIGRATIONS, ("DROP TABLE drawings", "this is not SQL"))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, broken)
        assert version_of(connection) == len(MIGRATIONS)
    with opened(tmp_path) as store:
        assert sum(store.drawings.counts().values()) == 300


def test_a_store_of_a_newer_version_is_shown_and_left_untouched(tmp_path):
    path = filled(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE drawings ADD COLUMN mood TEXT")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        connection.commit()
    before = path.read_bytes()
    with opened(tmp_path) as store:
        assert store.is_read_only
        assert is_one_plain_sentence(store.notice)
        assert "newer version" in store.notice
        assert sum(store.drawings.counts().values()) == 300
        assert len(store.runs.entries()) == 1
        with pytest.raises(StoreError, match="newer version"):
            store.drawings.add(drawing(1), "1").result()
        recorder = store.runs.start(description())
        recorder.add(steps(0))
        with pytest.raises(StoreError, match="newer version"):
            recorder.finish()
    assert path.read_bytes() == before


def test_another_program_s_file_is_not_touched(tmp_path):
    path = tmp_path / FILE_NAME
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's"):
        Store.open(tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"no database at all, but a text" * 100, b"\0" * 8192, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_store_is_put_aside(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    with opened(tmp_path) as store:
        assert is_one_plain_sentence(store.notice)
        assert "0 drawings and 0 runs could be recovered" in store.notice
        store.drawings.add(drawing(1), "1").result()
    (aside,) = tmp_path.glob("*damaged*")
    assert aside.name in store.notice
    assert aside.read_bytes() == content
    with opened(tmp_path) as store:
        assert store.notice == ""


@pytest.mark.parametrize("seed", range(6))
def test_of_a_damaged_store_the_rest_is_recovered_and_the_file_put_aside(tmp_path, seed):
    path = filled(tmp_path)
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    # Any page but the first two thirds of the way in, which the first page and the tables' roots are not.
    page = 12 + seed * (pages - 14) // 6
    content[page * 4096 : page * 4096 + 4096] = bytes(reversed(range(256))) * 16
    path.write_bytes(content)
    with opened(tmp_path) as store:
        assert is_one_plain_sentence(store.notice)
        left = store.drawings.entries()
        assert 200 <= len(left) <= 300
        assert all(each.ink == drawing(each.id - 1) for each in left)
        assert f"{len(left):,} drawings" in store.notice
        (run,) = store.runs.entries()
        assert run.path is not None
        assert len(store.runs.curves(run.id).losses) <= 900
        added = store.drawings.add(drawing(5), "5").result()
        assert added > max(each.id for each in left)
    (aside,) = (each for each in tmp_path.glob("*damaged*") if each.suffix == ".db")
    assert aside.read_bytes() == bytes(content)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_of_a_store_that_was_cut_short_what_is_there_is_recovered(tmp_path, share):
    path = filled(tmp_path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with opened(tmp_path) as store:
        left = store.drawings.entries()
        assert len(left) >= 300 * share - 100
        assert f"{len(left):,} drawings" in store.notice


def test_a_second_damaged_store_is_put_beside_the_first(tmp_path):
    for content in (b"first" * 1000, b"second" * 1000):
        (tmp_path / FILE_NAME).write_bytes(content)
        Store.open(tmp_path).close()
    assert {each.read_bytes()[:5] for each in tmp_path.glob("*damaged*.db")} == {b"first", b"secon"}


def test_a_recovery_that_was_cut_off_early_is_begun_anew(tmp_path):
    """Killed while rows were copied: the damaged file is still in its place."""
    path = filled(tmp_path)
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"scratchpad.recovered.db{ending}").write_bytes(path.read_bytes()[:5000])
    path.write_bytes(path.read_bytes()[:-4096])
    with opened(tmp_path) as store:
        assert "recovered" in store.notice
        assert sum(store.drawings.counts().values()) > 200
    assert not list(tmp_path.glob("*.recovered*"))


def test_a_recovery_that_was_cut_off_is_finished(tmp_path):
    """Killed between putting the damaged file aside and the recovered one in its place."""
    filled(tmp_path).rename(tmp_path / "scratchpad.recovered.db")
    with opened(tmp_path) as store:
        assert sum(store.drawings.counts().values()) == 300


def test_a_store_in_use_by_another_program_is_told_and_tried_again(impatient_store, tmp_path):
    path = filled(tmp_path)
    program = (
        f"import sqlite3; c = sqlite3.connect({str(path)!r}, isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('locked', flush=True); input(); c.execute('ROLLBACK')"
    )
    with opened(tmp_path) as store:
        other = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with other:
            assert other.stdout.readline() == "locked\n"
            refused = store.drawings.add(drawing(1), "1")
            recorder = store.runs.start(description())
            recorder.add(steps(0, 50))
            assert sum(store.drawings.counts().values()) == 300  # reading is not held up
            with pytest.raises(StoreError, match="Another program") as error:
                refused.result()
            assert is_one_plain_sentence(str(error.value))
            other.communicate("\n")
        # What could not be kept at once is kept once the other program is done.
        recorder.finish()
        assert len(store.runs.curves(recorder.run).losses) == 50


def test_a_store_that_is_locked_altogether_is_refused_on_opening(tmp_path):
    path = filled(tmp_path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="Another program") as error:
            Store.open(tmp_path)
        assert is_one_plain_sentence(str(error.value))
        other.execute("ROLLBACK")
    with opened(tmp_path) as store:
        assert sum(store.drawings.counts().values()) == 300


def set_most_pages(store, pages):
    def do(connection):
        connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    store._writer.submit(do).result()


def test_a_full_disk_is_told_at_once_and_what_is_drawn_waits_for_room(tmp_path):
    filled(tmp_path, drawings=20)
    with opened(tmp_path) as store:
        told = queue.SimpleQueue()
        store.tell_trouble(told.put)
        set_most_pages(store, 1)
        drawn = [store.drawings.add(drawing(number), "1") for number in range(300)]
        sentence = told.get(timeout=PATIENCE_S)
        assert "is full: free some space." in sentence
        assert sentence.endswith("it is in memory, and written as soon as there is a place.")
        assert store.waiting
        # What can be asked for again is refused, and says why.
        with pytest.raises(StoreError, match="full"):
            store._writer.wait(drawn[-1])
        set_most_pages(store, 1_000_000)
        numbers = [each.result(PATIENCE_S) for each in drawn]
        assert numbers == sorted(numbers)
        assert "can be written to again" in told.get(timeout=PATIENCE_S)
        assert told.empty()
        assert not store.waiting
        assert sum(store.drawings.counts().values()) == 320


def test_a_full_disk_is_told_while_the_training_goes_on(tmp_path):
    with opened(tmp_path) as store:
        told = queue.SimpleQueue()
        store.tell_trouble(told.put)
        recorder = store.runs.start(description())
        set_most_pages(store, 1)
        recorder.add(steps(0, 100_000))
        recorder._tick()
        sentence = told.get(timeout=PATIENCE_S)
        assert "is full: free some space" in sentence
        assert sentence.endswith("The training goes on; what it comes to is in memory until then.")
        set_most_pages(store, 1_000_000)
        recorder.finish()
        assert len(store.runs.curves(recorder.run).losses) == 100_000


def test_a_full_disk_holds_up_no_training_and_loses_no_step(tmp_path):
    with opened(tmp_path) as store:
        recorder = store.runs.start(description())
        recorder.add(steps(0, 100))
        store.runs.entries()
        set_most_pages(store, 1)
        recorder.add(steps(100, 100_000 - 100))
        with pytest.raises(StoreError, match="full"):
            recorder.finish()
        assert store.waiting
        set_most_pages(store, 1_000_000)
    with opened(tmp_path) as store:
        (run,) = store.runs.entries()
        assert run.state == FINISHED
        assert len(store.runs.curves(run.id).losses) == 100_000


def test_what_found_no_room_until_the_end_is_refused_then(tmp_path):
    filled(tmp_path, drawings=20)
    store = Store.open(tmp_path)
    set_most_pages(store, 1)
    drawn = [store.drawings.add(drawing(number), "1") for number in range(300)]
    store.close()
    assert all(each.done() for each in drawn)
    with pytest.raises(StoreError, match="full"):
        drawn[-1].result()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a file's size are POSIX")
def test_a_disk_that_takes_no_more_is_told(tmp_path):
    """The limit on a file's size is the process's own, so another process is needed for it."""
    program = """
import resource, sys
from pathlib import Path
from engine.errors import StoreError
from engine.preprocessing.ink import Ink
from engine.store.store import Store
ink = Ink.from_lists([[[0, 0], [90, 40], [7, 3]]])
store = Store.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
for number in range(5000):
    try:
        store._writer.wait(store.drawings.add(ink, "1"))
    except StoreError as refused:
        error = refused
        break
print(number, type(error).__name__, error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
store.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    number, kind, sentence = done.stdout.strip().split(" ", 2)
    assert kind == "StoreError"
    assert "disk" in sentence
    with opened(tmp_path) as store:
        assert store.notice == ""
        # The one that waited for room had it at the end.
        assert sum(store.drawings.counts().values()) == int(number) + 1 > 1


@pytest.fixture
def without_rights():
    """A folder that may be read but not written to, even where the tests run as root."""
    if sys.platform == "win32":
        pytest.skip("rights are kept otherwise there")
    folder = Path(tempfile.mkdtemp())
    filled(folder / "store", drawings=20)
    folder.chmod(0o755)
    # What the program keeps is its owner's alone: this is the store of somebody who shares it on purpose.
    for path in (folder / "store").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (folder / "store").chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield folder / "store"
    finally:
        if is_root:
            os.seteuid(0)
        for path in (folder / "store", *(each for each in (folder / "store").rglob("*") if each.is_dir())):
            path.chmod(0o755)
        shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written_to_is_shown(without_rights):
    with opened(without_rights) as store:
        assert store.is_read_only
        assert is_one_plain_sentence(store.notice)
        assert "may not be written to" in store.notice
        assert sum(store.drawings.counts().values()) == 20
        assert store.runs.entries()[0].path is not None
        with pytest.raises(StoreError, match="may not be written to"):
            store.drawings.add(drawing(1), "1").result()


def test_a_folder_that_takes_no_store_is_told(without_rights):
    with pytest.raises(StoreError) as error:
        Store.open(without_rights / "new")
    assert is_one_plain_sentence(str(error.value))
    with pytest.raises(StoreError) as error:
        Store.open(without_rights / FILE_NAME)
    assert is_one_plain_sentence(str(error.value))


def test_a_store_that_is_damaged_while_it_is_open_is_told(tmp_path):
    path = filled(tmp_path)
    with opened(tmp_path) as store:
        content = bytearray(path.read_bytes())
        content[4096:] = b"\xff" * (len(content) - 4096)
        path.write_bytes(content)
        with pytest.raises(StoreError, match="damaged") as error:
            store.drawings.entries()
        assert is_one_plain_sentence(str(error.value))
