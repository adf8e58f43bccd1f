from pathlib import Path

import pytest

from desktop.settings import SHIPPED, Settings
from engine.settings import TrainingSettings


def test_everything_comes_back_after_a_restart(tmp_path: Path):
    settings = Settings(tmp_path / "s.ini")
    wanted = TrainingSettings(
        hidden=(512, 256), activation="elu", epochs=7, learning_rate=0.3, warps=True, seed=9
    )
    settings.training = wanted
    settings.appearance = "dark"
    settings.network = "mine, 98.1 %.safetensors"
    settings.device = "cpu"
    settings.shows_all_training_fields = True
    settings.save()
    again = Settings(tmp_path / "s.ini")
    assert again.training == wanted
    assert again.appearance == "dark"
    assert again.network == "mine, 98.1 %.safetensors"
    assert again.device == "cpu"
    assert again.shows_all_training_fields


@pytest.mark.parametrize("text", ["0,05", "5e-2", "٠٫٠٥"])
def test_a_rate_that_a_hand_wrote_into_the_file_is_understood(tmp_path: Path, text: str):
    path = tmp_path / "s.ini"
    path.write_text(f'[training]\nlearning_rate="{text}"\nepochs=7\n', encoding="utf-8")
    assert Settings(path).training == TrainingSettings(learning_rate=0.05, epochs=7)


def test_no_hidden_layer_comes_back_as_none(tmp_path: Path):
    settings = Settings(tmp_path / "s.ini")
    settings.training = TrainingSettings(hidden=())
    settings.save()
    assert Settings(tmp_path / "s.ini").training.hidden == ()


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02garbage\xff", b"\xff\xfe" * 400, b"no equals sign here\nnor here\n"],
)
def test_a_corrupt_file_is_put_aside_and_defaults_are_used(tmp_path: Path, content: bytes):
    path = tmp_path / "s.ini"
    path.write_bytes(content)
    settings = Settings(path)
    assert "damaged" in settings.notice
    assert settings.training == TrainingSettings()
    assert settings.network == SHIPPED
    assert (tmp_path / "s.ini.broken").read_bytes() == content


@pytest.mark.parametrize(
    "line",
    [
        "hidden=a lot",
        "hidden=-5",
        "epochs=1e9",
        "learning_rate=nan",
        "batch_size=0",
        "activation=tanh",
        "seed=-1",
    ],
)
def test_a_value_that_makes_no_sense_reads_as_its_default(tmp_path: Path, line: str):
    path = tmp_path / "s.ini"
    path.write_text(f"[training]\n{line}\n", encoding="utf-8")
    settings = Settings(path)
    assert settings.notice == ""
    assert settings.training == TrainingSettings()


def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path):
    path = tmp_path / "s.ini"
    newer = b"[profile]\nversion=99\n[window]\nappearance=ultraviolet\n"
    path.write_bytes(newer)
    settings = Settings(path)
    assert "newer version" in settings.notice
    settings.appearance = "dark"
    settings.save()
    assert path.read_bytes() == newer
    again = Settings(path)
    assert again.appearance == "dark"
    assert again.notice == "", "it is told once, not at every start"


def test_a_file_says_which_version_wrote_it(tmp_path: Path):
    Settings(tmp_path / "s.ini").save()
    assert "version=1" in (tmp_path / "s.ini").read_text(encoding="utf-8")
    assert Settings(tmp_path / "s.ini").notice == ""
