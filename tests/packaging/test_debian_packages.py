import re

import pytest

from tests.packaging.debian_packages import ROOT, names
from tests.packaging.readme_in_debian import commands

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_the_packages_of_the_list_and_no_others():
    (named,) = re.findall(r"`apt install ([^`]*)`", README)
    assert named.split() == names()
    assert len(set(names())) == len(names())


@pytest.mark.parametrize("path", [".ci/run", ".github/workflows/packages.yml"])
def test_who_installs_them_reads_the_list(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    assert "debian-packages.txt" in text
    for name in names():
        assert not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text), f"{name} is named again"


def test_the_readme_s_commands_are_those_that_are_tried():
    assert commands() == ["pip install . && scratchpad", 'pip install -e ".[test]" && pytest -n 2']
