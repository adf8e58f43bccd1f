"""The optimisers of many networks move each as torch.optim moves it alone."""

from dataclasses import replace

import pytest
import torch

from engine.nn.registry import OPTIMISERS, OptimiserEntry
from engine.settings import TrainingSettings
from engine.training.many.optimisers import many_optimiser

SETTINGS = TrainingSettings()
SHAPES = ((5, 7), (5, 1))


class Ours(OPTIMISERS["adam"].optimiser_class):
    """Not known to many networks, so that each gets its own."""


def pairs_of(count, generator):
    return [(torch.randn(count, *shape, generator=generator), torch.zeros(count, *shape)) for shape in SHAPES]


@pytest.mark.parametrize("name", [*OPTIMISERS, "ours"])
@pytest.mark.parametrize("momenta", [(0.9, 0.9, 0.9), (0.9, 0.0, 0.5), (0.0, 0.0, 0.0)], ids=str)
@pytest.mark.parametrize("decays", [(0.0, 0.0, 0.0), (0.1, 0.0, 0.3)], ids=str)
def test_each_moves_as_by_torch_and_goes_on_so_when_others_are_dropped(name, momenta, decays, monkeypatch):
    entry = replace(OPTIMISERS["adam"], optimiser=f"{__name__}:Ours")
    monkeypatch.setitem(OPTIMISERS, "ours", entry)
    assert isinstance(entry, OptimiserEntry)
    trials = [
        replace(SETTINGS, optimiser=name, learning_rate=rate, momentum=momentum, weight_decay=decay)
        for rate, momentum, decay in zip((0.1, 0.01, 0.03), momenta, decays, strict=True)
    ]
    generator = torch.Generator().manual_seed(1)
    pairs = pairs_of(len(trials), generator)
    expected = [[parameters[place].clone() for parameters, _ in pairs] for place in range(len(trials))]
    ours = many_optimiser(pairs, trials)
    theirs = []
    for own, trial in zip(expected, trials, strict=True):
        options = OPTIMISERS[name].torch_options(trial.momentum, trial.weight_decay)
        make = getattr(torch.optim, OPTIMISERS[name].torch_optim)
        theirs.append(make(own, lr=trial.learning_rate, **options))
    for step in range(12):
        if step == 6:
            chosen = torch.tensor([2, 1])
            pairs = [(parameters[chosen], gradients[chosen]) for parameters, gradients in pairs]
            ours.keep(chosen, pairs)
            expected, theirs, trials = ([each[2], each[1]] for each in (expected, theirs, trials))
        share = 1 / (step + 1)
        for number, (_, gradients) in enumerate(pairs):
            new = torch.randn(gradients.shape, generator=generator)
            gradients.copy_(new if ours.carried == 0 else ours.carried * gradients + new)
            for place, own in enumerate(expected):
                own[number].grad = new[place].clone()
        ours.step(share)
        for optimiser, trial in zip(theirs, trials, strict=True):
            optimiser.param_groups[0]["lr"] = share * trial.learning_rate
            optimiser.step()
        for number, (parameters, _) in enumerate(pairs):
            for place, own in enumerate(expected):
                torch.testing.assert_close(parameters[place], own[number], rtol=1e-5, atol=1e-6)
