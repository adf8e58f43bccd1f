"""The ratios of a run next to the last ones: ``python -m tests.benchmarks.ratios FILE.json``.

FILE.json is what ``python -m tests.benchmarks --quick --ratios FILE.json`` has written. People judge what is
printed: the exit status is 0 whether or not something became worse. With ``--keep`` the run takes the place
of the last one on a machine of its kind.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.ratios.comparison import comparison
from tests.benchmarks.ratios.record import KEPT, RecordError, keep, read_kept, read_record


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table, or the sentence that says why there is none."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.ratios",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("run", type=Path, metavar="FILE.json", help="ratios of one run")
    parser.add_argument("--compare", type=Path, default=KEPT, metavar="KEPT.json", help="the last ratios")
    parser.add_argument("--keep", action="store_true", help="put the run among the last ratios")
    options = parser.parse_args(arguments)
    try:
        record = read_record(options.run)
        print(comparison(record, read_kept(options.compare)))
        if options.keep:
            keep(options.compare, record)
            print(f"\nKept in {options.compare} for {record.machine.kind_in_words()}.")
    except RecordError as error:
        print(error)


if __name__ == "__main__":
    main()
