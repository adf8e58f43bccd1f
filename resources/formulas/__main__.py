"""Renders the formulas of the table to SVG files beside it: ``python -m resources.formulas``.

Needs the extra ``formulas``. The program itself shows the files and needs nothing of it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import ziamath

from resources.formula_table import INK, UNITS_PER_EM, Formula, formulas

FOLDER = Path(__file__).parent
_DECIMALS = 1


def main() -> int:
    """Write a picture for each formula, and remove those of formulas that are gone."""
    # Outlines where they are drawn: Qt's reader of SVG knows no symbols.
    ziamath.config.svg2 = False
    ziamath.config.precision = _DECIMALS
    wanted = {f"{name}.svg": picture(formula) for name, formula in formulas().items()}
    for path in FOLDER.glob("*.svg"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(wanted)} formulas, {sum(map(len, wanted.values())) / 1024:.0f} KB")
    return 0


def picture(formula: Formula) -> str:
    """The SVG of a formula in one colour, with its reading as title and the checksum of its TeX."""
    root = ziamath.Math.fromlatex(formula.tex, size=UNITS_PER_EM).svgxml()
    for element in root.iter():
        if "fill" in element.attrib or element.tag in ("path", "rect"):
            element.set("fill", INK)
    del root.attrib["xmlns:xlink"]
    root.set("data-tex-sha256", formula.checksum)
    title = ElementTree.Element("title")
    title.text = formula.reading
    root.insert(0, title)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


if __name__ == "__main__":
    sys.exit(main())
