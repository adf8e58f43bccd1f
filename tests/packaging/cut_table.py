"""What each cut saves, in megabytes as installed and as compressed.

    python -m resources.packaging --output A --work WHOLE --untrimmed
    python -m resources.packaging --output B --work TRIMMED --formats tar
    python -m tests.packaging.cut_table WHOLE TRIMMED

Files and modules that the whole program has and the trimmed one lacks are counted to the first cut that
names them; what no cut names was there for something that was cut. Compressed sizes are those of each cut's
parts by themselves.
"""

from __future__ import annotations

import argparse
import ast
import lzma
import marshal
from collections.abc import Iterator
from pathlib import Path

from resources.packaging import trimming

_FOLLOWED = "libraries, sources and links that only these needed"
_SYMBOLS = "symbols and ICU's tables of languages"
_MB = 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("whole", type=Path)
    parser.add_argument("trimmed", type=Path)
    options = parser.parse_args()
    parts: dict[str, list[bytes]] = {}
    for what, content in [*_files(options.whole, options.trimmed), *_modules(options.whole, options.trimmed)]:
        parts.setdefault(what, []).append(content)
    rows = [(what, sum(map(len, found)), _compressed(b"".join(found))) for what, found in parts.items()]
    rows.append((_SYMBOLS, *_shrunk(options.whole, options.trimmed)))
    why = {cut.what: cut.why for cut in trimming.CUTS}
    print("| cut | MB installed | MB compressed | why |")
    print("|---|---|---|---|")
    for what, installed, compressed in sorted(rows, key=lambda row: -row[1]):
        print(f"| {what} | {installed / _MB:.1f} | {compressed / _MB:.1f} | {why.get(what, '')} |")
    print(f"| all | {sum(row[1] for row in rows) / _MB:.1f} | {sum(row[2] for row in rows) / _MB:.1f} | |")


def _inside(work: Path) -> Path:
    return work / "frozen" / "scratchpad" / "_internal"


def _paths(work: Path) -> dict[str, Path]:
    inside = _inside(work)
    found = (path for path in sorted(inside.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(inside).as_posix(): path for path in found}


def _files(whole: Path, trimmed: Path) -> Iterator[tuple[str, bytes]]:
    kept = _paths(trimmed)
    for name, path in _paths(whole).items():
        if name not in kept:
            cut = trimming.cut_of_file(name)
            if cut is None and name.endswith(".py"):
                cut = trimming.cut_of_module(
                    name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                )
            yield (cut.what if cut else _FOLLOWED), path.read_bytes()


def _modules(whole: Path, trimmed: Path) -> Iterator[tuple[str, bytes]]:
    kept = _listed(trimmed)
    for name, source in _listed(whole).items():
        if name not in kept:
            cut = trimming.cut_of_module(name)
            code = compile(Path(source).read_bytes(), name, "exec", dont_inherit=True)
            yield (cut.what if cut else _FOLLOWED), marshal.dumps(code)


def _listed(work: Path) -> dict[str, str]:
    text = (work / "analysis" / "scratchpad" / "PYZ-00.toc").read_text(encoding="utf-8")
    return {name: source for name, source, _ in ast.literal_eval(text)[1] if source.endswith(".py")}


def _shrunk(whole: Path, trimmed: Path) -> tuple[int, int]:
    """What the files that both have were made smaller by."""
    before, after = _paths(whole), _paths(trimmed)
    installed = compressed = 0
    for name, path in after.items():
        if name in before and before[name].stat().st_size != path.stat().st_size:
            installed += before[name].stat().st_size - path.stat().st_size
            compressed += _compressed(before[name].read_bytes()) - _compressed(path.read_bytes())
    return installed, compressed


def _compressed(content: bytes) -> int:
    return len(lzma.compress(content, preset=6))


if __name__ == "__main__":
    main()
