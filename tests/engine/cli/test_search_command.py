"""The command ``search``: a table and the best network, a stop and a resume, and faults in a sentence."""

import contextlib
import os
import re
import signal
import subprocess
import sys

import pytest

import engine.cli.search as command_search
from engine.cli.command_line import main
from engine.cli.options import FAILED, INTERRUPTED, WRONG_USE, make_parser
from engine.cli.search_options import FORMER_STORE, sampler_from, space_from
from engine.data import sources
from engine.files.profile_folder import profile_folder
from engine.models.model_file import load_model
from engine.search.events import TrialCompleted
from engine.search.space import Range, Values
from engine.search.ways.cluster import Cluster
from engine.search.ways.processes import Processes
from engine.search.ways.way import InThisProcess
from engine.store.run import STOPPED
from engine.store.store import Store

pytestmark = pytest.mark.threaded

QUICK = ["search", "--data", "handwriting", "--hidden", "8", "--epochs", "1", "--device", "cpu"]


@pytest.fixture(autouse=True)
def little_handwriting(monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 400)
    monkeypatch.setattr(sources, "HANDWRITING_HELD_OUT", 100)
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)
    monkeypatch.chdir(tmp_path)


def run(capsys, *arguments):
    status = main([*QUICK, *map(str, arguments)])
    written = capsys.readouterr()
    return status, written.out, written.err


def test_a_table_is_printed_and_the_best_is_kept(capsys, tmp_path):
    status, out, err = run(
        capsys,
        "--rate",
        "0.01",
        "0.1",
        "--batch-size",
        "50",
        "100",
        "--output",
        tmp_path / "best.safetensors",
    )
    assert status == 0
    lines = out.splitlines()
    titles = re.split(" {2,}", lines[0])
    assert titles[:5] == ["trial", "accuracy", "loss", "batch size", "learning rate"]
    shares = [float(re.search(r"([\d.]+) %", line)[1]) for line in lines[1:5]]
    assert shares == sorted(shares, reverse=True)
    assert lines[5].startswith("Best by validation accuracy: trial ")
    assert f"Validation set: {shares[0]:.2f} %, chosen as the best of 4" in out
    assert "4 trainings; this process." in err
    model = load_model(tmp_path / "best.safetensors")
    assert model.provenance.validation_accuracy == pytest.approx(shares[0] / 100)
    with contextlib.closing(Store.open(profile_folder())) as store:
        assert len(store.runs.entries()) == 4
    assert not (tmp_path / FORMER_STORE).exists()


def test_seeds_show_the_spread(capsys):
    status, out, err = run(capsys, "--rate", "0.05", "0.1", "--seed", "1..2", "--no-store")
    assert status == 0
    assert "Mean of its 2 seeds: " in out
    assert "4 trainings (2 points with 2 seeds each)" in err


def test_a_stopped_search_goes_on_with_resume(capsys, monkeypatch, tmp_path):
    seen = []

    def run_search(request):
        for event in real(request):
            yield event
            if isinstance(event, TrialCompleted) and len(seen) < 1:
                seen.append(event)
                signal.raise_signal(signal.SIGINT)

    real = command_search.run_search
    monkeypatch.setattr(command_search, "run_search", run_search)
    arguments = ("--rate", "0.01", "0.05", "0.1", "--side-by-side", "1", "--store", tmp_path / "kept")
    status, _, err = run(capsys, *arguments)
    assert status == INTERRUPTED
    assert "Stopped after 1 trial. --resume --store" in err
    resume = [
        "search",
        "--data",
        "handwriting",
        "--device",
        "cpu",
        "--resume",
        "--store",
        str(tmp_path / "kept"),
    ]
    assert main(resume) == 0
    written = capsys.readouterr()
    assert "3 trainings, 1 of them done; this process." in written.err
    assert "chosen as the best of 3" in written.out
    assert main(resume) == FAILED
    assert "no search to go on with" in capsys.readouterr().err
    assert main([*resume, "--epochs", "3"]) == WRONG_USE
    assert "give no others" in capsys.readouterr().err


def test_a_search_that_was_kept_in_the_current_folder_goes_on_when_that_is_named(capsys, tmp_path):
    status, _, _ = run(capsys, "--rate", "0.05", "0.1", "--store", FORMER_STORE)
    assert status == 0
    with contextlib.closing(Store.open(tmp_path / FORMER_STORE)) as store:
        (kept,) = store.searches.entries()
        store.searches.end(kept.id, STOPPED)
    resume = ["search", "--data", "handwriting", "--device", "cpu", "--resume"]
    assert main(resume) == FAILED
    assert f"add --store {FORMER_STORE}" in capsys.readouterr().err
    assert main([*resume, "--store", str(FORMER_STORE)]) == 0
    assert "2 trainings, 2 of them done" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rate", "0,1..0,5 in 5000", "--momentum", "0..0.9 in 2000"], "10,000,000 trainings"),
        (["--sampler", "tpe", "--trials", "4"], "pip install optuna"),
        (["--scheduler", "nonsense"], "“nonsense” is not the address"),
        (["--scheduler", "tcp://host"], "tcp://host:8786"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_before_data_are_made(capsys, monkeypatch, arguments, words):
    monkeypatch.setitem(sys.modules, "optuna", None)
    monkeypatch.setattr(command_search, "load_data", None)
    status, out, err = run(capsys, *arguments)
    assert status == WRONG_USE
    assert words in err
    assert out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rate", "0.5..0.01"], "0.01..0.5"),
        (["--rate", "20"], "20 cannot be used"),
        (["--rate", "0.1..0.5 in 9999", "--momentum", "0..0.9 in 9999"], "99,980,001 trainings"),
        (["--trials", "0"], "from 1 to 10000"),
        (["--output", "here.txt"], "must end in"),
        (["--resume", "--no-store"], "give no others"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_a_sentence(capsys, arguments, words):
    status, out, err = run(capsys, *arguments)
    assert status in (WRONG_USE, FAILED)
    assert words in err
    assert "Traceback" not in err
    assert out == ""


def chosen(*arguments):
    return make_parser().parse_args([*QUICK, *arguments])


def test_settings_take_lists_and_ranges():
    space = space_from(
        chosen(
            "--rate", "0.01..0.5", "--hidden", "32", "100", "100 50", "--warps", "--averaging", "on", "off"
        )
    )
    assert space.dimensions == {
        "hidden": Values(((32,), (100,), (100, 50))),
        "epochs": Values((1,)),
        "learning_rate": Range(0.01, 0.5, is_log=True),
        "warps": Values((True,)),
        "averaging": Values((True, False)),
    }


@pytest.mark.parametrize(
    ("arguments", "sampler"),
    [
        ([], "grid"),
        (["--rate", "0.01..0.5"], "grid"),
        (["--rate", "0.01..0.5", "--trials", "9"], "random"),
        (["--rate", "0.01", "0.5", "--trials", "9"], "grid"),
        (["--rate", "0.01", "0.5", "--trials", "1"], "random"),
        (["--trials", "9", "--sampler", "tpe"], "tpe"),
    ],
    ids=str,
)
def test_the_sampler_is_the_one_that_suits(arguments, sampler):
    parsed = chosen(*arguments)
    assert sampler_from(parsed, space_from(parsed)) == sampler


def test_where_trials_run(monkeypatch):
    assert isinstance(command_search._way(chosen()), InThisProcess)
    processes = command_search._way(chosen("--jobs", "2"))
    assert isinstance(processes, Processes)
    assert processes.jobs == 2
    monkeypatch.setattr("engine.search.ways.cluster.load_distributed", lambda: None)
    assert isinstance(command_search._way(chosen("--scheduler", "local", "--jobs", "2")), Cluster)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from engine.cli.command_line import main; assert main(['search', '--help']) == 0; "
        "print(sorted({'torch', 'numpy', 'optuna', 'distributed', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "--rate" in done.stdout
