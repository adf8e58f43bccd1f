"""The kernel that finds the gradients of a layer's parameters and moves them, all in one go.

The gradients themselves are never written down. See `engine.nn.optimisers` for what the optimisers do.
"""

import triton
import triton.language as tl


@triton.jit
def _move(
    gradients,
    parameters,
    velocities,
    squares,
    averages,
    place,
    mask,
    momentum,
    weight_decay,
    rate,
    missing_mean,
    missing_square,
    share,
    IS_ADAM: tl.constexpr,
    HAS_MOMENTUM: tl.constexpr,
    IS_AVERAGED: tl.constexpr,
):
    """Move the parameters at `place` against their gradients."""
    values = tl.load(parameters + place, mask=mask, other=0.0)
    gradients += weight_decay * values
    if IS_ADAM:
        means = tl.load(velocities + place, mask=mask, other=0.0)
        means += (1 - momentum) * (gradients - means)
        tl.store(velocities + place, means, mask=mask)
        sizes = tl.load(squares + place, mask=mask, other=0.0)
        sizes = 0.999 * sizes + 0.001 * gradients * gradients
        tl.store(squares + place, sizes, mask=mask)
        values -= (rate / missing_mean) * means / (tl.sqrt(sizes / missing_square) + 1e-8)
    else:
        if HAS_MOMENTUM:
            gradients += momentum * tl.load(velocities + place, mask=mask, other=0.0)
            tl.store(velocities + place, gradients, mask=mask)
        values -= rate * gradients
    tl.store(parameters + place, values, mask=mask)
    if IS_AVERAGED:
        means = tl.load(averages + place, mask=mask, other=0.0)
        tl.store(averages + place, means + share * (values - means), mask=mask)


@triton.jit
def _move_tile(
    tile,
    inputs,
    gradient,
    offset,
    rows,
    inner,
    columns,
    parameters,
    velocities,
    squares,
    averages,
    momentum,
    weight_decay,
    rate,
    missing_mean,
    missing_square,
    share,
    IS_ADAM: tl.constexpr,
    HAS_MOMENTUM: tl.constexpr,
    IS_AVERAGED: tl.constexpr,
    PRECISION: tl.constexpr,
    ROWS: tl.constexpr,
    INNER: tl.constexpr,
    COLUMNS: tl.constexpr,
):
    """INNER by COLUMNS weights; the first tiles of all columns move the bias as well."""
    across = tl.cdiv(columns, COLUMNS)
    down = (tile // across) * INNER
    inner_places = down + tl.arange(0, INNER)
    column = (tile % across) * COLUMNS + tl.arange(0, COLUMNS)
    sums = tl.zeros((INNER, COLUMNS), tl.float32)
    bias_sums = tl.zeros((COLUMNS,), tl.float32)
    for first in range(0, rows, ROWS):
        row = (first + tl.arange(0, ROWS))[:, None]
        left = tl.load(
            inputs + row * inner + inner_places[None, :],
            mask=(row < rows) & (inner_places[None, :] < inner),
            other=0.0,
        )
        right = tl.load(
            gradient + row * columns + column[None, :],
            mask=(row < rows) & (column[None, :] < columns),
            other=0.0,
        )
        sums = tl.dot(tl.trans(left), right, sums, input_precision=PRECISION)
        bias_sums += tl.sum(right, 0)
    _move(
        sums,
        parameters,
        velocities,
        squares,
        averages,
        offset + inner_places[:, None] * columns + column[None, :],
        (inner_places[:, None] < inner) & (column[None, :] < columns),
        momentum,
        weight_decay,
        rate,
        missing_mean,
        missing_square,
        share,
        IS_ADAM,
        HAS_MOMENTUM,
        IS_AVERAGED,
    )
    if down == 0:
        _move(
            bias_sums,
            parameters,
            velocities,
            squares,
            averages,
            offset + inner * columns + column,
            column < columns,
            momentum,
            weight_decay,
            rate,
            missing_mean,
            missing_square,
            share,
            IS_ADAM,
            HAS_MOMENTUM,
            IS_AVERAGED,
        )


@triton.jit
def move(
    inputs,  # (rows, inner): what the layer was given
    gradient,  # (rows, columns): for what it put out
    offset,  # of its parameters among all
    inner,
    columns,
    inputs_stride,
    other_inputs,  # the same of a second layer
    other_gradient,
    other_offset,
    other_inner,
    other_columns,
    other_inputs_stride,
    rows,
    parameters,  # (all parameters,); moved
    velocities,  # the same shape; Adam's running means
    squares,  # the same shape; Adam's
    averages,  # the same shape
    parameters_stride,
    numbers,  # (4,) for each network: rate, what is missing of means and squares, share of the average
    momentum,
    weight_decay,
    IS_ADAM: tl.constexpr,
    HAS_MOMENTUM: tl.constexpr,
    IS_AVERAGED: tl.constexpr,
    HAS_OTHER: tl.constexpr,
    UNIT: tl.constexpr,  # divides offset, inner and columns; see `kernels`
    OTHER_UNIT: tl.constexpr,
    PRECISION: tl.constexpr,
    ROWS: tl.constexpr,
    INNER: tl.constexpr,
    COLUMNS: tl.constexpr,
):
    """One layer or two: a program for each tile of INNER by COLUMNS weights of the one, then of the other."""
    offset = offset // UNIT * UNIT
    inner = inner // UNIT * UNIT
    columns = columns // UNIT * UNIT
    other_offset = other_offset // OTHER_UNIT * OTHER_UNIT
    other_inner = other_inner // OTHER_UNIT * OTHER_UNIT
    other_columns = other_columns // OTHER_UNIT * OTHER_UNIT
    network = tl.program_id(2).to(tl.int64)
    parameters += network * parameters_stride
    velocities += network * parameters_stride
    squares += network * parameters_stride
    averages += network * parameters_stride
    rate = tl.load(numbers + network * 4)
    missing_mean = tl.load(numbers + network * 4 + 1)
    missing_square = tl.load(numbers + network * 4 + 2)
    share = tl.load(numbers + network * 4 + 3)
    tile = tl.program_id(0)
    tiles = tl.cdiv(inner, INNER) * tl.cdiv(columns, COLUMNS)
    if HAS_OTHER:  # noqa: SIM102 - decided when it is compiled
        if tile >= tiles:
            _move_tile(
                tile - tiles,
                other_inputs + network * other_inputs_stride,
                other_gradient + network * rows * other_columns,
                other_offset,
                rows,
                other_inner,
                other_columns,
                parameters,
                velocities,
                squares,
                averages,
                momentum,
                weight_decay,
                rate,
                missing_mean,
                missing_square,
                share,
                IS_ADAM,
                HAS_MOMENTUM,
                IS_AVERAGED,
                PRECISION,
                ROWS,
                INNER,
                COLUMNS,
            )
    if tile < tiles:
        _move_tile(
            tile,
            inputs + network * inputs_stride,
            gradient + network * rows * columns,
            offset,
            rows,
            inner,
            columns,
            parameters,
            velocities,
            squares,
            averages,
            momentum,
            weight_decay,
            rate,
            missing_mean,
            missing_square,
            share,
            IS_ADAM,
            HAS_MOMENTUM,
            IS_AVERAGED,
            PRECISION,
            ROWS,
            INNER,
            COLUMNS,
        )
