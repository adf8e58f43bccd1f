import pytest

from resources.packaging.programs import APPLICATION_ID, Program
from resources.packaging.shared_objects import SharedObject


@pytest.fixture
def program(tmp_path):
    """A frozen program of three files, with what the packages say about it."""
    folder = tmp_path / "frozen" / "scratchpad"
    (folder / "_internal").mkdir(parents=True)
    (folder / "scratchpad").write_text("#!/bin/sh\necho started\n")
    (folder / "scratchpad").chmod(0o755)
    (folder / "_internal" / "libown.so.2").write_bytes(b"library")
    (folder / "_internal" / "libown.so").symlink_to("libown.so.2")
    icons = tmp_path / "icons"
    for place, suffix in (("256x256", "png"), ("scalable", "svg")):
        (icons / place / "apps").mkdir(parents=True)
        (icons / place / "apps" / f"{APPLICATION_ID}.{suffix}").write_bytes(b"icon")
    return Program(
        folder=folder,
        icons=icons,
        notices="The notices of all.\n",
        changelog="# Changelog\n",
        version="1.2.3",
        cuda="",
        epoch_s=1_700_000_000,
        libraries=("libGL.so.1", "libc.so.6"),
        objects=(SharedObject("libown.so.2", ("libc.so.6", "libGL.so.1"), frozenset({"GLIBC_2.34"})),),
    )
