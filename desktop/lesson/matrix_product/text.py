"""Matrix product in words: what each step does, spelled out with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.lesson.matrix_product import ProductStep, Role, Stage, View
from engine.number_text import number_text

TITLES = {
    View.ROW_TIMES_COLUMN: "Row × column",
    View.BROADCASTING: "Broadcasting",
    View.OUTER_PRODUCTS: "Outer products",
}
"""What to call each view."""

HEADINGS = {
    Role.FIRST: "First",
    Role.SECOND: "Second",
    Role.STRETCHED: "Stretched",
    Role.PRODUCTS: "Products",
    Role.OUTER: "Added now",
    Role.RESULT: "Result",
}
"""What to call each matrix."""

SAME = "All three views end with this result."

_BEGINNINGS = {
    View.ROW_TIMES_COLUMN: (
        "Each number in the result is one row of the first matrix times one column of the second: "
        "multiply in pairs, then add."
    ),
    View.BROADCASTING: (
        "A whole row of the result at once: turn a row of the first matrix into a column, stretch it, "
        "multiply it by the whole second matrix, and sum."
    ),
    View.OUTER_PRODUCTS: (
        "The other way round: a column of the first matrix times a row of the second gives a whole matrix, "
        "and the result is the sum of these matrices."
    ),
}


def shown(number: float) -> str:
    """A number with a minus sign as wide as a plus."""
    return number_text(number).replace("-", "−")


def step_text(view: View, step: ProductStep) -> str:
    """What a step does, with its numbers: ``result[0, 1] = 2·4 + 0·1 + 1·2 = 10``."""
    if step.stage is Stage.BEGIN:
        return _BEGINNINGS[view]
    return _TEXTS[step.stage](step)


def _dot(step: ProductStep) -> str:
    row = _numbers(step, Role.FIRST)[step.row]
    column = [each[step.column] for each in _numbers(step, Role.SECOND)]
    terms = " + ".join(_term(one, other) for one, other in zip(row, column, strict=True))
    total = shown(_numbers(step, Role.RESULT)[step.row][step.column])
    return f"Row {step.row} times column {step.column}: result[{step.row}, {step.column}] = {terms} = {total}"


def _stretch(step: ProductStep) -> str:
    count = len(_numbers(step, Role.STRETCHED)[0])
    return (
        f"first[{step.row}, :, None] is row {step.row} as a column. It is stretched to "
        f"{count} column{'s' * (count != 1)}; the hatched numbers are not stored again."
    )


def _multiply(step: ProductStep) -> str:
    rows = zip(
        _numbers(step, Role.STRETCHED),
        _numbers(step, Role.SECOND),
        _numbers(step, Role.PRODUCTS),
        strict=True,
    )
    parts = (f"{shown(wide[0])} · {_vector(other)} = {_vector(products)}" for wide, other, products in rows)
    return f"Number by number: {', '.join(parts)}"


def _sum(step: ProductStep) -> str:
    terms = " + ".join(map(_vector, _numbers(step, Role.PRODUCTS)))
    total = _vector(_numbers(step, Role.RESULT)[step.row])
    return f"Summed over the rows: result[{step.row}] = {terms} = {total}"


def _add_outer(step: ProductStep) -> str:
    one, other = _numbers(step, Role.FIRST)[0][step.inner], _numbers(step, Role.SECOND)[step.inner][0]
    total = _numbers(step, Role.RESULT)[0][0]
    before = round(total - one * other, 4) + 0.0
    return (
        f"Column {step.inner} times row {step.inner} is added to the whole result, for example "
        f"result[0, 0] = {shown(before)} + {_term(one, other)} = {shown(total)}"
    )


_TEXTS: dict[Stage, Callable[[ProductStep], str]] = {
    Stage.DOT: _dot,
    Stage.STRETCH: _stretch,
    Stage.MULTIPLY: _multiply,
    Stage.SUM: _sum,
    Stage.ADD_OUTER: _add_outer,
}


def _numbers(step: ProductStep, role: Role) -> list[list[float]]:
    """Those of a matrix; what was not computed yet, which no sentence uses, is 0."""
    return [[number or 0.0 for number in row] for row in step.sheet(role).numbers]


def _term(one: float, other: float) -> str:
    """A product, with a negative factor in brackets where it would follow a sign: ``2·(−1)``."""
    left = shown(one) if one >= 0 else f"({shown(one)})"
    right = shown(other) if other >= 0 else f"({shown(other)})"
    return f"{left}·{right}"


def _vector(numbers: Sequence[float]) -> str:
    return f"[{' '.join(map(shown, numbers))}]"
