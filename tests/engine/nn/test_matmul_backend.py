"""Products are float32's whichever library computes them, and the faster library is asked for large ones."""

from contextlib import nullcontext

import pytest
import torch

from engine.nn import matmul_backend
from engine.nn.matmul_backend import backend_for, one_dnn_pays

PRECISION = torch.backends.mkldnn.matmul


@pytest.fixture(autouse=True)
def _fresh_choice():
    one_dnn_pays.cache_clear()
    yield
    one_dnn_pays.cache_clear()


@pytest.mark.parametrize("shape", [(64, 784, 100), (3, 7, 5), (256, 784, 512)])
def test_products_are_those_of_float32(shape):
    rows, inner, columns = shape
    generator = torch.Generator().manual_seed(0)
    left, right = (
        torch.randn(rows, inner, generator=generator),
        torch.randn(inner, columns, generator=generator),
    )
    exact = left.double() @ right.double()
    with backend_for(*shape):
        product = left @ right
    assert float((product - exact).abs().max() / exact.abs().max()) < 1e-6


@pytest.mark.parametrize("pays", [True, False])
def test_large_products_of_a_cpu_go_to_the_other_library_where_it_pays(monkeypatch, pays):
    monkeypatch.setattr(matmul_backend, "one_dnn_pays", lambda: pays)
    entered = []
    for shape, device in (((64, 784, 100), "cpu"), ((8, 8, 8), "cpu"), ((64, 784, 100), "cuda")):
        with backend_for(*shape, device):
            entered.append(PRECISION.fp32_precision == "bf16")
    assert entered == [pays, False, False]
    assert PRECISION.fp32_precision == "none"


def test_the_usual_library_is_back_after_an_error(monkeypatch):
    monkeypatch.setattr(matmul_backend, "one_dnn_pays", lambda: True)
    with pytest.raises(RuntimeError), backend_for(64, 784, 100):
        torch.mm(torch.ones(2, 3), torch.ones(2, 3))
    assert PRECISION.fp32_precision == "none"


def test_a_library_that_rounds_is_refused_however_fast(monkeypatch):
    multiply = torch.mm

    def rounding(left, right, *, out):
        if PRECISION.fp32_precision == "bf16":
            left = left.bfloat16().float()
        return multiply(left, right, out=out)

    monkeypatch.setattr(torch, "mm", rounding)
    monkeypatch.setattr(
        matmul_backend, "_seconds", lambda library, *_: 0.1 if library is matmul_backend._ONE_DNN else 1.0
    )
    assert not one_dnn_pays()


@pytest.mark.parametrize(("other_s", "pays"), [(0.5, True), (0.9, False), (2.0, False)])
def test_it_has_to_be_much_faster(monkeypatch, other_s, pays):
    monkeypatch.setattr(matmul_backend, "_ONE_DNN", nullcontext())
    monkeypatch.setattr(
        matmul_backend, "_seconds", lambda library, *_: other_s if library is matmul_backend._ONE_DNN else 1
    )
    assert one_dnn_pays() is pays
