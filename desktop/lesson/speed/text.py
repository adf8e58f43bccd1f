"""Speed in words: what each way is called, why it is as fast as it is, and times and rates in short."""

from __future__ import annotations

import math

from engine.lesson.speed import Timing
from engine.lesson.speed_tasks import Method, Task, Way

# More cores that gain less than this have gained nothing.
_GAIN = 1.2

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def title(way: Way) -> str:
    """What to call a way."""
    if way.is_on_gpu:
        return "@ on the graphics card"
    if way.method is Method.OPERATOR:
        return f"@ with {way.threads} threads" if way.threads > 1 else "@ with one thread"
    return "Python loop" if way.method is Method.LOOP else "Element by element"


def task_text(task: Task) -> str:
    """What is computed, in numbers: ``500,000 pairs of numbers, multiplied and added up``."""
    if len(task.left) == 1:
        return f"{task.left[0]:,} pairs of numbers, multiplied and added up"
    rows, inner, columns = *task.left, task.right[1]
    return (
        f"{rows} × {inner} times {inner} × {columns} numbers: {task.multiplications:,} multiplications "
        "and additions"
    )


def reason(task: Task, way: Way, timing: Timing | None, one_thread: Timing | None) -> str:
    """Why a way is as fast as it is, in a sentence or two.

    Args:
        task: What is computed.
        way: How.
        timing: How fast it was, if that is known.
        one_thread: The same of the product with one thread.
    """
    if timing is not None and timing.fault:
        return timing.fault
    is_product = len(task.left) > 1
    if way.is_on_gpu:
        return (
            f"{way.device_name}: thousands of small cores compute at the same time. A task this small hardly "
            "fills them; most of the time goes into starting it."
        )
    if way.method is Method.LOOP:
        return (
            "For every number, the interpreter looks up what to do and makes a new object. "
            "The multiplication itself is the least of it."
        )
    if way.method is Method.ELEMENTS:
        return (
            "One instruction multiplies many numbers, with no interpreter in between. But all "
            f"{task.multiplications:,} products are written to memory before they are added."
        )
    if way.threads == 1:
        if is_product:
            return (
                "Multiplied and added in one go, in blocks that stay in the processor's cache, so that a "
                "number is fetched once and used many times."
            )
        return "Multiplied and added in one go: no product is ever written to memory."
    return _threads_reason(way, timing, one_thread)


def _threads_reason(way: Way, timing: Timing | None, one_thread: Timing | None) -> str:
    if timing is None or one_thread is None:
        return f"{way.threads} cores share the work, if there is enough for all of them."
    gain = one_thread.seconds / timing.seconds
    if gain >= _GAIN:
        return f"{way.threads} cores share the work: {gain:.1f} times as fast as one."
    if gain > 1 / _GAIN:
        return (
            f"{way.threads} cores gain nothing here: the task is over before they can share it, or other "
            "programs keep them busy."
        )
    return (
        f"{way.threads} cores are slower than one here: they spend more time waiting for each other than "
        "computing, because the task is so small or because other programs keep them busy."
    )


def times_text(timing: Timing) -> str:
    """How fast a way was: ``45 µs · 2,300 times as fast``; the loop has its time alone."""
    if timing.fault:
        return "not measured"
    time = time_text(timing.seconds)
    if timing.way.method is Method.LOOP:
        return time
    times = timing.times_as_fast
    return f"{time} · {_two_figures(times)} times as fast"


def time_text(seconds: float) -> str:
    """A time with two or three figures: ``312 ms``, ``45 µs``, ``1.2 s``."""
    units = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6))
    unit, size = next((each for each in units if seconds >= each[1]), units[-1])
    value = seconds / size
    return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"


def rate_text(rate: float) -> str:
    """A power of ten as people say it: ``10 million``, ``1 billion``."""
    for size, name in _SCALES:
        if rate >= size * 0.999:
            return f"{rate / size:.0f} {name}"
    return f"{rate:,.0f}"


def _two_figures(value: float) -> str:
    """``1.8``, ``23``, ``2,300``: no more figures than a measurement is good for."""
    if value < 10:
        return f"{value:.1f}"
    places = math.floor(math.log10(value)) - 1
    return f"{round(value, -places):,.0f}"
