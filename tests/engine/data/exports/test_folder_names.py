"""Classes as folders: any name, on any system, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.class_names import class_name
from engine.data.exports.folder_names import folder_names, name_of_folder

NAMES = st.text(min_size=1, max_size=20).map(class_name).filter(lambda name: name is not None)


@given(st.lists(NAMES, min_size=1, max_size=20, unique=True))
def test_names_come_back_and_no_two_folders_are_the_same_on_any_system(names):
    folders = folder_names(names)
    assert [name_of_folder(folders[name]) for name in names] == names
    assert len({folder.casefold() for folder in folders.values()}) == len(names)
    for folder in folders.values():
        assert not set(folder) & set('/\\:*?"<>|')
        assert folder[0] != "."
        assert folder[-1] not in ". "


def test_usual_names_are_folders_as_they_are():
    assert folder_names(["3", "A", "plus", "\u7d19"]) == {
        "3": "3",
        "A": "A",
        "plus": "plus",
        "\u7d19": "\u7d19",
    }
    assert folder_names(["A", "a"]) == {"A": "A", "a": "%61"}


@pytest.mark.parametrize("folder", ["100%", "50%off", "%FF", "%zz"])
def test_a_folder_that_merely_has_a_per_cent_sign_is_called_as_it_is(folder):
    assert name_of_folder(folder) == folder
