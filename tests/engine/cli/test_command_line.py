import io
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image, ImageDraw

import engine.cli.train as command_train
import engine.training.device as devices
import engine.training.fit as fitting
import resources
from engine.cli.command_line import main
from engine.cli.options import FAILED, INTERRUPTED, WRONG_USE, make_parser, settings_from
from engine.cli.progress import Progress, duration
from engine.cli.read import describe, load_shipped
from engine.data import sources
from engine.data.handwriting.synthetic_digits import random_ink
from engine.errors import DeviceError
from engine.models.classifier import Reading
from engine.models.model_file import load_model, save_model
from engine.models.shown_number import shown_number
from engine.settings import TrainingSettings
from engine.training.device import DeviceChoice
from engine.training.fit import fit
from tests.pictures import save_digit_at_the_edge, save_two_rows

QUICK = [
    "train",
    "--data",
    "handwriting",
    "--hidden",
    "16",
    "--epochs",
    "2",
    "--device",
    "cpu",
    "--threads",
    "1",
]


@pytest.fixture(autouse=True)
def _little_handwriting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A few built-in digits in place of thousands, no data folder, and the threads as they were."""
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 600)
    monkeypatch.setattr(sources, "HANDWRITING_HELD_OUT", 100)
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def pen_file(tmp_path: Path) -> Path:
    """Digits of ten writers as the built-in handwriting would write them."""
    path = tmp_path / "strokes.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(60):
            label = number % 10
            strokes = [[point[:2] for point in stroke] for stroke in random_ink(label, number).strokes]
            record = {"label": label, "writer": f"writer {number // 6}", "strokes": strokes}
            file.write(json.dumps(record) + "\n")
    return path


def picture(path: Path) -> Path:
    image = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(image).line([(50, 40), (150, 40), (80, 170)], fill=0, width=16, joint="curve")
    image.save(path)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    written = capsys.readouterr()
    return status, written.out, written.err


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=120)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from engine.cli.command_line import main; status = main(['train', '--help']); "
        "assert status == 0; print(sorted({'torch', 'numpy', 'PIL', 'PySide6'} & set(sys.modules)))"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
    assert "--learning-rate" in done.stdout


@pytest.mark.whole_program
def test_program_reads_and_fails_without_traceback(tmp_path: Path) -> None:
    read = python("-m", "engine", "read", str(picture(tmp_path / "seven.png")))
    assert (read.returncode, read.stdout[0], read.stderr) == (0, "7", "")
    absent = python("-m", "engine", "read", str(tmp_path / "absent.png"))
    assert absent.returncode == FAILED
    assert absent.stdout == ""
    assert absent.stderr == "There is no picture absent.png: check the path.\n"


def test_reads_a_drawing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.json"
    path.write_text('{"strokes": [[[50, 0], [50, 50], [50, 100]]]}', encoding="utf-8")
    status, out, _ = run(capsys, "read", path)
    assert status == 0
    assert out.startswith("1 ")
    assert [line[0] for line in out.splitlines()[2:]] == list("0123456789")


def test_reads_a_number_from_left_to_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "number.png"
    image = Image.new("L", (400, 200), 255)
    seven = [(40, 40), (110, 40), (60, 160)]
    for lines in (seven, [(200, 40), (200, 160)], [(x + 230, y) for x, y in seven]):
        ImageDraw.Draw(image).line(lines, fill=0, width=14, joint="curve")
    image.save(path)
    status, out, _ = run(capsys, "read", path)
    number, *digits = out.split("\n\n")
    assert (status, number) == (0, "717")
    assert [digit[0] for digit in digits[::2]] == ["7", "1", "7"]
    assert [line[0] for line in digits[3].splitlines()] == list("0123456789")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("absent.json", None, "no drawing"),
        ("broken.json", "{", "not JSON"),
        ("empty.json", '{"strokes": []}', "no strokes"),
        ("other.json", '{"a": 1}', "strokes"),
        ("broken.png", "no picture", "not a picture"),
    ],
)
def test_what_cannot_be_read_gives_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    status, out, err = run(capsys, "read", path)
    assert (status, out) == (FAILED, "")
    assert message in err
    assert err.count("\n") == 1


def test_blank_picture_gives_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "blank.png"
    Image.new("L", (50, 50), 255).save(path)
    status, _, err = run(capsys, "read", path)
    assert status == FAILED
    assert err.count("\n") == 1


def test_broken_model_gives_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.safetensors"
    path.write_bytes(b"\0" * 100)
    status, _, err = run(capsys, "read", picture(tmp_path / "seven.png"), "--model", path)
    assert status == FAILED
    assert "broken.safetensors" in err
    assert err.count("\n") == 1


def test_no_picture_gives_an_empty_line_and_rows_are_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["read", str(save_digit_at_the_edge(tmp_path / "edge.png"))]) == 0
    assert capsys.readouterr().out.startswith("2   ")
    assert main(["read", str(save_two_rows(tmp_path / "rows.png"))]) == 0
    assert capsys.readouterr().out.startswith("71\n17\n\n")
    # Whatever a later change to the finding of ink may leave over.
    monkeypatch.setattr("engine.preprocessing.photographs.ink_finding._digits_of", lambda *_: [[]])
    assert main(["read", str(tmp_path / "edge.png")]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


def test_what_is_no_digit_is_asked_about_and_marked_in_a_number() -> None:
    image = torch.zeros(28, 28).numpy()
    probabilities = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.9, 0.0)
    scribble = Reading((-9.0,) * 10, probabilities, image, digit_threshold=0.5)
    eight = replace(scribble, digit_threshold=None)
    assert describe(scribble, bar="#").startswith("not a digit? most like 8 (90 % among the digits)\n")
    assert describe(eight, bar="#").startswith("8   90 %\n")
    assert shown_number("88\n8", [eight, scribble, scribble]) == "8?\n?"


def test_a_picture_of_no_digit_was_read_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doubting = tmp_path / "doubting.safetensors"
    save_model(replace(load_shipped(), digit_threshold=1.0), doubting)
    status, out, err = run(capsys, "read", picture(tmp_path / "seven.png"), "--model", doubting)
    assert (status, err) == (0, "")
    assert out.startswith("not a digit? most like 7 (")


def test_unsure_reading_names_the_two_most_likely() -> None:
    image = torch.zeros(28, 28).numpy()
    probabilities = (0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.4, 0.1, 0.0)
    text = describe(Reading((0.0,) * 10, probabilities, image), bar="#")
    assert text.startswith("not sure (below 60 %): 1 (50 %) or 7 (40 %)")
    assert f"1 {'#' * 15} " in text


def test_trained_network_is_kept_and_is_that_of_the_last_epoch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "network.safetensors"
    status, out, err = run(capsys, *QUICK, "--name", "Mine", "--seed", "5", "--output", path)
    assert status == 0
    assert err.count("Epoch") == 2
    assert "\r" not in err  # no bar where there is no terminal
    model = load_model(path)
    assert model.name == "Mine"
    assert model.architecture.sizes == (784, 16, 10)
    assert model.provenance.seed == 5
    assert f"{100 * (model.provenance.validation_accuracy or 0):.2f} %" in out


@pytest.mark.parametrize("level", ["1", "4", "6", "7"])
@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
def test_every_level_trains_the_same_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str, optimiser: str
) -> None:
    models = []
    for chosen in ("5", level):
        path = tmp_path / f"level-{chosen}.safetensors"
        assert run(capsys, *QUICK, "--optimiser", optimiser, "--level", chosen, "--output", path)[0] == 0
        models.append(load_model(path))
    expected, found = models
    for name, weights in expected.weights.items():
        torch.testing.assert_close(found.weights[name], weights, rtol=1e-3, atol=1e-4)


def test_each_optimiser_has_its_own_usual_rate(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = []

    def noted(
        training: Any, validation: Any, settings: TrainingSettings, *others: Any, **more: Any
    ) -> Iterator[Any]:
        seen.append((settings.optimiser, settings.learning_rate))
        return fit(training, validation, settings, *others, **more)

    monkeypatch.setattr(fitting, "fit", noted)
    for arguments in (["sgd"], ["adam"], ["adam", "--learning-rate", "0.01"]):
        assert run(capsys, *QUICK, "--optimiser", *arguments)[0] == 0
    assert seen == [("sgd", 0.05), ("adam", 0.002), ("adam", 0.01)]


def test_same_command_trains_the_same_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = []
    for name in ("first", "second"):
        path = tmp_path / f"{name}.safetensors"
        assert run(capsys, *QUICK, "--warps", "--averaging", "--output", path)[0] == 0
        models.append(load_model(path))
    first, second = models
    assert all(torch.equal(first.weights[name], second.weights[name]) for name in first.weights)


def test_pen_digits_are_learned_from_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pen_file: Path
) -> None:
    path = tmp_path / "network.safetensors"
    arguments = [*QUICK, "--pen-digits", pen_file, "--pen-variants", "3", "--output", path]
    status, out, err = run(capsys, *arguments)
    assert status == 0
    # Eight of ten writers of six digits each, as they are and in three variants, beside 500 others.
    assert f"{500 + 48 * 4} digits" in err
    assert "Pen digits of held-out writers" in out
    assert "of 12 wrong" in out
    assert "International Unipen Foundation" in load_model(path).provenance.attribution


def test_some_training_writers_may_validate(capsys: pytest.CaptureFixture[str], pen_file: Path) -> None:
    arguments = ["--pen-digits", pen_file, "--pen-variants", "0", "--pen-validation", "0.25"]
    status, out, err = run(capsys, *QUICK, *arguments)
    assert status == 0
    assert f"{500 + 36} digits" in err
    assert "of 12 wrong" in out  # two of the eight training writers
    assert "held-out" not in out  # choosing a recipe never looks at them


@pytest.mark.parametrize(
    "arguments",
    [
        ["--epochs", "0"],
        ["--epochs", "many"],
        ["--hidden", "100 0"],
        ["--hidden", "wide"],
        ["--learning-rate", "nan"],
        ["--momentum", "1"],
        ["--batch-size", "501"],
        ["--threads", "0"],
        ["--activation", "sine"],
        ["--level", "0"],
        ["--level", "8"],
        ["--optimiser", "lion"],
        ["--pen-variants", "-1"],
        ["--pen-validation", "1"],
    ],
)
def test_settings_without_sense_are_wrong_use(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    status, out, err = run(capsys, *QUICK, *arguments)
    assert (status, out) == (WRONG_USE, "")
    assert "Traceback" not in err
    assert err.strip()


@pytest.mark.parametrize("arguments", [[], ["dance"], ["read"], ["train", "--output"]])
def test_commands_without_sense_are_wrong_use(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(capsys, *arguments)[0] == WRONG_USE


def test_output_that_cannot_be_written_is_said_before_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder.safetensors"
    folder.mkdir()
    for path in (tmp_path / "absent" / "network.safetensors", tmp_path / "network.bin", folder):
        status, _, err = run(capsys, *QUICK, "--output", path)
        assert status == FAILED
        assert "Epoch" not in err
        assert err.count("\n") == 1


def test_missing_data_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--data-folder" in run(capsys, "train")[2]
    assert run(capsys, "train", "--data-folder", tmp_path)[0] == FAILED
    assert run(capsys, "evaluate")[0] == FAILED
    assert run(capsys, "evaluate", "--data-folder", tmp_path)[0] == FAILED
    assert run(capsys, "evaluate", "--pen-digits", tmp_path / "absent.jsonl")[0] == FAILED


def test_environment_names_the_data_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCHPAD_DATA", str(tmp_path))
    assert f"There is no MNIST in {tmp_path}" in run(capsys, "train")[2]


@pytest.fixture(autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """Tests that a shell runs in the background ignore it, and so would what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(monkeypatch: pytest.MonkeyPatch, presses: int) -> None:
    """Ctrl+C is pressed so many times after the first step of every training."""

    def fit_until(*arguments: Any, **more: Any) -> Iterator[Any]:
        for number, result in enumerate(fit(*arguments, **more, report_interval_s=0)):
            if number == 0:
                for _ in range(presses):
                    signal.raise_signal(signal.SIGINT)
            yield result

    monkeypatch.setattr(fitting, "fit", fit_until)


def test_interruption_keeps_the_weights_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "network.safetensors"
    interrupted(monkeypatch, presses=1)
    before = signal.getsignal(signal.SIGINT)
    status, out, err = run(capsys, *QUICK, "--output", path)
    assert status == INTERRUPTED
    assert "the network is that of step 1." in err
    model = load_model(path)
    assert f"{100 * (model.provenance.validation_accuracy or 0):.2f} %" in out
    assert signal.getsignal(signal.SIGINT) == before


def test_a_second_interruption_ends_the_program_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "network.safetensors"
    interrupted(monkeypatch, presses=2)
    status, out, err = run(capsys, *QUICK, "--output", path)
    assert (status, out) == (INTERRUPTED, "")
    assert err.endswith("Stopped.\n")
    assert not path.exists()


def test_interruption_anywhere_else_is_quiet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_train, "load_training_data", interrupt)
    assert run(capsys, *QUICK) == (INTERRUPTED, "", "Stopped.\n")


def test_diverging_names_the_learning_rate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "network.safetensors"
    arguments = [
        "--learning-rate",
        "10",
        "--momentum",
        "0.99",
        "--schedule",
        "constant",
        "--hidden",
        "64 64 64",
    ]
    status, _, err = run(capsys, *QUICK, *arguments, "--epochs", "30", "--output", path)
    assert status == FAILED
    assert "learning rate of 10" in err.splitlines()[-1]
    if path.exists():  # steps that were reported before the loss diverged
        assert load_model(path).architecture.sizes == (784, 64, 64, 64, 10)


def test_failing_device_is_replaced_by_the_cpu(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fit_or_fail(*arguments: Any, **more: Any) -> Iterator[Any]:
        if torch.device(arguments[4]).type != "cpu":
            raise DeviceError("The card ran out of memory.")
        yield from fit(*arguments, **more)

    choices = iter(
        [DeviceChoice(torch.device("meta"), "A card", "It answered."), devices.choose_device("cpu")]
    )
    monkeypatch.setattr(devices, "choose_device", lambda _: next(choices))
    monkeypatch.setattr(fitting, "fit", fit_or_fail)
    path = tmp_path / "network.safetensors"
    status, _, err = run(capsys, *QUICK, "--output", path)
    assert status == 0
    assert "ran out of memory. The CPU took over" in err
    assert path.exists()


def test_evaluates_on_held_out_or_all_writers(capsys: pytest.CaptureFixture[str], pen_file: Path) -> None:
    status, out, _ = run(capsys, "evaluate", "--pen-digits", pen_file)
    assert status == 0
    assert "held-out writers (2)" in out
    assert "of 12 wrong" in out
    out = run(capsys, "evaluate", "--pen-digits", pen_file, "--all-writers")[1]
    assert "all writers (10)" in out
    assert "of 60 wrong" in out


def test_evaluates_calibration_at_the_temperature_of_the_network_and_at_a_fitted_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pen_file: Path
) -> None:
    shipped = load_model(resources.path("weights", "shipped.safetensors"))
    calibration = re.compile(
        r"calibration error: ([\d.]+) points at its temperature of ([\d.]+), ([\d.]+) at ([\d.]+), fitted"
    )
    errors, fitted = [], []
    for temperature in (1.0, 5.0):
        path = tmp_path / "network.safetensors"
        save_model(replace(shipped, temperature=temperature), path)
        out = run(capsys, "evaluate", path, "--pen-digits", pen_file, "--all-writers")[1]
        (found,) = calibration.finditer(out)
        own, said, best, at = map(float, found.groups())
        assert said == temperature
        errors.append(own)
        fitted.append((best, at))
    assert abs(errors[0] - errors[1]) > 1  # five times as unsure is another thing to say
    assert fitted[0] == fitted[1]  # the network's own temperature has no part in the fit


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_is_rewritten_on_a_terminal_and_gives_way_to_lines() -> None:
    terminal = Terminal()
    progress = Progress(terminal)
    progress.show(0.5, "half")
    progress.say("done")
    assert "[############............]  50 %  half" in terminal.getvalue()
    assert terminal.getvalue().endswith("\rdone\n")


def test_nothing_but_lines_elsewhere() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    progress.show(0.5, "half")
    progress.say("done")
    assert stream.getvalue() == "done\n"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "0 s"), (59.4, "59 s"), (60, "1 min 00 s"), (185, "3 min 05 s")]
)
def test_durations_are_in_words(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_a_network_goes_through_every_form_of_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = str(resources.path("weights", "shipped.safetensors"))
    there, back = tmp_path / "net.pt", tmp_path / "back.safetensors"
    assert main(["convert", shipped, str(there)]) == 0
    assert main(["convert", str(there), str(back)]) == 0
    picture(tmp_path / "seven.png")
    assert main(["read", str(tmp_path / "seven.png")]) == 0
    expected = capsys.readouterr().out
    assert main(["read", str(tmp_path / "seven.png"), "--model", str(back)]) == 0
    assert capsys.readouterr().out == expected


def test_every_command_reads_what_the_window_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pen_file: Path
) -> None:
    network = torch.nn.Sequential(torch.nn.Linear(784, 12), torch.nn.Tanh(), torch.nn.Linear(12, 10))
    torch.save({"state_dict": network.state_dict(), "epoch": 3}, tmp_path / "theirs.pt")
    picture(tmp_path / "seven.png")
    status, _, said = run(capsys, "read", tmp_path / "seven.png", "--model", tmp_path / "theirs.pt")
    assert (status, "theirs.pt does not say which activation" in said) == (0, True)
    evaluated = ("evaluate", tmp_path / "theirs.pt", "--pen-digits", pen_file, "--all-writers")
    assert run(capsys, *evaluated)[0] == 0
    status, _, said = run(capsys, *evaluated, "--activation", "tanh", "--pixels", "0 to 255")
    assert (status, said) == (0, "")
    (tmp_path / "page.pt").write_text("<html></html>")
    status, _, said = run(capsys, "read", tmp_path / "seven.png", "--model", tmp_path / "page.pt")
    assert (status, "page.pt is a web page" in said) == (FAILED, True)


def test_a_state_dict_of_standardised_pixels_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = torch.nn.Sequential(torch.nn.Linear(784, 10))
    torch.save(network.state_dict(), tmp_path / "net.pt")
    kept = tmp_path / "net.safetensors"
    options = ["--mean", "0.1307", "--deviation", "0.3081", "--activation", "elu"]
    assert main(["convert", str(tmp_path / "net.pt"), str(kept), *options]) == 0
    model = load_model(kept)
    assert (model.standardisation.mean, model.standardisation.standard_deviation) == (0.1307, 0.3081)
    assert model.architecture.activation == "elu"
    assert main(["convert", str(tmp_path / "net.pt"), str(kept), "--deviation", "0"]) == WRONG_USE
    assert main(["convert", str(kept), str(tmp_path / "net.h5")]) == FAILED
    assert "choose .safetensors, .pt or .onnx" in capsys.readouterr().err


@pytest.mark.parametrize("rate", ["0,05", "5e-2", ",05", "٠٫٠٥"])
def test_a_decimal_comma_is_one_on_the_command_line_too(rate):
    chosen = make_parser().parse_args([*QUICK, "--learning-rate", rate, "--momentum", "0,9", "--seed", "1e3"])
    assert settings_from(chosen).learning_rate == 0.05
    assert settings_from(chosen).momentum == 0.9
    assert settings_from(chosen).seed == 1000


@pytest.mark.parametrize(
    ("option", "text"),
    [("--learning-rate", "1,000"), ("--learning-rate", "nan"), ("--epochs", "1,000"), ("--threads", "two")],
)
def test_numbers_that_could_be_others_are_wrong_use(capsys, option, text):
    assert main([*QUICK, option, text]) == WRONG_USE
    assert f"argument {option}: " in capsys.readouterr().err


def test_a_network_that_learned_nothing_is_said_to_and_written_all_the_same(tmp_path, capsys):
    path = tmp_path / "n.safetensors"
    hopeless = ["--optimiser", "adam", "--learning-rate", "10", "--output", str(path)]
    assert main([*QUICK, *hopeless]) == 0
    said = capsys.readouterr().err
    assert "learned nothing" in said
    assert "such as --learning-rate 0.002." in said
    assert path.is_file()
