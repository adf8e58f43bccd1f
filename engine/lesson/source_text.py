"""Source text: the lines of a class, a function or a method, as they stand in its file; or all of these."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
from types import ModuleType

from engine.levels.shown import Source


def source_of(source: Source) -> tuple[str, ...]:
    """The lines of one source, its decorators first, indented as in the file.

    Raises:
        OSError: The program was installed without its source.
    """
    source = inspect.unwrap(source)
    found = sources_in(sys.modules[source.__module__])
    return found.get(source.__qualname__) or tuple(inspect.getsource(source).rstrip().splitlines())


def file_of(module: ModuleType) -> tuple[str, ...]:
    """The lines of a whole file.

    Raises:
        OSError: The program was installed without its source.
    """
    return tuple(inspect.getsource(module).rstrip().splitlines())


@functools.cache
def sources_in(module: ModuleType) -> dict[str, tuple[str, ...]]:
    """Those of all classes, functions and methods of a module, by their qualified names.

    A file is parsed once for all of them; `inspect.getsource` parses it again for each.

    Raises:
        OSError: The program was installed without its source.
    """
    text = inspect.getsource(module)
    lines = text.splitlines()
    found: dict[str, tuple[str, ...]] = {}

    def collect(statements: list[ast.stmt], prefix: str) -> None:
        for each in statements:
            if isinstance(each, ast.ClassDef | ast.FunctionDef):
                start = min(part.lineno for part in (*each.decorator_list, each))
                found[prefix + each.name] = tuple(lines[start - 1 : each.end_lineno])
            if isinstance(each, ast.ClassDef):
                collect(each.body, f"{prefix}{each.name}.")

    collect(ast.parse(text).body, "")
    return found
