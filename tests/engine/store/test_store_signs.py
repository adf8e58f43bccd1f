"""Sets of signs in the store: named, drawn, deleted and brought back, and found again whatever happened."""

import contextlib
import sqlite3

import pytest

from engine.data.classes import Classes
from engine.errors import StoreError
from engine.preprocessing.ink import Ink
from engine.store.schema import MIGRATIONS, SIGNS_SINCE, migrate, version_of
from engine.store.store import FILE_NAME, Store
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
        store.sign_sets.add_drawing(number, place % 3, drawing(place), "me").result()
    return number


def test_a_set_and_its_drawings_are_found_again(store, tmp_path):
    first = game(store)
    second = store.sign_sets.add("  ", Classes(("plus", "minus"))).result()
    with opened(tmp_path) as again:
        newest, found = again.sign_sets.entries()
        assert (newest.id, newest.name, newest.counts) == (second, "plus, minus", (0, 0))
        assert (found.id, found.name, found.classes, found.counts) == (first, "Hand game", GAME, (2, 2, 2))
        drawings = again.sign_sets.drawings(first)
        assert [(each.label, each.ink, each.writer) for each in drawings] == [
            (place % 3, drawing(place), "me") for place in range(6)
        ]
        to_learn = again.sign_sets.to_learn(first)
        assert (to_learn.classes, to_learn.name, to_learn.labels) == (GAME, "Hand game", (0, 1, 2) * 2)
        assert again.sign_sets.drawings(second) == []


def test_the_last_drawing_is_taken_away(store):
    number = game(store)
    store.sign_sets.delete_drawings([store.sign_sets.drawings(number)[-1].id]).result()
    assert store.sign_sets.get(number).counts == (2, 2, 1)


def test_a_name_and_a_network_are_noted(store):
    number = game(store)
    store.sign_sets.rename(number, "  Rock\nand\u202e paper ").result()
    store.sign_sets.note_network(number, "mine.safetensors").result()
    found = store.sign_sets.get(number)
    assert (found.name, found.network) == ("Rock and paper", "mine.safetensors")
    store.sign_sets.rename(number, " ").result()
    assert store.sign_sets.get(number).name == "Rock and paper"


def test_a_deleted_set_comes_back_with_its_drawings_until_it_is_removed_for_good(store):
    number = game(store)
    store.sign_sets.delete(number).result()
    assert store.sign_sets.entries() == []
    with pytest.raises(StoreError, match="no longer there"):
        store.sign_sets.to_learn(number)
    assert store.sign_sets.purge(least_age_s=1000).result() == 0
    store.sign_sets.restore(number).result()
    assert store.sign_sets.get(number).counts == (2, 2, 2)
    store.sign_sets.delete(number).result()
    assert store.sign_sets.purge().result() == 7
    store.sign_sets.restore(number).result()
    assert store.sign_sets.entries() == []
    assert store.sign_sets.add("another", GAME).result() == number + 1


@pytest.mark.parametrize(
    ("label", "ink", "sentence"),
    [
        (0, Ink(()), "nothing to save"),
        (0, Ink.from_lists([[[place % 50, place % 40] for place in range(100_001)]]), "points"),
        (3, drawing(1), "has 3 signs"),
        (-1, drawing(1), "has 3 signs"),
    ],
)
def test_what_is_no_drawing_of_a_sign_is_refused_in_one_sentence(store, label, ink, sentence):
    number = store.sign_sets.add("Hand game", GAME).result()
    with pytest.raises(StoreError, match=sentence):
        store.sign_sets.add_drawing(number, label, ink).result()
    with pytest.raises(StoreError, match="no longer there"):
        store.sign_sets.add_drawing(number + 1, 0, drawing(1)).result()


def version_two(path):
    """A store as it was before signs, with a drawing."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, MIGRATIONS[: SIGNS_SINCE - 1])
        connection.execute(
            "INSERT INTO drawings (created, label, ink, fingerprint) VALUES ('2026', 7, ?, 'f')",
            ('{"strokes": [[[0, 0], [5, 5]]]}',),
        )


def test_a_store_from_before_signs_is_brought_up_to_date(tmp_path):
    version_two(tmp_path / FILE_NAME)
    with opened(tmp_path) as store:
        assert store.notice == ""
        assert store.sign_sets.entries() == []
        game(store)
        assert sum(store.drawings.counts()) == 1
    with opened(tmp_path) as store:
        assert store.notice == ""
        assert store.sign_sets.entries()[0].counts == (2, 2, 2)
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert version_of(connection) == len(MIGRATIONS)


def test_all_that_describes_the_tables_lies_in_the_first_page(tmp_path):
    """Recovery passes that page over, and would take what lies elsewhere for damaged rows."""
    with opened(tmp_path) as store:
        game(store)
    assert (tmp_path / FILE_NAME).read_bytes()[100] == 0x0D  # a leaf


def test_a_damaged_store_keeps_sets_and_drawings(tmp_path):
    with opened(tmp_path) as store:
        number = game(store)
        store.drawings.add(drawing(1), 1).result()
    change(tmp_path / FILE_NAME, 0, bytes(100))
    with opened(tmp_path) as store:
        assert "7 drawings and 0 runs could be recovered, and" in store.notice
        assert store.sign_sets.get(number).counts == (2, 2, 2)
        assert store.sign_sets.drawings(number)[5].ink == drawing(5)


def test_drawings_of_a_set_that_is_lost_go_with_it(tmp_path):
    path = tmp_path / FILE_NAME
    with opened(tmp_path) as store:
        game(store)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sign_sets'").fetchone()
    change(path, (root - 1) * PAGE, b"\xff" * PAGE)
    with opened(tmp_path) as store:
        assert "0 drawings and 0 runs could be recovered" in store.notice
        assert store.sign_sets.entries() == []
        assert store.sign_sets.drawings(1) == []


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


@pytest.mark.parametrize(
    "wrong", ["ink = '{'", "ink = x'ff'", "label = 'rock'", "label = 64", "writer = x'00'"]
)
def test_a_damaged_drawing_hides_no_other_and_is_left_out_when_the_store_is_opened(tmp_path, wrong):
    with opened(tmp_path) as store:
        number = game(store)
        execute(tmp_path / FILE_NAME, f"UPDATE sign_drawings SET {wrong} WHERE id = 2")
        assert [each.id for each in store.sign_sets.drawings(number)] == [1, 3, 4, 5, 6]
    with opened(tmp_path) as store:
        assert "5 drawings and 0 runs could be recovered, 1 damaged row was left out" in store.notice
        assert store.sign_sets.get(number).counts == (2, 1, 2)


def test_names_in_any_writing_come_back(store):
    classes = Classes(("Stein ✊", "紙", "ножницы"))
    number = store.sign_sets.add("", classes).result()
    assert store.sign_sets.get(number).classes == classes
