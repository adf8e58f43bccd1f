"""The matrix product by broadcasting; torch's own is the judge."""

import pytest
import torch

from engine.nn import matmul
from engine.nn.matmul import broadcast_product, fast_product


@pytest.mark.parametrize(("rows", "inner", "columns"), [(1, 1, 1), (5, 7, 3), (64, 784, 10), (0, 4, 2)])
@pytest.mark.parametrize("at_once", [1, 50, 4_000_000])
def test_it_equals_torch_s(rows, inner, columns, at_once, monkeypatch):
    monkeypatch.setattr(matmul, "_PRODUCTS_AT_ONCE", at_once)
    generator = torch.Generator().manual_seed(1)
    left = torch.randn(rows, inner, generator=generator, requires_grad=True)
    right = torch.randn(inner, columns, generator=generator, requires_grad=True)
    ours, theirs = broadcast_product(left, right), left @ right
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)
    judged = torch.autograd.grad(theirs.square().sum(), (left, right))
    for mine, other in zip(torch.autograd.grad(ours.square().sum(), (left, right)), judged, strict=True):
        torch.testing.assert_close(mine, other, rtol=1e-4, atol=1e-2)


@pytest.mark.parametrize(("rows", "inner", "columns"), [(1, 1, 1), (4096, 784, 100), (0, 4, 2)])
def test_the_faster_library_equals_the_usual_one(rows, inner, columns):
    generator = torch.Generator().manual_seed(1)
    left = torch.randn(rows, inner, generator=generator)
    right = torch.randn(inner, columns, generator=generator)
    torch.testing.assert_close(fast_product(left, right), left @ right, rtol=1e-4, atol=1e-4)
