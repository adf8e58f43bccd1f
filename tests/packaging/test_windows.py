import re
import uuid
from pathlib import Path

import pytest

from engine.version import VERSION
from resources.packaging.windows.version_info import numbers, write_version_info
from tests.packaging import inno_script

WINDOWS = Path(__file__).parents[2] / "resources" / "packaging" / "windows"
SCRIPT = WINDOWS / "scratchpad.iss"


@pytest.fixture(scope="module")
def script():
    return inno_script.read(SCRIPT)


@pytest.fixture(scope="module")
def build():
    return (WINDOWS / "build.ps1").read_text(encoding="utf-8")


def test_the_installer_script_can_be_read(script):
    assert script.mistakes == []
    assert {"Setup", "Languages", "Files", "Icons", "Registry"} <= {"Setup", *script.entries}


@pytest.mark.parametrize(
    ("spoiled", "mistake"),
    [
        ("[Setup]\nAppNme=x", "unknown or empty AppNme"),
        ("[Setup]\nAppName=x\nAppName=y", "twice"),
        ("[Fils]\n", "unknown section Fils"),
        ('[Files]\nSource: "a"; DestDr: "b"', "has no DestDr"),
        ('[Files]\nSource: "a" DestDir: "b"', "cannot be read"),
        ("#ifdef Signed\n[Setup]\nSignTool=x", "without #endif"),
    ],
)
def test_the_reader_finds_mistakes(tmp_path, spoiled, mistake):
    path = tmp_path / "spoiled.iss"
    path.write_text(spoiled, encoding="utf-8")
    assert any(mistake in found for found in inno_script.read(path).mistakes)


def test_a_later_version_finds_the_one_it_replaces(script):
    assert script.setup["AppId"] == "{{06FCBA1F-CBF3-4499-97C4-0C9E91083014}"
    assert uuid.UUID(script.setup["AppId"].strip("{}")).version == 4


def test_the_build_passes_everything_that_the_installer_wants(script, build):
    passed = set(re.findall(r"/D(\w+)", build))
    assert script.used - set(script.defined) <= passed
    assert passed - script.used == {"Signed"}


def test_one_user_needs_no_administrator(script):
    assert script.setup["PrivilegesRequired"] == "lowest"
    assert script.setup["DefaultDirName"].startswith("{autopf}")
    assert {entry["Root"] for entry in script.entries["Registry"]} == {"HKA"}
    assert all(entry["Name"].startswith("{auto") for entry in script.entries["Icons"])


def test_a_double_click_passes_the_file_whatever_its_name(script):
    commands = [entry for entry in script.entries["Registry"] if entry["Subkey"].endswith(r"open\command")]
    assert [entry["ValueData"] for entry in commands] == [r'"{app}\scratchpad.exe" "%1"']


def test_another_programs_suffix_is_not_taken(script):
    claims = [entry for entry in script.entries["Registry"] if entry["Subkey"].endswith(r"\{#Suffix}")]
    assert [entry["Check"] for entry in claims] == ["IsSuffixFree"]
    assert "function IsSuffixFree(): Boolean;" in script.code


def test_removal_leaves_what_the_user_made(script):
    assert "UninstallDelete" not in script.entries
    assert not any("DelTree" in line for line in script.code)


def test_signing_is_left_out_without_a_certificate(script, build):
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    first, last = lines.index("#ifdef Signed"), lines.index("#endif")
    assert first < lines.index("SignTool=scratchpad") < last
    assert build.index("if ($env:SCRATCHPAD_SIGN)") < build.index("/DSigned")


@pytest.mark.parametrize(
    ("version", "expected"),
    [("0.1.0", (0, 1, 0, 0)), ("2", (2, 0, 0, 0)), ("1.2.3.4", (1, 2, 3, 4)), ("0.2.0rc1", (0, 2, 0, 0))],
)
def test_versions_become_four_numbers(version, expected):
    assert numbers(version) == expected


@pytest.mark.parametrize("version", ["", "next", "1.70000"])
def test_what_is_no_version_is_refused(version):
    with pytest.raises(ValueError, match=r"version|number"):
        numbers(version)


def test_the_version_information_can_be_read_back(tmp_path):
    path = tmp_path / "version_info.txt"
    write_version_info(path, VERSION)

    def record(name):
        return lambda *values, **named: (name, values, named)

    kinds = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    text = path.read_text(encoding="utf-8")
    _, _, information = eval(text, {kind: record(kind) for kind in kinds})
    fixed, texts, translation = information["ffi"][2], *(kid[1][0][0] for kid in information["kids"])
    assert fixed["filevers"] == fixed["prodvers"] == numbers(VERSION)
    language, strings = texts[1]
    named = dict(string[1] for string in strings)
    assert named["ProductVersion"] == VERSION
    assert named["OriginalFilename"] == "scratchpad.exe"
    assert language == "".join(f"{number:04X}" for number in translation[1][1])
