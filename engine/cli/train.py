"""The command ``train``: data, training with its progress, final figures, a model file."""

from __future__ import annotations

import argparse
import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import torch

from engine.cli.evaluate import describe, measure
from engine.cli.options import DATA_VARIABLE, INTERRUPTED, settings_from
from engine.cli.progress import Progress, duration
from engine.cli.shown_reading import read_shown
from engine.cli.stopping import stop_on_interrupt
from engine.data.classes import DIGITS
from engine.data.digits import Digits, Standardisation
from engine.data.drawing_names import ALL_DRAWINGS, DRAWINGS_NAMES
from engine.data.mixing import drawings_as_data
from engine.data.pen_digits import ATTRIBUTION as PEN_DIGITS_ATTRIBUTION
from engine.data.pen_digits import load_pen_digits
from engine.data.sets.training_sets import training_data
from engine.data.sources import DATA_SOURCES, MNIST, TrainingData, load_training_data
from engine.errors import DataError, ModelFileError
from engine.files.profile_folder import HANDWRITING, profile_folder
from engine.models.model import Model
from engine.models.model_file import SUFFIX, save_model
from engine.number_text import number_text
from engine.settings import TrainingSettings
from engine.store.own_drawings import read_own_drawings
from engine.store.store import Store
from engine.training.fit import EpochCompleted, Result, StepsCompleted
from engine.training.quick.choice import CHOICES, FILE_NAME
from engine.training.replacement import Verdict, smaller_rate
from engine.training.run import RunRequest, run_training
from engine.training.run_events import RunMessage, RunOutcome, RunStarted
from engine.training.run_states import STOPPED
from engine.training.thread_tuning import ThreadChooser

_PEN_VALIDATION_SEED = 1


def train(chosen: argparse.Namespace) -> int:
    """Train a network, print its figures and keep it where it was asked for.

    `engine.training.run` says which weights those are, however the training ends.

    Returns:
        The exit status: 0, or that of an interruption, after which the weights as they were then are kept.

    Raises:
        ScratchpadError: Settings, data or device are at fault, the loss was not finite, or the file could
            not be written. What was trained until then is kept.
    """
    settings = settings_from(chosen)
    if chosen.output is not None:
        check_output(chosen.output)
    progress = Progress()
    data, held_out = load_data(chosen, progress)
    threads = None
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    else:
        threads = ThreadChooser()
    CHOICES.keep_in(profile_folder() / FILE_NAME)
    with stop_on_interrupt() as is_stopped:
        request = RunRequest(
            data, settings, chosen.device, name=chosen.name, threads=threads, is_stopped=is_stopped
        )
        outcome = _train(request, progress)
    progress.clear()
    if outcome.state == STOPPED:
        progress.say(f"Stopped; the network is that of step {outcome.steps:,}.")
    if outcome.model is not None:
        _finish(outcome, outcome.model, data, held_out, settings, chosen, progress)
    if outcome.error is not None:
        raise outcome.error
    return INTERRUPTED if outcome.state == STOPPED else 0


def _train(request: RunRequest, progress: Progress) -> RunOutcome:
    """Run the training and show how it goes.

    Raises:
        ScratchpadError: As `engine.training.run.run_training`.
    """
    outcome: RunOutcome | None = None
    shown = _Shown(progress, request.data.training)
    for event in run_training(request):
        if isinstance(event, RunOutcome):
            outcome = event
        else:
            shown.show(event)
    assert outcome is not None  # the last event of every run that raises nothing
    return outcome


class _Shown:
    """Puts the events of a run into lines and a bar."""

    def __init__(self, progress: Progress, digits: Digits) -> None:
        self._progress = progress
        self._digits = digits
        self._noun = "digits" if digits.classes.are_digits else "pictures"
        self._began = time.monotonic()
        self._examples = 0
        self._has_threads = True

    def show(self, event: RunStarted | Result | RunMessage) -> None:
        if isinstance(event, RunStarted):
            self._show_start(event)
        elif isinstance(event, RunMessage):
            self._progress.say(event.text)
        elif isinstance(event, EpochCompleted):
            self._progress.say(
                f"Epoch {event.epoch} of {event.epochs}: loss {event.training_loss:.4f}, "
                f"training {100 * event.training_accuracy:.2f} %, "
                f"validation {100 * event.validation_accuracy:.2f} %, "
                f"{duration(time.monotonic() - self._began)}"
            )
        else:
            self._show_steps(event)

    def _show_start(self, started: RunStarted) -> None:
        self._began, self._examples = time.monotonic(), 0
        self._has_threads = started.device == "CPU"
        self._progress.say(
            f"Training {started.architecture.describe()} on {len(self._digits):,} {self._noun} "
            f"({self._digits.name}); {started.device}. {started.device_reason}"
        )

    def _show_steps(self, steps: StepsCompleted) -> None:
        elapsed = time.monotonic() - self._began
        self._examples += steps.examples
        share = (steps.first_step + len(steps.losses)) / steps.total_steps
        threads = f"{steps.threads} thread{'s' * (steps.threads > 1)}, " if self._has_threads else ""
        self._progress.show(
            share,
            f"loss {steps.losses[-1]:.4f}, {self._examples / elapsed:,.0f} {self._noun}/s, {threads}"
            f"{duration(elapsed / share * (1 - share))} left",
        )


def check_output(path: Path) -> None:
    """Say before the training, not after it, that its result could not be written.

    Raises:
        ModelFileError: The folder is missing or read-only, or the name is no file's.
    """
    if path.suffix != SUFFIX:
        raise ModelFileError(f"A network's file must end in {SUFFIX}; {path.name} does not.")
    if path.is_dir():
        raise ModelFileError(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise ModelFileError(f"There is no folder {path.parent} to save the network in: make it first.")
    if not os.access(path.parent, os.W_OK):
        raise ModelFileError(f"The folder {path.parent} cannot be written to: choose another one.")


def load_data(chosen: argparse.Namespace, progress: Progress) -> tuple[TrainingData, Digits | None]:
    """The sets of the run, and the pen digits of held-out writers if there are any.

    Raises:
        DataError: They are missing or damaged.
    """
    kinds = list(dict.fromkeys(chosen.data or [MNIST]))
    if MNIST in kinds and chosen.data_folder is None:
        raise DataError(
            f"Say where MNIST is, with --data-folder or the environment variable {DATA_VARIABLE}."
        )
    # Without a folder nothing is found there, and built-in handwriting goes without a test set.
    folder = chosen.data_folder or Path("no-data-folder")
    if MNIST in kinds and chosen.download:
        _download(folder, progress)
    try:
        parts = [_load_part(kind, folder, progress) for kind in kinds]
    finally:  # Ctrl+C among others
        progress.clear()
    training = _joined([part.training for part in parts])
    validation = _joined([part.validation for part in parts])
    attributions = [part.attribution for part in parts if part.attribution]
    held_out = None
    if chosen.pen_digits is not None:
        known, unknown = load_pen_digits(chosen.pen_digits).split_by_writer()
        held_out = unknown.normalised()
        if chosen.pen_validation:
            # Recipes are chosen on writers of the training part; those held out are for final figures.
            known, judged = known.split_by_writer(chosen.pen_validation, _PEN_VALIDATION_SEED)
            validation = held_out = judged.normalised()
        progress.show(0, "painting pen digits")
        training = _joined([training, known.varied(chosen.pen_variants, chosen.seed)])
        progress.clear()
        attributions.append(PEN_DIGITS_ATTRIBUTION)
    test = next((part.test for part in parts if part.test is not None), None)
    classes = training.classes
    data = TrainingData(
        training,
        validation.known_to(classes),
        None if test is None else test.known_to(classes),
        Standardisation.of(training),
        "; ".join(attributions),
    )
    return data, None if held_out is None else held_out.known_to(classes)


def _load_part(kind: str, folder: Path, progress: Progress) -> TrainingData:
    """The sets of a source, or of a file or folder, of which is said what was found in it."""
    if kind in DATA_SOURCES:
        return load_training_data(
            kind,
            folder,
            lambda share: progress.show(share, "making digits"),
            None,
            profile_folder() / HANDWRITING,
        )
    if kind in DRAWINGS_NAMES:
        return _load_drawings(progress, kind == ALL_DRAWINGS)
    found = read_shown(Path(kind), progress)
    progress.say(f"{found.name}: {found.sentence()}")
    return training_data(found)


def _load_drawings(progress: Progress, are_all: bool) -> TrainingData:
    """What is kept in the window: all of it, or the digits.

    Raises:
        ScratchpadError: The store cannot be opened, or there are too few drawings.
    """
    with contextlib.closing(Store.open(profile_folder())) as store:
        own = read_own_drawings(store.drawings)
    drawings = own.of_all_classes() if are_all else own.known_to(DIGITS)
    progress.say(f"My drawings: {len(drawings):,} in {profile_folder()}.")
    return drawings_as_data(drawings, lambda share: progress.show(share, "painting drawings"))


def _joined(sets: list[Digits]) -> Digits:
    together = sets[0]
    for digits in sets[1:]:
        together = together.joined(digits)
    return together


def _download(folder: Path, progress: Progress) -> None:
    from engine.data.mnist.download import download_mnist
    from engine.data.mnist.files import has_all_files

    if has_all_files(folder):
        return
    never: Callable[[], bool] = lambda: False  # noqa: E731  (Ctrl+C interrupts by itself)
    download_mnist(folder, lambda done, whole: progress.show(done / whole, "downloading MNIST"), never)
    progress.clear()


def _finish(
    outcome: RunOutcome,
    model: Model,
    data: TrainingData,
    held_out: Digits | None,
    settings: TrainingSettings,
    chosen: argparse.Namespace,
    progress: Progress,
) -> None:
    """Save, and print the figures."""
    if chosen.output is not None:  # before the figures are printed, which may fail on a closed pipe
        save_model(model, chosen.output)
        progress.say(f"Saved as {chosen.output} ({chosen.output.stat().st_size:,} bytes).")
    judgement = outcome.judgement
    if judgement is not None and judgement.verdict is Verdict.LEARNED_NOTHING:
        rate = number_text(smaller_rate(settings))
        progress.say(f"The network {judgement.reason}. Try a smaller rate, such as --learning-rate {rate}.")
    print(describe("Validation set", measure(model, data.validation), len(data.validation)))
    if data.test is not None:
        print(describe(f"{data.test.name} test set", measure(model, data.test), len(data.test)))
    if held_out is not None and not chosen.pen_validation:
        print(describe("Pen digits of held-out writers", measure(model, held_out), len(held_out)))
