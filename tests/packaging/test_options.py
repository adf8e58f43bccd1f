from pathlib import Path

import pytest

from resources.packaging.options import parsed

ROOT = Path(__file__).parents[2]


def test_deb_and_tar_come_without_being_asked_for(tmp_path):
    options = parsed(["--output", str(tmp_path)], {})
    assert options.formats == ("deb", "tar")
    assert options.constraints == ROOT / "resources" / "constraints.txt"
    assert not options.is_cuda
    assert options.is_trimmed


def test_a_runtime_brings_the_appimage(tmp_path):
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"runtime")
    options = parsed(["--output", str(tmp_path), "--appimage-runtime", str(runtime)], {})
    assert options.formats == ("deb", "tar", "appimage")


def test_formats_are_taken_once_and_in_order(tmp_path):
    assert parsed(["--output", str(tmp_path), "--formats", "tar", "deb", "tar"], {}).formats == ("tar", "deb")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--formats", "appimage"], "name its file by --appimage-runtime"),
        (["--appimage-runtime", "missing"], "there is no file missing"),
        (["--constraints", "missing"], "there is no file missing"),
        (["--work", str(ROOT / "build")], "is inside the repository"),
        (["--formats", "rpm"], "invalid choice"),
    ],
)
def test_what_cannot_be_is_said(arguments, said, tmp_path, capsys):
    with pytest.raises(SystemExit):
        parsed(["--output", str(tmp_path), *arguments], {})
    assert said in capsys.readouterr().err


def test_an_untrimmed_program_is_for_measuring_and_makes_no_package(tmp_path):
    options = parsed(["--output", str(tmp_path), "--untrimmed"], {})
    assert options.formats == ()
    assert not options.is_trimmed


def test_an_output_is_asked_for(capsys):
    with pytest.raises(SystemExit):
        parsed([], {})
    assert "--output" in capsys.readouterr().err


def test_the_index_comes_from_the_option_before_the_environment(tmp_path):
    environment = {"SCRATCHPAD_TORCH_INDEX": "https://from.environment"}
    assert parsed(["--output", str(tmp_path)], environment).torch_index == "https://from.environment"
    arguments = ["--output", str(tmp_path), "--torch-index", "https://from.option"]
    assert parsed(arguments, environment).torch_index == "https://from.option"
