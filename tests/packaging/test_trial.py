"""A program whose smoke test fails, or is not quiet, is not packed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from resources.packaging.tools import PackagingError
from resources.packaging.trial import smoke_test

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")


def program(folder: Path, script: str) -> Path:
    made = folder / "scratchpad"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(0o755)
    return made


def test_what_it_said_is_handed_on(tmp_path):
    assert smoke_test(program(tmp_path, 'echo "$1 in $(basename "$PWD")"'), tmp_path) == (
        f"--smoke-test in {tmp_path.name}\n"
    )


def test_it_knows_nothing_of_this_process(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "here")
    assert smoke_test(program(tmp_path, 'echo "<$PYTHONPATH>"'), tmp_path) == "<>\n"


@pytest.mark.parametrize("script", ["echo alas; exit 3", "echo alas >&2"])
def test_a_failure_or_an_unexpected_word_ends_the_building(tmp_path, script):
    with pytest.raises(PackagingError, match=r"(?s)scratchpad fails its smoke test.*alas"):
        smoke_test(program(tmp_path, script), tmp_path)
