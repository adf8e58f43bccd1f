"""CSV of points: in, out, and what is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DataError
from engine.plane.csv_file import read_points, write_points
from engine.plane.csv_text import parse_points
from engine.plane.patterns import make_points
from engine.plane.points import LARGEST, MOST_POINTS, Points


def parse(text):
    return parse_points(text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "x,y,class\n1.5,-2,1\n3,4,0",
        "1.5,-2,1\n\n3,4,0\n",
        "1.5;-2;1\n3;4;0",
        "1,5;-2;1\n3;4;0",
        "1.5\t-2\t1\n3\t4\t0",
        "1,5\t-2\t1\n3\t4\t0",
        "  1.5 -2   1\n3 4 0",
        '"1.5","-2","1"\n"3","4","0"',
        "1.5,-2,1.0\n3,4,0.000e+00",
        "x y colour\n1.5 -2 1\n3 4 0",
        "1.5,-2,1,\n3,4,0,",
    ],
)
def test_forms_of_csv(text):
    read = parse(text)
    assert read.points.coordinates.tolist() == [[1.5, -2], [3, 4]]
    assert read.points.labels.tolist() == [1, 0]
    assert read.notes == ()


def test_classes_may_have_names():
    read = parse("0,0,red\n1,1,dark blue\n2,2,red\n3,3,7")
    assert read.points.labels.tolist() == [0, 1, 0, 2]
    assert read.names == ("red", "dark blue", "7")


def test_numbers_of_classes_stay_the_colours_that_they_are():
    read = parse("0,0,6\n1,1,2")
    assert read.points.labels.tolist() == [6, 2]
    assert read.names == ("0", "1", "2", "3", "4", "5", "6")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("hello, world", "1 line was left out that is not two numbers and a class."),
        ("1,two,1\n1,2\n1,2,3,4", "3 lines were left out that are not two numbers and a class."),
        ("1_000,2,1", "1 line was left out that is not two numbers and a class."),
        ("5," * 2000, "1 line was left out that is not two numbers and a class."),
        ("nan,2,1", "1 point was left out whose x or y is not a number, or too large."),
        ("inf,2,1\n2,1e300,0", "2 points were left out whose x or y is not a number, or too large."),
        ("1,1,0", "2 points lie where a point of another class lies: no model gets all of them right."),
    ],
)
def test_what_is_no_point_is_counted_and_the_rest_kept(bad, said):
    read = parse(f"x,y,class\n1,1,1\n2,2,0\n{bad}\n3,3,1")
    assert read.notes == (said,)
    assert [1.0, 1.0] in read.points.coordinates.tolist()
    assert [3.0, 3.0] in read.points.coordinates.tolist()


def test_a_line_break_within_a_line_is_no_point():
    read = parse_points(['1,2,"a"\n', '1,"\r2",b\r3,"a"\n', "3,4,b\n"])
    assert len(read.points) == 2
    assert "1 line was left out" in read.notes[0]


def test_a_line_that_is_wrong_is_no_header():
    assert parse("1,x,0\n1,1,1\n2,2,0").notes == ("1 line was left out that is not two numbers and a class.",)


def test_there_are_eight_classes():
    read = parse("\n".join(f"{each},0,class {each}" for each in range(10)))
    assert len(read.points) == 8
    assert read.notes == ("2 points were left out of further classes: there can be 8.",)


def test_one_class_is_said():
    assert parse("1,1,a\n2,2,a").notes == (
        "All points are of one class: add points of another one, so that there is a boundary.",
    )


@pytest.mark.parametrize("text", ["", "x,y,class", "\n\n", "nan,1,1", "a b c"])
def test_without_points_there_is_one_sentence(text):
    with pytest.raises(DataError, match="has no points: each line needs x, y and a class"):
        parse(text)


def test_of_too_many_a_fair_part_is_kept():
    lines = [
        f"{number % 1000},{number // 1000},{int(number > MOST_POINTS)}" for number in range(2 * MOST_POINTS)
    ]
    read = parse_points(lines)
    assert len(read.points) == MOST_POINTS
    assert read.points.labels.mean() == pytest.approx(0.5, abs=0.01)
    assert read.notes == ("100,000 points were left out, chosen at random: there can be 100,000.",)


@given(st.text(max_size=60))
@settings(max_examples=50)
def test_any_text_is_read_or_refused_in_a_sentence(text):
    for lines in (text.splitlines(), [*text.splitlines(), "1,2,3"]):
        try:
            read = parse_points(lines)
        except DataError:
            continue
        assert len(read.points)
        assert read.points.labels.max() < len(read.names)


@given(
    st.lists(
        st.tuples(st.floats(-LARGEST, LARGEST), st.floats(-LARGEST, LARGEST), st.integers(0, 7)),
        min_size=1,
        max_size=20,
    )
)
@settings(max_examples=30)
def test_what_is_written_is_read_as_the_same(rows):
    import tempfile
    from pathlib import Path

    points = Points(np.array([row[:2] for row in rows], dtype=np.float64), np.array([row[2] for row in rows]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "points.csv"
        write_points(path, points)
        read = read_points(path).points
    assert np.array_equal(read.coordinates, points.coordinates)
    assert np.array_equal(read.labels, points.labels)


def test_names_are_written(tmp_path):
    points, names = make_points("blobs", 9, 3), ("red", 'a "b", c', "1;2")
    write_points(tmp_path / "points.csv", points, names)
    read = read_points(tmp_path / "points.csv")
    assert [read.names[label] for label in read.points.labels] == [names[label] for label in points.labels]


def test_files_that_are_none(tmp_path):
    (tmp_path / "picture.csv").write_bytes(bytes(range(256)) * 400)
    (tmp_path / "endless.csv").write_bytes(b"1," * 100_000)
    for name in ("picture.csv", "endless.csv"):
        with pytest.raises(DataError, match=f"“{name}” has no points"):
            read_points(tmp_path / name)
    for name in ("missing.csv", "."):
        with pytest.raises(DataError, match="could not be opened"):
            read_points(tmp_path / name)
    with pytest.raises(DataError, match="could not be written"):
        write_points(tmp_path / "no folder" / "points.csv", make_points("xor", 5))


def test_a_mark_at_the_beginning_and_a_long_line_do_no_harm(tmp_path):
    path = tmp_path / "points.csv"
    path.write_bytes(b"\xef\xbb\xbf1,2,0\r\n" + b"9" * 20_000 + b",1,1\r\n3,4,1")
    read = read_points(path)
    assert read.points.coordinates.tolist() == [[1, 2], [3, 4]]
    assert read.notes == ("1 line was left out that is not two numbers and a class.",)
