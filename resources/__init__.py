"""Resources: weights, icons, styles and texts, read through importlib.resources."""

from importlib.resources import as_file, files
from pathlib import Path


def path(*parts: str) -> Path:
    """The file with these path parts below this package, such as ``path("icons", "undo.svg")``.

    Raises:
        FileNotFoundError: There is none.
    """
    with as_file(files(__package__).joinpath(*parts)) as found:
        if not found.exists():
            raise FileNotFoundError(f"no resource {'/'.join(parts)}")
        return Path(found)


def text(*parts: str) -> str:
    """The contents of a text resource, UTF-8."""
    return path(*parts).read_text(encoding="utf-8")
