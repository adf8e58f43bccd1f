"""Notices: the licences of everything inside the frozen program, gathered into one text."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from resources.packaging.tools import PackagingError

NAME = "NOTICES.txt"
_LINE = "=" * 78
# Of these nothing is frozen but the starter, which PyInstaller's licence lets go with any program.
_STARTER = "pyinstaller"
_NOTICE = re.compile(r"(.*/)?(licen[cs]e|copying|notice)[^/]*", re.IGNORECASE)
_QT = re.compile(r"(pyside6|shiboken6)(-|_|$)")

_PREFACE = """\
Scratchpad is under the MIT licence, which comes first below. The program is made of the works of many others,
each of which keeps its own licence; their notices follow.

Qt and Qt for Python (PySide6 and Shiboken6) are used under the GNU Lesser General Public License, version 3,
which is given below with the GNU General Public License that it builds on. They lie beside the program as
libraries of their own, in the folders PySide6 and shiboken6, unchanged but for symbols and tables of
languages that were left out, and may be replaced by other builds of the same version. Their sources, with the
notices of the works that Qt itself contains, are published by The Qt Company at https://download.qt.io and
https://code.qt.io.
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one part says of itself.

    Attributes:
        title: Name and version of the part.
        licence: Its licence in a few words.
        texts: Names and contents of the files that give it.
    """

    title: str
    licence: str
    texts: tuple[tuple[str, str], ...]


def gather(source: Path, site_packages: Path, modules: Iterable[str], program: Path, python: Path) -> str:
    """Write the notices of all that was frozen.

    Args:
        source: The clone.
        site_packages: Where the distributions are installed.
        modules: Dotted names of the frozen Python modules.
        program: The folder of the frozen program.
        python: The folder of Python's own library, which has its licence.

    Raises:
        PackagingError: A part comes without a licence.
    """
    inside = {module.partition(".")[0] for module in modules}
    inside |= {path.name for path in (program / "_internal").iterdir()}
    lgpl = tuple((f"{name}.txt", _text(_own(f"{name}.txt"))) for name in ("LGPL-3.0", "GPL-3.0"))
    notices = [Notice("Scratchpad", "MIT", (("LICENSE", _text(source / "LICENSE")),)), _python_notice(python)]
    notices += _distribution_notices(site_packages, inside, lgpl)
    notices += _system_notices(program / "_internal")
    return _PREFACE + "\n" + "".join(_written(notices))


def frozen_modules(analysis: Path) -> list[str]:
    """Dotted names of the Python modules in the frozen program.

    Args:
        analysis: PyInstaller's list of them, ``PYZ-00.toc``.
    """
    _, entries = ast.literal_eval(analysis.read_text(encoding="utf-8"))[:2]
    return [name for name, _, _ in entries]


def _written(notices: Iterable[Notice]) -> Iterator[str]:
    """The notices, each text in full only where it comes first."""
    seen: dict[str, str] = {}
    for notice in notices:
        yield f"{_LINE}\n{notice.title}: {notice.licence}\n{_LINE}\n\n"
        for name, text in notice.texts:
            plain = " ".join(text.split())
            if plain in seen:
                yield f"{name}: the same text as {seen[plain]}, above.\n\n"
            else:
                seen[plain] = f"{name} of {notice.title}"
                yield f"---- {name}\n\n{text.strip()}\n\n"


def _distribution_notices(
    site_packages: Path, inside: set[str], lgpl: tuple[tuple[str, str], ...]
) -> list[Notice]:
    found = []
    for distribution in sorted(distributions(path=[str(site_packages)]), key=lambda one: one.name.lower()):
        name = distribution.name.lower()
        if name == "scratchpad" or not (name == _STARTER or _imported_names(distribution) & inside):
            continue
        texts = tuple(
            (str(file), _text(Path(str(distribution.locate_file(file)))))
            for file in sorted(distribution.files or [])
            if ".dist-info" in file.parts[0] and _NOTICE.fullmatch(str(file))
        )
        if _QT.match(name):
            texts += lgpl
        if not texts:
            raise PackagingError(f"{distribution.name} comes without a licence: find out which, and add it.")
        found.append(Notice(f"{distribution.name} {distribution.version}", _licence(distribution), texts))
    return found


def _imported_names(distribution: Distribution) -> set[str]:
    return {
        file.parts[0].partition(".")[0]
        for file in distribution.files or []
        if not file.parts[0].startswith((".", "_")) and not file.parts[0].endswith((".dist-info", ".pth"))
    }


def _licence(distribution: Distribution) -> str:
    """What a distribution says of its licence, in a few words."""
    metadata = distribution.metadata
    named = metadata.get_all("License-Expression") or metadata.get_all("License") or [""]
    said = str(named[0]).strip().partition("\n")[0]
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    return said if 0 < len(said) < 100 else ", ".join(classifiers) or "see below"


def _python_notice(python: Path) -> Notice:
    """Python's own; Debian keeps it with its other notices."""
    places = [python / "LICENSE.txt", Path("/usr/share/doc") / python.name / "copyright"]
    for place in places:
        if place.is_file():
            return Notice(
                python.name.capitalize(), "Python Software Foundation License", (("LICENSE", _text(place)),)
            )
    raise PackagingError(f"Python's licence is not in {python}: build with a Python that has it.")


def _system_notices(inside: Path) -> list[Notice]:
    """Of the system's libraries that came along, by the package that each belongs to."""
    packages: dict[str, list[str]] = {}
    for path in sorted(inside.glob("*.so*")):
        if not path.is_symlink() and not path.name.startswith("libpython"):
            packages.setdefault(_package_of(path.name), []).append(path.name)
    return [
        Notice(
            ", ".join(files),
            f"Debian's package {package}",
            (("copyright", _text(Path("/usr/share/doc") / package / "copyright")),),
        )
        for package, files in sorted(packages.items())
    ]


def _package_of(library: str) -> str:
    done = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True)
    found = re.match(r"([^:,\s]+)", done.stdout)
    if done.returncode != 0 or found is None:
        raise PackagingError(f"No package is known to have {library}: its licence cannot be found.")
    return found[1]


def _own(name: str) -> Path:
    return Path(__file__).parent / "licences" / name


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
