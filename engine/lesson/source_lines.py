"""Source lines: the lines in which classes, functions and methods are written."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator

from engine.levels.shown import Source

_Block = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class SourceLines:
    """Reads each module once; `inspect` parses it again for every class, 6 ms each time."""

    def __init__(self) -> None:
        self._modules: dict[str, dict[str, list[str]]] = {}

    def of(self, source: Source) -> list[str]:
        """The lines as they stand in the file, from the first decorator on.

        Raises:
            OSError: The program was installed without its source.
        """
        name = source.__module__
        if name not in self._modules:
            self._modules[name] = _blocks(inspect.getsource(sys.modules[name]))
        return self._modules[name][source.__qualname__]


def _blocks(text: str) -> dict[str, list[str]]:
    lines = text.splitlines()
    blocks = {}
    for name, node in _named(ast.parse(text), ""):
        first = min(each.lineno for each in (node, *node.decorator_list))
        blocks[name] = lines[first - 1 : node.end_lineno]
    return blocks


def _named(parent: ast.AST, prefix: str) -> Iterator[tuple[str, _Block]]:
    """Classes, functions and methods by what Python calls them."""
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, _Block):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _named(node, f"{prefix}{node.name}.")
