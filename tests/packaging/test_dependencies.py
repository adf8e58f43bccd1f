from pathlib import Path

import pytest

from resources.packaging.dependencies import packages, plain_names
from resources.packaging.shared_objects import SharedObject, needed_outside, newest_version
from resources.packaging.tools import PackagingError


def tree():
    """A program of three files: the second needs the first, by its soname, and both need the system."""
    return {
        Path("libown.so"): SharedObject("libown.so.2", ("libc.so.6", "libGL.so.1"), frozenset({"GLIBC_2.4"})),
        Path("program"): SharedObject(
            "program", ("libown.so.2", "libc.so.6", "libssl.so.3"), frozenset({"GLIBC_2.34", "GLIBC_2.17"})
        ),
        Path("plain.so"): SharedObject("plain.so", ("libstdc++.so.6",), frozenset({"GLIBCXX_3.4.29"})),
    }


def test_what_is_inside_is_not_asked_of_the_system():
    assert needed_outside(tree()) == ["libGL.so.1", "libc.so.6", "libssl.so.3", "libstdc++.so.6"]


def test_the_newest_version_is_found_by_number_not_by_text():
    assert newest_version(tree().values(), "GLIBC") == (2, 34)
    assert newest_version(tree().values(), "GLIBCXX") == (3, 4, 29)
    assert newest_version(tree().values(), "OPENSSL") == ()


def test_packages_have_names_of_debian_12_and_of_newer_ones_and_versions():
    objects = tree()
    assert packages(needed_outside(objects), objects.values()) == [
        "libc6 (>= 2.34)",
        "libgl1",
        "libssl3t64 | libssl3",
        "libstdc++6 (>= 11)",
    ]


def test_several_libraries_of_one_package_name_it_once():
    assert packages(["libglib-2.0.so.0", "libgthread-2.0.so.0"], []) == ["libglib2.0-0t64 | libglib2.0-0"]


def test_the_driver_of_a_graphics_card_is_not_asked_for():
    assert packages(["libcuda.so.1", "libc.so.6"], []) == ["libc6"]


def test_names_for_apt_are_those_that_old_and_new_releases_understand():
    assert plain_names(["libc6 (>= 2.34)", "libssl3t64 | libssl3", "libgl1"]) == [
        "libc6",
        "libgl1",
        "libssl3",
    ]


def test_an_unknown_library_is_named():
    with pytest.raises(PackagingError, match=r"libnew\.so\.9"):
        packages(["libnew.so.9", "libc.so.6"], [])
