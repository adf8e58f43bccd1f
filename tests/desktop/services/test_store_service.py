"""The store in the window: opened in a thread, answered in the window's, refused in one sentence."""

from __future__ import annotations

import contextlib
import sqlite3
import threading

import pytest

from desktop.services.store_service import StoreService
from engine.preprocessing.ink import Ink
from engine.store.store import FILE_NAME, Store
from tests.engine.store.store_writer import drawing

pytestmark = pytest.mark.threaded

PATIENCE_MS = 300_000


@pytest.fixture
def store_service(tmp_path):
    made = StoreService(tmp_path / "kept")
    yield made
    made.close()


def opened(store_service, qtbot):
    with qtbot.waitSignal(store_service.opened, timeout=PATIENCE_MS):
        store_service.open()
    return store_service.store


def stroke() -> Ink:
    return Ink.from_lists([[[0.2, 0.2], [0.4, 0.7]]])


def test_what_is_kept_is_answered_in_the_windows_thread(store_service, qtbot):
    store = opened(store_service, qtbot)
    told: list[tuple[int, bool]] = []
    main = threading.current_thread()
    store_service.when_kept(
        store.drawings.add(stroke(), "3"),
        lambda number: told.append((number, threading.current_thread() is main)),
    )
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told == [(store.drawings.entries()[0].id, True)]


def test_a_refusal_is_told_in_one_sentence_or_to_who_asks(store_service, qtbot):
    store = opened(store_service, qtbot)
    with qtbot.waitSignal(store_service.notice_given, timeout=PATIENCE_MS) as told:
        store_service.when_kept(store.drawings.relabel({99: "3"}))
    assert told.args[0].startswith("This drawing is no longer there")
    sentences: list[str] = []
    store_service.when_kept(store.drawings.relabel({99: "3"}), otherwise=sentences.append)
    qtbot.waitUntil(lambda: bool(sentences), timeout=PATIENCE_MS)
    assert sentences == told.args


def test_another_programs_file_is_left_alone(tmp_path, store_service, qtbot):
    folder = tmp_path / "kept"
    folder.mkdir()
    foreign = sqlite3.connect(folder / FILE_NAME)
    foreign.execute("CREATE TABLE recipes (name TEXT)")
    foreign.commit()
    foreign.close()
    with qtbot.waitSignal(store_service.notice_given, timeout=PATIENCE_MS) as told:
        store_service.open()
    assert store_service.store is None
    assert "another program's" in told.args[0]
    assert store_service.trouble


def test_what_was_asked_for_is_written_before_the_window_goes(tmp_path, qtbot):
    store_service = StoreService(tmp_path)
    store = opened(store_service, qtbot)
    store.drawings.add(stroke(), "7")
    store_service.close()
    again = StoreService(tmp_path)
    assert [drawing.label for drawing in opened(again, qtbot).drawings.entries()] == ["7"]
    again.close()


def test_a_thread_waits_for_a_store_that_is_being_opened(store_service, qtbot, monkeypatch):
    assert store_service.wait_for_store() is None
    may_go_on, opening = threading.Event(), Store.open

    def open_slowly(*arguments, **more):
        assert may_go_on.wait(PATIENCE_MS / 1000)
        return opening(*arguments, **more)

    monkeypatch.setattr(Store, "open", open_slowly)
    found = []
    store_service.open()
    thread = threading.Thread(target=lambda: found.append(store_service.wait_for_store()))
    thread.start()
    assert not found
    may_go_on.set()
    thread.join()
    qtbot.waitUntil(lambda: store_service.store is not None, timeout=PATIENCE_MS)
    assert found == [store_service.store]


def test_nobody_waits_for_a_store_that_cannot_be_opened(store_service, qtbot, monkeypatch):
    monkeypatch.setattr("engine.store.store.Store.open", lambda *_, **_more: 1 / 0)
    with qtbot.waitSignal(store_service.notice_given, timeout=PATIENCE_MS):
        store_service.open()
    assert store_service.wait_for_store() is None


def test_a_window_may_close_while_the_store_is_being_opened(tmp_path, qapp):
    store_service = StoreService(tmp_path)
    store_service.open()
    store_service.close()
    assert store_service.store is None
    assert (tmp_path / FILE_NAME).exists()


def damage_header(path):
    path.write_bytes(b"not" + path.read_bytes()[3:])


def test_a_recovery_tells_how_far_it_is_and_what_came_of_it(tmp_path, store_service, qtbot):
    with contextlib.closing(Store.open(tmp_path / "kept")) as store:
        for number in range(200):
            store.drawings.add(drawing(number), "3")
    damage_header(tmp_path / "kept" / FILE_NAME)
    shares: list[float] = []
    store_service.recovery_progressed.connect(shares.append)
    with qtbot.waitSignal(store_service.notice_given, timeout=PATIENCE_MS) as told:
        opened(store_service, qtbot)
    assert "200 drawings and 0 runs could be recovered" in told.args[0]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_what_must_wait_for_the_disk_is_told_at_once_and_counted(store_service, qtbot):
    store = opened(store_service, qtbot)

    def pages(most):
        store._writer.submit(
            lambda connection: connection.execute(f"PRAGMA max_page_count = {most}").fetchone()[0]
        ).result()

    pages(1)
    numbers: list[int] = []
    with qtbot.waitSignal(store_service.notice_given, timeout=PATIENCE_MS) as told:
        for number in range(200):
            store_service.when_kept(store.drawings.add(drawing(number), "3"), numbers.append)
    assert "is full: free some space" in told.args[0]
    assert store_service.waiting
    with qtbot.waitSignal(store_service.notice_given, timeout=PATIENCE_MS) as told:
        pages(1_000_000)
    assert "can be written to again" in told.args[0]
    qtbot.waitUntil(lambda: len(numbers) == 200, timeout=PATIENCE_MS)
    assert not store_service.waiting
