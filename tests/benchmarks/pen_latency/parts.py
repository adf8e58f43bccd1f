"""Parts: what the window's thread does for a pen move, each part with the time that it alone takes."""

from __future__ import annotations

import functools
import importlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PLACES = (
    ("event", "desktop.pad.canvas", "Canvas.event"),
    ("ink", "desktop.pad.document", "PadDocument.begin_stroke"),
    ("ink", "desktop.pad.document", "PadDocument.extend_stroke"),
    ("ink", "desktop.pad.document", "PadDocument.complete_stroke"),
    ("reading", "desktop.reading.live_reader", "LiveReader._read"),
    ("parting", "engine.preprocessing.number", "number_of_ink"),
    ("normaliser", "engine.preprocessing.number", "fit_polylines"),
    ("normaliser", "engine.preprocessing.number", "centre"),
    ("normaliser", "engine.preprocessing.segmentation.known_strokes", "KnownStrokes.fitted"),
    ("normaliser", "engine.preprocessing.segmentation.known_strokes", "centre"),
    ("normaliser", "engine.preprocessing.segmentation.strokes", "centre"),
    ("network", "engine.models.digit_scorer", "DigitScorer.__call__"),
    ("network", "engine.models.known_readings", "KnownReadings.of"),
    ("bars", "desktop.window.pad_controller", "PadController._on_number_completed"),
    ("paint of the pad", "desktop.pad.canvas", "Canvas.paintEvent"),
    ("paint of the bars", "desktop.reading.class_bars", "ClassBars.paintEvent"),
)
"""Each part, and a function that belongs to it: a part within another is taken from that."""

ORDER = (
    *dict.fromkeys(part for part, *_ in PLACES),
    "paint of all else",
)
"""As a move goes through them."""


class Parts:
    """A stopwatch that always runs for one part: for that which was begun last and is not over.

    Attributes:
        is_on: Whether it measures; the functions are a little slower then.
        cpu_s: Of the window's thread, by part.
        wall_s: By the clock, by part: other threads and programs included.
    """

    def __init__(self) -> None:
        self.is_on = False
        self.cpu_s: dict[str, float] = {}
        self.wall_s: dict[str, float] = {}
        self._open: list[str] = []
        self._cpu_mark = self._wall_mark = 0.0
        self._thread = threading.get_ident()

    @contextmanager
    def of(self, part: str) -> Iterator[None]:
        """What is done meanwhile belongs to a part."""
        if not self.is_on or threading.get_ident() != self._thread:
            yield
            return
        self._turn()
        self._open.append(part)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        cpu, wall = time.thread_time(), time.perf_counter()
        if self._open:
            part = self._open[-1]
            self.cpu_s[part] = self.cpu_s.get(part, 0.0) + cpu - self._cpu_mark
            self.wall_s[part] = self.wall_s.get(part, 0.0) + wall - self._wall_mark
        self._cpu_mark, self._wall_mark = cpu, wall

    def taken(self) -> Parts:
        """A copy of the figures."""
        copy = Parts()
        copy.cpu_s, copy.wall_s = dict(self.cpu_s), dict(self.wall_s)
        return copy

    def watch(self) -> None:
        """Measure the functions of `PLACES` from now on; before the window is made that is to be watched."""
        for part, module_name, path in PLACES:
            owner: Any = importlib.import_module(module_name)
            *classes, name = path.split(".")
            for each in classes:
                owner = getattr(owner, each)
            setattr(owner, name, self._watched(getattr(owner, name), part))

    def _watched(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            if not self.is_on:
                return function(*arguments, **named)
            with self.of(part):
                return function(*arguments, **named)

        return watched


PARTS = Parts()
"""Of the one window that is measured; the main thread's."""
