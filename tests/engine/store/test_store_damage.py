"""Damage to a store's file stays small: it opens, says what was left out, and has all the rest."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys

import pytest

from engine.errors import StoreError
from engine.store.leaf_pages import leaf_rows
from engine.store.schema import APPLICATION_ID, MIGRATIONS, TABLES
from engine.store.sound_rows import columns_of
from engine.store.store import FILE_NAME, Store
from tests.engine.store.store_writer import drawing
from tests.engine.store.test_store import filled, opened
from tests.fuzzing.store_bytes import try_all

PAGE = 4096


def change(path, place, data):
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)


def execute(path, *statements):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_any_byte_of_the_first_page_may_be_damaged_and_no_row_is_lost(tmp_path):
    """One change in 128; ``python -m tests.fuzzing.store_bytes`` tries all."""
    outcome = try_all(tmp_path, every=128 + 1)
    assert not outcome.unstarted
    assert (outcome.lost, outcome.refusing) == (0, 0)
    assert outcome.recovered > 30


@pytest.mark.parametrize(
    ("place", "data"),
    [
        (0, b"x"),  # no SQLite file any more
        (16, b"\x20\x00"),  # pages of another size
        (18, b"\x07\x07"),  # not to be written to
        (44, b"\x00\x00\x00\x09"),  # of a later SQLite
        (56, b"\x00\x00\x00\x02"),  # texts are UTF-16
        (60, b"\x00\x00\x00\x09"),  # a later version
        (68, b"\x00\x00\x00\x00"),  # anybody's file
        (103, b"\x00\x00"),  # no tables
        (0, bytes(PAGE)),
        (0, b"\xff" * PAGE),
    ],
)
def test_a_damaged_header_costs_nothing(tmp_path, place, data):
    path = filled(tmp_path, drawings=60)
    change(path, place, data)
    with opened(tmp_path) as store:
        assert "60 drawings and 1 run could be recovered, and the damaged file" in store.notice
        assert [each.ink for each in reversed(store.drawings.entries())] == [drawing(n) for n in range(60)]
        (run,) = store.runs.entries()
        assert len(store.runs.curves(run.id).losses) == 900
        assert store.drawings.add(drawing(1), "1").result() == 61
    with opened(tmp_path) as store:
        assert store.notice == ""


def test_a_store_whose_first_rows_are_in_the_log_alone_is_whole(tmp_path):
    """As another window finds it in the first minutes, or the next start after a crash in them."""
    with opened(tmp_path) as first:
        first.drawings.add(drawing(1), "1").result()
        path = tmp_path / FILE_NAME
        assert path.with_name(f"{FILE_NAME}-wal").stat().st_size > path.stat().st_size
        with opened(tmp_path) as second:
            assert second.notice == ""
            assert len(second.drawings.entries()) == 1
        first.drawings.add(drawing(2), "2").result()
        copy = tmp_path / "after a crash"
        copy.mkdir()
        for each in tmp_path.glob(f"{FILE_NAME}*"):
            shutil.copy(each, copy)
    with opened(copy) as after:
        assert after.notice == ""
        assert len(after.drawings.entries()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="files that are open are not renamed there")
def test_a_damaged_store_is_not_taken_from_a_program_that_has_it_open(tmp_path):
    path = filled(tmp_path, drawings=60)
    program = (
        f"import sqlite3; c = sqlite3.connect({str(path)!r}); c.execute('SELECT 1 FROM runs').fetchone();"
        "print('open', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout.readline() == "open\n"
        change(path, 68, bytes(4))
        with pytest.raises(StoreError, match="another program has it open"):
            Store.open(tmp_path)
        assert [each.name for each in tmp_path.glob("*.db")] == [FILE_NAME]
        other.communicate("\n")
    with opened(tmp_path) as store:
        assert "60 drawings" in store.notice


def test_a_table_whose_root_is_gone_has_its_other_pages(tmp_path):
    path = filled(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'drawings'").fetchone()
    change(path, (root - 1) * PAGE, b"\xff" * PAGE)
    shares = []
    store = Store.open(tmp_path, on_progress=shares.append)
    with contextlib.closing(store):
        assert "300 drawings and 1 run could be recovered" in store.notice
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_numbers_of_lost_drawings_are_not_given_again(tmp_path):
    path = filled(tmp_path, drawings=20)
    execute(path, "DELETE FROM drawings WHERE id > 10")
    change(path, 0, bytes(100))
    with opened(tmp_path) as store:
        assert store.drawings.add(drawing(1), "1").result() == 21


def test_what_is_in_the_log_alone_is_recovered_too(tmp_path):
    with opened(tmp_path / "store") as store:
        for number in range(30):
            store.drawings.add(drawing(number), "1").result()
        shutil.copytree(tmp_path / "store", tmp_path / "killed")
    assert (tmp_path / "killed" / f"{FILE_NAME}-wal").stat().st_size > 0
    (tmp_path / "killed" / FILE_NAME).write_bytes(b"\xff" * PAGE)
    # From the first frame that is damaged on, SQLite leaves the log alone.
    change(tmp_path / "killed" / f"{FILE_NAME}-wal", 32 + 24 + 200, b"\xff")
    with opened(tmp_path / "killed") as store:
        assert "30 drawings and 0 runs could be recovered" in store.notice
        assert len(store.drawings.entries()) == 30


@pytest.mark.parametrize(
    "wrong",
    [
        "ink = x'ff00'",
        "ink = '{'",
        "ink = 7",
        "writer = CAST(x'ff' AS TEXT)",
        "created = x'00'",
        "network = x'33'",
        "label = ''",
        "answer = 'a name of more than 20 characters'",
        "answer = '3', probability = NULL",
        "deleted = 'never'",
    ],
)
def test_a_damaged_row_hides_no_other_and_is_left_out_and_counted_when_the_store_is_opened(tmp_path, wrong):
    filled(tmp_path, drawings=3)
    with opened(tmp_path) as store:
        execute(
            tmp_path / FILE_NAME,
            "PRAGMA ignore_check_constraints = ON",
            f"UPDATE drawings SET {wrong} WHERE id = 2",
        )
        assert {each.id for each in store.drawings.entries()} == {1, 3}
        assert set(store.drawings.numbered([1, 2, 3])) == {1, 3}
    with opened(tmp_path) as store:
        assert "2 drawings and 1 run could be recovered, 1 damaged row was left out" in store.notice
        assert [each.id for each in store.drawings.entries()] == [3, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        "name = CAST(x'fffe' AS TEXT)",
        "sizes = x'33'",
        "steps = 'many'",
        "updated = x'00'",
        "weights = x'35'",
    ],
)
def test_a_damaged_run_hides_no_other(tmp_path, wrong):
    filled(tmp_path, drawings=3)
    path = filled(tmp_path, drawings=0)
    with opened(tmp_path) as store:
        execute(path, f"UPDATE runs SET {wrong} WHERE id = 1")
        assert [each.id for each in store.runs.entries()] == [2]
        assert [each.id for each in store.runs.changed(0)] == [2]
    with opened(tmp_path) as store:
        assert [each.id for each in store.runs.entries()][:1] == [2]


@pytest.mark.parametrize("name", ["x" * 5000, "..", ".", "/etc/passwd", "a\0b"])
def test_a_stored_name_of_weights_leads_nowhere(tmp_path, name):
    path = filled(tmp_path, drawings=1)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE runs SET weights = ?", (name,))
    with opened(tmp_path) as store:
        (run,) = store.runs.entries()
        assert run.path is None
        store.runs.delete([run.id]).result()
        assert store.runs.purge().result() == 1


@pytest.mark.parametrize("sizes", ["[Infinity]", "[" * 5000, "[" + "9" * 5000 + "]", "[null]", '{"a": 1}'])
def test_sizes_and_settings_that_are_none_are_empty(tmp_path, sizes):
    path = filled(tmp_path, drawings=1)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE runs SET sizes = ?, settings = ?", (sizes, sizes))
    with opened(tmp_path) as store:
        (run,) = store.runs.entries()
        assert (run.sizes, run.settings) == ((), None)


def test_a_step_far_beyond_fills_no_memory(tmp_path):
    path = filled(tmp_path, drawings=1)
    execute(
        path,
        "UPDATE runs SET total_steps = 1 << 60",
        "INSERT INTO losses (run, first_step, losses) VALUES (1, 1 << 40, x'0000803f')",
    )
    with opened(tmp_path) as store:
        assert len(store.runs.curves(1).losses) == 900


def test_tables_are_told_apart_by_the_number_of_their_columns():
    assert len({len(columns_of(table)) for table in TABLES}) == len(TABLES)
    assert MIGRATIONS
    assert APPLICATION_ID < 1 << 31


def test_pages_that_point_at_each_other_come_to_an_end(tmp_path):
    path = filled(tmp_path, drawings=3)
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // PAGE):
        start = page * PAGE
        # A leaf full of cells that each claim a row of gigabytes, in a chain of this very page.
        content[start : start + 8] = b"\x0d\0\0\x07\xd0\0\0\0"
        content[start + 8 : start + PAGE] = (b"\x00\x10\xff\xff\xff\x7f" * PAGE)[: PAGE - 8]
    path.write_bytes(content)
    assert all(row is None or len(row.values) >= 0 for row in leaf_rows(path))
    with opened(tmp_path) as store:
        assert "0 drawings and 0 runs could be recovered" in store.notice
