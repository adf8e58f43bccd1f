"""A training run from its data to a model: what the window and the command line have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.data.digits import Digits, Standardisation
from engine.errors import DataError
from engine.evaluation.calibration import fit_temperature
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model, Provenance
from engine.nn.network import Architecture, Network, Weights
from engine.settings import TrainingSettings

MNIST = "mnist"
HANDWRITING = "handwriting"

HANDWRITING_COUNT = 30_000
_HANDWRITING_SEED = 1
_HANDWRITING_HELD_OUT = 3_000
_SPLIT_SEED = 0

MNIST_ATTRIBUTION = "MNIST: Y. LeCun, C. Cortes, C. Burges"


@dataclass(frozen=True, slots=True)
class TrainingData:
    """The sets of one run.

    Attributes:
        training: To learn from.
        validation: To measure each epoch on.
        test: Touched only for final figures; None where there is none.
        standardisation: Of the training set.
        attribution: Whom to name; empty for the program's own handwriting.
    """

    training: Digits
    validation: Digits
    test: Digits | None
    standardisation: Standardisation
    attribution: str = ""


def kind_of(name: str) -> str:
    """The kind of the data of that name, `MNIST` or `HANDWRITING`; empty if they are of another kind."""
    from engine.data.synthetic_digits import NAME

    return {"MNIST": MNIST, NAME: HANDWRITING}.get(name, "")


def load_training_data(
    kind: str,
    mnist_folder: Path,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> TrainingData:
    """Load or make the sets of a run.

    Args:
        kind: `MNIST` or `HANDWRITING`.
        mnist_folder: Where MNIST is looked for; only its test set is read for `HANDWRITING`, if it is there.
        on_progress: Told the share done, 0 to 1.
        is_cancelled: Asked now and then whether to give up.

    Raises:
        DataError: The data are missing or damaged.
    """
    from engine.data.digit_data import load_mnist_test, load_mnist_training

    if kind == MNIST:
        training, validation = load_mnist_training(mnist_folder)
        return TrainingData(
            training,
            validation,
            load_mnist_test(mnist_folder),
            Standardisation.of(training),
            MNIST_ATTRIBUTION,
        )
    from engine.data.synthetic_digits import make_handwriting

    made = make_handwriting(HANDWRITING_COUNT, _HANDWRITING_SEED, on_progress, is_cancelled)
    training, validation = made.split(_HANDWRITING_HELD_OUT, _SPLIT_SEED)
    try:
        test = load_mnist_test(mnist_folder)
    except DataError:
        test = None  # an offline machine without MNIST still trains; there is only no figure on real digits
    return TrainingData(training, validation, test, Standardisation.of(training))


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
    )
