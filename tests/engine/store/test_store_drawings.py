"""Labelled drawings: kept as they were drawn, found, changed, taken out and brought in."""

import contextlib
import csv
import json
import os
import sys

import pytest
from hypothesis import HealthCheck, given, settings

from engine.data.mnist.torchvision_guard import torchvision_datasets
from engine.data.pen_digits import load_pen_digits
from engine.errors import DataError, InkError, StoreError
from engine.preprocessing.ink import Ink, Point
from engine.preprocessing.ink_file import read_ink_file
from engine.preprocessing.normaliser import normalise_inks
from engine.store.drawings import Answer
from engine.store.exchange import export_csv, export_lines, export_mnist, import_lines
from engine.store.store import Store
from tests.engine.store.store_writer import drawing
from tests.strategies import inks


@pytest.fixture
def drawings(tmp_path):
    store = Store.open(tmp_path / "store")
    yield store.drawings
    store.close()


@given(ink=inks())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_stroke_comes_back(drawings, ink):
    if ink.is_empty:
        with pytest.raises(StoreError, match="nothing to save"):
            drawings.add(ink, "3")
        return
    added = drawings.add(ink, "3", Answer("5", 0.75, "a network"), "ada").result()
    newest = drawings.entries(limit=1)[0]
    assert (newest.id, newest.ink, newest.label, newest.writer) == (added, ink, "3", "ada")
    assert newest.answer == Answer("5", 0.75, "a network")


@pytest.mark.parametrize("label", [7, 2.5, True, None, "", " 7", "a\nb", "\u202e", "x" * 21, "e\u0301"])
def test_a_label_that_is_no_name_is_refused_in_one_sentence(drawings, label):
    with pytest.raises(StoreError, match=r"1 to 20 visible characters.*\.$"):
        drawings.add(drawing(1), label)
    with pytest.raises(StoreError, match=r"1 to 20 visible characters.*\.$"):
        drawings.relabel({1: label})


def test_drawings_of_any_names_are_kept_together_and_counted_in_order(drawings):
    for number, label in enumerate(["plus", "B", "7", "a", "10", "B", "\u7d19"]):
        drawings.add(drawing(number), label).result()
    assert list(drawings.counts().items()) == [
        ("7", 1),
        ("10", 1),
        ("a", 1),
        ("B", 2),
        ("plus", 1),
        ("\u7d19", 1),
    ]
    assert [each.label for each in drawings.entries(label="B")] == ["B", "B"]


def test_more_points_than_a_line_may_have_are_not_kept_either(drawings):
    with pytest.raises(StoreError, match="more than 20,000 points"):
        drawings.add(Ink((tuple(Point(float(x), 0.0) for x in range(20_001)),)), "3")
    assert drawings.entries() == []


def test_drawings_are_filtered_counted_and_paged(drawings):
    ids = [drawings.add(drawing(number), str(number % 3), Answer("0", 0.9)).result() for number in range(9)]
    assert [each.id for each in drawings.entries()] == ids[::-1]
    assert [each.id for each in drawings.entries(label="1")] == ids[1::3][::-1]
    assert {each.label for each in drawings.entries(only_misread=True)} == {"1", "2"}
    assert [each.id for each in drawings.entries(limit=2, offset=3)] == [ids[5], ids[4]]
    assert drawings.counts() == {"0": 3, "1": 3, "2": 3}
    drawings.delete(ids[8:]).result()
    assert drawings.numbers() == ids[7::-1]
    assert drawings.numbers(label="1") == ids[1::3][::-1]
    assert drawings.numbers(label="2", only_misread=True) == [ids[5], ids[2]]
    assert drawings.numbers(label="0", only_misread=True) == []
    found = drawings.numbered([ids[8], ids[3], 12345])
    assert {number: each.label for number, each in found.items()} == {ids[8]: "2", ids[3]: "0"}


def test_relabelling_tells_the_labels_before_and_is_undone_with_them(drawings):
    ids = [drawings.add(drawing(number), str(4 + number)).result() for number in range(3)]
    before = drawings.relabel({ids[0]: "9", ids[1]: "9", 12345: "plus"}).result()
    assert before == {ids[0]: "4", ids[1]: "5"}
    assert drawings.labels([*ids, 12345]) == {ids[0]: "9", ids[1]: "9", ids[2]: "6"}
    assert drawings.relabel(before).result() == {ids[0]: "9", ids[1]: "9"}
    assert drawings.counts() == {"4": 1, "5": 1, "6": 1}
    drawings.delete(ids[:1]).result()
    assert drawings.labels(ids) == {ids[1]: "5", ids[2]: "6"}
    assert drawings.relabel({}).result() == {}
    with pytest.raises(StoreError, match="These drawings are no longer there"):
        drawings.relabel({998: "1", 999: "1"}).result()


def test_deleting_is_undone_until_it_is_purged(drawings):
    ids = [drawings.add(drawing(number), "4").result() for number in range(3)]
    drawings.delete(ids[:2]).result()
    assert [each.id for each in drawings.entries()] == [ids[2]]
    assert {each.id for each in drawings.entries(are_deleted=True)} == set(ids[:2])
    drawings.restore(ids[:1]).result()
    assert drawings.counts() == {"4": 2}
    assert drawings.purge(least_age_s=3600).result() == 0
    assert drawings.purge().result() == 1
    assert drawings.entries(are_deleted=True) == []
    with pytest.raises(StoreError, match="no longer there"):
        drawings.relabel({ids[1]: "3"}).result()


def test_what_one_writer_drew_is_forgotten_for_good_and_nothing_else(tmp_path):
    store = Store.open(tmp_path / "store")
    mine = store.drawings.add(drawing(1), "4").result()
    theirs = [store.drawings.add(drawing(number), "5", writer="side_view").result() for number in (2, 3)]
    store.drawings.delete(theirs[:1]).result()
    assert store.drawings.forget_writer("side_view").result() == 2
    assert [each.id for each in store.drawings.entries()] == [mine]
    assert store.drawings.entries(are_deleted=True) == []
    assert store.drawings.forget_writer("side_view").result() == 0
    store.close()


def test_what_is_forgotten_no_longer_lies_in_the_file(tmp_path):
    store = Store.open(tmp_path / "store")
    for number in range(20):
        store.drawings.add(drawing(number), "5", writer="a visitor to be forgotten").result()
    store.drawings.add(drawing(1), "4", writer="somebody to be kept").result()
    store.drawings.forget_writer("a visitor to be forgotten").result()
    store.close()
    content = b"".join(path.read_bytes() for path in (tmp_path / "store").iterdir() if path.is_file())
    assert b"somebody to be kept" in content
    assert b"a visitor to be forgotten" not in content


def test_what_is_exported_is_read_as_pen_digits_and_imported_once(drawings, tmp_path):
    for number in range(20):
        drawings.add(drawing(number), str(number % 10), writer="ada" if number % 2 else "").result()
    path = tmp_path / "mine.jsonl"
    export_lines(drawings.entries(), path)
    first = json.loads(path.read_text().splitlines()[0])
    assert set(first) == {"label", "writer", "strokes"}
    numbers = [number for stroke in first["strokes"] for point in stroke for number in point]
    assert (min(numbers), max(numbers)) == (0, 1000)
    assert load_pen_digits(path).labels == tuple(int(each.label) for each in drawings.entries())
    again = import_lines(drawings, path)
    assert (again.added, again.known) == (0, 20)
    assert again.sentence() == "Imported 0 drawings; 20 more are kept already."
    drawings.delete([each.id for each in drawings.entries()]).result()
    assert import_lines(drawings, path).added == 20
    assert {each.writer for each in drawings.entries()} == {"", "ada"}


def test_lines_that_are_no_drawings_are_left_out_and_counted(drawings, tmp_path):
    good = {"label": 3, "writer": "ada", "strokes": [[[0, 0], [500, 1000]]]}
    million = ",".join(["[1,2]"] * 1_000_000)
    lines = [
        json.dumps(good),
        json.dumps(good),
        json.dumps({key: good[key] for key in ("label", "writer")}),
        json.dumps({key: good[key] for key in ("writer", "strokes")}),
        json.dumps({key: good[key] for key in ("label", "strokes")}),  # nobody has to be named
        json.dumps({**good, "strokes": [[[0, float("nan")]]]}),
        json.dumps({**good, "strokes": [[[0]]]}),
        json.dumps({**good, "strokes": 7}),
        json.dumps({**good, "label": 10}),
        json.dumps({**good, "label": -1}),
        json.dumps({**good, "label": True}),
        json.dumps({**good, "label": "cat"}),
        f'{{"label": 3, "strokes": [[{million}]]}}',
        "{",
        "",
        "[" * 100_000,
        json.dumps({**good, "label": 4}),
    ]
    path = tmp_path / "mixed.jsonl"
    path.write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\n" + json.dumps({**good, "label": 5}).encode())
    done = import_lines(drawings, path)
    assert (done.added, done.known) == (7, 1)
    assert list(drawings.counts().items()) == [("3", 2), ("4", 1), ("5", 1), ("10", 1), ("-1", 1), ("cat", 1)]
    assert sum(done.faults.values()) == len(lines) + 2 - 8
    assert done.sentence() == (
        "Imported 7 drawings; 1 more is kept already; 11 lines were left out: 1 without strokes, "
        "2 without a label of 1 to 20 characters, 3 with strokes that are not pairs of finite numbers, "
        "1 with more than 20,000 points, 4 not of this form."
    )


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.slow), 8])
def test_the_shared_pen_digits_are_imported_as_they_are(drawings, pen_digits_file, tmp_path, every):
    path = tmp_path / "some.jsonl"
    lines = pen_digits_file.read_text(encoding="utf-8").splitlines(keepends=True)[::every]
    path.write_text("".join(lines), encoding="utf-8")
    done = import_lines(drawings, path)
    assert done.added == len(set(lines)) == sum(drawings.counts().values())
    assert not done.faults
    shared = load_pen_digits(path)
    assert set(zip(shared.labels, shared.writers, shared.inks, strict=True)) == {
        (int(each.label), each.writer, each.ink) for each in drawings.entries()
    }


def test_a_file_that_is_not_there_is_refused(drawings, tmp_path):
    for path in (tmp_path / "absent.jsonl", tmp_path):
        with pytest.raises(DataError, match=r"cannot be read.*\.$"):
            import_lines(drawings, path)


def test_an_import_into_a_store_that_takes_nothing_says_so(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text('{"label": 3, "writer": "ada", "strokes": [[[0, 0], [500, 1000]]]}\n')
    store = Store.open(tmp_path / "store")
    store.close()
    done = import_lines(store.drawings, path)
    assert done.added == done.known == 0
    assert done.sentence() == "Imported 0 drawings. The store is closed: start the program again."


def test_an_import_tells_how_far_it_is_and_can_be_stopped(drawings, tmp_path):
    path = tmp_path / "long.jsonl"
    line = '{"label": 3, "strokes": [[[0, 0], [1000, 1000], [%d, %d]]]}\n'
    path.write_text("".join(line % (number % 1000, number // 1000) for number in range(5000)))
    shares: list[float] = []
    done = import_lines(drawings, path, shares.append, lambda: len(shares) == 2)
    assert (done.added, len(drawings.entries())) == (2000, 2000)
    assert done.sentence() == "Imported 2,000 drawings. The rest of long.jsonl was left out: it was stopped."
    rest = import_lines(drawings, path, shares.append)
    assert (rest.added, rest.known) == (3000, 2000)
    assert shares[2:] == sorted(shares[2:])
    assert shares[-1] == 1


def test_an_empty_file_is_called_empty(drawings, tmp_path):
    (tmp_path / "mine.jsonl").touch()
    done = import_lines(drawings, tmp_path / "mine.jsonl")
    assert done.sentence() == "Imported 0 drawings. mine.jsonl is empty."


def test_a_folder_that_takes_no_export_is_told(drawings, tmp_path):
    drawings.add(drawing(1), "1").result()
    with pytest.raises(DataError, match="could not be written"):
        export_lines(drawings.entries(), tmp_path / "absent" / "mine.jsonl")


def test_the_exported_set_is_read_by_torchvision(drawings, tmp_path):
    for number in range(23):
        drawings.add(drawing(number + 1), str(number % 10)).result()
    entries = drawings.entries()
    assert export_mnist(entries, tmp_path) == (18, 5)
    datasets = torchvision_datasets()
    parts = [datasets.MNIST(str(tmp_path), train=is_training) for is_training in (True, False)]
    assert [tuple(part.data.shape) for part in parts] == [(18, 28, 28), (5, 28, 28)]
    labels = [label for part in parts for label in part.targets.tolist()]
    assert sorted(labels) == sorted(int(each.label) for each in entries)
    # Every fifth of the digits in order, so that none is held out as a whole.
    assert sorted(parts[1].targets.tolist()) == sorted(int(each.label) for each in entries)[1::5]
    assert set(parts[0].targets.tolist()) == set(range(10))
    assert all(int(image.max()) > 200 for part in parts for image in part.data)


def test_the_exported_table_is_what_other_programs_read(drawings, tmp_path):
    for number in range(3):
        drawings.add(drawing(number + 1), str(number + 4)).result()
    export_csv(drawings.entries(), tmp_path / "mine.csv")
    with (tmp_path / "mine.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["label", *(f"pixel{number}" for number in range(784))]
    assert [row[0] for row in rows] == ["6", "5", "4"]
    vector = normalise_inks([drawing(1)])[0]
    assert [int(pixel) for pixel in rows[2][1:]] == [round(float(pixel) * 255) for pixel in vector]
    with pytest.raises(DataError, match="could not be written"):
        export_csv(drawings.entries(), tmp_path / "absent" / "mine.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names there")
def test_a_pipe_a_device_and_a_link_to_one_are_refused_at_once(drawings, tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "endless.jsonl").symlink_to("/dev/zero")
    for name in ("pipe.jsonl", "endless.jsonl"):
        with pytest.raises(DataError, match="cannot be read: not a regular file"):
            import_lines(drawings, tmp_path / name)
        with pytest.raises(DataError, match="not a regular file"):
            load_pen_digits(tmp_path / name)
        with pytest.raises(InkError, match="not a regular file"):
            read_ink_file(tmp_path / name)


def test_an_import_is_undone_by_its_numbers(drawings, tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text(
        "".join(f'{{"label": 3, "strokes": [[[0, 0], [5, {number}]]]}}\n' for number in range(50))
    )
    mine = drawings.add(drawing(1), "1").result()
    done = import_lines(drawings, path)
    assert len(done.numbers) == done.added == 50
    drawings.delete(done.numbers).result()
    assert drawings.numbers() == [mine]


def test_strokes_are_kept_as_they_came_with_pressure_and_all_their_digits(drawings, tmp_path):
    strokes = [[[1.23456789, 2, 0.5, 10], [3, 4, 1, 20.5]], [[7, 8]]]
    lines = [
        json.dumps({"label": 1, "strokes": strokes}),
        json.dumps({"strokes": strokes, "label": 2}),
        json.dumps({"label": 3, "writer": 'my "strokes": [[[9, 9]]]}', "strokes": strokes}),
    ]
    (tmp_path / "mine.jsonl").write_text("\n".join(lines))
    assert import_lines(drawings, tmp_path / "mine.jsonl").added == 3
    assert {each.ink for each in drawings.entries()} == {Ink.from_lists(strokes)}


def test_mnist_itself_is_never_written_over(drawings, tmp_path):
    for number in range(2):
        drawings.add(drawing(number), "1").result()
    export_mnist(drawings.entries(), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*ubyte")}
    assert len(before) == 4
    with pytest.raises(DataError, match="choose another folder"):
        export_mnist(drawings.entries(), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*ubyte")} == before


def test_a_single_drawing_makes_no_two_sets(drawings, tmp_path):
    drawings.add(drawing(1), "1").result()
    with pytest.raises(DataError, match="At least two drawings"):
        export_mnist(drawings.entries(), tmp_path)
    (tmp_path / "MNIST").write_text("a file where the folder should be")
    drawings.add(drawing(2), "1").result()
    with pytest.raises(DataError, match="could not be written"):
        export_mnist(drawings.entries(), tmp_path)


def test_strokes_that_no_longer_are_strokes_hide_no_gallery(tmp_path):
    with contextlib.closing(Store.open(tmp_path)) as store:
        ids = [store.drawings.add(drawing(number), "1").result() for number in range(3)]
        store._writer.submit(
            lambda connection: (
                connection.execute("UPDATE drawings SET ink = '{}' WHERE id = ?", (ids[1],)).rowcount
            )
        ).result()
        assert [each.id for each in store.drawings.entries()] == [ids[2], ids[0]]


def test_a_dot_is_a_drawing_too(drawings, tmp_path):
    drawings.add(Ink.from_lists([[[5, 5]]]), "1").result()
    export_lines(drawings.entries(), tmp_path / "dot.jsonl")
    assert import_lines(drawings, tmp_path / "dot.jsonl").known == 1
