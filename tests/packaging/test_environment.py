import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from resources.packaging.environment import check_torch
from resources.packaging.options import CONSTRAINTS
from resources.packaging.tools import PackagingError

ROOT = Path(__file__).parents[2]


def test_the_pytorch_asked_for_is_taken():
    check_torch("", is_wanted=False)
    check_torch("13.0", is_wanted=True)


@pytest.mark.parametrize(
    ("cuda", "is_wanted", "said"), [("13.0", False, "CUDA 13.0"), ("", True, "CPU only")]
)
def test_the_other_one_is_refused_in_one_sentence(cuda, is_wanted, said):
    with pytest.raises(PackagingError, match=said) as caught:
        check_torch(cuda, is_wanted)
    assert "--torch-index" in str(caught.value)
    assert "--cuda" in str(caught.value)


def test_every_version_to_take_is_one_that_the_project_admits():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    admitted = [Requirement(each) for each in project["dependencies"]]
    admitted += [
        Requirement(each)
        for extra in ("test", "packaging")
        for each in project["optional-dependencies"][extra]
    ]
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    taken = {each.name.lower(): each for each in map(Requirement, filter(is_said, lines))}
    for requirement in admitted:
        if requirement.marker is None or requirement.marker.evaluate():
            assert requirement.name.lower() in taken
    for requirement in admitted:
        specifier = taken[requirement.name.lower()].specifier
        for version in (each.version.replace(".*", ".0") for each in specifier if each.operator == "=="):
            assert requirement.specifier.contains(version)


def is_said(line):
    return line and not line.startswith("#")
