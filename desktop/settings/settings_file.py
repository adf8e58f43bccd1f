"""Settings file: texts and bytes by name, in the INI form of Qt's QSettings, which wrote it formerly.

QSettings itself is not asked to read it. Some values, such as ``@Variant(...)``, are serialised objects of
Qt's, and a crafted one ends the process; here they are passed over.
"""

from __future__ import annotations

import configparser
import os
import re
import string
from collections.abc import Mapping
from pathlib import Path

from engine.files.private_files import make_private_folder
from engine.files.regular_files import open_regular
from engine.files.safe_writing import replacing

Value = str | bytes
_LARGEST_BYTES = 1 << 18  # ours has some hundreds
_LARGEST_CODE = 0xFFFF
_LONGEST_NAME, _LONGEST_PATH = 255, 4096
_BYTES = re.compile(r"@ByteArray\((.*)\)", re.DOTALL)
_TOKEN = re.compile(
    r'\\x(?P<hex>[0-9A-Fa-f]+)|\\(?P<octal>[0-7]+)|\\(?P<letter>.?)|(?P<mark>[",])', re.DOTALL
)
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}
_ESCAPED = {character: f"\\{letter}" for letter, character in _LETTERS.items()}


class DamagedFileError(ValueError):
    """The file is no INI file."""


def read_values(path: Path) -> dict[str, Value]:
    """Values by ``section/key``; those of other types are left out. A file that is missing has none.

    Raises:
        DamagedFileError: What is there is no INI file, or far too long for one of ours.
        OSError: It may not or cannot be read.
    """
    try:
        with open_regular(path) as file:
            content = file.read(_LARGEST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    if len(content) > _LARGEST_BYTES or b"\0" in content:
        raise DamagedFileError("too long" if b"\0" not in content else "a null byte")
    # No value goes on in the next line, as indented lines would for the parser.
    parser = configparser.RawConfigParser(
        delimiters=("=",), comment_prefixes=(";", "#"), strict=False, default_section="\0"
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        lines = content.decode("utf-8-sig").split("\n")
        parser.read_string("\n".join(map(_with_blanks_kept, lines)))
    except (UnicodeDecodeError, configparser.Error) as error:
        raise DamagedFileError(str(error)) from error
    found = {
        f"{section}/{key}": value_of(raw)
        for section in parser.sections()
        for key, raw in parser.items(section)
    }
    return {name: value for name, value in found.items() if value is not None}


def _with_blanks_kept(line: str) -> str:
    """A line without the blanks around it, whose value keeps other spaces at its ends.

    Qt drops blanks and tabs alone, and writes a no-break space as it is; the parser would drop that, too.
    """
    name, mark, value = line.strip(" \t\r").partition("=")
    value = value.strip(" \t")
    kept = value.strip()
    if not mark or kept == value:
        return line.strip()
    start = value.index(kept) if kept else len(value)
    # Marks of quotation are dropped wherever they are.
    edges = (value[:start], value[start + len(kept) :])
    before, after = (f'"{edge}"' if edge else "" for edge in edges)
    return f"{name.strip()}={before}{kept}{after}"


def write_values(path: Path, values: Mapping[str, Value]) -> None:
    """Write a file that is its owner's alone; a former one is untouched if that fails.

    Raises:
        OSError: The folder or disk does not take it.
    """
    sections: dict[str, list[str]] = {}
    for name in sorted(values):
        section, _, key = name.partition("/")
        sections.setdefault(section, []).append(f"{key}={raw_of(values[name])}")
    text = "\n".join("\n".join((f"[{section}]", *lines, "")) for section, lines in sections.items())
    # A link to where the owner keeps such files stays one.
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        make_private_folder(target.parent)
    with replacing(target, is_private=True) as file:
        file.write(text.encode("utf-8"))


def value_of(raw: str) -> Value | None:
    """What a value as it is written stands for; None if that is neither a text nor bytes."""
    parts, position, is_quoted = [], 0, False
    for token in _TOKEN.finditer(raw):
        parts.append(raw[position : token.start()])
        position = token.end()
        if (digits := token["hex"] or token["octal"]) is not None:
            code = int(digits, 16 if token["hex"] else 8)
            if code > _LARGEST_CODE:
                return None
            parts.append(chr(code))
        elif token["mark"] == '"':
            is_quoted = not is_quoted
        elif token["mark"] == ",":
            if not is_quoted:
                return None  # a list
            parts.append(",")
        else:
            parts.append(_LETTERS.get(token["letter"], ""))
    text = "".join((*parts, raw[position:]))
    try:
        if matched := _BYTES.fullmatch(text):
            return matched[1].encode("latin-1")
        # Escaped code units of UTF-16 that belong together become one character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeError:
        return None
    if text.startswith("@"):
        return text[1:] if text.startswith("@@") else None
    return text


def raw_of(value: Value) -> str:
    """How a value is written."""
    is_bytes = isinstance(value, bytes)
    text = f"@ByteArray({value.decode('latin-1')})" if isinstance(value, bytes) else value
    if not is_bytes and text.startswith("@"):
        text = f"@{text}"
    parts = []
    is_after_code = False  # where one more digit would be taken for part of the code
    for character in text:
        if character == "\0":
            parts.append("\\0")
            is_after_code = True
        elif character in _ESCAPED:
            parts.append(_ESCAPED[character])
            is_after_code = False
        elif (
            character < " "
            or (is_bytes and character > "~")
            or (is_after_code and character in string.hexdigits)
        ):
            parts.append(f"\\x{ord(character):x}")
            is_after_code = True
        else:
            parts.append(character)
            is_after_code = False
    needs_quotes = text != text.strip() or any(mark in text for mark in ";,=")
    return f'"{"".join(parts)}"' if needs_quotes else "".join(parts)


def is_path(text: str) -> bool:
    """Whether the system takes it for a name or path at all."""
    try:
        lengths = [len(os.fsencode(part)) if os.name == "posix" else len(part) for part in text.split("/")]
    except UnicodeError:
        return False
    return max(lengths) <= _LONGEST_NAME and sum(lengths) + len(lengths) <= _LONGEST_PATH
