"""Evaluation, against torch's own loss and counts made one by one."""

import pytest
import torch
from torch.nn import functional

from engine.evaluation.evaluate import accuracy, evaluate, predict
from engine.nn.network import Architecture, Network


def test_the_largest_logit_is_the_answer() -> None:
    logits = torch.tensor([[0.0, 3.0, 1.0], [-5.0, -9.0, -6.0]])
    assert predict(logits).tolist() == [1, 0]


def test_accuracy_is_the_share_of_right_answers() -> None:
    logits = torch.eye(4)
    assert float(accuracy(logits, torch.tensor([0, 1, 2, 0]))) == 0.75


# One more than two parts of 4,096: the parts must be joined, not averaged.
@pytest.mark.parametrize("count", [1, 37, 8193])
def test_figures_equal_those_counted_one_by_one(count: int) -> None:
    generator = torch.Generator().manual_seed(1)
    network = Network(Architecture((6, 10)), seed=2)
    inputs = torch.randn(count, 6, generator=generator)
    targets = torch.randint(10, (count,), generator=generator)
    figures = evaluate(network, inputs, targets)
    predictions = network(inputs).argmax(1).tolist()
    confusion = [[0] * 10 for _ in range(10)]
    for target, answer in zip(targets.tolist(), predictions, strict=True):
        confusion[target][answer] += 1
    assert figures.confusion == tuple(map(tuple, confusion))
    assert figures.accuracy == pytest.approx(sum(confusion[n][n] for n in range(10)) / count)
    with torch.no_grad():
        judge = functional.cross_entropy(network(inputs), targets)
    assert figures.loss == pytest.approx(float(judge), rel=1e-5)


def test_a_set_of_one_class_is_measured_too() -> None:
    network = Network(Architecture((6, 10)))
    figures = evaluate(network, torch.zeros(12, 6), torch.full((12,), 9))
    assert sum(figures.confusion[9]) == 12
    assert sum(map(sum, figures.confusion)) == 12


def test_measuring_leaves_no_gradients() -> None:
    network = Network(Architecture((6, 10)))
    evaluate(network, torch.zeros(3, 6), torch.zeros(3, dtype=torch.int64))
    assert all(parameter.grad is None for parameter in network.parameters())
