"""Network opener: reads a network file, and tries out what it does not say, while the window goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.background_task import IsCancelled

if TYPE_CHECKING:
    from engine.models.assumptions import Trial
    from engine.models.model import Model

UNEXPECTED = "The network could not be opened, for an unexpected reason. Try another file."


@dataclass(frozen=True, slots=True)
class Opening:
    """A network from a file.

    Attributes:
        path: The file.
        model: To read with.
        is_assumed: Whether the file does not say how to take it; see
            `engine.models.network_files.OpenedNetwork`.
        trials: What it reads when it is taken in the usual ways, the best first; empty if the file says it.
        sentence: What is assumed and why, or empty.
    """

    path: Path
    model: Model
    is_assumed: bool = False
    trials: tuple[Trial, ...] = ()
    sentence: str = ""


def open_file(path: Path, mnist_folder: Path, is_cancelled: IsCancelled) -> Opening:
    """Read the file and try it out; seconds on a busy computer, so never in the window's own thread.

    Args:
        path: The file.
        mnist_folder: Where MNIST is looked for, whose digits are read to try it out.
        is_cancelled: Asked now and then whether to give up.

    Raises:
        ModelFileError: There is no network in it.
    """
    from engine.data.trial_digits import trial_digits
    from engine.models.assumptions import describe_best, try_assumptions
    from engine.models.network_files import open_network
    from engine.plain_text import plain_name

    opened = open_network(path)
    if not opened.is_assumed or is_cancelled():
        return Opening(path, opened.model, opened.is_assumed)
    digits, name = trial_digits(mnist_folder)
    trials = try_assumptions(opened.model, digits, is_cancelled)
    has_hidden_layers = len(opened.model.architecture.sizes) > 2
    sentence = describe_best(plain_name(path.name), trials, name, has_hidden_layers)
    return Opening(path, opened.model, True, tuple(trials), sentence)
