"""Machine: what ratios depend on, and how alike two machines are."""

from __future__ import annotations

import math
import platform
from dataclasses import asdict, dataclass
from typing import Any

from tests.benchmarks.speed.machine import instruction_sets, processor_name, usable_cores

WIDEST = ("AVX-512", "AVX2", "AVX", "SVE", "NEON")
"""Instruction sets for products of float32, the widest first."""
_OTHER_NAMES = {"AMD64": "x86_64", "aarch64": "arm64"}


@dataclass(frozen=True)
class Machine:
    """Where something was measured.

    Attributes:
        processor: As it calls itself.
        cores: That may be used.
        system: ``Linux``, ``Windows``, ``Darwin``.
        architecture: ``x86_64``, ``arm64``.
        instructions: Instruction sets, in the order of `WIDEST`.
    """

    processor: str
    cores: int
    system: str
    architecture: str
    instructions: tuple[str, ...]

    @classmethod
    def this(cls) -> Machine:
        """The one that this runs on."""
        return cls(
            processor_name(),
            usable_cores(),
            platform.system(),
            _OTHER_NAMES.get(platform.machine(), platform.machine()),
            tuple(name for name in WIDEST if name in instruction_sets()),
        )

    @property
    def widest(self) -> str:
        """Its widest instruction set."""
        return self.instructions[0] if self.instructions else "no wide instructions"

    def is_same_kind(self, other: Machine) -> bool:
        """Whether ratios of both may be compared."""
        return self.distance(other) == 0

    def distance(self, other: Machine) -> float:
        """0 for the same kind; what changes ratios more counts more."""
        unlike = (
            8 * (self.architecture != other.architecture)
            + 4 * (self.widest != other.widest)
            + 2 * (self.system != other.system)
        )
        return unlike + abs(math.log2(self.cores / other.cores))

    def kind_in_words(self) -> str:
        """What makes it comparable."""
        cores = "1 core" if self.cores == 1 else f"{self.cores} cores"
        return f"{self.system} {self.architecture}, {cores}, {self.widest}"

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return {**asdict(self), "instructions": list(self.instructions)}

    @classmethod
    def from_json(cls, values: Any) -> Machine:
        """What `as_json` gave.

        Raises:
            ValueError: It is something else.
        """
        try:
            words = [values[name] for name in ("processor", "system", "architecture")]
            cores, instructions = values["cores"], values["instructions"]
        except (TypeError, KeyError) as error:
            raise ValueError("a machine lacks one of its fields") from error
        if not isinstance(instructions, list) or not all(
            isinstance(each, str) for each in words + instructions
        ):
            raise ValueError("the words of a machine are none")
        if not isinstance(cores, int) or isinstance(cores, bool) or cores < 1:
            raise ValueError(f"a machine has {cores!r} cores")
        return cls(words[0], cores, words[1], words[2], tuple(instructions))
