"""Licences: the notices of everything that the program is made of."""

from __future__ import annotations

import importlib.metadata
import re
from importlib.metadata import PackageNotFoundError

import resources

_NAME = "scratchpad"
_WHERE = "The text of each licence is where its package is installed."


def licence_notices() -> str:
    """The notices gathered when a package of the program was built; else the libraries installed."""
    try:
        return resources.text("licences", "NOTICES.txt")
    except FileNotFoundError:
        return "\n".join([*_installed(), "", _WHERE])


def _installed() -> list[str]:
    """A line for each distribution that the program needs, directly or not: name, version, licence."""
    found: dict[str, str] = {}
    wanted = [_NAME]
    while wanted:
        name = _normal(wanted.pop())
        if name in found:
            continue
        try:
            distribution = importlib.metadata.distribution(name)
        except PackageNotFoundError:
            continue  # needed on other systems only
        about = distribution.metadata
        found[name] = f"{about['Name']} {distribution.version}: {_licence(about)}"
        for requirement in distribution.requires or []:
            if "extra ==" not in requirement:
                wanted.append(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    return [found[name] for name in sorted(found)]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(about: importlib.metadata.PackageMetadata) -> str:
    """What a distribution says of its licence, in a few words."""
    licence = next((about[name] for name in ("License-Expression", "License") if name in about), "")
    licence = licence.strip().partition("\n")[0]
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    return licence if 0 < len(licence) < 100 else ", ".join(classifiers) or "see its own notice"
