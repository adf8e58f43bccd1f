"""Run: a training from its data to a model; the one way to run it, for the window and the command line.

Which weights come of a run is decided here and nowhere else: always the last good ones.

- A run that takes all its steps ends with the weights of its last epoch, their running average if asked for.
- One that is stopped ends after the step under way, with the weights as they are then and their figures.
- One whose loss diverges, or whose CPU runs out of memory, ends with the last weights that were all finite.
- One whose accelerator fails starts again on the CPU, from the first step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import torch

from engine.data.sources import TrainingData
from engine.errors import DeviceError, DivergedError, ScratchpadError
from engine.evaluation.calibration import fit_temperature
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model, Provenance
from engine.nn.network import Architecture, Network, Weights
from engine.settings import TrainingSettings
from engine.training import device as devices
from engine.training import fit as fitting
from engine.training.device import DeviceChoice
from engine.training.fit import EpochCompleted, Result
from engine.training.learner import architecture_of
from engine.training.replacement import Judgement, chance_of, judge
from engine.training.run_events import (
    UNEXPECTED,
    NoRecording,
    Recording,
    RunDescription,
    RunMessage,
    RunOutcome,
    RunStarted,
)
from engine.training.run_states import FAILED, FINISHED, INTERRUPTED, STOPPED
from engine.training.thread_tuning import ThreadChooser

RunEvent = RunStarted | Result | RunMessage | RunOutcome


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to train, and how it may be stopped.

    Attributes:
        data: To learn from and to measure on.
        settings: How to train.
        device: ``auto``, ``cuda``, ``mps`` or ``cpu``.
        in_use: The model that the new one is compared with, or None.
        name: Of the new model; empty for one made of its data and figures.
        threads: Chooses the number of CPU threads on the way; None to leave it alone.
        is_stopped: Asked after every few steps whether to end early.
        is_closing: Asked then whether that is because the program ends: what was learned is unfinished.
    """

    data: TrainingData
    settings: TrainingSettings
    device: str = "auto"
    in_use: Model | None = None
    name: str = ""
    threads: ThreadChooser | None = None
    is_stopped: Callable[[], bool] = lambda: False
    is_closing: Callable[[], bool] = lambda: False


@dataclass(slots=True)
class _Training:
    """What a training on one device left behind."""

    state: str = FINISHED
    steps: int = 0
    weights: Weights | None = None
    error: ScratchpadError | None = None


def run_training(request: RunRequest, recording: Recording | None = None) -> Iterator[RunEvent]:
    """Train, measure what came of it, and judge it. See the module for which weights that is.

    Args:
        request: What to train.
        recording: Records the run as it goes on; however it ends, its end is recorded, too.

    Yields:
        `RunStarted`; then what `engine.training.fit.fit` yields; where an accelerator failed, a `RunMessage`
        and both once more; at last one `RunOutcome`.

    Raises:
        SettingsError: Settings or data make no sense.
        DeviceError: The CPU failed before there were any weights to keep.
    """
    recording = NoRecording() if recording is None else recording
    try:
        yield from _run(request, recording)
    except ScratchpadError as error:
        recording.end(FAILED, message=str(error))
        raise
    except Exception:
        recording.end(FAILED, message=UNEXPECTED)
        raise
    finally:  # whoever ran it may have turned away: then it is not yet ended
        recording.end(INTERRUPTED)


def _run(request: RunRequest, recording: Recording) -> Iterator[RunEvent]:
    data, settings = request.data, request.settings
    choice = devices.choose_device(request.device)
    training, messages = _Training(), []
    failure = ""
    try:
        yield from _train(request, choice, recording, training)
    except DeviceError as error:
        if choice.device.type == "cpu":
            raise
        failure = str(error)
    if failure:
        recording.end(FAILED, message=failure)
        messages.append(f"{failure} The CPU took over from the first step.")
        yield RunMessage(messages[-1])
        choice, training = devices.choose_device("cpu"), _Training()
        yield from _train(request, choice, recording, training)
    if training.error is not None:
        messages.append(str(training.error))
    message = " ".join(messages)
    model: Model | None = None
    judgement: Judgement | None = None
    if training.weights is not None:
        model = finish_model(
            data,
            settings,
            architecture_of(settings, data.training.classes),
            training.weights,
            choice.device,
            request.name,
        )
        judgement = _judge(model, request.in_use, data, training.state == INTERRUPTED)
    recording.end(training.state, model, message)
    if model is not None and recording.name:
        model = replace(model, name=recording.name)
    yield RunOutcome(training.state, training.steps, model, judgement, message, training.error)


def _train(
    request: RunRequest, choice: DeviceChoice, recording: Recording, training: _Training
) -> Iterator[RunEvent]:
    """Train on one device and leave in `training` what came of it.

    Raises:
        DeviceError: The device failed, if it is no CPU or nothing was learned before.
    """
    data, settings = request.data, request.settings
    steps = -(-len(data.training) // settings.batch_size) * settings.epochs
    started = _started(data, settings, steps, choice)
    recording.begin(
        RunDescription(
            started.title,
            data.training.name,
            settings,
            started.architecture,
            data.standardisation,
            steps,
            choice.name,
            data.attribution,
            data.training.classes,
        )
    )
    yield started
    try:
        for result in fitting.fit(
            data.training,
            data.validation,
            settings,
            data.standardisation,
            choice.device,
            threads=request.threads,
            is_stopped=request.is_stopped,
        ):
            training.weights = result.weights
            recording.add(result)
            if not isinstance(result, EpochCompleted):
                training.steps = result.first_step + len(result.losses)
            yield result
            # Only here: a run ends with the figures of the weights that come of it.
            if isinstance(result, EpochCompleted) and request.is_stopped() and result.step < steps:
                training.state = INTERRUPTED if request.is_closing() else STOPPED
                break
    except (DivergedError, DeviceError) as error:
        is_lost = choice.device.type != "cpu" or training.weights is None
        if isinstance(error, DeviceError) and is_lost:
            raise
        training.state, training.error = FAILED, _without_frames(error)


def _without_frames(error: ScratchpadError) -> ScratchpadError:
    """The error without what led to it, which would hold the training's memory for as long as it is kept."""
    for each in (error, error.__cause__, error.__context__):
        if each is not None:
            each.__traceback__ = None
    return error


def _started(data: TrainingData, settings: TrainingSettings, steps: int, choice: DeviceChoice) -> RunStarted:
    architecture = architecture_of(settings, data.training.classes)
    return RunStarted(
        architecture,
        data.standardisation,
        f"{data.training.name} {architecture.describe()} · level {settings.level}",
        settings.level,
        (data.training.name, replace(settings, level=1)),
        steps,
        settings.epochs,
        choice.name,
        choice.reason,
        data.training.classes,
    )


def _judge(model: Model, in_use: Model | None, data: TrainingData, is_interrupted: bool) -> Judgement:
    """Compare a new model with the one in use, on the same validation digits, if that knows their classes."""
    former = None
    if in_use is not None and in_use.classes == data.validation.classes:
        network = Network.from_weights(in_use.architecture, in_use.weights)
        former = predictions_of(network, data.validation, in_use.standardisation).accuracy
    return judge(
        model.provenance.validation_accuracy,
        former,
        chance_of(data.validation.labels),
        len(data.validation),
        is_interrupted,
    )


def finish_model(
    data: TrainingData,
    settings: TrainingSettings,
    architecture: Architecture,
    weights: Weights,
    device: torch.device | str = "cpu",
    name: str = "",
) -> Model:
    """Measure trained weights, fit their temperature on the validation set, and make a model of them.

    It is the one place where a run touches the test set.
    """
    network = Network.from_weights(architecture, weights, device)

    validated = predictions_of(network, data.validation, data.standardisation)
    validation_accuracy = validated.accuracy
    test_accuracy = None
    if data.test is not None:
        test_accuracy = predictions_of(network, data.test, data.standardisation).accuracy
    figure = validation_accuracy if test_accuracy is None else test_accuracy
    title = f"{data.training.name} {architecture.describe()}, {100 * figure:.1f} %"
    return Model(
        name=name or " · ".join((title, *settings.differences())),
        architecture=architecture,
        weights=weights,
        standardisation=data.standardisation,
        provenance=Provenance(
            data=data.training.name,
            validation_accuracy=validation_accuracy,
            test_accuracy=test_accuracy,
            seed=settings.seed,
            attribution=data.attribution,
        ),
        temperature=fit_temperature(validated),
        classes=data.training.classes,
    )
