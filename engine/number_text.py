"""Numbers as people write them: the one place where text becomes a number, in every field and option.

A point and a comma both part the decimals, since a third of the world writes the one and a third the other.
Thousands separators are refused rather than guessed: ``1,500`` is one and a half here, fifteen hundred there.
"""

from __future__ import annotations

import math
import re

from engine.errors import NumberError

_LONGEST = 40
_SPACES = " \t\n\r\u00a0\u2007\u2009\u202f"
# The Arabic decimal separator and minus signs of typography; digits of any script are Python's to know.
_PLAIN = str.maketrans({"٫": ",", "−": "-", "﹣": "-", "＋": "+", "٬": "'", "’": "'", "，": ",", "．": "."})
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,4})?", re.IGNORECASE)
_WHOLE = re.compile(r"([+-]?)(\d+)(?:e\+?(\d{1,4}))?", re.IGNORECASE)
# A comma and three figures after it: the very picture of a thousand.
_LIKE_THOUSANDS = re.compile(r"([+-]?[1-9]\d{0,2}),(\d{3})")
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,' \u00a0\u2009\u202f]\d{3})+([.,]\d+)?")


def parse_decimal(text: str) -> float:
    """A number such as ``0.05``, ``0,05``, ``,05``, ``5e-2`` or ``٠٫٠٥``, with spaces around it or without.

    Raises:
        NumberError: The text is no finite number, or might be meant in two ways.
    """
    written = _plain(text)
    alike = _LIKE_THOUSANDS.fullmatch(written)
    if alike is not None:
        whole, decimals = alike.groups()
        one, other = f"{whole}.{decimals}".rstrip("0").rstrip("."), f"{whole}{decimals}"
        raise NumberError(f"{written} could be {one} or {other}: write one of these.")
    if _NUMBER.fullmatch(written) is None:
        raise _no_number(written, "Write a number such as 0.05, 0,05 or 5e-2.")
    number = float(written.replace(",", "."))
    if not math.isfinite(number):
        raise NumberError(f"{written} is too large: write a smaller number.")
    return number


def parse_whole(text: str) -> int:
    """A whole number such as ``64``, ``1e3`` or ``٦٤``, with spaces around it or without.

    Raises:
        NumberError: The text is no whole number, or has separators in it, which may be decimal or not.
    """
    written = _plain(text)
    matched = _WHOLE.fullmatch(written)
    if matched is None:
        raise _no_number(written, "Write a whole number such as 64.")
    sign, figures, exponent = matched.groups()
    if int(exponent or 0) > _LONGEST:
        raise NumberError(f"{written} is too large: write a smaller number.")
    return int(f"{sign}{figures}{int(exponent or 0) * '0'}")


def number_text(number: float) -> str:
    """A number in as few figures as say it, so that `parse_decimal` reads it as the same one."""
    return f"{number:.12g}"


def latin_digits(text: str) -> str:
    """The same text with digits of other scripts as 0 to 9."""
    return "".join(str(int(each)) if each.isdecimal() else each for each in text)


def _plain(text: str) -> str:
    written = latin_digits(text[: _LONGEST + 1].strip(_SPACES)).translate(_PLAIN)
    if len(text.strip(_SPACES)) > _LONGEST:
        raise NumberError(f"A number has at most {_LONGEST} characters here: write a shorter one.")
    return written


def _no_number(written: str, what_to_do: str) -> NumberError:
    if not written:
        return NumberError(what_to_do)
    if _GROUPED.fullmatch(written):
        return NumberError(f"{written} has separators between its thousands: write it without them.")
    return NumberError(f"“{written}” is not a number that can be used here. {what_to_do}")
