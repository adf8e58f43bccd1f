"""A minimal Debian in a folder, to install packages in as on a machine of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

USER_ID = 1000
# Spaces and letters beyond Latin, as users have them.
HOME = "/home/Анна Müller"
# Where every X server has its sockets.
_SCREENS = "/tmp/.X11-unix"


class DebianRoot:
    """A root made by debootstrap from the mirror that this machine itself uses.

    Attributes:
        folder: Where it is.
        suite: Of Debian.
        mounts: Files and folders of this machine that are there, too, to be read, and where.
        variables: Of the environment of the ordinary user.
    """

    def __init__(self, folder: Path, suite: str) -> None:
        """Make it.

        Args:
            folder: Where; must not be there yet.
            suite: Such as ``bookworm``.

        Raises:
            subprocess.CalledProcessError: The mirror does not have the suite.
        """
        self.folder = folder
        self.suite = suite
        self.mounts: dict[Path, str] = {}
        self.variables: dict[str, str] = {}
        mirror = mirror_address()
        command = ["debootstrap", "--variant=minbase", suite, str(folder), mirror]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout[-2000:], done.stderr[-2000:])
            done.check_returncode()
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        # Packages are not to start services here.
        policy = folder / "usr" / "sbin" / "policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        (folder / _SCREENS.lstrip("/")).mkdir(parents=True, exist_ok=True)
        self.run("apt-get", "update", "-qq")
        home = folder / HOME.lstrip("/")
        self.run("useradd", "--uid", str(USER_ID), "--no-create-home", "--home-dir", HOME, "anna")
        home.mkdir(parents=True)
        os.chown(home, USER_ID, USER_ID)

    def run(self, *command: str) -> str:
        """Run a command as root in there, with nothing to read from; returns what it wrote.

        Raises:
            AssertionError: It failed.
        """
        done = subprocess.run(
            self._enter(command, is_root=True, variables={"DEBIAN_FRONTEND": "noninteractive"}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, f"{shlex.join(command)}:\n{done.stdout[-3000:]}"
        return done.stdout

    def start(self, *command: str, display: str = "") -> subprocess.Popen[str]:
        """Start a command as the ordinary user, with its output in one pipe."""
        return subprocess.Popen(
            self.inside(command, {"DISPLAY": display}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def inside(self, command: Sequence[str], variables: Mapping[str, str]) -> list[str]:
        """The command line that runs a command in there as the ordinary user, with these variables, too."""
        return self._enter(command, is_root=False, variables={**self.variables, **variables})

    def path(self, inside: str) -> Path:
        """The path out here of one in there."""
        return self.folder / inside.lstrip("/")

    def files(self) -> set[str]:
        """All paths but those of users, of running programs and of apt's own records."""
        skipped = {"proc", "sys", "dev", "tmp", "run", "home", "root"}
        found = set()
        for folder, folders, names in os.walk(self.folder):
            inside = Path(folder).relative_to(self.folder)
            if inside == Path("."):
                folders[:] = [name for name in folders if name not in skipped]
            if str(inside) in ("var/lib/dpkg", "var/lib/apt", "var/cache", "var/log"):
                folders.clear()
                continue
            found |= {str(inside / name) for name in [*folders, *names]}
        return found

    def _enter(self, command: Sequence[str], is_root: bool, variables: Mapping[str, str]) -> list[str]:
        """The command in a mount namespace of its own, so that no mount is left behind."""
        folder = shlex.quote(str(self.folder))
        mounts = [
            f"mount -t proc proc {folder}/proc",
            f"mount --rbind /dev {folder}/dev",
            *([f"mount --bind {_SCREENS} {folder}{_SCREENS}"] if Path(_SCREENS).is_dir() else []),
        ]
        for outside, place in self.mounts.items():
            self._make_place(outside, place)
            there = shlex.quote(str(self.path(place)))
            mounts.append(f"mount --bind {shlex.quote(str(outside))} {there}")
            mounts.append(f"mount -o remount,bind,ro {there}")
        user = [] if is_root else [f"--userspec={USER_ID}:{USER_ID}"]
        home = "/root" if is_root else HOME
        environment = [
            "env",
            "-i",
            f"HOME={home}",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG=C.UTF-8",
            *(f"{name}={value}" for name, value in variables.items()),
        ]
        inner = shlex.join(["chroot", *user, str(self.folder), *environment, *command])
        return ["unshare", "--mount", "--fork", "sh", "-ec", "; ".join([*mounts, f"exec {inner}"])]

    def _make_place(self, outside: Path, place: str) -> None:
        """Something to mount on."""
        there = self.path(place)
        if outside.is_dir():
            there.mkdir(parents=True, exist_ok=True)
        elif not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            there.touch()


def mirror_address() -> str:
    """The address of the Debian mirror in this machine's own settings of apt.

    Raises:
        AssertionError: It has none.
    """
    lines = subprocess.run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(SITE) $(ORIGIN) $(LABEL) $(SUITE)",
            "Created-By: Packages",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for line in lines:
        address, *names = line.split()
        if names[:2] == ["Debian", "Debian"]:
            return address
    raise AssertionError("apt knows no mirror of Debian here")
