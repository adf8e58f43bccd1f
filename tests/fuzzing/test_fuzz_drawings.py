"""Damaged files of drawings: each line is a drawing or a fault, whatever it holds, and importing goes on."""

import io
import json

import pytest

from engine.data.drawing_lines import DrawingLine, drawing_line, read_drawing_lines
from engine.data.handwriting.synthetic_digits import random_ink
from engine.errors import ScratchpadError
from engine.preprocessing.ink_file import ink_from_text
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import SLOW_S, check_reader

_LINES = "\n".join(
    drawing_line(str(digit), "ada", random_ink(digit, digit).strokes) for digit in range(4)
).encode()
_COLUMNS = b'{"label": 7, "strokes": [[[3, 7], [2, 2]], [[7, 6, 5, 4, 3], [2, 3, 4, 5, 6]]]}'
_QUICK_DRAW = b'{"word": "seven", "drawing": [[[10, 20, 30], [5, 25, 45]], [[1, 2], [3, 4], [5, 6]]]}'
_INK = json.dumps({"strokes": random_ink(3, 3).strokes}).encode()


def read_lines(data: bytes) -> None:
    for line in read_drawing_lines(io.BytesIO(data)):
        if isinstance(line, DrawingLine):
            drawing_line(line.label, line.writer or "", line.strokes)


def check(count: int) -> None:
    lines = mutations((_LINES, _COLUMNS, _QUICK_DRAW), count, seed=1)
    inks = mutations((_INK,), count, seed=2)
    for read, inputs in ((read_lines, lines), (ink_from_text, inks)):
        report = check_reader(read, inputs, ScratchpadError)
        assert not report.foreign, report
        assert report.slowest_s < SLOW_S
        assert report.memory_mib < 1024


def test_2000_damaged_files():
    check(2_000)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_20000_damaged_files():
    check(20_000)
