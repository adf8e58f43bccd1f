"""No object changes its class: PySide6 counts who uses a class, and frees one that is counted out wrongly.

What Qt then makes where that class lay is taken for what is left of it, in whatever test comes next.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_nothing_is_given_another_class():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("engine", "desktop", "resources", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"__class__\s*=(?!=)", line)
    ]
    assert found == []
