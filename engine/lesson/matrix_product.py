"""Matrix product, step by step: row times column, by broadcasting, and as a sum of outer products.

Three ways to see the same numbers. Each step says what every matrix looks like then: which numbers are there
already, which are used, and which are only copies of others.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from engine.errors import SettingsError
from engine.lesson.matrix_text import Rows

Place = tuple[int, int]
"""Row and column, from 0."""

# Products of numbers with two decimals have four; what is beyond comes from binary fractions.
_DECIMALS = 4
_NOTHING: frozenset[Place] = frozenset()
_RANDOM_NUMBERS = (-3, -2, -1, 0, 1, 2, 3, 4, 5)


class View(Enum):
    """A way to see a matrix product."""

    ROW_TIMES_COLUMN = "row times column"
    BROADCASTING = "broadcasting"
    OUTER_PRODUCTS = "outer products"


class Stage(Enum):
    """What a step does."""

    BEGIN = "begin"
    DOT = "dot"
    STRETCH = "stretch"
    MULTIPLY = "multiply"
    SUM = "sum"
    ADD_OUTER = "add outer"


class Role(Enum):
    """What a matrix is in the product."""

    FIRST = "first"
    SECOND = "second"
    STRETCHED = "stretched"
    PRODUCTS = "products"
    OUTER = "outer"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A matrix as it stands at one step.

    Attributes:
        role: What it is.
        numbers: Row by row; None where nothing was computed yet.
        used: Places of what this step looks at or computes.
        are_copies: Whether the columns but the first only repeat it.
    """

    role: Role
    numbers: tuple[tuple[float | None, ...], ...]
    used: frozenset[Place] = _NOTHING
    are_copies: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.numbers), len(self.numbers[0])


@dataclass(frozen=True, slots=True)
class ProductStep:
    """One step.

    Attributes:
        stage: What it does.
        row: Of the result, for row times column and broadcasting; else 0.
        column: Of the result, for row times column; else 0.
        inner: Which column of the first meets which row of the second, for outer products; else 0.
        sheets: All that there is to see, in the order of reading.
    """

    stage: Stage
    row: int
    column: int
    inner: int
    sheets: tuple[Sheet, ...]

    def sheet(self, role: Role) -> Sheet:
        """The matrix in a role.

        Raises:
            KeyError: None is in it at this step.
        """
        for sheet in self.sheets:
            if sheet.role is role:
                return sheet
        raise KeyError(role)


def matrix_product(first: Rows, second: Rows) -> Rows:
    """The product itself.

    Raises:
        SettingsError: They do not fit; names the field ``second``.
    """
    check_fit(first, second)
    columns = tuple(zip(*second, strict=True))
    return tuple(tuple(_dot(row, column) for column in columns) for row in first)


def check_fit(first: Rows, second: Rows) -> None:
    """See that there is a product.

    Raises:
        SettingsError: The first one has not as many columns as the second one rows; names ``second``.
    """
    columns, rows = len(first[0]), len(second)
    if columns != rows:
        raise SettingsError(
            "second",
            f"The first matrix has {columns} column{'s' * (columns != 1)} and this one {rows} "
            f"row{'s' * (rows != 1)}: for a product these numbers must be equal.",
        )


def product_steps(first: Rows, second: Rows, view: View) -> tuple[ProductStep, ...]:
    """All steps of a product, the first of which has computed nothing yet.

    Raises:
        SettingsError: They do not fit; names the field ``second``.
    """
    check_fit(first, second)
    return tuple(_STEPS[view](first, second))


def random_matrix(rows: int, columns: int, source: random.Random) -> Rows:
    """Whole numbers that can be multiplied in the head."""
    return tuple(tuple(float(source.choice(_RANDOM_NUMBERS)) for _ in range(columns)) for _ in range(rows))


def _row_times_column(first: Rows, second: Rows) -> Iterable[ProductStep]:
    result = matrix_product(first, second)
    rows, inner, columns = len(first), len(second), len(second[0])
    yield _step(Stage.BEGIN, Sheet(Role.FIRST, first), Sheet(Role.SECOND, second), _part(result, 0))
    for row in range(rows):
        for column in range(columns):
            yield _step(
                Stage.DOT,
                Sheet(Role.FIRST, first, _row(row, inner)),
                Sheet(Role.SECOND, second, _column(column, inner)),
                _part(result, row * columns + column + 1, frozenset({(row, column)})),
                row=row,
                column=column,
            )


def _broadcasting(first: Rows, second: Rows) -> Iterable[ProductStep]:
    result = matrix_product(first, second)
    inner, columns = len(second), len(second[0])
    everything = _everything(inner, columns)
    blank = _blank(inner, columns)
    yield _step(
        Stage.BEGIN,
        Sheet(Role.FIRST, first),
        Sheet(Role.STRETCHED, blank),
        Sheet(Role.SECOND, second),
        Sheet(Role.PRODUCTS, blank),
        _part(result, 0),
    )
    for row, numbers in enumerate(first):
        stretched = tuple((number,) * columns for number in numbers)
        products = tuple(
            tuple(_rounded(number * other) for other in others)
            for number, others in zip(numbers, second, strict=True)
        )
        done = _part(result, row * columns)
        more = _part(result, (row + 1) * columns, _row(row, columns))
        for stage in (Stage.STRETCH, Stage.MULTIPLY, Stage.SUM):
            is_stretch, is_sum = stage is Stage.STRETCH, stage is Stage.SUM
            computed = (
                Sheet(Role.PRODUCTS, blank) if is_stretch else Sheet(Role.PRODUCTS, products, everything)
            )
            yield _step(
                stage,
                Sheet(Role.FIRST, first, _row(row, inner) if is_stretch else _NOTHING),
                Sheet(Role.STRETCHED, stretched, _NOTHING if is_sum else everything, are_copies=True),
                Sheet(Role.SECOND, second, everything if stage is Stage.MULTIPLY else _NOTHING),
                computed,
                more if is_sum else done,
                row=row,
            )


def _outer_products(first: Rows, second: Rows) -> Iterable[ProductStep]:
    rows, columns = len(first), len(second[0])
    total: Rows = ((0.0,) * columns,) * rows
    yield _step(
        Stage.BEGIN,
        Sheet(Role.FIRST, first),
        Sheet(Role.SECOND, second),
        Sheet(Role.OUTER, _blank(rows, columns)),
        Sheet(Role.RESULT, total),
    )
    everything = _everything(rows, columns)
    for inner, others in enumerate(second):
        outer = tuple(tuple(_rounded(row[inner] * other) for other in others) for row in first)
        total = tuple(
            tuple(_rounded(sum(pair)) for pair in zip(*pairs, strict=True))
            for pairs in zip(total, outer, strict=True)
        )
        yield _step(
            Stage.ADD_OUTER,
            Sheet(Role.FIRST, first, _column(inner, rows)),
            Sheet(Role.SECOND, second, _row(inner, columns)),
            Sheet(Role.OUTER, outer, everything),
            Sheet(Role.RESULT, total, everything),
            inner=inner,
        )


_STEPS: dict[View, Callable[[Rows, Rows], Iterable[ProductStep]]] = {
    View.ROW_TIMES_COLUMN: _row_times_column,
    View.BROADCASTING: _broadcasting,
    View.OUTER_PRODUCTS: _outer_products,
}


def _step(stage: Stage, *sheets: Sheet, row: int = 0, column: int = 0, inner: int = 0) -> ProductStep:
    return ProductStep(stage, row, column, inner, sheets)


def _part(result: Rows, count: int, used: frozenset[Place] = _NOTHING) -> Sheet:
    """As much of the result as there is after so many numbers, row by row."""
    columns = len(result[0])
    return Sheet(
        Role.RESULT,
        tuple(
            tuple(number if place * columns + at < count else None for at, number in enumerate(row))
            for place, row in enumerate(result)
        ),
        used,
    )


def _blank(rows: int, columns: int) -> tuple[tuple[None, ...], ...]:
    return ((None,) * columns,) * rows


def _everything(rows: int, columns: int) -> frozenset[Place]:
    return frozenset((row, column) for row in range(rows) for column in range(columns))


def _row(row: int, columns: int) -> frozenset[Place]:
    return frozenset((row, column) for column in range(columns))


def _column(column: int, rows: int) -> frozenset[Place]:
    return frozenset((row, column) for row in range(rows))


def _dot(row: tuple[float, ...], column: tuple[float, ...]) -> float:
    return _rounded(sum(one * other for one, other in zip(row, column, strict=True)))


def _rounded(number: float) -> float:
    return round(number, _DECIMALS) + 0.0  # −0 is 0
