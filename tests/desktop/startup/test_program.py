"""The real program as a process of its own, on a screen that nobody sees."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.startup.announcer import NETWORK, READING, READY, VISIBLE
from tests.desktop.drawing import TWO

pytestmark = [
    pytest.mark.threaded,
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is for Linux"),
    pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed"),
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In the place of pytest's, whose folders may have longer names than a socket can have."""
    with tempfile.TemporaryDirectory(prefix="start-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of the test's own; it chooses a free number itself."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(120)


@pytest.fixture
def environment(display: str, tmp_path: Path) -> dict[str, str]:
    """A user with an empty home."""
    own = {
        key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "QT_", "SCRATCHPAD"))
    }
    return {
        **own,
        "DISPLAY": display,
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "xcb",
        "TMPDIR": str(tmp_path),
    }


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", "--announce", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(program: subprocess.Popen, line: str) -> str:
    assert program.stdout is not None
    for said in program.stdout:
        if said.startswith(line):
            return said.strip()
    raise AssertionError(f"the program ended without saying {line!r}: {program.stderr.read()}")


def xdotool(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        ["xdotool", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def pad_of(environment: dict[str, str]) -> tuple[int, int, int, int]:
    """Left, top, width and height of the pad on the screen: the left part of the window, below the tools."""
    window = xdotool(environment, "search", "--onlyvisible", "--name", "Scratchpad").splitlines()[-1]
    shell = dict(
        line.split("=") for line in xdotool(environment, "getwindowgeometry", "--shell", window).splitlines()
    )
    x, y, width, height = (int(shell[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
    return x + 16, y + 70, int(width * 0.40), height - 130


def test_a_digit_drawn_with_the_mouse_is_read(environment):
    program = start(environment)
    try:
        wait_for(program, VISIBLE)
        wait_for(program, READY)
        left, top, width, height = pad_of(environment)
        places = [(round(left + x * width), round(top + y * height)) for x, y in TWO]
        xdotool(environment, "mousemove", *map(str, places[0]), "mousedown", "1")
        for (x, y), (next_x, next_y) in pairwise(places):
            for step in range(1, 6):
                xdotool(
                    environment,
                    "mousemove",
                    str(x + (next_x - x) * step // 5),
                    str(y + (next_y - y) * step // 5),
                )
        xdotool(environment, "mouseup", "1")
        wait_for(program, READING)
        xdotool(environment, "key", "ctrl+q")
        _, errors = program.communicate(timeout=120)
        assert program.returncode == 0
        assert errors == ""
    finally:
        program.kill()
        program.communicate()


def test_a_drawing_named_at_the_start_is_read(environment, tmp_path):
    from desktop.pad.geometry import fitted
    from engine.preprocessing.ink import Ink

    drawing = tmp_path / "two.json"
    drawing.write_text(fitted(Ink.from_lists([[[x, 1.2 * y] for x, y in TWO]])).to_json())
    program = start(environment, str(drawing))
    try:
        assert wait_for(program, READING).endswith("2")
    finally:
        program.kill()
        program.communicate()


def test_a_second_start_says_so_and_leaves(environment):
    first = start(environment)
    try:
        wait_for(first, READY)
        second = start(environment)
        output, errors = second.communicate(timeout=120)
        assert second.returncode == 0
        assert "already open" in errors
        assert VISIBLE not in output
        assert first.poll() is None
    finally:
        first.kill()
        first.communicate()


def test_a_second_start_opens_its_file_in_the_first_window(environment, tmp_path):
    from engine.models.model_file import save_model
    from tests.desktop.services.test_networks import make_model

    save_model(make_model("mine 数字"), tmp_path / "a network.safetensors")
    first = start(environment)
    try:
        wait_for(first, READY)
        second = start(environment, str(tmp_path / "a network.safetensors"))
        _, errors = second.communicate(timeout=120)
        assert second.returncode == 0
        assert "was told to open a network.safetensors" in errors
        wait_for(first, f"{NETWORK} mine 数字")
    finally:
        first.kill()
        first.communicate()


def test_a_start_that_cannot_meet_the_first_one_says_that_both_use_the_same_data(environment, tmp_path):
    """As in two sessions, or on two computers, with one home."""
    programs = []
    try:
        for name in ("one", "two"):
            (tmp_path / name).mkdir(mode=0o700)
            programs.append(start({**environment, "XDG_RUNTIME_DIR": str(tmp_path / name)}))
            wait_for(programs[-1], READY)
        log = (tmp_path / ".local" / "share" / "scratchpad" / "scratchpad.log").read_text()
        assert log.count("is also open in another session") == 1
    finally:
        for program in programs:
            program.kill()
            program.communicate()


def test_two_starts_at_once_open_one_window(environment):
    programs = [start(environment) for _ in range(2)]
    try:
        ended = set()
        while not ended:
            ended = {program for program in programs if program.poll() is not None}
        [leaving] = ended
        [staying] = set(programs) - ended
        assert leaving.returncode == 0
        wait_for(staying, READY)
        assert staying.poll() is None
    finally:
        for program in programs:
            program.kill()
            program.communicate()


def test_windows_belong_to_the_menu_entry(environment):
    program = start(environment)
    try:
        wait_for(program, VISIBLE)
        assert xdotool(environment, "search", "--onlyvisible", "--class", "^scratchpad$")
    finally:
        program.kill()
        program.communicate()


def test_the_program_starts_with_a_home_that_takes_nothing(environment, tmp_path):
    home = tmp_path / "not a folder"
    home.write_text("")
    program = start({**environment, "HOME": str(home)})
    try:
        wait_for(program, READY)
        assert program.poll() is None
    finally:
        program.kill()
        program.communicate()
