"""The Debian packages that the README names: one list for it, for the root it is tried in, for .ci/run."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = ROOT / "resources" / "packaging" / "linux" / "debian-packages.txt"


def names() -> list[str]:
    """In the README's order."""
    return LIST.read_text(encoding="utf-8").split()
