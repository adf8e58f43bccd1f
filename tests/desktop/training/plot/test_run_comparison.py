import pytest

from desktop.training.plot.run_comparison import RunComparison


def test_runs_that_differ_only_in_their_level_are_compared():
    comparison = RunComparison()
    comparison.start_run(1, "mnist")
    comparison.add([2.0, 1.0, 0.5])
    assert comparison.text() == ""
    comparison.start_run(6, "mnist")
    comparison.add([2.0])
    comparison.add([1.01])
    assert comparison.text() == "Levels 1 and 6: losses at most 1.0 % apart over 2 steps."
    comparison.start_run(3, "mnist")
    comparison.add([2.0, 1.0, 0.5005])
    assert comparison.text() == "Levels 1, 3 and 6: losses at most 1.0 % apart over 2 steps."


def test_runs_of_another_kind_are_not():
    comparison = RunComparison()
    comparison.start_run(1, "mnist")
    comparison.add([2.0])
    comparison.start_run(1, "handwriting")
    comparison.add([1.0])
    assert comparison.text() == ""
    comparison.start_run(2, "mnist")
    assert comparison.text() == ""
    comparison.add([2.0])
    assert "at most 0 % apart" in comparison.text()


def test_the_same_level_again_replaces_its_former_run():
    comparison = RunComparison()
    for level, loss in ((1, 1.0), (2, 3.0), (2, 1.1)):
        comparison.start_run(level, "mnist")
        comparison.add([loss])
    assert comparison.text() == "Levels 1 and 2: losses at most 10 % apart over 1 step."


def test_long_runs_are_compared_over_the_first_steps_and_over_all():
    comparison = RunComparison()
    for level, late in ((1, 1.0), (4, 1.5)):
        comparison.start_run(level, None)
        comparison.add([1.0 + level * 1e-7] * 200)
        comparison.add([late] * 1000)
    words = comparison.text()
    assert "0.000030 % apart over the first 200 steps" in words
    assert "42 % on average over all 1,200" in words


@pytest.mark.parametrize("losses", [[0.0, 0.0], [1e-30, 0.0]])
def test_losses_of_nothing_are_compared_too(losses):
    comparison = RunComparison()
    for level in (1, 2):
        comparison.start_run(level, None)
        comparison.add(losses)
    assert "0 % apart" in comparison.text()


def test_nothing_is_left_after_clearing():
    comparison = RunComparison()
    comparison.start_run(1, None)
    comparison.add([1.0])
    comparison.clear()
    assert comparison.text() == ""


def test_a_run_that_goes_on_after_clearing_is_compared_with_nothing():
    comparison = RunComparison()
    comparison.start_run(1, "mnist")
    comparison.add([2.0])
    comparison.clear()
    comparison.add([1.0])
    assert comparison.text() == ""
    comparison.start_run(2, "mnist")
    comparison.add([2.0])
    assert comparison.text() == ""


def test_only_some_runs_are_remembered():
    comparison = RunComparison()
    for likeness in range(100):
        comparison.start_run(1, likeness)
        comparison.add([1.0])
    comparison.start_run(2, 99)
    comparison.add([1.0])
    assert "Levels 1 and 2" in comparison.text()
    comparison.start_run(2, 0)
    comparison.add([1.0])
    assert comparison.text() == ""
