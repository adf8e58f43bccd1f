"""What is said when PyTorch or the network cannot be loaded."""

import pytest

from desktop.networks.model_library import ModelLibrary
from desktop.services.engine_loader import EngineLoader

pytestmark = pytest.mark.threaded


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError("libgomp.so.1: cannot open shared object file: No such file"),
            "system library libgomp.so.1",
        ),
        (ImportError("/lib/libm.so.6: version `GLIBC_2.99' not found"), "2.99 or newer"),
        (ImportError("DLL load failed while importing _C"), "missing or damaged"),
        (RuntimeError("no reason"), "Install the program again"),
    ],
)
def test_a_library_that_fails_is_told_and_drawing_goes_on(error, said, monkeypatch, qtbot):
    def fails(_path):
        raise error

    monkeypatch.setattr("engine.models.model_file.load_model", fails)
    loader = EngineLoader(ModelLibrary.shipped(), ModelLibrary.shipped(), "cpu")
    with qtbot.waitSignal(loader.engine_failed) as failed:
        loader.start()
    loader.wait()
    assert said in failed.args[0]
    assert "drawing still works" in failed.args[0]
    assert type(error).__name__ in failed.args[1]


def test_devices_that_cannot_be_asked_leave_the_cpu(monkeypatch, qtbot):
    def fails(_wanted):
        raise RuntimeError("a driver of its own kind")

    monkeypatch.setattr("engine.training.device.choose_device", fails)
    loader = EngineLoader(ModelLibrary.shipped(), ModelLibrary.shipped(), "auto")
    with qtbot.waitSignal(loader.device_found) as found:
        loader.start()
    loader.wait()
    (choice,) = found.args
    assert (choice.name, choice.device.type) == ("CPU", "cpu")
    assert "log" in choice.reason
