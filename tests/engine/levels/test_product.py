"""The matrix product by broadcasting; torch's own is the judge."""

import pytest
import torch

from engine.levels.product import matrix_product


@pytest.mark.parametrize(("rows", "inner", "columns"), [(1, 1, 1), (5, 7, 3), (64, 784, 10)])
def test_it_equals_torch_s(rows, inner, columns):
    generator = torch.Generator().manual_seed(1)
    left = torch.randn(rows, inner, generator=generator, requires_grad=True)
    right = torch.randn(inner, columns, generator=generator, requires_grad=True)
    ours, theirs = matrix_product(left, right), left @ right
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)
    judged = torch.autograd.grad(theirs.square().sum(), (left, right))
    for mine, other in zip(torch.autograd.grad(ours.square().sum(), (left, right)), judged, strict=True):
        torch.testing.assert_close(mine, other, rtol=1e-4, atol=1e-2)
