"""The metrics reads what each step came to, however its loss is known."""

import pytest
import torch
from torch.nn import functional

from engine.nn.step_output import StepOutput
from engine.training.running_metrics import RunningMetrics


def outcomes(lengths, knows_loss):
    generator = torch.Generator().manual_seed(0)
    for length in lengths:
        logits = torch.randn(length, 10, generator=generator) * 3
        targets = torch.randint(10, (length,), generator=generator)
        loss = functional.cross_entropy(logits, targets)
        yield StepOutput(logits, targets, loss if knows_loss else None), loss


@pytest.mark.parametrize("knows_loss", [True, False])
@pytest.mark.parametrize("lengths", [[8], [8, 8, 8], [8, 8, 3], [1]], ids=str)
def test_losses_and_correct_predictions_are_those_of_the_steps(lengths, knows_loss):
    metrics = RunningMetrics(8, "cpu")
    expected, correct = [], 0
    for output, loss in outcomes(lengths, knows_loss):
        metrics.add(output)
        expected.append(float(loss))
        correct += int((output.logits.argmax(dim=1) == output.targets).sum())
        output.logits.fill_(torch.nan)  # the next step writes over them
    means = metrics.read()
    assert means.losses == pytest.approx(expected, rel=1e-5)
    assert means.lengths == tuple(lengths)
    assert means.correct == correct


def test_what_was_read_is_forgotten():
    metrics = RunningMetrics(8, "cpu")
    (first, _), (second, loss) = outcomes([8, 8], False)
    metrics.add(first)
    metrics.read()
    metrics.add(second)
    assert metrics.read().losses == pytest.approx([float(loss)])


def test_it_is_full_before_it_runs_over():
    metrics = RunningMetrics(8192, "cpu")
    output = next(outcomes([8192], False))[0]
    steps = 0
    while not metrics.is_full:
        metrics.add(output)
        steps += 1
    assert steps == len(metrics.read().losses) == 8
    assert not metrics.is_full
