"""A reader of Inno Setup scripts, as far as it takes to find mistakes without Windows."""

import re
from dataclasses import dataclass, field
from pathlib import Path

SETUP_KEYS = {
    "AppId", "AppName", "AppVersion", "AppVerName", "AppPublisher", "AppPublisherURL", "AppSupportURL",
    "AppUpdatesURL", "ArchitecturesAllowed", "ArchitecturesInstallIn64BitMode", "ChangesAssociations",
    "CloseApplications", "Compression", "DefaultDirName", "DefaultGroupName", "DisableDirPage",
    "DisableProgramGroupPage", "DisableWelcomePage", "LicenseFile", "MinVersion", "OutputBaseFilename",
    "OutputDir", "PrivilegesRequired", "PrivilegesRequiredOverridesAllowed", "RestartApplications",
    "SetupIconFile", "SetupLogging", "SignedUninstaller", "SignTool", "SolidCompression",
    "UninstallDisplayIcon", "UninstallDisplayName", "VersionInfoDescription", "VersionInfoVersion",
    "WizardStyle",
}  # fmt: skip
"""Directives of the section [Setup] that exist in Inno Setup 6; a subset that such a script needs."""

ENTRY_KEYS = {
    "Languages": {"Name", "MessagesFile", "LicenseFile"},
    "Tasks": {"Name", "Description", "GroupDescription", "Flags", "Check"},
    "InstallDelete": {"Type", "Name", "Check", "Tasks"},
    "UninstallDelete": {"Type", "Name", "Check", "Tasks"},
    "Files": {"Source", "DestDir", "DestName", "Excludes", "Flags", "Check", "Tasks"},
    "Icons": {"Name", "Filename", "Comment", "Parameters", "WorkingDir", "IconFilename", "Tasks", "Check"},
    "Registry": {"Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags", "Check", "Tasks"},
    "Run": {"Filename", "Description", "Parameters", "WorkingDir", "Flags", "Check", "Tasks"},
    "UninstallRun": {"Filename", "Parameters", "Flags", "RunOnceId"},
}
"""Parameters of the entries of each section."""

_ENTRY = re.compile(r'(\w+):\s*("(?:[^"]|"")*"|[^";]*)(?:;\s*|$)')


@dataclass
class InnoScript:
    """What a script says; what cannot be understood stands in `mistakes`."""

    defined: dict[str, str] = field(default_factory=dict)
    setup: dict[str, str] = field(default_factory=dict)
    entries: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    code: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    mistakes: list[str] = field(default_factory=list)


def read(path: Path) -> InnoScript:
    """Read a script; directives within #ifdef count, too."""
    script, section, open_conditions = InnoScript(), "", 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith(";"):
            continue
        script.used |= set(re.findall(r"\{#(\w+)\}", line))
        if line.startswith("#"):
            words = line.split(maxsplit=2)
            if words[0] == "#define":
                script.defined[words[1]] = words[2].strip('"')
            elif words[0] in ("#ifdef", "#ifndef"):
                open_conditions += 1
            elif words[0] == "#endif":
                open_conditions -= 1
            else:
                script.mistakes.append(f"line {number}: unknown directive {words[0]}")
        elif line.startswith("["):
            section = line.strip("[]")
            if section not in ("Setup", "Code", *ENTRY_KEYS):
                script.mistakes.append(f"line {number}: unknown section {section}")
        elif section == "Code":
            script.code.append(line)
        elif section == "Setup":
            key, _, value = line.partition("=")
            if key not in SETUP_KEYS or not value:
                script.mistakes.append(f"line {number}: unknown or empty {key}")
            elif key in script.setup:
                script.mistakes.append(f"line {number}: {key} stands there twice")
            script.setup[key] = value
        else:
            _read_entry(script, section, number, line)
    if open_conditions:
        script.mistakes.append("#ifdef without #endif")
    return script


def _read_entry(script: InnoScript, section: str, number: int, line: str) -> None:
    found = _ENTRY.findall(line)
    if not found or _ENTRY.sub("", line):
        script.mistakes.append(f"line {number}: cannot be read: {line}")
    for key, _ in found:
        if key not in ENTRY_KEYS.get(section, set()):
            script.mistakes.append(f"line {number}: [{section}] has no {key}")
    entry = {
        key: value.strip().removeprefix('"').removesuffix('"').replace('""', '"') for key, value in found
    }
    script.entries.setdefault(section, []).append(entry)
