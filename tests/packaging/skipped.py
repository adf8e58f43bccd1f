"""The tests that a run has skipped, by their ids, for another run: ``pytest @FILE``.

    python -m tests.packaging.skipped REPORT >FILE

REPORT is JUnit's, as pytest writes it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

from tests.packaging.debian_packages import ROOT


def main() -> None:
    """Write an id in each line."""
    print(*skipped(Path(sys.argv[1]).read_text(encoding="utf-8")), sep="\n", end="")


def skipped(report: str) -> list[str]:
    """The ids, as pytest takes them.

    Raises:
        AssertionError: A test lies in no file that is there.
    """
    found = []
    for case in ElementTree.fromstring(report).iter("testcase"):
        if case.find("skipped") is None:
            continue
        module = case.get("classname") or case.get("name", "")  # a whole module has only a name
        path = f"{module.replace('.', '/')}.py"
        assert (ROOT / path).is_file(), f"{case.attrib} lies in no file"
        found.append(f"{path}::{case.get('name')}" if case.get("classname") else path)
    return sorted(set(found))


if __name__ == "__main__":
    main()
