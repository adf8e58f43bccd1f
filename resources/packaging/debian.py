"""Debian: the package for Debian and its relatives, /opt for the program and /usr for what finds it."""

from __future__ import annotations

import email.utils
import gzip
import hashlib
from pathlib import Path

from resources.packaging import trees
from resources.packaging.dependencies import packages
from resources.packaging.programs import Program, manual_page, place_program, place_share
from resources.packaging.tools import run

_MAINTAINER = "The Scratchpad founders <scratchpad-app@users.noreply.github.com>"
_HOMEPAGE = "https://github.com/scratchpad-app/scratchpad"
# Without these it runs: nothing is downloaded, files are chosen in Qt's own dialog.
_RECOMMENDED = "ca-certificates, xdg-desktop-portal"

_OVERRIDES = """\
# The program brings its own Python, Qt and PyTorch and is no part of a distribution: /opt is the place for
# that.
scratchpad: dir-or-file-in-opt
# The libraries are those of the published wheels, which find each other beside themselves.
scratchpad: custom-library-search-path
scratchpad: embedded-library
scratchpad: library-not-linked-against-libc
# The starter, which has the program's modules appended; strip would cut them off.
scratchpad: unstripped-binary-or-object
# These are the notices of all the parts, as they came; some of them hold whole licences between their own
# words.
scratchpad: copyright-file-contains-full-apache-2-license
scratchpad: copyright-file-contains-full-gpl-license
"""


def build(program: Program, output: Path, work: Path, version: str = "") -> Path:
    """Build the package.

    Args:
        program: What goes in.
        output: The folder for it.
        work: A folder to work in.
        version: Instead of the program's own, to try an upgrade.

    Returns:
        The package.

    Raises:
        PackagingError: dpkg-deb refuses, or no package has a library that is needed.
    """
    version = version or program.full_version
    root = work / f"debian-{version}"
    place_program(program, root / "opt" / "scratchpad")
    _place_links_and_documents(program, root, version)
    trees.settle(root, program.epoch_s)
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(_control(program, version, root), encoding="utf-8")
    (root / "DEBIAN" / "md5sums").write_text(_sums(root), encoding="utf-8")
    trees.settle(root / "DEBIAN", program.epoch_s)
    package = output / f"scratchpad_{version}_{program.architecture}.deb"
    run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", root, package],
        environment={"SOURCE_DATE_EPOCH": str(program.epoch_s)},
    )
    return package


def _place_links_and_documents(program: Program, root: Path, version: str) -> None:
    usr = root / "usr"
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / "scratchpad").symlink_to("/opt/scratchpad/scratchpad")
    place_share(program, usr / "share")
    _write_packed(
        usr / "share" / "man" / "man1" / "scratchpad.1.gz", manual_page().read_text(encoding="utf-8")
    )
    documents = usr / "share" / "doc" / "scratchpad"
    _write_packed(documents / "changelog.gz", program.changelog)
    _write_packed(documents / "changelog.Debian.gz", _debian_changelog(version, program.epoch_s))
    (documents / "copyright").write_text(program.notices, encoding="utf-8")
    overrides = usr / "share" / "lintian" / "overrides" / "scratchpad"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(_OVERRIDES, encoding="utf-8")


def _write_packed(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without name and time, which differ from build to build.
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def _control(program: Program, version: str, root: Path) -> str:
    return f"""\
Package: scratchpad
Version: {version}
Architecture: {program.architecture}
Maintainer: {_MAINTAINER}
Installed-Size: {-(-trees.size_bytes(root) // 1024)}
Depends: {", ".join(packages(program.libraries, program.objects))}
Recommends: {_RECOMMENDED}
Section: education
Priority: optional
Homepage: {_HOMEPAGE}
Description: draw a digit, have it read, train the network that reads it
 Scratchpad reads the digit that is drawn while the pen still moves, and shows
 what the network really sees. A panel trains networks that are written from
 scratch, on MNIST or on handwriting that the program makes itself, while their
 loss and accuracy are plotted and the digit is read again and again.
 .
 A lesson of seven levels leads from a library that does everything to gradients
 of one's own, with the code that runs.
"""


def _debian_changelog(version: str, epoch_s: int) -> str:
    return f"""\
scratchpad ({version}) stable; urgency=medium

  * Built from the project's own sources; what changed stands in changelog.gz.

 -- {_MAINTAINER}  {email.utils.formatdate(epoch_s)}
"""


def _sums(root: Path) -> str:
    lines = []
    for path in trees.everything_in(root):
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.relative_to(root).parts:
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'md5').hexdigest()}  {path.relative_to(root)}\n")
    return "".join(lines)
