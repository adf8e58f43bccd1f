"""A process of its own writes digits: they are there afterwards, or nothing of it is."""

import multiprocessing
import os
import subprocess
import sys

import pytest
import torch

from engine.data.handwriting import written_ahead as handwriting_ahead
from engine.data.handwriting.kept_digits import is_kept, load_handwriting
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.data.handwriting.written_ahead import write_ahead
from engine.data.handwriting.written_digits import Handwriting
from tests.engine.data.handwriting.ahead_programs import BEGUN, stop_in_the_middle_of_the_file, tell_begun

pytestmark = pytest.mark.threaded

COUNT, SEED = 60, 5
# More than any test waits for.
ENDLESS = 1_000_000


@pytest.fixture
def begun(tmp_path, monkeypatch):
    """The file that the process makes when it has come so far."""
    path = tmp_path / "begun"
    monkeypatch.setenv(BEGUN, str(path))
    return path


@pytest.fixture(autouse=True)
def no_process_is_left():
    yield
    assert multiprocessing.active_children() == []


def test_what_was_written_ahead_is_there_and_is_the_same(tmp_path, begun, monkeypatch):
    folder = tmp_path / "kept"
    assert write_ahead(COUNT, SEED, folder, lambda: False, tell_begun)
    assert begun.exists()
    assert [path.name for path in folder.iterdir()] == [f"digits-{COUNT}-{SEED}.npz"]
    expected = make_handwriting(COUNT, SEED)
    monkeypatch.setattr(Handwriting, "write_rest", lambda *_: pytest.fail("written once more"))
    digits = load_handwriting(COUNT, SEED, folder)
    assert torch.equal(digits.images, expected.images)
    assert torch.equal(digits.labels, expected.labels)


def test_no_process_is_started_for_what_is_kept(tmp_path, monkeypatch):
    load_handwriting(COUNT, SEED, tmp_path)
    monkeypatch.setattr(handwriting_ahead.multiprocessing, "get_context", lambda _: pytest.fail("started"))
    assert write_ahead(COUNT, SEED, tmp_path, lambda: False)


def test_a_process_that_is_not_needed_any_more_ends_at_once_and_leaves_nothing(tmp_path, begun):
    assert not write_ahead(ENDLESS, SEED, tmp_path / "kept", begun.exists, tell_begun)
    assert not (tmp_path / "kept").exists()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the next start removes what is left")
def test_it_ends_in_the_middle_of_the_file_without_a_trace(tmp_path, begun, monkeypatch):
    monkeypatch.setattr(handwriting_ahead, "_PATIENCE_S", None)  # a busy machine may hold up its end
    folder = tmp_path / "kept"
    assert not write_ahead(COUNT, SEED, folder, begun.exists, stop_in_the_middle_of_the_file)
    assert list(folder.iterdir()) == []


def test_it_gives_up_when_somebody_else_was_quicker(tmp_path, begun):
    def is_cancelled():
        if begun.exists() and not is_kept(ENDLESS, SEED, tmp_path):
            # As a training would that has written them all.
            load_handwriting(COUNT, SEED, tmp_path)
            [path] = tmp_path.glob("*.npz")
            path.replace(tmp_path / f"digits-{ENDLESS}-{SEED}.npz")
        return False

    assert write_ahead(ENDLESS, SEED, tmp_path, is_cancelled, tell_begun)


def test_a_folder_that_takes_nothing_is_no_failure(tmp_path, begun, capfd):
    (tmp_path / "file").write_text("")
    assert not write_ahead(COUNT, SEED, tmp_path / "file" / "folder", lambda: False, tell_begun)
    assert capfd.readouterr() == ("", "")


PROGRAM = """
import pathlib, sys
from engine.data.handwriting.written_ahead import write_ahead

def tell():
    print("begun", flush=True)

if __name__ == "__main__":
    write_ahead(1_000_000, 1, pathlib.Path(sys.argv[1]), lambda: False, tell)
"""


def test_a_process_of_a_program_that_was_killed_ends_with_it(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    with subprocess.Popen(
        [sys.executable, str(path), str(tmp_path / "kept")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as started:
        assert started.stdout.readline() == "begun\n"
        started.kill()
        # The pipe comes to its end when nobody is left who could write to it.
        assert started.stdout.read() == ""
    assert not (tmp_path / "kept").exists()
