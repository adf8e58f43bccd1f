"""Sets of signs in the store: named, drawn, deleted and brought back, and found again whatever happened."""

import contextlib
import json
import sqlite3

import pytest

from engine.data.classes import Classes
from engine.errors import StoreError
from engine.preprocessing.ink import Ink
from engine.store import exchange
from engine.store.drawings import VISITOR, Answer, Drawings
from engine.store.schema import MIGRATIONS, SIGNS_SINCE, migrate, version_of
from engine.store.store import FILE_NAME, Store
from engine.store.writes import Refusal
from tests.engine.store.store_writer import drawing
from tests.engine.store.test_store_damage import PAGE, change, execute

pytestmark = pytest.mark.threaded

GAME = Classes(("rock", "paper", "scissors"))


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path, tick_s=None)
    yield store
    store.close()


@contextlib.contextmanager
def opened(folder):
    with contextlib.closing(Store.open(folder)) as store:
        yield store


def game(store, of_each=2):
    """A set with drawings; its number."""
    number = store.sign_sets.add("Hand game", GAME).result()
    for place in range(3 * of_each):
        store.drawings.add(drawing(place), GAME[place % 3], writer="me").result()
    return number


def test_a_set_and_its_drawings_are_found_again(store, tmp_path):
    first = game(store)
    second = store.sign_sets.add("  ", Classes(("plus", "minus"))).result()
    with opened(tmp_path) as again:
        newest, found = again.sign_sets.entries()
        assert (newest.id, newest.name, newest.counts) == (second, "plus, minus", (0, 0))
        assert (found.id, found.name, found.classes, found.counts) == (first, "Hand game", GAME, (2, 2, 2))
        to_learn = again.sign_sets.to_learn(first)
        assert (to_learn.classes, to_learn.name, to_learn.labels) == (GAME, "Hand game", (0, 1, 2) * 2)
        assert to_learn.inks == tuple(drawing(place) for place in range(6))
        assert len(again.sign_sets.to_learn(second)) == 0


def test_drawings_belong_to_every_set_that_has_their_name_and_visitors_to_none(store):
    first = game(store)
    store.drawings.add(drawing(10), "paper", writer=VISITOR).result()
    store.drawings.add(drawing(11), "7").result()
    second = store.sign_sets.add("", Classes(("paper", "7"))).result()
    assert store.sign_sets.get(first).counts == (2, 2, 2)
    assert store.sign_sets.get(second).counts == (2, 1)
    assert store.sign_sets.to_learn(second).labels == (0, 0, 1)


def test_the_newest_drawings_of_a_sign_are_learned(store, monkeypatch):
    monkeypatch.setattr("engine.store.sign_sets.MOST_LEARNED", 2)
    number = game(store, of_each=3)
    assert store.sign_sets.to_learn(number).inks == tuple(drawing(place) for place in range(3, 9))


def test_the_last_drawing_is_taken_away(store):
    number = game(store)
    store.drawings.delete(store.drawings.numbers()[:1]).result()
    assert store.sign_sets.get(number).counts == (2, 2, 1)


def test_a_name_and_a_network_are_noted(store):
    number = game(store)
    store.sign_sets.rename(number, "  Rock\nand\u202e paper ").result()
    store.sign_sets.note_network(number, "mine.safetensors").result()
    found = store.sign_sets.get(number)
    assert (found.name, found.network) == ("Rock and paper", "mine.safetensors")
    store.sign_sets.rename(number, " ").result()
    assert store.sign_sets.get(number).name == "Rock and paper"


def test_a_deleted_set_comes_back_until_it_is_removed_for_good_and_its_drawings_stay(store):
    number = game(store)
    store.sign_sets.delete(number).result()
    assert store.sign_sets.entries() == []
    with pytest.raises(StoreError, match="no longer there"):
        store.sign_sets.to_learn(number)
    assert store.sign_sets.purge(least_age_s=1000).result() == 0
    store.sign_sets.restore(number).result()
    assert store.sign_sets.get(number).counts == (2, 2, 2)
    store.sign_sets.delete(number).result()
    assert store.sign_sets.purge().result() == 1
    store.sign_sets.restore(number).result()
    assert store.sign_sets.entries() == []
    assert store.sign_sets.add("another", GAME).result() == number + 1
    assert store.sign_sets.get(number + 1).counts == (2, 2, 2)


INK = '{"strokes": [[[0, 0], [5, 5]]]}'


@contextlib.contextmanager
def version(path, number):
    """A store of an earlier version, with a drawing of a 7 that the network read as a 1, and a deleted 3."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, MIGRATIONS[:number])
        sql = "INSERT INTO drawings (created, label, ink, fingerprint, answer, probability, deleted) VALUES "
        connection.execute(
            f"{sql} ('2026', 7, ?, 'f', 1, 0.5, NULL), ('2026', 3, ?, 'g', NULL, NULL, 1e12)", (INK, INK)
        )
        yield connection


def add_signs(connection):
    """A set of signs as version 3 had it: a rock, two papers, one of them deleted, and one of no sign."""
    connection.execute(
        "INSERT INTO sign_sets (name, created, classes) VALUES ('Hand game', '2026', ?)",
        (json.dumps(GAME.names),),
    )
    connection.executemany(
        "INSERT INTO sign_drawings (sign_set, created, label, writer, ink, deleted) "
        "VALUES (1, '2026', ?, 'me', ?, ?)",
        [(0, INK, None), (1, INK, None), (1, INK, 1e12), (9, INK, None)],
    )


@pytest.mark.parametrize("number", range(1, len(MIGRATIONS)))
def test_a_store_of_an_earlier_version_is_brought_up_to_date(tmp_path, number):
    with version(tmp_path / FILE_NAME, number):
        pass
    with opened(tmp_path) as store:
        assert store.notice == ""
        assert store.sign_sets.entries() == []
        (seven,) = store.drawings.entries()
        assert (seven.id, seven.label, seven.answer) == (1, "7", Answer("1", 0.5))
        assert [each.label for each in store.drawings.entries(are_deleted=True)] == ["3"]
        game(store)
        assert store.drawings.counts() == {"7": 1, "paper": 2, "rock": 2, "scissors": 2}
        assert store.drawings.numbers()[-2] == 3  # no number is given twice
    with opened(tmp_path) as store:
        assert store.notice == ""
        assert store.sign_sets.entries()[0].counts == (2, 2, 2)
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert version_of(connection) == len(MIGRATIONS)


def test_signs_that_had_a_table_of_their_own_are_drawings_like_all_others(tmp_path):
    with version(tmp_path / FILE_NAME, 3) as connection:
        add_signs(connection)
    with opened(tmp_path) as store:
        assert store.notice == ""
        assert store.drawings.counts() == {"7": 1, "paper": 1, "rock": 1}
        assert store.sign_sets.get(1).counts == (1, 1, 0)
        rock = store.drawings.entries(label="rock")[0]
        assert (rock.ink, rock.writer, rock.answer) == (Ink.from_json(INK), "me", None)
        # The same drawing from elsewhere is known.
        exchange.export_lines([rock], tmp_path / "rock.jsonl")
        assert exchange.import_lines(store.drawings, tmp_path / "rock.jsonl").known == 1


def test_a_store_of_an_earlier_version_takes_no_more_room_afterwards(tmp_path):
    sql = "INSERT INTO drawings (created, label, ink, fingerprint) VALUES ('2026', 1, ?, 'f')"
    with version(tmp_path / FILE_NAME, 3) as connection:
        connection.executemany(sql, [(drawing(number).to_json(),) for number in range(5000)])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (tmp_path / FILE_NAME).stat().st_size
    with opened(tmp_path) as store:
        assert store.drawings.counts() == {"1": 5000, "7": 1}
    after = (tmp_path / FILE_NAME).stat().st_size
    assert after < 1.2 * before
    assert (tmp_path / FILE_NAME).read_bytes()[100] == 0x0D
    with opened(tmp_path) as store:
        assert store.notice == ""


@pytest.mark.parametrize("number", range(1, len(MIGRATIONS)))
def test_a_damaged_store_of_an_earlier_version_is_recovered(tmp_path, number):
    with version(tmp_path / FILE_NAME, number) as connection:
        if number >= SIGNS_SINCE:
            add_signs(connection)
    change(tmp_path / FILE_NAME, 0, bytes(100))
    with opened(tmp_path) as store:
        recovered = 5 if number >= SIGNS_SINCE else 2
        assert f"{recovered} drawings and 0 runs could be recovered" in store.notice
        (seven,) = store.drawings.entries(label="7")
        assert seven.answer == Answer("1", 0.5)
        assert len(store.drawings.entries(are_deleted=True)) == (2 if number >= SIGNS_SINCE else 1)


def test_a_store_of_an_earlier_version_that_may_only_be_read_is_read(tmp_path):
    with version(tmp_path / FILE_NAME, 3) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        drawings = Drawings(tmp_path / FILE_NAME, Refusal("read only"))
        assert drawings.counts() == {"7": 1}
        assert drawings.numbers("7", only_misread=True) == [1]
        assert drawings.labels([1]) == {1: "7"}
        assert drawings.entries()[0].answer == Answer("1", 0.5)


def test_all_that_describes_the_tables_lies_in_the_first_page(tmp_path):
    """Recovery passes that page over, and would take what lies elsewhere for damaged rows."""
    with opened(tmp_path) as store:
        game(store)
    assert (tmp_path / FILE_NAME).read_bytes()[100] == 0x0D  # a leaf


def test_a_damaged_store_keeps_sets_and_drawings(tmp_path):
    with opened(tmp_path) as store:
        number = game(store)
        store.drawings.add(drawing(10), "1").result()
    change(tmp_path / FILE_NAME, 0, bytes(100))
    with opened(tmp_path) as store:
        assert "7 drawings and 0 runs could be recovered, and" in store.notice
        assert store.sign_sets.get(number).counts == (2, 2, 2)
        assert store.sign_sets.to_learn(number).inks[5] == drawing(5)


def test_drawings_of_a_set_that_is_lost_stay(tmp_path):
    path = tmp_path / FILE_NAME
    with opened(tmp_path) as store:
        game(store)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sign_sets'").fetchone()
    change(path, (root - 1) * PAGE, b"\xff" * PAGE)
    with opened(tmp_path) as store:
        assert "6 drawings and 0 runs could be recovered" in store.notice
        assert store.sign_sets.entries() == []
        assert store.drawings.counts() == {"paper": 2, "rock": 2, "scissors": 2}


@pytest.mark.parametrize(
    "wrong", ["classes = '['", "classes = '[1, 2]'", "classes = '[\"one\"]'", "classes = '7'", "name = x'00'"]
)
def test_a_damaged_set_hides_no_other_and_is_left_out_when_the_store_is_opened(tmp_path, wrong):
    with opened(tmp_path) as store:
        game(store)
        other = store.sign_sets.add("Sums", Classes(("plus", "minus"))).result()
        execute(tmp_path / FILE_NAME, f"UPDATE sign_sets SET {wrong} WHERE id <> {other}")
        assert [each.id for each in store.sign_sets.entries()] == [other]
    with opened(tmp_path) as store:
        assert "1 damaged row was left out" in store.notice
        assert [each.name for each in store.sign_sets.entries()] == ["Sums"]


def test_names_in_any_writing_come_back(store):
    classes = Classes(("Stein ✊", "紙", "ножницы"))
    number = store.sign_sets.add("", classes).result()
    assert store.sign_sets.get(number).classes == classes
