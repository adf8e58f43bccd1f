"""Real installs: the packages in minimal Debians, without Python and Qt, used as a user uses them.

    python -m tests.packaging.install_in_debian PACKAGES [--work FOLDER] [--pictures FOLDER] [--newer trixie]

PACKAGES is the folder that the builder wrote to. Needs root, debootstrap, Xvfb, xdotool and ImageMagick, and
a mirror of Debian, which is the one that this machine's apt uses. The .deb is installed with apt into Debian
12, where it brings what it depends on; it is upgraded, removed and purged there. The archive is unpacked into
a newer Debian.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from desktop.startup.announcer import NETWORK
from tests.packaging.debian_root import HOME, USER_ID, DebianRoot
from tests.packaging.screen import Screen, wait_until
from tests.packaging.started_program import StartedProgram

_ID = "io.github.scratchpad_app.Scratchpad"
_NETWORKS = f"{HOME}/.local/share/scratchpad"
# Points of the screen inside the pad: a window without a manager lies in the corner.
_SEVEN = [(160, 200), (420, 200), (270, 640)]


def main() -> None:
    """Try all of it; the first thing that is not as it must be ends it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", type=Path)
    parser.add_argument("--work", type=Path, help="where the roots are made; a temporary folder otherwise")
    parser.add_argument("--pictures", type=Path, default=Path("."), help="where pictures of the screen go")
    parser.add_argument("--oldest", default="bookworm", help="Debian's suite for the .deb")
    parser.add_argument("--newer", default="trixie", help="Debian's suite for the archive")
    parser.add_argument("--only", choices=("deb", "tar"))
    options = parser.parse_args()
    for folder in (options.pictures, options.work):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.work) as work, Screen() as screen:
        if options.only != "tar":
            _try_deb(_one(options.packages, "*.deb"), Path(work), options, screen)
        if options.only != "deb":
            _try_archive(_one(options.packages, "*.tar.xz"), Path(work), options, screen)
    print("all is as it must be")


def _try_deb(package: Path, work: Path, options: argparse.Namespace, screen: Screen) -> None:
    root = DebianRoot(work / options.oldest, options.oldest)
    _say(f"{options.oldest} is there, {len(root.files())} files")
    for program in ("python3", "qmake6"):
        assert not list(root.folder.glob(f"usr/bin/{program}*")), f"{program} is there already"
    _install(root, package)
    assert not list(root.folder.glob("usr/bin/python3*")), "Python came along"
    listed = {line.lstrip("/") for line in root.run("dpkg", "-L", "scratchpad").splitlines()}
    # Folders may be there for others, too.
    own = {path for path in listed if root.path(path).is_symlink() or root.path(path).is_file()}
    installed = root.files()
    _say(f"installed by apt with what it depends on: {len(installed)} files, of which {len(own)} its own")
    entry = f"/usr/share/applications/{_ID}.desktop"
    kept = _use(root, screen, entry, options.pictures / f"{options.oldest}-deb.png")

    _install(root, _later(package, work))
    version = root.run("dpkg-query", "-W", "-f", "${Version}", "scratchpad")
    _say(f"upgraded to {version}")
    assert _networks(root) == kept, "the upgrade changed the user's networks"
    _reopen(root, screen, entry, options.pictures / f"{options.oldest}-deb-upgraded.png")
    assert kept.items() <= _networks(root).items(), "the user's networks did not survive the upgrade"
    _say(f"the user's {len(kept)} networks are the same bytes after the upgrade")

    root.run("apt-get", "remove", "-y", "scratchpad")
    left = root.files() - (installed - own)
    left |= {path for path in root.files() if "scratchpad" in path.lower()}
    assert not left, f"left behind by the removal: {sorted(left)[:20]}"
    root.run("dpkg", "--purge", "scratchpad")
    assert "scratchpad" not in root.run("dpkg-query", "-W", "-f", "${Package}\n").split()
    assert kept.items() <= _networks(root).items(), "the removal took the user's networks"
    _say("removed and purged without a question; nothing is left but the user's networks")


def _install(root: DebianRoot, package: Path) -> None:
    """Install a package with apt, from a copy in the root that is gone afterwards."""
    copy = root.path("/opt/scratchpad.deb")
    shutil.copy(package, copy)
    root.run("apt-get", "install", "-y", "--no-install-recommends", "/opt/scratchpad.deb")
    copy.unlink()


def _try_archive(archive: Path, work: Path, options: argparse.Namespace, screen: Screen) -> None:
    root = DebianRoot(work / options.newer, options.newer)
    place = f"{HOME}/Programme für $mich"
    root.path(place).mkdir()
    subprocess.run(["tar", "-xJf", archive, "-C", root.path(place), "--strip-components=1"], check=True)
    _give_to_user(root.path(place))
    readme = root.path(f"{place}/README.txt").read_text(encoding="utf-8")
    names = next(line for line in readme.splitlines() if "apt install" in line).split()[2:]
    root.run("apt-get", "install", "-y", "--no-install-recommends", *names)
    assert not list(root.folder.glob("usr/bin/python3*")), "Python came along"
    _say(f"{options.newer} is there with the libraries that README.txt names, {len(root.files())} files")
    before = root.files()
    said = root.start(f"{place}/install").communicate()[0]
    _say(f"./install says: {said.strip()}")
    entry = f"{HOME}/.local/share/applications/{_ID}.desktop"
    kept = _use(root, screen, entry, options.pictures / f"{options.newer}-tar.png")
    said = root.start(f"{place}/uninstall").communicate()[0]
    _say(f"./uninstall says: {said.strip()}")
    ours = [
        path for path in root.path(HOME).rglob("*scratchpad*") if not path.is_relative_to(root.path(place))
    ]
    outside = [path for path in ours if "share/scratchpad" not in str(path) and ".config" not in str(path)]
    assert not [path for path in outside if ".cache" not in str(path)], f"left behind: {outside}"
    assert root.files() == before, f"changed outside the user's folder: {sorted(root.files() ^ before)[:20]}"
    assert kept.items() <= _networks(root).items()
    _say("out of the menu again; nothing is left but the user's networks")


def _use(root: DebianRoot, screen: Screen, entry: str, picture: Path) -> dict[str, str]:
    """Draw a digit, have it read, train a network; returns the networks kept, by name and checksum."""
    with StartedProgram(root, screen, entry) as program:
        tries = _draw_seven(program, screen)
        screen.picture(picture)
        _say(
            "started by its menu entry as an ordinary user; "
            f"the seven drawn is read as 7 at try {tries}; see {picture.name}"
        )
        program.press("ctrl+t")
        wait_until(
            lambda: sum(line.startswith(NETWORK) for line in program.lines) > 1, "a network was trained", 300
        )
        assert not program.unexpected, program.unexpected
    kept = _networks(root)
    assert kept, "the network that was trained is not kept"
    _say(f"a network was trained and kept: {', '.join(kept)}")
    return kept


def _draw_seven(program: StartedProgram, screen: Screen, at_most: int = 4) -> int:
    """Draw a seven until it is read as one; returns how often that took.

    While the plot is loaded, right after the first reading, X11 hands over only some of the pen's moves.
    """
    for tries in range(1, at_most + 1):
        screen.draw(_SEVEN)
        with contextlib.suppress(AssertionError):
            wait_until(lambda: program.digit() == "7", "the seven is read", 5)
            return tries
        program.press("Delete")
    raise AssertionError(f"the seven is not read; the program said {program.lines}")


def _reopen(root: DebianRoot, screen: Screen, entry: str, picture: Path) -> None:
    with StartedProgram(root, screen, entry) as program:
        _draw_seven(program, screen)
        screen.picture(picture)
        assert not program.unexpected, program.unexpected


def _networks(root: DebianRoot) -> dict[str, str]:
    """The user's networks: name to checksum."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.path(_NETWORKS).rglob("*.safetensors"))
    }


def _later(package: Path, work: Path) -> Path:
    """The same package with a later version, packed quickly."""
    folder, later = work / "later", work / "later.deb"
    subprocess.run(["dpkg-deb", "-R", package, folder], check=True)
    control = folder / "DEBIAN" / "control"
    lines = control.read_text(encoding="utf-8").splitlines()
    lines = [f"{line}+later" if line.startswith("Version: ") else line for line in lines]
    control.write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", folder, later], check=True)
    shutil.rmtree(folder)
    return later


def _give_to_user(folder: Path) -> None:
    subprocess.run(["chown", "-R", f"{USER_ID}:{USER_ID}", folder], check=True)


def _one(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def _say(sentence: str) -> None:
    print(f"- {sentence}", flush=True)


if __name__ == "__main__":
    main()
