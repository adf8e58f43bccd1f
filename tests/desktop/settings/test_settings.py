import os
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from desktop.settings import settings_file
from desktop.settings.settings import SHIPPED, Settings
from engine.settings import LEVELS, TrainingSettings


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


@pytest.mark.parametrize(
    ("lines", "level"),
    [
        ("level=6", 7),  # the fast one, when there were six
        ("rung=6", 7),
        ("level=5", 5),
        ("rung=2", 2),
        ("level=6\nlevels=7", 6),
        ("", 7),
        ("level=9", 7),
    ],
)
def test_a_level_stored_when_there_were_six_is_what_it_was(tmp_path: Path, lines: str, level: int):
    path = tmp_path / "s.ini"
    path.write_text(f"[training]\n{lines}\n", encoding="utf-8")
    assert Settings(path).training.level == level


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_comes_back_after_a_restart(tmp_path: Path, level: int):
    settings = Settings(tmp_path / "s.ini")
    settings.training = TrainingSettings(level=level)
    settings.save()
    assert Settings(tmp_path / "s.ini").training.level == level


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
        f"seed={'9' * 5000}",
        f"hidden={'9' * 5000}",
        "hidden=100, 200",
        r"activation=@Variant(\0\0\0\t\xff\xff\xff\xff)",
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


@pytest.mark.parametrize("version", ["9" * 5000, "x", "-1", "", "1e3"])
def test_a_version_that_is_none_reads_as_ours(tmp_path: Path, version: str):
    path = tmp_path / "s.ini"
    path.write_text(f"[profile]\nversion={version}\n[window]\nappearance=dark\n", encoding="utf-8")
    settings = Settings(path)
    assert (settings.appearance, settings.notice) == ("dark", "")


@pytest.mark.parametrize("name", [r"a\0b", "x" * 300, "y/" * 3000, r"\xd800", "a, b"])
def test_a_name_that_no_file_can_have_reads_as_its_default(tmp_path: Path, name: str, monkeypatch):
    monkeypatch.setenv("SCRATCHPAD_DATA", "z" * 300)
    path = tmp_path / "s.ini"
    path.write_text(f"[data]\nmnist_folder={name}\n[network]\ncurrent={name}\n", encoding="utf-8")
    settings = Settings(path)
    assert settings.network == SHIPPED
    assert settings.mnist_folder.name == "data"
    assert settings.mnist_folder.exists() in (True, False)


def test_settings_of_former_versions_are_taken_over(tmp_path: Path):
    """They were written by QSettings."""
    path = tmp_path / "s.ini"
    former = QSettings(str(path), QSettings.Format.IniFormat)
    for key, value in {
        "window/geometry": QByteArray(bytes(range(256))),
        "window/appearance": "dark",
        "network/current": "größer; 98,1 % = gut.safetensors",
        "training/hidden": "512 256",
        "training/epochs": "7",
        "profile/version": "1",
    }.items():
        former.setValue(key, value)
    former.sync()
    settings = Settings(path)
    assert settings.notice == ""
    assert settings.geometry.data() == bytes(range(256))
    assert settings.appearance == "dark"
    assert settings.network == "größer; 98,1 % = gut.safetensors"
    assert (settings.training.hidden, settings.training.epochs) == ((512, 256), 7)


def test_a_file_that_cannot_be_read_is_left_and_the_true_reason_said(tmp_path: Path, monkeypatch):
    path = tmp_path / "s.ini"
    path.write_text("[window]\nappearance=dark\n", encoding="utf-8")

    def refuse(path: Path):
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(settings_file, "open_regular", refuse)
        settings = Settings(path)
        assert "Permission denied" in settings.notice
        assert "damaged" not in settings.notice
        settings.appearance = "light"
        settings.save()
    assert settings.appearance == "light"
    assert [each.name for each in tmp_path.glob("s.ini*")] == ["s.ini"]
    assert Settings(path).appearance == "dark"


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_a_pipe_in_place_of_the_file_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "s.ini")
    settings = Settings(tmp_path / "s.ini")
    assert "not a regular file" in settings.notice
    settings.save()
    assert (tmp_path / "s.ini").is_fifo()


def test_two_programs_do_not_undo_each_other_s_changes(tmp_path: Path):
    one, other = (Settings(tmp_path / "s.ini") for _ in range(2))
    one.appearance = "dark"
    other.device = "cpu"
    one.save()
    other.save()
    again = Settings(tmp_path / "s.ini")
    assert (again.appearance, again.device) == ("dark", "cpu")


def test_a_change_is_kept_without_an_orderly_end(tmp_path: Path, qtbot):
    Settings(tmp_path / "s.ini").network = "mine.safetensors"
    qtbot.waitUntil(lambda: Settings(tmp_path / "s.ini").network == "mine.safetensors")


def test_a_folder_that_takes_nothing_is_no_failure(tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "s.ini")
    settings.appearance = "dark"
    settings.save()
    assert settings.appearance == "dark"


def test_the_form_of_a_search_comes_back_after_a_restart(tmp_path: Path):
    settings = Settings(tmp_path / "s.ini")
    texts = {"hidden": '"32" "100 50"; none', "learning_rate": "0,01 … 0.5", "momentum": "", "trials": "64"}
    for name, text in texts.items():
        settings.search.set_text(name, text, "0.9")
    settings.search.follows_best = True
    settings.save()
    again = Settings(tmp_path / "s.ini").search
    assert {name: again.text(name, "0.9") for name in texts} == texts
    assert again.follows_best
    assert again.text("epochs", "6") == "6"


@pytest.mark.parametrize("text", ["9" * 5000, "1, 2", r"\x7\x8", "@Variant(x)"])
def test_a_text_that_no_field_of_a_search_has_reads_as_its_default(tmp_path: Path, text: str):
    path = tmp_path / "s.ini"
    path.write_text(f"[search]\nepochs={text}\nfollows_best=perhaps\n", encoding="utf-8")
    settings = Settings(path)
    assert settings.search.text("epochs", "6") == "6"
    assert not settings.search.follows_best


def test_defaults_are_restored_and_the_user_s_work_stays(tmp_path: Path):
    path = tmp_path / "s.ini"
    settings = Settings(path)
    settings.training = TrainingSettings(epochs=9)
    settings.appearance, settings.device, settings.booth_idle_s = "dark", "cpu", 60
    settings.mnist_folder = tmp_path
    settings.runs_order = ("accuracy", True)
    settings.geometry = QByteArray(b"somewhere")
    settings.network = "mine.safetensors"
    settings.search.set_text("epochs", "9", "6")
    settings.save()
    settings.restore_defaults()
    for each in (settings, Settings(path)):
        assert each.training == TrainingSettings()
        assert (each.appearance, each.device, each.booth_idle_s) == ("system", "auto", 20)
        assert each.mnist_folder != tmp_path
        assert each.runs_order[0] == ""
        assert each.geometry.isEmpty()
        assert each.search.text("epochs", "6") == "6"
        assert each.network == "mine.safetensors"
