"""Mutations: damaged copies of whole files, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

# Values at which readers of lengths and counts go wrong.
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_DIGITS = b"9" * 5000


def mutations(samples: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield `count` damaged copies of the samples, each with one to four faults."""
    chance = random.Random(seed)
    for _ in range(count):
        data = bytearray(chance.choice(samples))
        for _ in range(chance.randint(1, 4)):
            chance.choice(_FAULTS)(data, samples, chance)
        yield bytes(data)


Fault = Callable[[bytearray, Sequence[bytes], random.Random], None]


def _flip_bit(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _set_bytes(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    width = chance.choice((1, 2, 4, 8))
    value = chance.choice(_EDGES) & ((1 << 8 * width) - 1)
    data[start : start + width] = value.to_bytes(width, chance.choice(("little", "big")))


def _truncate(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _delete(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    del data[start : start + chance.randint(1, 64)]


def _insert(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    data[start:start] = chance.choice((chance.randbytes(chance.randint(1, 32)), b"\0", b"\xff\xfe", _DIGITS))


def _repeat(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randint(1, 64)]
    data[start:start] = piece * chance.randint(1, 64)


def _splice(data: bytearray, samples: Sequence[bytes], chance: random.Random) -> None:
    other = chance.choice(samples)
    data[chance.randrange(len(data) + 1) :] = other[chance.randrange(len(other) + 1) :]


_FAULTS: tuple[Fault, ...] = (_flip_bit, _flip_bit, _set_bytes, _truncate, _delete, _insert, _repeat, _splice)
