import json
from pathlib import Path

import pytest
import torch

from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.errors import DataError
from engine.preprocessing.ink import Ink, Point


def line(label: object = 3, writer: object = "ada", strokes: object = ((0, 0), (500, 1000))) -> str:
    return json.dumps({"label": label, "writer": writer, "strokes": [strokes] if strokes else strokes})


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def by_writers(path: Path, writers: int = 10, digits: int = 3) -> PenDigits:
    lines = [
        line(label=digit, writer=f"writer {writer}", strokes=((0, 0), (10 * writer + 5, 40 * digit + 100)))
        for writer in range(writers)
        for digit in range(digits)
    ]
    return load_pen_digits(written(path, *lines))


def test_reads_strokes_labels_and_writers_in_order(tmp_path: Path) -> None:
    pen_digits = load_pen_digits(written(tmp_path / "strokes.jsonl", line(7, "ada"), line(0, "bob")))
    assert pen_digits.labels == (7, 0)
    assert pen_digits.writers == ("ada", "bob")
    assert [point[:2] for point in pen_digits.inks[0].strokes[0]] == [(0, 0), (500, 1000)]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "7",
        line(label=10),
        line(label=-1),
        line(label="seven"),
        line(label=2.5),
        line(label=True),
        line(strokes=[]),
        line(strokes=[[1, 2], [3]]),
        line(strokes=[[1, 2], ["x", 3]]),
        line(strokes=[[1, float("nan")]]),
        '{"label": 3, "strokes": [[[1, 2]]]}',
        '{"label": 3, "writer": "ada"}',
        "",
    ],
)
def test_bad_line_is_named_by_its_number(tmp_path: Path, bad: str) -> None:
    path = written(tmp_path / "strokes.jsonl", line(), bad, line())
    with pytest.raises(DataError, match=r"Line 2 of strokes\.jsonl"):
        load_pen_digits(path)


def test_missing_binary_and_empty_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_pen_digits(tmp_path / "absent.jsonl")
    with pytest.raises(DataError, match="cannot be read"):
        load_pen_digits(tmp_path)
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="Line 1"):
        load_pen_digits(binary)
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    with pytest.raises(DataError, match="no pen digits"):
        load_pen_digits(empty)


def test_no_writer_is_on_both_sides_of_the_split(tmp_path: Path) -> None:
    pen_digits = by_writers(tmp_path / "strokes.jsonl")
    known, unknown = pen_digits.split_by_writer()
    assert set(known.writers).isdisjoint(unknown.writers)
    assert set(known.writers) | set(unknown.writers) == set(pen_digits.writers)
    assert len(known) + len(unknown) == len(pen_digits)
    assert len(set(unknown.writers)) == 2  # a fifth of ten


def test_split_depends_on_its_seed_and_on_nothing_else(tmp_path: Path) -> None:
    pen_digits = by_writers(tmp_path / "strokes.jsonl", writers=30)
    backwards = PenDigits(pen_digits.inks[::-1], pen_digits.labels[::-1], pen_digits.writers[::-1])
    held_out = set(pen_digits.split_by_writer()[1].writers)
    assert held_out == set(backwards.split_by_writer()[1].writers)
    assert held_out != set(pen_digits.split_by_writer(seed=5)[1].writers)


def test_normalised_digits_keep_their_labels(tmp_path: Path) -> None:
    pen_digits = by_writers(tmp_path / "strokes.jsonl")
    digits = pen_digits.normalised()
    assert digits.labels.tolist() == list(pen_digits.labels)
    assert bool((digits.images.amax(dim=1) > 200).all())


def test_wider_pen_leaves_more_ink(tmp_path: Path) -> None:
    pen_digits = by_writers(tmp_path / "strokes.jsonl")
    narrow, wide = (pen_digits.normalised(width).images.float().mean() for width in (2.0, 2.8))
    assert wide > narrow


def test_variants_begin_with_the_digits_themselves(tmp_path: Path) -> None:
    pen_digits = by_writers(tmp_path / "strokes.jsonl")
    digits = pen_digits.varied(3, seed=1)
    assert len(digits) == 4 * len(pen_digits)
    assert torch.equal(digits.images[: len(pen_digits)], pen_digits.normalised().images)
    assert digits.labels.tolist() == list(pen_digits.labels) * 4


def test_variants_differ_from_each_other_and_repeat_with_their_seed(tmp_path: Path) -> None:
    pen_digits = by_writers(tmp_path / "strokes.jsonl", writers=2)
    count = len(pen_digits)
    first, again, other = (pen_digits.varied(2, seed).images for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first[count:], other[count:])
    assert not torch.equal(first[count : 2 * count], first[2 * count :])


def test_what_is_held_out_in_order_stays_held_out_when_drawings_are_added(tmp_path: Path) -> None:
    few, more = ([*range(10)] * count for count in (3, 9))
    inks = tuple(Ink(((Point(float(number), 0.0),),)) for number in range(90))
    for labels, expected in ((few, 10), (more, 20), ([7, 7], 0), ([], 0)):
        drawings = PenDigits(inks[: len(labels)], tuple(labels), ("me",) * len(labels))
        learned, held_out = drawings.split_in_order()
        assert len(held_out) == expected
        assert len(learned) == len(labels) - expected
        assert set(held_out.inks) >= set(inks[20:30] if len(labels) > 20 else ())
        assert sorted(learned.labels + held_out.labels) == sorted(labels)
