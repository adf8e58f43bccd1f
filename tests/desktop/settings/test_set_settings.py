"""The sets used last are remembered, and what stands in the file is not trusted."""

import pytest

from desktop.settings.set_settings import MOST_REMEMBERED, KnownSet
from desktop.settings.settings import Settings


def known(folder, number):
    return KnownSet(str(folder / f"{number}, größer; “x”.csv"), f"set {number}")


def test_the_last_few_are_remembered_the_latest_first(tmp_path):
    settings = Settings(tmp_path / "s.ini")
    for number in range(MOST_REMEMBERED + 2):
        settings.sets.remember(known(tmp_path, number))
    settings.sets.remember(known(tmp_path, 3))
    settings.data = known(tmp_path, 3).path
    settings.save()
    again = Settings(tmp_path / "s.ini")
    assert [each.name for each in again.sets.known] == ["set 3", "set 6", "set 5", "set 4", "set 2"]
    assert again.sets.known[0] == known(tmp_path, 3)
    assert again.data == known(tmp_path, 3).path
    again.restore_defaults()
    assert again.sets.known == ()
    assert again.data == ""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("relative.csv", "a"),
        ("/a.csv", ""),
        ("", "a"),
        (f"/{'a' * 300}", "a"),
        ("/a.csv", "two\\nlines"),
        ("/a.csv", "a" * 200),
    ],
)
def test_what_is_no_set_is_passed_over(tmp_path, path, name):
    file = tmp_path / "s.ini"
    file.write_text(f"[data]\nset_1_path={path}\nset_1_name={name}\n[training]\ndata={path}\n")
    settings = Settings(file)
    assert settings.sets.known == ()
    assert settings.data == ""
