"""Digit lines: whatever a line holds, the next one is read."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.drawing_lines import (
    MOST_POINTS,
    DrawingLine,
    FaultyLine,
    digit_of,
    drawing_line,
    read_drawing_lines,
    spanning,
)
from tests.strategies import inks

GOOD = drawing_line("3", "ada", [[[0, 0], [5, 9]]]).encode()


def read(content):
    return list(read_drawing_lines(io.BytesIO(content)))


@given(st.binary(max_size=200).filter(lambda line: b"\n" not in line))
def test_no_line_spoils_the_next(line):
    before, bad, after = read(b"\n".join([GOOD, line, GOOD]))
    assert isinstance(bad, FaultyLine)
    assert (before.number, bad.number, after.number) == (1, 2, 3)
    assert before.ink == after.ink


@given(inks().filter(lambda ink: not ink.is_empty))
def test_a_line_that_was_read_is_written_as_it_was(ink):
    line = drawing_line("7", "ada", ink.strokes)
    (once,) = read(line.encode())
    assert isinstance(once, DrawingLine)
    assert once.label == "7"
    assert drawing_line("7", once.writer, once.strokes) == line
    assert [len(stroke) for stroke in once.ink.strokes] == [len(stroke) for stroke in ink.strokes]


@given(inks().filter(lambda ink: not ink.is_empty), st.text(max_size=9))
def test_a_line_is_what_json_would_write(ink, writer):
    places = iter(spanning(ink.strokes))
    strokes = [[[round(next(places), 1), round(next(places), 1)] for _ in stroke] for stroke in ink.strokes]
    record = {"label": 7, "writer": writer, "strokes": strokes}
    assert drawing_line("7", writer, ink.strokes) == json.dumps(record, separators=(",", ":"))


def test_a_line_of_many_megabytes_is_passed_over_in_pieces():
    first, long, last = read(GOOD + b"\n" + b'{"label": 3, "x": "' + b"y" * 5_000_000 + b'"}\n' + GOOD)
    assert isinstance(long, FaultyLine)
    assert "points" in long.fault
    assert (first.label, last.label, last.number) == ("3", "3", 3)


def test_as_many_points_as_are_allowed_are_read_with_all_their_digits():
    point = [1234.567890123456789, 1e-300, 0.123456789012345, 123456.789012345]
    record = {"label": 1, "writer": "ada", "strokes": [[point] * MOST_POINTS]}
    (line,) = read(json.dumps(record).encode())
    assert isinstance(line, DrawingLine)
    record["strokes"].append([point])
    (line,) = read(json.dumps(record).encode())
    assert isinstance(line, FaultyLine)


def test_a_byte_order_mark_and_other_line_ends_are_no_fault():
    assert [line.label for line in read(b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD + b"\r\n")] == ["3", "3"]


def line(strokes, label=3, **more):
    return json.dumps({"label": label, "strokes": strokes, **more}).encode()


SEVEN = [[[30, 20], [70, 20]], [[70, 20], [48, 80]]]
SEVEN_IN_COLUMNS = [[[30, 70], [20, 20]], [[70, 48], [20, 80]]]
LONG = [[[5, 0], [6, 50], [7, 100], [8, 110], [9, 120]]]
LONG_IN_COLUMNS = [[[5, 6, 7, 8, 9], [0, 50, 100, 110, 120]]]


def strokes_read(*lines):
    return [
        [[[*point[:2]] for point in stroke] for stroke in each.ink.strokes]
        for each in read(b"\n".join(lines))
    ]


def test_strokes_in_columns_are_read_as_they_were_drawn_whichever_line_tells():
    for columns in (
        [line(LONG_IN_COLUMNS), line(SEVEN_IN_COLUMNS)],
        [line(SEVEN_IN_COLUMNS), line(LONG_IN_COLUMNS)],
    ):
        assert SEVEN in strokes_read(*columns)
        assert LONG in strokes_read(*columns)
    assert strokes_read(line(LONG), line(SEVEN)) == [LONG, SEVEN]
    assert strokes_read(line(SEVEN), line(LONG)) == [SEVEN, LONG]
    # Nothing tells: the form that is written here.
    assert strokes_read(line(SEVEN)) == [SEVEN]


def test_three_or_four_numbers_are_a_point_only_with_a_pressure_that_a_pen_can_have():
    assert strokes_read(line([[[5, 6, 7], [0, 50, 100]]])) == [[[[5, 0], [6, 50], [7, 100]]]]
    assert strokes_read(line([[[5, 6, 7, 8], [0, 50, 100, 110]]])) == [
        [[[5, 0], [6, 50], [7, 100], [8, 110]]]
    ]
    assert strokes_read(line([[[5, 6, 0.5, 12], [0, 50, 1, 20]]])) == [[[[5, 6], [0, 50]]]]


def test_a_third_column_is_time_and_left_out():
    assert strokes_read(line([[*LONG_IN_COLUMNS[0], [0, 8, 16, 24, 32]]])) == [LONG]


def test_lines_of_quick_draw_have_a_word_for_a_label():
    drawing = {"countrycode": "US", "recognized": True, "drawing": SEVEN_IN_COLUMNS}
    seven, also_seven, cat, none = read(
        b"\n".join(
            json.dumps({**drawing, **word}).encode()
            for word in ({"word": "Seven"}, {"word": "7"}, {"word": "hot air balloon"}, {})
        )
    )
    assert (seven.label, also_seven.label, cat.label) == ("Seven", "7", "hot air balloon")
    assert [[[*point[:2]] for point in stroke] for stroke in seven.ink.strokes] == SEVEN
    assert none.fault == "without a label of 1 to 20 characters"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        (" é ", "é"),
        ("e\u0301", "é"),
        ("x" * 20, "x" * 20),
        (12, "12"),
        (-1, "-1"),
        (3.0, "3"),
        ("x" * 21, None),
        ("  ", None),
        ("a\nb", None),
        ("a\u202eb", None),
        (10**20, None),
        (1e300, None),
        (2.5, None),
        (True, None),
        ([3], None),
        (None, None),
    ],
)
def test_a_label_is_a_short_text_or_a_whole_number(label, name):
    (read_line,) = read(line(SEVEN, label))
    if name is None:
        assert read_line == FaultyLine(1, "without a label of 1 to 20 characters")
    else:
        assert read_line.label == name
        (again,) = read(drawing_line(name, "", SEVEN).encode())
        assert again.label == name


def test_digits_are_told_in_figures_and_words():
    assert [digit_of(label) for label in ("0", "9", "seven", "Seven", "10", "cat", "٣")] == [
        *(0, 9, 7, 7),
        *(None, None, None),
    ]


def test_columns_that_do_not_match_are_no_strokes():
    for strokes in (
        [[[1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]]],
        [[[1] * 6] * 4],
        [[[1] * 6]],
        [["a" * 6, "b" * 6]],
    ):
        (bad,) = read(line(strokes))
        assert bad.fault == "with strokes that are not pairs of finite numbers"
