"""What is said of a library that cannot be loaded."""

import platform

import pytest

from desktop.services.library_failure import library_sentence


def test_a_library_that_is_not_there_is_named():
    missing = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "libEGL.so.1" in library_sentence(missing)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/lib/libm.so.6: version `GLIBC_2.99' not found (required by libtorch_cpu.so)", "2.99 or newer"),
        ("libstdc++.so.6: version `GLIBCXX_3.4.99' not found (required by x.so)", "lacks version 3.4.99"),
        ("DLL load failed while importing QtCore", "install the program again"),
    ],
)
def test_a_system_that_is_too_old_is_called_so(text, said):
    assert said in library_sentence(ImportError(text))


def test_the_system_s_own_glibc_is_named():
    text = library_sentence(OSError("version `GLIBC_2.99' not found"))
    assert platform.libc_ver()[1] in text
