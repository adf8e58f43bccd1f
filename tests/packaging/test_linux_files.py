import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from configparser import ConfigParser
from pathlib import Path

import pytest
import torch
from safetensors.torch import save

from engine.version import VERSION

ID = "io.github.scratchpad_app.Scratchpad"
ROOT = Path(__file__).parents[2]
LINUX = ROOT / "resources" / "packaging" / "linux"
MIME_NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"
NETWORK, TENSORS = "application/x-scratchpad-network", "application/x-safetensors"


def run(*command, **options):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def desktop():
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(LINUX / f"{ID}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.fixture(scope="module")
def metainfo():
    return ElementTree.parse(LINUX / f"{ID}.metainfo.xml").getroot()


def test_the_files_name_the_same_program(desktop, metainfo):
    assert metainfo.findtext("id") == ID
    assert metainfo.findtext("launchable") == f"{ID}.desktop"
    assert desktop["Icon"] == metainfo.findtext("icon") == ID
    assert desktop["Exec"].split() == ["scratchpad", "%f"]
    assert metainfo.findtext("provides/binary") == "scratchpad"
    types = [element.get("type") for element in ElementTree.parse(LINUX / f"{ID}.mime.xml").getroot()]
    assert desktop["MimeType"] == f"{NETWORK};"
    assert metainfo.findtext("provides/mediatype") == NETWORK
    assert set(types) == {NETWORK, TENSORS}


def test_the_newest_release_is_this_version(metainfo):
    releases = [release.get("version") for release in metainfo.findall("releases/release")]
    assert releases[0] == VERSION
    assert f'"Scratchpad {VERSION}"' in (LINUX / "scratchpad.1").read_text(encoding="utf-8")


def test_screenshots_are_pictures_of_the_repository(metainfo):
    shown = metainfo.findall("screenshots/screenshot/image")
    assert shown
    for image in shown:
        name = image.text.rpartition("/")[2]
        content = (ROOT / "resources" / "pictures" / name).read_bytes()
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        assert (image.get("width"), image.get("height")) == (str(width), str(height))


def test_the_man_page_has_every_option():
    page = (LINUX / "scratchpad.1").read_text(encoding="utf-8").replace("\\-", "-")
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "desktop").glob("argument*.py"))
    for option in ("--help", "--version", "--announce", *re.findall(r'"(--[a-z-]+)"', sources)):
        assert option in page


@pytest.mark.parametrize(
    "command",
    [
        ("desktop-file-validate", f"{ID}.desktop"),
        ("appstreamcli", "validate", "--no-net", f"{ID}.metainfo.xml"),
        ("mandoc", "-Tlint", "scratchpad.1"),
    ],
    ids=lambda command: command[0],
)
def test_the_validators_find_no_error(command):
    done = run(*command, cwd=LINUX)
    assert done.returncode == 0, done.stdout + done.stderr


def tensors(metadata=None):
    return save({"0.bias": torch.zeros(8)}, metadata)


OURS = {"format": "scratchpad-1", "model": json.dumps({"name": "x" * 80, "attribution": "y" * 900})}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ((ROOT / "resources" / "weights" / "shipped.safetensors").read_bytes(), NETWORK),
        (tensors(OURS), NETWORK),
        (tensors({"format": "pt"}), TENSORS),
        (tensors(), TENSORS),
        (b"no tensors at all\n", TENSORS),
    ],
    ids=["shipped", "ours", "of PyTorch", "without metadata", "damaged"],
)
@pytest.mark.parametrize("reader", ["gio", "qt"])
def test_desktops_tell_our_networks_from_others(tmp_path, content, expected, reader, monkeypatch):
    packages = tmp_path / "share" / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(LINUX / f"{ID}.mime.xml", packages)
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "share"))
    built = run("update-mime-database", str(packages.parent))
    assert built.returncode == 0, built.stderr
    path = tmp_path / "some.safetensors"
    path.write_bytes(content)
    if reader == "gio":
        done = run("gio", "info", "--attributes=standard::content-type", str(path))
    else:
        program = "import sys; from PySide6.QtCore import QMimeDatabase as D; "
        program += "print(D().mimeTypeForFile(sys.argv[1]).name())"
        done = run(sys.executable, "-c", program, str(path))
    assert done.stdout.split()[-1] == expected, done.stdout + done.stderr
