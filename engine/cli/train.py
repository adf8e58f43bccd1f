"""The command ``train``: data, training with its progress, final figures, a model file."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

import torch

from engine.cli.evaluate import describe, measure
from engine.cli.options import DATA_VARIABLE, INTERRUPTED, settings_from
from engine.cli.progress import Progress, duration
from engine.data.digits import Digits, Standardisation
from engine.data.pen_digits import ATTRIBUTION as PEN_DIGITS_ATTRIBUTION
from engine.data.pen_digits import load_pen_digits
from engine.errors import DataError, DeviceError, DivergedError, ModelFileError
from engine.models.model_file import SUFFIX, save_model
from engine.nn.network import Weights
from engine.number_text import number_text
from engine.settings import TrainingSettings
from engine.training.device import choose_device
from engine.training.fit import EpochCompleted, fit
from engine.training.learner import architecture_of
from engine.training.replacement import Verdict, chance_of, judge, smaller_rate
from engine.training.thread_tuning import ThreadChooser
from engine.training.training_run import MNIST, TrainingData, finish_model, load_training_data

_PEN_VALIDATION_SEED = 1


def train(chosen: argparse.Namespace) -> int:
    """Train a network, print its figures and keep it where it was asked for.

    Returns:
        The exit status: 0, or that of an interruption, after which the last whole epoch was kept.

    Raises:
        ScratchpadError: Settings, data or device are at fault, the loss was not finite, or the file could
            not be written. What was trained until then is kept.
    """
    settings = settings_from(chosen)
    if chosen.output is not None:
        _check_output(chosen.output)
    progress = Progress()
    data, held_out = _load(chosen, progress)
    threads = None
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    else:
        threads = ThreadChooser()
    choice = choose_device(chosen.device)
    architecture = architecture_of(settings)
    progress.say(
        f"Training {architecture.describe()} on {len(data.training):,} digits ({data.training.name}); "
        f"{choice.name}. {choice.reason}"
    )
    run = _Run(data, settings, progress, threads)
    status = 0
    failure: DivergedError | None = None
    try:
        try:
            run.train(choice.device)
        except DeviceError as error:
            if choice.device.type == "cpu":
                raise
            progress.say(f"{error} Going on with the CPU from the first epoch.")
            run.train(torch.device("cpu"))
    except KeyboardInterrupt:
        status = INTERRUPTED
    except DivergedError as error:
        failure = error
    progress.clear()
    if run.best is not None:
        if status == INTERRUPTED:
            progress.say(f"Stopped; the network is that of epoch {run.best.epoch}.")
        _finish(run.best.weights, data, held_out, settings, chosen, progress)
    elif status == INTERRUPTED:
        progress.say("Stopped before the first epoch was over; there is no network to keep.")
    if failure is not None:
        raise failure
    return status


class _Run:
    """Trains and remembers the last whole epoch, whatever ends the training."""

    def __init__(
        self,
        data: TrainingData,
        settings: TrainingSettings,
        progress: Progress,
        threads: ThreadChooser | None,
    ) -> None:
        self.best: EpochCompleted | None = None
        self._data = data
        self._settings = settings
        self._progress = progress
        self._threads = threads

    def train(self, device: torch.device) -> None:
        self.best = None
        began = time.monotonic()
        examples = 0
        data = self._data
        for result in fit(
            data.training,
            data.validation,
            self._settings,
            data.standardisation,
            device,
            threads=self._threads,
        ):
            elapsed = time.monotonic() - began
            if isinstance(result, EpochCompleted):
                self.best = result
                self._progress.say(
                    f"Epoch {result.epoch} of {result.epochs}: loss {result.training_loss:.4f}, "
                    f"training {100 * result.training_accuracy:.2f} %, "
                    f"validation {100 * result.validation_accuracy:.2f} %, {duration(elapsed)}"
                )
                continue
            examples += result.examples
            done = result.first_step + len(result.losses)
            share = done / result.total_steps
            threads = f"{result.threads} thread{'s' * (result.threads > 1)}, " if device.type == "cpu" else ""
            self._progress.show(
                share,
                f"loss {result.losses[-1]:.4f}, {examples / elapsed:,.0f} digits/s, {threads}"
                f"{duration(elapsed / share * (1 - share))} left",
            )


def _check_output(path: Path) -> None:
    """Say before the training, not after it, that its result could not be written.

    Raises:
        ModelFileError: The folder is missing or read-only, or the name is no file's.
    """
    if path.suffix != SUFFIX:
        raise ModelFileError(f"A network's file must end in {SUFFIX}; {path.name} does not.")
    if path.is_dir():
        raise ModelFileError(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise ModelFileError(f"There is no folder {path.parent} to keep the network in: make it first.")
    if not os.access(path.parent, os.W_OK):
        raise ModelFileError(f"The folder {path.parent} cannot be written to: choose another one.")


def _load(chosen: argparse.Namespace, progress: Progress) -> tuple[TrainingData, Digits | None]:
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
    parts = [
        load_training_data(kind, folder, lambda share: progress.show(share, "making digits"))
        for kind in kinds
    ]
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
    standardisation = Standardisation.of(training)
    return TrainingData(training, validation, test, standardisation, "; ".join(attributions)), held_out


def _joined(sets: list[Digits]) -> Digits:
    together = sets[0]
    for digits in sets[1:]:
        together = together.joined(digits)
    return together


def _download(folder: Path, progress: Progress) -> None:
    from engine.data.mnist_download import download_mnist
    from engine.data.mnist_files import has_all_files

    if has_all_files(folder):
        return
    never: Callable[[], bool] = lambda: False  # noqa: E731  (Ctrl+C interrupts by itself)
    download_mnist(folder, lambda done, whole: progress.show(done / whole, "downloading MNIST"), never)
    progress.clear()


def _finish(
    weights: Weights,
    data: TrainingData,
    held_out: Digits | None,
    settings: TrainingSettings,
    chosen: argparse.Namespace,
    progress: Progress,
) -> None:
    """Measure, print, and keep."""
    architecture = architecture_of(settings)
    model = finish_model(data, settings, architecture, weights, name=chosen.name)
    if chosen.output is not None:  # before the figures are printed, which may fail on a closed pipe
        save_model(model, chosen.output)
        progress.say(f"Kept as {chosen.output} ({chosen.output.stat().st_size:,} bytes).")
    judgement = judge(
        model.provenance.validation_accuracy,
        chance=chance_of(data.validation.labels),
        digits=len(data.validation),
    )
    if judgement.verdict is Verdict.LEARNED_NOTHING:
        rate = number_text(smaller_rate(settings))
        progress.say(f"The network {judgement.reason}. Try a smaller rate, such as --learning-rate {rate}.")
    print(describe("Validation set", measure(model, data.validation), len(data.validation)))
    if data.test is not None:
        print(describe("MNIST test set", measure(model, data.test), len(data.test)))
    if held_out is not None and not chosen.pen_validation:
        print(describe("Pen digits of held-out writers", measure(model, held_out), len(held_out)))
