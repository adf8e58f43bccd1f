"""Digit lines: whatever a line holds, the next one is read."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from engine.digit_lines import MOST_POINTS, DigitLine, FaultyLine, digit_line, read_digit_lines
from engine.ink import Ink
from tests.strategies import inks

GOOD = digit_line(3, "ada", Ink.from_lists([[[0, 0], [5, 9]]])).encode()


def read(content):
    return list(read_digit_lines(io.BytesIO(content)))


@given(st.binary(max_size=200).filter(lambda line: b"\n" not in line))
def test_no_line_spoils_the_next(line):
    before, bad, after = read(b"\n".join([GOOD, line, GOOD]))
    assert isinstance(bad, FaultyLine)
    assert (before.number, bad.number, after.number) == (1, 2, 3)
    assert before.ink == after.ink


@given(inks().filter(lambda ink: not ink.is_empty))
def test_a_line_that_was_read_is_written_as_it_was(ink):
    line = digit_line(7, "ada", ink)
    (once,) = read(line.encode())
    assert isinstance(once, DigitLine)
    assert digit_line(once.label, once.writer, once.ink) == line
    assert [len(stroke) for stroke in once.ink.strokes] == [len(stroke) for stroke in ink.strokes]


def test_a_line_of_many_megabytes_is_passed_over_in_pieces():
    first, long, last = read(GOOD + b"\n" + b'{"label": 3, "x": "' + b"y" * 5_000_000 + b'"}\n' + GOOD)
    assert isinstance(long, FaultyLine)
    assert "points" in long.fault
    assert (first.label, last.label, last.number) == (3, 3, 3)


def test_as_many_points_as_are_allowed_are_read_with_all_their_digits():
    point = [1234.567890123456789, 1e-300, 0.123456789012345, 123456.789012345]
    record = {"label": 1, "writer": "ada", "strokes": [[point] * MOST_POINTS]}
    (line,) = read(json.dumps(record).encode())
    assert isinstance(line, DigitLine)
    record["strokes"].append([point])
    (line,) = read(json.dumps(record).encode())
    assert isinstance(line, FaultyLine)


def test_a_byte_order_mark_and_other_line_ends_are_no_fault():
    assert [line.label for line in read(b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD + b"\r\n")] == [3, 3]
