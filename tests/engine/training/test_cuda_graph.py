"""A captured step is the step: the same numbers, whatever the capture does on the way."""

import pytest
import torch

from engine.data.digits import Standardisation
from engine.settings import TrainingSettings
from engine.training.cuda_graph import CudaGraphCapture, graph_capture_of
from engine.training.learner import Learner
from tests.engine.digit_sets import small_set
from tests.engine.training.eager_capture import EagerCapture


class Counting(EagerCapture):
    """Warms up as a GPU does, and counts captures and replays."""

    def __init__(self):
        self.captures = self.replays = 0

    def capture(self, function):
        self.captures += 1
        for _ in range(3):
            function()

        def replay():
            self.replays += 1
            function()

        return replay


def losses(capture, epochs=2, **settings):
    digits = small_set()
    learner = Learner(
        digits,
        TrainingSettings(hidden=(12,), batch_size=64, epochs=epochs, **settings),
        Standardisation.of(digits),
        keeps_gradients=False,
        graph_capture=capture,
    )
    found = [
        float(learner.take_step(images, targets).loss)
        for _ in range(epochs)
        for images, targets in learner.batches
    ]
    return found, learner.network.snapshot()


@pytest.mark.parametrize("change", [{}, {"warps": True}, {"schedule": "constant", "momentum": 0.5}], ids=str)
def test_captured_steps_equal_plain_ones(change):
    capture = Counting()
    (found, weights), (expected, other) = losses(capture, **change), losses(None, **change)
    assert found == expected
    assert all(torch.equal(weights[name], other[name]) for name in other)
    # 400 digits: six mini-batches of 64 and one of 16 in an epoch, each kind captured once.
    assert (capture.captures, capture.replays) == (2, 14)


@pytest.mark.parametrize(
    "change", [{"optimiser": "adam"}, {"weight_decay": 0.1}, {"level": 5}, {"level": 6}], ids=str
)
def test_what_keeps_numbers_in_python_is_not_captured(change):
    capture = Counting()
    assert losses(capture, **change)[0] == losses(None, **change)[0]
    assert capture.captures == 0


def test_a_captured_epoch_is_its_captured_steps():
    digits = small_set()
    settings = TrainingSettings(hidden=(12,), epochs=1)
    found, counting = [], Counting()
    for capture in (counting, None):
        learner = Learner(digits, settings, Standardisation.of(digits), "cpu", None, False, capture)
        found.append([float(output.loss) for output in learner.take_epoch()])
        assert learner.steps == len(learner.batches)
    assert found[0] == found[1]
    assert counting.replays == len(found[0])


def test_only_cuda_captures():
    assert graph_capture_of("cpu") is None
    assert isinstance(graph_capture_of("cuda"), CudaGraphCapture)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA graphics card")
def test_a_captured_graph_equals_plain_steps():
    digits = small_set()
    found = []
    for capture in (CudaGraphCapture(), EagerCapture()):
        learner = Learner(
            digits, TrainingSettings(), Standardisation.of(digits), "cuda", None, False, capture
        )
        steps = [learner.take_step(i, t).loss.clone() for i, t in learner.batches]
        found.append(torch.stack(steps))
    torch.testing.assert_close(found[0], found[1], rtol=1e-4, atol=1e-5)
