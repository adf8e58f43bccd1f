"""The real program as a process of its own, on a screen that nobody sees."""

import os
import select
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
    pytest.mark.whole_program,
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is for Linux"),
    pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed"),
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Not pytest's, whose folders may have longer names than a socket can have."""
    with tempfile.TemporaryDirectory(prefix="start-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
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


def user(display: str, home: Path) -> dict[str, str]:
    """The environment of a user with that home."""
    own = {
        key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "QT_", "SCRATCHPAD"))
    }
    return {**own, "DISPLAY": display, "HOME": str(home), "QT_QPA_PLATFORM": "xcb", "TMPDIR": str(home)}


@pytest.fixture(scope="module")
def environment(display: str, home: Path) -> dict[str, str]:
    """Of the user who has the program open."""
    return user(display, home)


@pytest.fixture
def another(display: str) -> Iterator[dict[str, str]]:
    """A user with an empty home."""
    with tempfile.TemporaryDirectory(prefix="start-", ignore_cleanup_errors=True) as folder:
        yield user(display, Path(folder))


@pytest.fixture(scope="module")
def started(environment: dict[str, str]) -> Iterator[list[subprocess.Popen]]:
    """Every start of the program that the tests share."""
    programs: list[subprocess.Popen] = []
    yield programs
    for program in programs:
        program.kill()
        program.communicate()


@pytest.fixture
def program(environment: dict[str, str], started: list[subprocess.Popen]) -> subprocess.Popen:
    """The program, open and ready; started once for all, since it has PyTorch to import."""
    if not started or started[-1].poll() is not None:
        started.append(start(environment))
        wait_for(started[-1], VISIBLE)
        wait_for(started[-1], READY)
    return started[-1]


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


def test_windows_belong_to_the_menu_entry(program, environment):
    assert xdotool(environment, "search", "--onlyvisible", "--class", "^scratchpad$")


def test_a_second_start_says_so_and_leaves(program, environment):
    second = start(environment)
    output, errors = second.communicate(timeout=120)
    assert second.returncode == 0
    assert "already open" in errors
    assert VISIBLE not in output
    assert program.poll() is None


def test_a_second_start_opens_its_file_in_the_first_window(program, environment, home):
    from engine.models.model_file import save_model
    from tests.desktop.networks.test_networks import make_model

    save_model(make_model("mine 数字"), home / "a network.safetensors")
    second = start(environment, str(home / "a network.safetensors"))
    _, errors = second.communicate(timeout=120)
    assert second.returncode == 0
    assert "was told to open a network.safetensors" in errors
    wait_for(program, f"{NETWORK} mine 数字")


def test_a_start_that_cannot_meet_the_first_one_says_that_both_use_the_same_data(program, environment, home):
    """As in two sessions, or on two computers, with one home."""
    log = home / ".local" / "share" / "scratchpad" / "scratchpad.log"
    said = "is also open in another session"
    before = log.read_text().count(said)
    (home / "another").mkdir(mode=0o700)
    elsewhere = start({**environment, "XDG_RUNTIME_DIR": str(home / "another")})
    try:
        wait_for(elsewhere, READY)
        assert log.read_text().count(said) == before + 1
    finally:
        elsewhere.kill()
        elsewhere.communicate()


def test_a_digit_drawn_with_the_mouse_is_read_and_a_key_ends_it(program, environment):
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


def test_two_starts_at_once_open_one_window(another):
    programs = [start(another) for _ in range(2)]
    try:
        ends = {os.pidfd_open(program.pid): program for program in programs}
        ended = {ends[end] for end in select.select(ends, (), ())[0]}
        for end in ends:
            os.close(end)
        [leaving] = ended
        [staying] = set(programs) - ended
        assert leaving.wait() == 0
        wait_for(staying, READY)
        assert staying.poll() is None
    finally:
        for program in programs:
            program.kill()
            program.communicate()


def test_with_a_home_that_takes_nothing_it_starts_and_reads_a_drawing_named_at_the_start(another):
    from desktop.pad.geometry import fitted
    from engine.preprocessing.ink import Ink

    folder = Path(another["HOME"])
    drawing, home = folder / "two.json", folder / "not a folder"
    drawing.write_text(fitted(Ink.from_lists([[[x, 1.2 * y] for x, y in TWO]])).to_json())
    home.write_text("")
    program = start({**another, "HOME": str(home)}, str(drawing))
    try:
        wait_for(program, READY)
        assert wait_for(program, READING).endswith("2")
        assert program.poll() is None
    finally:
        program.kill()
        program.communicate()
