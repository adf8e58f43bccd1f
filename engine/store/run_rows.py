"""The rows that the curves of a run are kept in."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Sequence
from dataclasses import astuple

from engine.training.epoch_figures import EpochFigures

# Rows of this size are read quickly, and damage to one is damage to little.
_JOINED_STEPS = 16_384
_BYTES = 4


def add_losses(connection: sqlite3.Connection, run: int, first_step: int, losses: array[float]) -> None:
    """Keep the losses of consecutive steps, if there are any."""
    if losses:
        connection.execute(
            "INSERT INTO losses (run, first_step, losses) VALUES (?, ?, ?)",
            (run, first_step, _little_endian(losses)),
        )


def add_epochs(connection: sqlite3.Connection, run: int, epochs: Sequence[EpochFigures]) -> None:
    """Keep the figures of epochs; those of the last one are the run's."""
    for epoch in epochs:
        connection.execute(
            "INSERT INTO epochs (run, epoch, step, training_loss, training_accuracy, validation_loss, "
            "validation_accuracy) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (run, *astuple(epoch)),
        )
    if epochs:
        connection.execute(
            "UPDATE runs SET validation_loss = ?, validation_accuracy = ? WHERE id = ?",
            (epochs[-1].validation_loss, epochs[-1].validation_accuracy, run),
        )


def join_losses(connection: sqlite3.Connection, run: int) -> None:
    """Two rows a second become one for so many steps: less to read, and to keep in order."""
    chunks = connection.execute("SELECT losses FROM losses WHERE run = ? ORDER BY first_step", (run,))
    joined = b"".join(row[0] for row in chunks)
    connection.execute("DELETE FROM losses WHERE run = ?", (run,))
    connection.executemany(
        "INSERT INTO losses (run, first_step, losses) VALUES (?, ?, ?)",
        [
            (run, start // _BYTES, joined[start : start + _JOINED_STEPS * _BYTES])
            for start in range(0, len(joined), _JOINED_STEPS * _BYTES)
        ],
    )


def _little_endian(losses: array[float]) -> bytes:
    kept = array("f", losses)
    if sys.byteorder == "big":
        kept.byteswap()
    return kept.tobytes()
