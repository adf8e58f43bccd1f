import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.packaging import trimming

PACKAGING = Path(trimming.__file__).parent


@pytest.mark.parametrize(
    "path",
    [
        "torch/bin/torch_shm_manager",
        "torch/lib/libtorch_cpu.so",
        "torch/lib/libtorch_python.so",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "engine/nn/layers.py",
        "resources/weights/shipped.safetensors",
        "resources/texts/parts/test.md",
    ],
)
def test_what_is_needed_stays(path):
    assert trimming.cut_of_file(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "torch/bin/protoc",
        "torch/include/ATen/ATen.h",
        "torch/test/cpp/test_api",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qt_de.qm",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "torchvision/_C.so",
        "numpy/lib/tests/data.npy",
        "numpy-2.0.dist-info/RECORD",
    ],
)
def test_what_is_cut_goes(path):
    cut = trimming.cut_of_file(path)
    assert cut is not None
    assert cut.what
    assert cut.why


def test_needed_goes_before_cut(monkeypatch):
    everything = trimming.Cut("everything", "for the test", files=("*",))
    monkeypatch.setattr(trimming, "CUTS", (everything,))
    assert trimming.cut_of_file("engine/nn/layers.py") is None
    assert trimming.cut_of_file("torch/lib/libc10.so") is None
    assert trimming.cut_of_file("other") is everything


def test_a_module_goes_with_all_below_it_and_no_other():
    assert trimming.cut_of_module("torch._inductor") is not None
    assert trimming.cut_of_module("torch._inductor.codegen.cpp") is not None
    assert trimming.cut_of_module("torch._inductor_other") is None
    assert trimming.cut_of_module("torch") is None
    assert trimming.cut_of_module("engine.training.fit") is None


def test_every_stand_in_stands_for_a_cut_and_is_there():
    assert {path.stem for path in (PACKAGING / "stubs").glob("*.py")} == set(trimming.STAND_INS)
    assert set(trimming.STAND_INS) <= set(trimming.excluded_modules())


@pytest.mark.parametrize(
    "name", ["libstdc++.so.6", "libssl.so.3", "libX11.so.6", "libxcb-randr.so.0", "libz.so.1"]
)
def test_the_system_s_libraries_are_left_to_it(name):
    assert trimming.is_system_library(name)


@pytest.mark.parametrize(
    "name", ["libxcb-cursor.so.0", "libxcb-icccm.so.4", "libQt6Core.so.6", "libtorch_cpu.so"]
)
def test_those_that_may_be_missing_come_along(name):
    assert not trimming.is_system_library(name)


def imported(module: Path) -> Iterator[str]:
    """What a file imports, wherever in it, by full name."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.whole_program
def test_nothing_that_the_program_imports_is_cut():
    root = PACKAGING.parents[1]
    modules = [*(root / "desktop").rglob("*.py"), *(root / "engine").rglob("*.py")]
    cut = {
        name: module.name for module in modules for name in imported(module) if trimming.cut_of_module(name)
    }
    assert cut == {}
