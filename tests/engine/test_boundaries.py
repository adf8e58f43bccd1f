"""The house rules, checked by machine: who may import whom."""

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = ("torch.nn", "torch.optim", "torch.utils.data")


@cache
def imports(path: Path) -> set[str]:
    """All modules that a file imports, anywhere in it, and dotted names that reach into torch."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Attribute):
            found.add(ast.unparse(node))
    return found


# Packaging runs from a clone, is no part of the program, and draws icons and asks for the version.
# These make what is shipped, from a clone, and are not in it.
NOT_SHIPPED = ("letters_network", "packaging", "shipped_network")
RESOURCES = [
    path for path in sorted((ROOT / "resources").rglob("*.py")) if not set(NOT_SHIPPED) & set(path.parts)
]
ENGINE = sorted((ROOT / "engine").rglob("*.py"))
PROGRAM = [*RESOURCES, *ENGINE, *sorted((ROOT / "desktop").rglob("*.py"))]
LIBRARY_LEVEL = {ROOT / "engine" / "levels" / name for name in ("library.py", "library_part.py")}


# Each rule is one test that lists all who break it: a test for each file would be a thousand.


def breaches(paths, forbidden):
    """What the files import of it, each as “path: name”."""
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        for name in sorted(imports(path))
        if name.startswith(forbidden)
    ]


def test_there_are_files_to_look_at():
    assert len(RESOURCES) > 1
    assert len(ENGINE) > 150
    assert len(PROGRAM) > 400
    assert all(path in ENGINE for path in LIBRARY_LEVEL)


def test_the_engine_knows_no_window():
    assert breaches(ENGINE, ("PySide6", "pyqtgraph", "desktop")) == []


def test_the_engine_is_written_from_scratch():
    from_scratch = [path for path in ENGINE if path not in LIBRARY_LEVEL]
    assert breaches(from_scratch, FORBIDDEN) == []


def test_the_program_does_without_what_is_not_shipped():
    assert breaches(PROGRAM, tuple(f"resources.{name}" for name in NOT_SHIPPED)) == []


def test_resources_know_nobody():
    assert breaches(RESOURCES, ("engine", "desktop", "torch", "PySide6")) == []


# In the order in which they are imported: what one of them imports, all below it have.
LIGHT = {
    "engine.errors": ("torch", "numpy"),
    "engine.version": ("torch", "numpy"),
    "engine.settings": ("torch", "numpy"),
    "engine.preprocessing.ink": ("torch", "numpy"),
    "engine.preprocessing.ink_file": ("torch", "numpy"),
    "engine.store.store": ("torch", "numpy"),
    "engine.store.exchange": ("torch", "numpy"),
    "engine.cli.command_line": ("torch", "numpy"),
    "engine.models.classifier": ("torchvision", "PIL"),
}


@pytest.fixture(scope="module")
def heavy() -> dict[str, list[str]]:
    """What each of them is to do without, and does not."""
    program = (
        f"import importlib, json, sys\nheavy = {{}}\nfor module, names in {LIGHT!r}.items():\n"
        "    importlib.import_module(module)\n"
        "    heavy[module] = [name for name in names if name in sys.modules]\n"
        "print(json.dumps(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.whole_program
def test_nothing_heavy_is_imported_before_it_is_needed(heavy):
    assert heavy == {module: [] for module in LIGHT}


def test_nothing_is_read_that_could_run_code():
    dangerous = {"pickle", "torch.load", "torch.save", "shelve", "marshal", "dill"}
    # PyTorch's own form, of which tensors alone are read.
    reader = ROOT / "engine" / "models" / "state_dict_file.py"
    found = {
        path.relative_to(ROOT).as_posix(): imports(path) & dangerous
        for path in ENGINE
        if path != reader and imports(path) & dangerous
    }
    assert found == {}
    assert not imports(reader) & {"pickle.load", "pickle.loads", "shelve", "marshal", "dill"}
    for node in ast.walk(ast.parse(reader.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "torch.load":
            assert "weights_only=True" in ast.unparse(node)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import torch.nn as n", "torch.nn"),
        ("from torch import nn", "torch.nn"),
        ("from torch.optim import SGD", "torch.optim"),
        ("import torch\ntorch.nn.functional.relu(1)", "torch.nn.functional.relu"),
        ("def later():\n    from torch.utils import data", "torch.utils.data"),
        ("def later():\n    import PySide6.QtCore", "PySide6.QtCore"),
    ],
)
def test_no_way_of_importing_is_overlooked(tmp_path, source, found):
    path = tmp_path / "module.py"
    path.write_text(source)
    assert found in imports(path)
