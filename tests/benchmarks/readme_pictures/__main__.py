"""Takes pictures of the window for the README: ``python -m tests.benchmarks.readme_pictures [NAME ...]``.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw, pen-digits and pen-letters. The
pictures go to resources/pictures; look at each before it is committed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.services.folders import use_profile
from tests.benchmarks.readme_pictures.in_the_lesson import code, levels, speed
from tests.benchmarks.readme_pictures.of_a_search import heat_map, parallel
from tests.benchmarks.readme_pictures.of_boundaries import forest, in_a_row, network, tree
from tests.benchmarks.readme_pictures.of_own_classes import letters, signs
from tests.benchmarks.readme_pictures.of_what_is_kept import booth, drawings, results, runs
from tests.benchmarks.readme_pictures.on_the_pad import dark, light, practice, reading, steps

PICTURES: dict[str, Callable[[QApplication], None]] = {
    "dark": dark,
    "light": light,
    "reading": reading,
    "steps": steps,
    "practice": practice,
    "levels": levels,
    "speed": speed,
    "code": code,
    "results": results,
    "runs": runs,
    "drawings": drawings,
    "booth": booth,
    "letters": letters,
    "signs": signs,
    "heat-map": heat_map,
    "parallel-coordinates": parallel,
    "boundaries": in_a_row,
    "boundaries-network": network,
    "boundaries-tree": tree,
    "boundaries-forest": forest,
}


def main() -> None:
    """Take all of them, or those that are named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    for name in sys.argv[1:] or PICTURES:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            use_profile(Path(folder))
            PICTURES[name](application)


if __name__ == "__main__":
    main()
