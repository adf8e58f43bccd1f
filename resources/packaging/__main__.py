"""``python -m resources.packaging``: packages for Linux from a clone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from resources.packaging import building, options
from resources.packaging.tools import PackagingError


def main(arguments: Sequence[str]) -> int:
    """Build; returns the exit code."""
    if sys.platform != "linux":
        print("This builds packages for Linux; the other systems have scripts of their own.", file=sys.stderr)
        return 2
    root = Path(__file__).resolve().parents[2]
    try:
        written = building.build(root, options.parsed(arguments, python=sys.executable))
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    print((written[-1]).read_text(encoding="utf-8"))
    for path in written:
        print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
