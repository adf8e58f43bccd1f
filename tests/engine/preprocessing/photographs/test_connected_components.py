"""Patches of ink: what touches at a side or a corner, and nothing else."""

import numpy as np
import pytest

from engine.preprocessing.photographs.connected_components import find_patches


def flood(is_ink):
    """The same, one pixel after another."""
    labels, count = np.full(is_ink.shape, -1), 0
    for start in np.argwhere(is_ink).tolist():
        if labels[tuple(start)] >= 0:
            continue
        waiting = [start]
        while waiting:
            row, column = waiting.pop()
            if labels[row, column] < 0:
                labels[row, column] = count
                around = is_ink[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
                for down, across in np.argwhere(around).tolist():
                    waiting.append([max(0, row - 1) + down, max(0, column - 1) + across])
        count += 1
    return labels, count


@pytest.mark.parametrize("seed", range(60))
def test_patches_are_those_of_a_flood(seed):
    random = np.random.default_rng(seed)
    is_ink = random.random(random.integers(1, 14, 2)) < random.random()
    patches = find_patches(is_ink)
    labels, count = flood(is_ink)
    assert len(patches) == count
    assert ((patches.labels >= 0) == is_ink).all()
    assert len(set(zip(patches.labels[is_ink].tolist(), labels[is_ink].tolist(), strict=True))) == count
    for number in range(count):
        rows, columns = np.nonzero(patches.labels == number)
        assert patches.areas[number] == len(rows)
        assert patches.boxes[number].tolist() == [
            columns.min(),
            rows.min(),
            columns.max() + 1,
            rows.max() + 1,
        ]
        outline = patches.outlines[number]
        assert outline.min(axis=0).tolist() == [columns.min(), rows.min() + 0.5]
        assert outline.max(axis=0).tolist() == [columns.max() + 1, rows.max() + 0.5]


def test_a_long_winding_line_is_one_patch():
    is_ink = np.zeros((200, 201), dtype=bool)
    is_ink[::2] = True
    is_ink[1::4, -1] = is_ink[3::4, 0] = True
    assert len(find_patches(is_ink)) == 1


def test_small_patches_are_left_out():
    is_ink = np.zeros((9, 9), dtype=bool)
    is_ink[0, 0] = is_ink[4, 4:7] = True
    patches = find_patches(is_ink, least_area=2)
    assert patches.areas.tolist() == [3]
    assert patches.labels[0, 0] == -1


def test_blank_paper_has_no_patches():
    assert len(find_patches(np.zeros((5, 7), dtype=bool))) == 0
