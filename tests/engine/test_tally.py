"""The tally reads what each step came to, however its loss is known."""

import pytest
import torch
from torch.nn import functional

from engine.outcome import Outcome
from engine.tally import Tally


def outcomes(lengths, knows_loss):
    generator = torch.Generator().manual_seed(0)
    for length in lengths:
        logits = torch.randn(length, 10, generator=generator) * 3
        targets = torch.randint(10, (length,), generator=generator)
        loss = functional.cross_entropy(logits, targets)
        yield Outcome(logits, targets, loss if knows_loss else None), loss


@pytest.mark.parametrize("knows_loss", [True, False])
@pytest.mark.parametrize("lengths", [[8], [8, 8, 8], [8, 8, 3], [1]], ids=str)
def test_losses_and_right_answers_are_those_of_the_steps(lengths, knows_loss):
    tally = Tally(8, "cpu")
    expected, right = [], 0
    for outcome, loss in outcomes(lengths, knows_loss):
        tally.add(outcome)
        expected.append(float(loss))
        right += int((outcome.logits.argmax(dim=1) == outcome.targets).sum())
        outcome.logits.fill_(torch.nan)  # the next step writes over them
    tallied = tally.read()
    assert tallied.losses == pytest.approx(expected, rel=1e-5)
    assert tallied.lengths == tuple(lengths)
    assert tallied.right == right


def test_what_was_read_is_forgotten():
    tally = Tally(8, "cpu")
    (first, _), (second, loss) = outcomes([8, 8], False)
    tally.add(first)
    tally.read()
    tally.add(second)
    assert tally.read().losses == pytest.approx([float(loss)])


def test_it_is_full_before_it_runs_over():
    tally = Tally(8192, "cpu")
    outcome = next(outcomes([8192], False))[0]
    steps = 0
    while not tally.is_full:
        tally.add(outcome)
        steps += 1
    assert steps == len(tally.read().losses) == 8
    assert not tally.is_full
