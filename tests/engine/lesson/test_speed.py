"""Speed, with a clock that each way moves by itself: what is measured does not depend on the machine."""

import math

import pytest
import torch

from engine.lesson import speed_tasks, speed_ways
from engine.lesson.speed import ROUNDS, measure_speed
from engine.lesson.speed_tasks import PRODUCT, SUM, TASKS, Method, Task, Way, available_ways, cpu_ways
from engine.training.device import DeviceChoice

LOOP, ELEMENTS, OPERATOR = Way(Method.LOOP), Way(Method.ELEMENTS), Way(Method.OPERATOR)


class Clock:
    """Moves only when something is computed; the methods take so long."""

    def __init__(self, **seconds: float) -> None:
        self.now = 0.0
        self.seconds = seconds
        self.calls = dict.fromkeys(seconds, 0)

    def __call__(self) -> float:
        return self.now

    def work(self) -> float:
        """The processor works half of the time."""
        return self.now / 2

    def task(self, result=float) -> Task:
        """A sum of ten products; `result` makes another of the operator's."""

        def function(name, change):
            def compute(left, right):
                self.now += self.seconds[name]
                self.calls[name] += 1
                products = torch.as_tensor(left).double() * torch.as_tensor(right).double()
                return change(float(products.sum()))

            return compute

        functions = {method: function(method.value, float) for method in Method}
        functions[Method.OPERATOR] = function("operator", result)
        return Task("Sum", (10,), (10,), 10, functions)


@pytest.fixture
def clock():
    return Clock(loop=0.5, elements=0.01, operator=0.002)


@pytest.mark.parametrize(
    ("by_loop", "others", "shapes"),
    [
        (speed_ways.sum_by_loop, (speed_ways.sum_by_elements, speed_ways.sum_by_operator), ((7,), (7,))),
        (
            speed_ways.product_by_loop,
            (speed_ways.product_by_elements, speed_ways.product_by_operator),
            ((3, 4), (4, 2)),
        ),
    ],
)
def test_all_ways_compute_the_same(by_loop, others, shapes):
    left, right = (torch.rand(shape) for shape in shapes)
    expected = torch.tensor(by_loop(left.tolist(), right.tolist()))
    for function in others:
        assert torch.allclose(function(left, right), expected)


def test_what_is_shown_is_what_runs():
    for task in TASKS:
        for function in task.functions.values():
            lines = speed_ways.source_lines(function)
            text = "\n".join(lines)
            assert max(map(len, lines)) <= 80  # which fits into a narrow page
            assert f"def {function.__name__}(" in text
            with open(speed_ways.__file__, encoding="utf-8") as file:
                assert set(lines) <= set(file.read().splitlines())
    # The loop of the product is nothing without that of the sum.
    assert "total += one * other" in "\n".join(speed_ways.source_lines(speed_ways.product_by_loop))


def test_without_source_there_is_none_to_show(monkeypatch):
    def fails(_function):
        raise OSError("could not get source code")

    monkeypatch.setattr("inspect.getsource", fails)
    assert speed_ways.source_lines(speed_ways.sum_by_loop) == ()


def test_times_are_told_beside_those_of_the_loop(clock):
    rounds = list(measure_speed([clock.task()], [LOOP, ELEMENTS, OPERATOR], 3, clock))
    assert [each[0].round for each in rounds] == [1, 2, 3]
    for timings in rounds:
        assert [each.way for each in timings] == [LOOP, ELEMENTS, OPERATOR]
        assert [each.seconds for each in timings] == pytest.approx([0.5, 0.01, 0.002])
        assert [each.times_as_fast for each in timings] == pytest.approx([1, 50, 250])
        assert [each.rate for each in timings] == pytest.approx([20, 1000, 5000])
        assert not any(each.fault for each in timings)


def test_how_much_of_the_time_the_processor_worked_for_the_loop_is_told(clock):
    for timings in measure_speed([clock.task()], [LOOP, OPERATOR], 2, clock, clock.work):
        assert [each.work_share for each in timings] == pytest.approx([0.5, 0.5])


def test_a_quick_way_is_called_many_times_and_the_loop_once_a_round(clock):
    list(measure_speed([clock.task()], [LOOP, ELEMENTS, OPERATOR], 4, clock))
    assert clock.calls["loop"] == 4
    # Twice to see what it does and how long it takes; then as often as fills a batch.
    assert clock.calls["elements"] == 2 + 4
    assert clock.calls["operator"] == 2 + 4 * 3


def test_a_disturbed_round_does_not_count(clock):
    rounds = []
    for timings in measure_speed([clock.task()], [LOOP, OPERATOR], 3, clock):
        rounds.append(timings)
        clock.seconds["operator"] = 1.0 if len(rounds) == 1 else 0.002
    assert rounds[-1][1].seconds == pytest.approx(0.002)


def test_calls_that_take_far_too_long_are_few(clock):
    for _ in measure_speed([clock.task()], [LOOP, OPERATOR], 2, clock):
        clock.seconds["operator"] = 1.0
    # Three were meant to be in the second round, too.
    assert clock.calls["operator"] == 2 + 3 + 1


def test_every_round_has_every_way_of_every_task(clock):
    tasks = [clock.task(), clock.task()]
    for timings in measure_speed(tasks, [LOOP, ELEMENTS], 2, clock):
        assert [(each.task, each.way) for each in timings] == [
            (task, way) for task in tasks for way in (LOOP, ELEMENTS)
        ]


@pytest.mark.parametrize("result", [lambda total: 1.01 * total, lambda _total: math.nan])
def test_another_result_is_a_fault_and_no_time(clock, result):
    (timings,) = measure_speed([clock.task(result)], [LOOP, ELEMENTS, OPERATOR], 1, clock)
    assert not timings[0].fault
    assert not timings[1].fault
    assert "differs from that of the loop" in timings[2].fault
    assert timings[2].fault.endswith("%.")
    assert math.isnan(timings[2].seconds)


def test_rounding_is_no_fault(clock):
    (timings,) = measure_speed([clock.task(lambda total: total * (1 + 1e-6))], [LOOP, OPERATOR], 1, clock)
    assert not timings[1].fault
    assert timings[1].difference == pytest.approx(1e-6, rel=1e-3)


def test_a_device_that_fails_is_told_and_the_others_are_measured(clock):
    def fails(_total):
        raise RuntimeError("out of memory.\nTry less.")

    way = Way(Method.OPERATOR, 1, torch.device("cpu"), "Some card")
    rounds = list(measure_speed([clock.task(fails)], [LOOP, way, ELEMENTS], 2, clock))
    for timings in rounds:
        assert timings[1].fault == "Some card failed: out of memory."
        assert [bool(each.fault) for each in timings] == [False, True, False]
    assert clock.calls["operator"] == 1


def test_stopped_it_ends_before_the_next_batch(clock):
    rounds = measure_speed(
        [clock.task()], [LOOP, ELEMENTS], 5, clock, clock.work, lambda: clock.calls["elements"] >= 3
    )
    assert len(list(rounds)) == 1
    assert clock.calls["loop"] == 1


def test_stopped_it_ends_within_the_loop_of_the_matrix_product():
    asked = []

    def is_stopped():
        asked.append(True)
        return len(asked) > 3

    assert list(measure_speed([PRODUCT], [LOOP], 1, is_stopped=is_stopped)) == []
    assert len(asked) == 4


@pytest.mark.parametrize("ends", ["all of it", "closed", "stopped", "failed"])
def test_the_number_of_threads_is_put_back(clock, ends):
    torch.set_num_threads(1)
    seen = []
    task = clock.task()

    def watched(left, right):
        seen.append(torch.get_num_threads())
        if ends == "failed":
            raise ValueError("a bug")
        return task.functions[Method.LOOP](left, right)

    task.functions[Method.OPERATOR] = watched
    rounds = measure_speed(
        [task],
        [LOOP, Way(Method.OPERATOR, 2)],
        2,
        clock,
        clock.work,
        lambda: ends == "stopped" and len(seen) > 2,
    )
    if ends == "failed":
        with pytest.raises(ValueError, match="a bug"):
            next(rounds)
    elif ends == "closed":
        next(rounds)
        assert torch.get_num_threads() == 2
        rounds.close()
    else:
        list(rounds)
    assert set(seen) == {2}
    assert torch.get_num_threads() == 1


def test_more_than_one_core_and_a_graphics_card_make_more_ways(monkeypatch):
    cpu = DeviceChoice(torch.device("cpu"), "CPU", "")
    card = DeviceChoice(torch.device("cuda"), "A card", "")
    monkeypatch.setattr(speed_tasks, "usable_cores", lambda: 1)
    monkeypatch.setattr(speed_tasks, "available_devices", lambda: {"cpu": cpu})
    assert available_ways() == cpu_ways() == (LOOP, ELEMENTS, OPERATOR)
    monkeypatch.setattr(speed_tasks, "usable_cores", lambda: 8)
    monkeypatch.setattr(speed_tasks, "available_devices", lambda: {"cuda": card, "cpu": cpu})
    *others, last = available_ways()
    assert tuple(others) == cpu_ways() == (LOOP, ELEMENTS, OPERATOR, Way(Method.OPERATOR, 8))
    assert last.is_on_gpu
    assert last.device_name == "A card"


def test_this_machine_can_do_it():
    (timings,) = measure_speed(rounds=1, ways=cpu_ways())
    assert [each.task for each in timings].count(SUM) == len(cpu_ways())
    for timing in timings:
        assert not timing.fault
        assert timing.seconds > 0
        assert timing.difference < 1e-5
    assert ROUNDS % 2 == 1  # a median that was measured
