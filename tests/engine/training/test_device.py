import warnings

import pytest
import torch

from engine.errors import DeviceError
from engine.training import device
from engine.training.device import available_devices, check, choose_device


def test_the_cpu_is_always_there_with_a_reason():
    assert list(available_devices())[-1] == "cpu"
    assert choose_device("cpu").device == torch.device("cpu")
    assert choose_device().reason


def test_a_device_that_is_absent_falls_back_and_says_so(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    choice = choose_device("cuda")
    assert choice.device.type == "cpu"
    assert "CUDA is not available" in choice.reason


def test_a_device_that_fails_its_first_computation_is_left_out(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)

    def fails(which):
        if which.type == "cuda":
            raise DeviceError("CUDA failed its first computation")

    monkeypatch.setattr(device, "check", fails)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    choice = choose_device()
    assert choice.device.type == "cpu"
    assert "failed its first computation" in choice.reason


def test_a_working_card_comes_first(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _device: "Test Card")
    monkeypatch.setattr(device, "check", lambda _device: None)
    assert choose_device().name == "Test Card"
    assert choose_device("cpu").name == "CPU"


def test_a_device_that_is_not_there_fails_its_check():
    with pytest.raises(DeviceError):
        check(torch.device("cuda") if not torch.cuda.is_available() else torch.device("xpu"))
    check(torch.device("cpu"))


def test_a_device_that_computes_wrongly_fails_its_check(monkeypatch):
    monkeypatch.setattr(torch, "ones", torch.zeros)
    with pytest.raises(DeviceError, match="gave wrong results"):
        check(torch.device("cpu"))


def test_a_device_that_nobody_has_heard_of_falls_back():
    assert choose_device("abacus").device == choose_device().device
    assert "ABACUS is not available" in choose_device("abacus").reason


def test_a_driver_that_raises_leaves_the_cpu_and_says_why(monkeypatch):
    def fails():
        raise RuntimeError("Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions?")

    monkeypatch.setattr(torch.cuda, "is_available", fails)
    choice = choose_device("cuda")
    assert choice.device.type == "cpu"
    assert "driver failed: Unexpected error from cudaGetDeviceCount()" in available_devices()["cpu"].reason


def test_a_driver_that_is_too_old_is_told_without_a_warning(monkeypatch):
    def warns():
        warnings.warn(
            "CUDA initialization: The NVIDIA driver on your system is too old (found version 11040). "
            "Please update your GPU driver (Triggered internally at CUDAFunctions.cpp:109.)",
            stacklevel=1,
        )
        return False

    monkeypatch.setattr(torch.cuda, "is_available", warns)
    reason = available_devices()["cpu"].reason
    assert "driver on your system is too old (found version 11040)" in reason
    assert "Triggered" not in reason
