"""The choice of threads, on machines made up for it: a clock that each step moves on."""

import pytest
import torch

from engine.training.thread_tuning import ThreadChooser


class Machine:
    """Computes steps; `step_s` says how long one takes with so many threads."""

    def __init__(self, step_s, most=2):
        self.now = 0.0
        self.step_s = step_s
        self.set_to = []
        self.chooser = ThreadChooser(most, lambda: self.now, self.set_to.append)

    def run(self, seconds):
        """Steps until so much time has passed; the share of the time with each number of threads."""
        end = self.now + seconds
        spent = {}
        while self.now < end:
            threads = self.chooser.threads
            took = self.step_s(threads)
            self.now += took
            spent[threads] = spent.get(threads, 0) + took
            self.chooser.step_done()
        return {threads: each / seconds for threads, each in spent.items()}


def quiet(threads):
    return 200e-6 if threads == 1 else 130e-6


def busy(threads):
    return 210e-6 if threads == 1 else 3e-3


def test_two_threads_are_used_where_they_pay():
    machine = Machine(quiet)
    assert machine.set_to == [1]
    assert machine.run(5)[2] > 0.95


def test_one_thread_is_used_beside_another_program():
    shares = Machine(busy).run(20)
    assert shares[1] > 0.97


def test_a_gain_that_is_not_worth_it_leaves_the_cores_to_others():
    assert Machine(lambda threads: 200e-6 - 5e-6 * threads).run(5)[1] > 0.95


def test_it_changes_over_soon_when_the_machine_becomes_busy_and_back_when_it_is_quiet_again():
    machine = Machine(quiet)
    machine.run(30)
    assert machine.chooser.threads == 2
    machine.step_s = busy
    machine.run(0.1)
    assert machine.chooser.threads == 1
    machine.step_s = quiet
    machine.run(20)
    assert machine.chooser.threads == 2


def test_a_trial_that_is_hopeless_is_given_up_after_one_step():
    machine = Machine(lambda threads: 200e-6 if threads == 1 else 0.1)
    machine.run(0.5)
    assert machine.set_to == [1, 2, 1]
    assert machine.now < 0.7


def test_while_someone_draws_no_more_threads_than_allowed_are_used():
    machine = Machine(quiet)
    machine.run(2)
    machine.chooser.limit = 1
    assert machine.run(3).get(2, 0) < 0.001
    machine.chooser.limit = 2
    machine.run(2)
    assert machine.chooser.threads == 2


@pytest.mark.parametrize("most", [1, 3, 4])
def test_as_many_as_there_are_cores_are_tried(most):
    machine = Machine(lambda threads: 1e-3 / threads, most)
    machine.run(3)
    assert machine.chooser.threads == most


def test_the_number_is_pytorch_s():
    before = torch.get_num_threads()
    try:
        chooser = ThreadChooser(2)
        assert torch.get_num_threads() == chooser.threads == 1
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize(("cores", "most", "beside_others"), [(1, 1, 1), (2, 2, 1), (4, 4, 3), (64, 4, 4)])
def test_a_core_is_left_to_whoever_draws(monkeypatch, cores, most, beside_others):
    monkeypatch.setattr("engine.training.thread_tuning.usable_cores", lambda: cores)
    chooser = ThreadChooser(set_threads=lambda _count: None)
    assert chooser.limit == most
    chooser.leave_a_core(True)
    assert chooser.limit == beside_others
    chooser.leave_a_core(False)
    assert chooser.limit == most
