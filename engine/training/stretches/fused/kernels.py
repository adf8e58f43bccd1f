"""Kernels of a step, in Triton: each does a matrix product and everything element-wise around it.

What they compute is what `engine.nn.backward`, `engine.nn.activations`, `engine.nn.losses` and
`engine.nn.optimisers` compute, where it can be read. A small network's step is over before a card has
started a kernel: there are four kinds here, and a step of 784-100-10 takes three of them.

All tensors are float32 and in one piece unless said otherwise. The last axis of every grid counts networks
of one architecture, each with parameters and results of its own, `...stride` numbers apart. A ``..._UNIT``
divides its number: four numbers in a row are read at once where the compiler sees that they are in one piece,
for which a number is divided by its unit and multiplied by it again. This module can only be imported where
Triton is.
"""

import triton
import triton.language as tl

RELU, LEAKY_RELU, ELU, NONE = (tl.constexpr(number) for number in range(4))


@triton.jit
def _activate(values, slope, ACTIVATION: tl.constexpr):
    """Slope: that of a leaky ReLU, or the alpha of an ELU."""
    if ACTIVATION == RELU:
        values = tl.maximum(values, 0.0)
    elif ACTIVATION == LEAKY_RELU:
        values = tl.where(values > 0, values, slope * values)
    elif ACTIVATION == ELU:
        values = tl.where(values > 0, values, slope * (tl.exp(tl.minimum(values, 0.0)) - 1))
    return values


@triton.jit
def _pass_back(gradient, outputs, slope, ACTIVATION: tl.constexpr):
    """Times the derivative, by the outputs."""
    if ACTIVATION == RELU:
        gradient = tl.where(outputs > 0, gradient, 0.0)
    elif ACTIVATION == LEAKY_RELU:
        gradient = tl.where(outputs > 0, gradient, slope * gradient)
    elif ACTIVATION == ELU:
        gradient = tl.where(outputs > 0, gradient, (outputs + slope) * gradient)
    return gradient


@triton.jit
def forward(
    inputs,  # (rows, inner)
    parameters,  # (inner, columns) weights, then (columns,) bias
    outputs,  # (rows, columns), written
    rows,
    inner,
    columns,
    inputs_stride,
    parameters_stride,
    slope,
    ACTIVATION: tl.constexpr,
    INNER_UNIT: tl.constexpr,
    COLUMNS_UNIT: tl.constexpr,
    PRECISION: tl.constexpr,
    ROWS: tl.constexpr,
    COLUMNS: tl.constexpr,
    INNER: tl.constexpr,
):
    """A linear layer and its activation; a program for each tile of ROWS by COLUMNS outputs."""
    inner = inner // INNER_UNIT * INNER_UNIT
    columns = columns // COLUMNS_UNIT * COLUMNS_UNIT
    network = tl.program_id(2).to(tl.int64)
    inputs += network * inputs_stride
    parameters += network * parameters_stride
    outputs += network * rows * columns
    row = (tl.program_id(0) * ROWS + tl.arange(0, ROWS))[:, None]
    column = (tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS))[None, :]
    sums = tl.zeros((ROWS, COLUMNS), tl.float32)
    for first in range(0, inner, INNER):
        across = first + tl.arange(0, INNER)[None, :]
        down = first + tl.arange(0, INNER)[:, None]
        left = tl.load(inputs + row * inner + across, mask=(row < rows) & (across < inner), other=0.0)
        right = tl.load(
            parameters + down * columns + column, mask=(down < inner) & (column < columns), other=0.0
        )
        sums = tl.dot(left, right, sums, input_precision=PRECISION)
    bias = tl.load(parameters + inner * columns + column, mask=column < columns, other=0.0)
    values = _activate(sums + bias, slope, ACTIVATION)
    tl.store(outputs + row * columns + column, values, mask=(row < rows) & (column < columns))


# A mini-batch's part of these begins anywhere, and what is recorded cannot be compiled meanwhile.
@triton.jit(do_not_specialize_on_alignment=["targets", "losses", "are_right"])
def head(
    inputs,  # (rows, inner): outputs of the layer before
    parameters,  # (inner, classes) weights, then (classes,) bias
    targets,  # (rows,) int64, the same for all networks
    gradient,  # (rows, classes), written: of the mean loss for the logits
    inputs_gradient,  # (rows, inner), written: of the mean loss for what the activation before was given
    losses,  # (rows,), written
    are_right,  # (rows,) int32, written: 1 where the largest logit is the target's
    rows,
    inner,
    classes,
    inputs_stride,
    parameters_stride,
    tally_stride,
    slope,
    ACTIVATION: tl.constexpr,  # before this layer
    HAS_BEFORE: tl.constexpr,  # whether anybody asks for `inputs_gradient`
    INNER_UNIT: tl.constexpr,
    CLASSES_UNIT: tl.constexpr,
    PRECISION: tl.constexpr,
    ROWS: tl.constexpr,
    CLASSES: tl.constexpr,
    INNER: tl.constexpr,
):
    """The last layer, the loss, and the way back through both; a program for ROWS samples."""
    inner = inner // INNER_UNIT * INNER_UNIT
    classes = classes // CLASSES_UNIT * CLASSES_UNIT
    network = tl.program_id(2).to(tl.int64)
    inputs += network * inputs_stride
    parameters += network * parameters_stride
    gradient += network * rows * classes
    losses += network * tally_stride
    are_right += network * tally_stride
    samples = tl.program_id(0) * ROWS + tl.arange(0, ROWS)
    row = samples[:, None]
    column = tl.arange(0, CLASSES)[None, :]
    logits = tl.zeros((ROWS, CLASSES), tl.float32)
    for first in range(0, inner, INNER):
        across = first + tl.arange(0, INNER)[None, :]
        down = first + tl.arange(0, INNER)[:, None]
        left = tl.load(inputs + row * inner + across, mask=(row < rows) & (across < inner), other=0.0)
        right = tl.load(
            parameters + down * classes + column, mask=(down < inner) & (column < classes), other=0.0
        )
        logits = tl.dot(left, right, logits, input_precision=PRECISION)
    logits += tl.load(parameters + inner * classes + column, mask=column < classes, other=0.0)
    logits = tl.where(column < classes, logits, float("-inf"))

    target = tl.load(targets + samples, mask=samples < rows, other=0).to(tl.int32)
    is_target = column == target[:, None]
    shifted = logits - tl.max(logits, 1)[:, None]  # none of their powers overflows
    powers = tl.exp(shifted)
    total = tl.sum(powers, 1)
    true_shifted = tl.sum(tl.where(is_target, shifted, 0.0), 1)
    tl.store(losses + samples, tl.log(total) - true_shifted, mask=samples < rows)
    # The largest logit was subtracted: that of the target is 0 where the answer is right.
    tl.store(are_right + samples, (true_shifted == 0.0).to(tl.int32), mask=samples < rows)
    back = (powers / total[:, None] - is_target.to(tl.float32)) / rows
    back = tl.where((row < rows) & (column < classes), back, 0.0)
    tl.store(gradient + row * classes + column, back, mask=(row < rows) & (column < classes))

    if HAS_BEFORE:
        inputs_gradient += network * rows * inner
        for first in range(0, inner, INNER):
            across = first + tl.arange(0, INNER)[None, :]
            down = first + tl.arange(0, INNER)[:, None]
            right = tl.load(
                parameters + down * classes + column, mask=(down < inner) & (column < classes), other=0.0
            )
            sums = tl.dot(back, tl.trans(right), input_precision=PRECISION)
            is_there = (row < rows) & (across < inner)
            left = tl.load(inputs + row * inner + across, mask=is_there, other=0.0)
            passed = _pass_back(sums, left, slope, ACTIVATION)
            tl.store(inputs_gradient + row * inner + across, passed, mask=is_there)


@triton.jit
def backward(
    gradient,  # (rows, inner): for what this layer puts out
    parameters,  # (columns, inner) weights of this layer
    outputs,  # (rows, columns): what the activation before this layer put out
    outputs_gradient,  # (rows, columns), written: for what that activation was given
    rows,
    inner,
    columns,
    parameters_stride,
    slope,
    ACTIVATION: tl.constexpr,
    INNER_UNIT: tl.constexpr,
    COLUMNS_UNIT: tl.constexpr,
    PRECISION: tl.constexpr,
    ROWS: tl.constexpr,
    COLUMNS: tl.constexpr,
    INNER: tl.constexpr,
):
    """Back through an inner layer and the activation before it; a program for each tile."""
    inner = inner // INNER_UNIT * INNER_UNIT
    columns = columns // COLUMNS_UNIT * COLUMNS_UNIT
    network = tl.program_id(2).to(tl.int64)
    gradient += network * rows * inner
    parameters += network * parameters_stride
    outputs += network * rows * columns
    outputs_gradient += network * rows * columns
    row = (tl.program_id(0) * ROWS + tl.arange(0, ROWS))[:, None]
    places = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    column = places[None, :]
    sums = tl.zeros((ROWS, COLUMNS), tl.float32)
    for first in range(0, inner, INNER):
        across = first + tl.arange(0, INNER)[None, :]
        left = tl.load(gradient + row * inner + across, mask=(row < rows) & (across < inner), other=0.0)
        turned = tl.load(
            parameters + places[:, None] * inner + across,
            mask=(places[:, None] < columns) & (across < inner),
            other=0.0,
        )
        sums = tl.dot(left, tl.trans(turned), sums, input_precision=PRECISION)
    is_there = (row < rows) & (column < columns)
    passed_on = tl.load(outputs + row * columns + column, mask=is_there, other=0.0)
    passed = _pass_back(sums, passed_on, slope, ACTIVATION)
    tl.store(outputs_gradient + row * columns + column, passed, mask=is_there)
