"""Pickle outline: what a pickle says, without doing any of it.

A pickle is a program for a stack machine that may call whatever it names. Here only its data are put
together: dictionaries, lists, tuples, texts, numbers. What it would call becomes a `Call`, which names the
function and holds the arguments; nothing of it is ever looked up, imported or called.
"""

from __future__ import annotations

import pickletools
import warnings
from dataclasses import dataclass
from typing import Any, BinaryIO

# A state dict of 64 layers takes 3,000 steps; a checkpoint with its optimiser three times as many, and one
# for each figure of a history.
_MOST_STEPS = 100_000


class OutlineError(Exception):
    """These bytes are no pickle, or not one that a network would be in."""


class TooLongError(OutlineError):
    """It takes more steps than any network's file."""


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A class or function that the pickle names.

    Attributes:
        module: Where it would be imported from.
        name: What it is called there.
    """

    module: str
    name: str

    def __str__(self) -> str:
        """Dotted."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """What the pickle would have got from a call.

    Attributes:
        function: What it would call.
        arguments: With what; anything that was put together, calls included.
    """

    function: object
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """Something that is not in the pickle but beside it; PyTorch keeps the numbers of tensors so.

    Attributes:
        key: What the pickle says of it.
    """

    key: object


_MARK = object()
_CONSTANTS: dict[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": ()}
_LITERALS = {
    "INT", "LONG", "LONG1", "BININT", "BININT1", "BININT2", "FLOAT", "BINFLOAT", "UNICODE", "BINUNICODE",
    "SHORT_BINUNICODE", "BINUNICODE8", "STRING", "BINSTRING", "SHORT_BINSTRING", "BINBYTES", "SHORT_BINBYTES",
}  # fmt: skip
_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}


def pickle_outline(file: BinaryIO) -> Any:
    """Put together one pickle, and leave the file where it ends.

    Args:
        file: In memory or on disk, at the pickle's first byte.

    Raises:
        OutlineError: It is none, is damaged, or takes too many steps.
    """
    machine = _Machine()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that are none, in texts of the oldest form
            for step, (operation, argument, _) in enumerate(pickletools.genops(file)):
                if step > _MOST_STEPS:
                    raise TooLongError(f"more than {_MOST_STEPS} steps")
                machine.do(operation.name, argument)
        (result,) = machine.stack
    except OutlineError:
        raise
    except (ValueError, IndexError, KeyError, TypeError, OverflowError, MemoryError) as error:
        raise OutlineError(str(error)) from error
    return result


class _Machine:
    """A stack, marks on it, and a memory of what comes again."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self._memory: dict[int, Any] = {}

    def do(self, operation: str, argument: Any) -> None:
        """One step.

        Raises:
            OutlineError: A network's file has no use for it.
        """
        stack = self.stack
        if operation in _LITERALS:
            stack.append(argument)
        elif operation in _CONSTANTS:
            stack.append(_CONSTANTS[operation])
        elif operation in _TUPLES:
            stack.append(tuple(self._pop(_TUPLES[operation])))
        elif operation in ("BINPUT", "LONG_BINPUT", "PUT"):
            self._memory[int(argument)] = stack[-1]
        elif operation == "MEMOIZE":
            self._memory[len(self._memory)] = stack[-1]
        elif operation in ("BINGET", "LONG_BINGET", "GET"):
            stack.append(self._memory[int(argument)])
        elif operation not in ("PROTO", "FRAME", "STOP"):
            self._build(operation, argument)

    def _build(self, operation: str, argument: Any) -> None:
        stack = self.stack
        match operation:
            case "MARK":
                stack.append(_MARK)
            case "EMPTY_DICT":
                stack.append({})
            case "EMPTY_LIST" | "EMPTY_SET":
                stack.append([])
            case "DICT":
                stack.append(_filled({}, self._pop_to_mark()))
            case "LIST" | "FROZENSET":
                stack.append(self._pop_to_mark())
            case "TUPLE":
                stack.append(tuple(self._pop_to_mark()))
            case "SETITEM":
                pair = self._pop(2)
                _filled(stack[-1], pair)
            case "SETITEMS":
                pairs = self._pop_to_mark()
                _filled(stack[-1], pairs)
            case "APPEND":
                _appended(stack[-2], self._pop(1))
            case "APPENDS" | "ADDITEMS":
                items = self._pop_to_mark()
                _appended(stack[-1], items)
            case "GLOBAL":
                module, _, name = argument.partition(" ")
                stack.append(Name(module, name))
            case "STACK_GLOBAL":
                stack.append(Name(*map(str, self._pop(2))))
            case "REDUCE" | "NEWOBJ":
                function, arguments = self._pop(2)
                stack.append(_called(function, arguments))
            case "NEWOBJ_EX":
                function, arguments, _ = self._pop(3)
                stack.append(_called(function, arguments))
            case "BUILD":
                self._pop(1)  # attributes, which no dictionary or tensor needs
            case "BINPERSID":
                stack.append(Outside(self._pop(1)[0]))
            case _:
                raise OutlineError(f"{operation} is not expected")

    def _pop(self, count: int) -> list[Any]:
        taken = self.stack[-count:]
        if len(taken) < count or any(each is _MARK for each in taken):
            raise OutlineError("the stack is empty")
        del self.stack[-count:]
        return taken

    def _pop_to_mark(self) -> list[Any]:
        taken: list[Any] = []
        while (each := self.stack.pop()) is not _MARK:
            taken.append(each)
        taken.reverse()
        return taken


def _filled(target: Any, pairs: list[Any]) -> Any:
    """Names and values into a dictionary; what is kept under anything but a text or a number is left out."""
    if len(pairs) % 2:
        raise OutlineError("a key without a value")
    if isinstance(target, dict):
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            # A tuple of tuples of tuples has no bottom to hash it from.
            if isinstance(key, str | int):
                target[key] = value
    return target


def _appended(target: Any, items: list[Any]) -> None:
    if isinstance(target, list):
        target.extend(items)


def _called(function: object, arguments: Any) -> object:
    if not isinstance(arguments, tuple):
        raise OutlineError("arguments that are no tuple")
    if isinstance(function, Name) and str(function) == "collections.OrderedDict":
        pairs = arguments[0] if arguments and isinstance(arguments[0], list) else []
        flat = [part for pair in pairs if isinstance(pair, list | tuple) and len(pair) == 2 for part in pair]
        return _filled({}, flat)
    return Call(function, arguments)
