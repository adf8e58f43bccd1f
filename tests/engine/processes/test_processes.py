import os
import signal
import subprocess
import sys

import pytest

from engine.processes.interrupts import interrupts_held_back

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and niceness are those of POSIX")


def held_back() -> set[int]:
    return signal.pthread_sigmask(signal.SIG_BLOCK, set())


def test_interrupts_are_held_back_for_a_while():
    before = held_back()
    assert signal.SIGINT not in before
    with interrupts_held_back():
        assert held_back() == before | {signal.SIGINT}
    assert held_back() == before


def test_interrupts_come_back_after_a_failure():
    with pytest.raises(OSError), interrupts_held_back():
        raise OSError
    assert signal.SIGINT not in held_back()


def test_the_lowest_priority_is_that():
    program = (
        "import os; from engine.processes.low_priority import take_lowest_priority;"
        "take_lowest_priority(); take_lowest_priority(); print(os.nice(0))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert done.stdout.split() == [b"19"]
