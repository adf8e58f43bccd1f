"""The steps of a matrix product, with PyTorch as their judge."""

import random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingsError
from engine.lesson.matrix_product import (
    Role,
    Stage,
    View,
    check_fit,
    matrix_product,
    product_steps,
    random_matrix,
)

FIRST = ((2.0, 0.0, 1.0), (1.0, 3.0, 2.0))
SECOND = ((1.0, 4.0), (3.0, 1.0), (5.0, 2.0))
RESULT = ((7.0, 10.0), (20.0, 11.0))

_numbers = st.integers(-9900, 9900).map(lambda hundredths: hundredths / 100)


@st.composite
def _pairs(draw):
    rows, inner, columns = (draw(st.integers(1, 5)) for _ in range(3))
    return tuple(
        tuple(tuple(draw(_numbers) for _ in range(width)) for _ in range(height))
        for height, width in ((rows, inner), (inner, columns))
    )


def _tensor(rows) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64)


@given(_pairs())
def test_every_view_ends_with_what_pytorch_computes(pair):
    expected = _tensor(pair[0]) @ _tensor(pair[1])
    assert torch.allclose(_tensor(matrix_product(*pair)), expected)
    for view in View:
        steps = product_steps(*pair, view)
        assert steps[0].stage is Stage.BEGIN
        assert torch.allclose(_tensor(steps[-1].sheet(Role.RESULT).numbers), expected)


@given(_pairs())
def test_no_step_changes_a_number_that_is_there(pair):
    for view in (View.ROW_TIMES_COLUMN, View.BROADCASTING):
        result = matrix_product(*pair)
        counts = []
        for step in product_steps(*pair, view):
            assert step.sheet(Role.FIRST).numbers == pair[0]
            assert step.sheet(Role.SECOND).numbers == pair[1]
            shown = step.sheet(Role.RESULT).numbers
            pairs = [
                (one, other)
                for ours, theirs in zip(shown, result, strict=True)
                for one, other in zip(ours, theirs, strict=True)
            ]
            assert all(one in (None, other) for one, other in pairs)
            counts.append(sum(one is not None for one, _ in pairs))
        assert counts == sorted(counts)
        assert counts[0] == 0


def test_row_times_column_goes_through_the_result_row_by_row():
    steps = product_steps(FIRST, SECOND, View.ROW_TIMES_COLUMN)
    assert [(step.row, step.column) for step in steps[1:]] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    third = steps[3]
    assert third.sheet(Role.FIRST).used == {(1, 0), (1, 1), (1, 2)}
    assert third.sheet(Role.SECOND).used == {(0, 0), (1, 0), (2, 0)}
    assert third.sheet(Role.RESULT).used == {(1, 0)}
    assert third.sheet(Role.RESULT).numbers == ((7.0, 10.0), (20.0, None))


def test_broadcasting_stretches_multiplies_and_sums_each_row():
    steps = product_steps(FIRST, SECOND, View.BROADCASTING)
    assert [step.stage for step in steps[1:]] == 2 * [Stage.STRETCH, Stage.MULTIPLY, Stage.SUM]
    stretch, multiply, total = steps[4:]
    assert stretch.sheet(Role.STRETCHED).numbers == ((1.0, 1.0), (3.0, 3.0), (2.0, 2.0))
    assert stretch.sheet(Role.STRETCHED).are_copies
    assert stretch.sheet(Role.PRODUCTS).numbers == ((None, None),) * 3
    assert multiply.sheet(Role.PRODUCTS).numbers == ((1.0, 4.0), (9.0, 3.0), (10.0, 4.0))
    assert multiply.sheet(Role.RESULT).numbers == ((7.0, 10.0), (None, None))
    assert total.sheet(Role.RESULT).numbers == RESULT
    assert total.sheet(Role.RESULT).used == {(1, 0), (1, 1)}


@given(_pairs())
def test_the_products_are_those_of_broadcasting_in_pytorch(pair):
    products = _tensor(pair[0])[:, :, None] * _tensor(pair[1])
    for step in product_steps(*pair, View.BROADCASTING):
        if step.stage is Stage.MULTIPLY:
            assert torch.allclose(_tensor(step.sheet(Role.PRODUCTS).numbers), products[step.row])


def test_outer_products_add_a_whole_matrix_at_each_step():
    steps = product_steps(FIRST, SECOND, View.OUTER_PRODUCTS)
    assert len(steps) == 1 + 3
    total = torch.zeros(2, 2, dtype=torch.float64)
    for step in steps[1:]:
        column, row = _tensor(FIRST)[:, step.inner], _tensor(SECOND)[step.inner]
        assert torch.equal(_tensor(step.sheet(Role.OUTER).numbers), torch.outer(column, row))
        assert step.sheet(Role.FIRST).used == {(0, step.inner), (1, step.inner)}
        assert step.sheet(Role.SECOND).used == {(step.inner, 0), (step.inner, 1)}
        total += torch.outer(column, row)
        assert torch.equal(_tensor(step.sheet(Role.RESULT).numbers), total)


def test_a_role_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        product_steps(FIRST, SECOND, View.ROW_TIMES_COLUMN)[0].sheet(Role.OUTER)


@pytest.mark.parametrize(
    "use", [matrix_product, check_fit, lambda *pair: product_steps(*pair, View.BROADCASTING)]
)
def test_matrices_that_do_not_fit_are_told_with_their_sizes(use):
    with pytest.raises(SettingsError, match="has 3 columns and this one 2 rows") as refused:
        use(FIRST, FIRST)
    assert refused.value.field == "second"
    with pytest.raises(SettingsError, match="has 1 column and this one 2 rows"):
        use(((1.0,),), FIRST)


def test_decimals_leave_no_crumbs():
    assert matrix_product(((0.1, 0.2),), ((3.0,), (3.0,))) == ((0.9,),)
    assert matrix_product(((0.1, -0.1),), ((3.0,), (3.0,))) == ((0.0,),)


def test_random_matrices_have_the_sizes_and_small_whole_numbers():
    matrix = random_matrix(3, 5, random.Random(1))
    assert [len(row) for row in matrix] == [5, 5, 5]
    assert all(number == int(number) and abs(number) <= 5 for row in matrix for number in row)
    assert matrix == random_matrix(3, 5, random.Random(1))
    assert matrix != random_matrix(3, 5, random.Random(2))
