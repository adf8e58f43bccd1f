"""Dependencies: from the libraries that the frozen program needs to the Debian packages that have them."""

from __future__ import annotations

from collections.abc import Iterable

from resources.packaging.shared_objects import SharedObject, newest_version
from resources.packaging.tools import PackagingError

_C_LIBRARY = "libc6"
_CPP_LIBRARY = "libstdc++6"

# Debian 13 gave some packages a new name when time became 64 bits wide; Debian 12 has them under the old one.
_PACKAGES = {
    "ld-linux-aarch64.so.1": _C_LIBRARY,
    "ld-linux-x86-64.so.2": _C_LIBRARY,
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libc.so.6": _C_LIBRARY,
    "libcrypto.so.3": "libssl3t64 | libssl3",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdl.so.2": _C_LIBRARY,
    "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libm.so.6": _C_LIBRARY,
    "libpthread.so.0": _C_LIBRARY,
    "libresolv.so.2": _C_LIBRARY,
    "librt.so.1": _C_LIBRARY,
    "libssl.so.3": "libssl3t64 | libssl3",
    "libstdc++.so.6": _CPP_LIBRARY,
    "libutil.so.1": _C_LIBRARY,
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

# They come with the driver of a graphics card, whose package has a name of its own for every release.
_OF_DRIVERS = {"libcuda.so.1", "libnvidia-ml.so.1"}

# The release of GCC that brought each version of the symbols of its library.
_GCC_OF_GLIBCXX = {26: "9", 27: "9", 28: "9", 29: "11", 30: "12", 31: "13", 32: "13", 33: "14", 34: "15"}


def packages(libraries: Iterable[str], objects: Iterable[SharedObject]) -> list[str]:
    """What stands in ``Depends``, sorted.

    Args:
        libraries: Names of libraries that the program needs from the system.
        objects: Its compiled files, which tell the versions needed of the C and C++ libraries.

    Raises:
        PackagingError: No package is known that has one of the libraries.
    """
    objects = list(objects)
    wanted = set(libraries) - _OF_DRIVERS
    unknown = sorted(wanted - set(_PACKAGES))
    if unknown:
        raise PackagingError(
            f"No Debian package is known that has {', '.join(unknown)}: "
            "add it to dependencies.py, or bundle the library."
        )
    found = {_PACKAGES[library] for library in wanted}
    return sorted(_with_version(package, objects) for package in found)


def plain_names(listed: Iterable[str]) -> list[str]:
    """Names without versions, each of which Debian 12 has and newer ones understand, for ``apt install``."""
    return sorted({package.split(" | ")[-1].partition(" ")[0] for package in listed})


def _with_version(package: str, objects: list[SharedObject]) -> str:
    if package == _C_LIBRARY and (version := newest_version(objects, "GLIBC")):
        return f"{package} (>= {'.'.join(map(str, version))})"
    if package == _CPP_LIBRARY and (version := newest_version(objects, "GLIBCXX")):
        minor = version[2] if len(version) > 2 else 0
        return f"{package} (>= {_GCC_OF_GLIBCXX.get(minor, '9')})"
    return package
