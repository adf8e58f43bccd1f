"""No test depends on a clock: it waits for a condition, and only what never comes takes all of the time."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
# Naps between two looks at a screen, figures that are printed and not judged, and a patience of its own.
ALLOWED = {
    "packaging/screen.py",
    "packaging/readme_in_debian.py",
    "fuzzing/reader_check.py",
    "fuzzing/store_bytes.py",
    "conftest.py",
}
CLOCKS = re.compile(
    # Naps of hundredths between two looks are none of it.
    r"\bqtbot\.wait\(|\bqWait\(|\bsleep\((?!0\.0\d)|\b(monotonic|perf_counter|process_time|remainingTime)\(|"
    r"\btimeout=[0-5]?\d(\.\d+)?\b(?!_)|\bwait[A-Z]\w+\(.*timeout=\d{1,4}\b(?!_)|"
    r"\bwait\((?!0\.0\d)[0-5]?\d(\.\d+)?\)"
)


def test_nothing_waits_for_a_time_or_has_little_patience():
    found = []
    for path in sorted(TESTS.rglob("*.py")):
        name = path.relative_to(TESTS).as_posix()
        if name.startswith("benchmarks/") or name in ALLOWED or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if CLOCKS.search(line):
                found.append(f"{name}:{number}: {line.strip()}")
    assert found == []
