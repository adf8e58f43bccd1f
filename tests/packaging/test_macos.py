import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.networks.model_library import SUFFIX
from engine.version import VERSION
from resources.packaging.macos.info_plist import BUNDLE_ID, info_plist

MACOS = Path(__file__).parents[2] / "resources" / "packaging" / "macos"


@pytest.fixture(scope="module")
def entries():
    """As the file says it: what a property list cannot hold fails here."""
    return plistlib.loads(plistlib.dumps(info_plist(VERSION)))


def test_the_bundle_says_who_it_is(entries):
    assert entries["CFBundleIdentifier"] == BUNDLE_ID
    assert entries["CFBundleShortVersionString"] == entries["CFBundleVersion"] == VERSION
    assert entries["NSHighResolutionCapable"] is True
    assert entries["NSRequiresAquaSystemAppearance"] is False


def test_identifiers_have_only_what_apple_admits(entries):
    declared = [entry["UTTypeIdentifier"] for entry in entries["UTImportedTypeDeclarations"]]
    for identifier in (BUNDLE_ID, *declared):
        assert re.fullmatch(r"[A-Za-z0-9.-]+", identifier)


def test_networks_are_opened_but_taken_from_nobody(entries):
    (kind,) = entries["CFBundleDocumentTypes"]
    (declared,) = entries["UTImportedTypeDeclarations"]
    assert kind["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"] == {"public.filename-extension": [SUFFIX.removeprefix(".")]}
    assert kind["LSHandlerRank"] == "Alternate"


def test_the_entitlements_are_a_property_list():
    rights = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert rights == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_nothing_is_signed_or_sent_without_credentials():
    script = (MACOS / "build.sh").read_text(encoding="utf-8")
    blocks = re.findall(r"^if \[ -n \"\$\{(\w+):-\}\" \]; then\n(.*?)^fi$", script, re.DOTALL | re.MULTILINE)
    outside = script
    for _, block in blocks:
        outside = outside.replace(block, "")
    commands = [line for line in outside.splitlines() if not line.startswith("#")]
    assert not [line for line in commands if re.search(r"codesign|notarytool|stapler", line)]
    assert {name for name, _ in blocks} == {"SCRATCHPAD_CODESIGN_IDENTITY", "SCRATCHPAD_NOTARY_PROFILE"}


@pytest.mark.parametrize("script", sorted(MACOS.parent.rglob("*.sh")), ids=lambda path: path.name)
def test_shellcheck_finds_nothing(script):
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run(["shellcheck", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
