"""Start weights: where the Step and Rate pages begin, unless they begin with fresh weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import SettingsError
from engine.settings import TrainingSettings

if TYPE_CHECKING:
    from desktop.lesson.shown_network import ShownNetwork
    from desktop.training.training_job import TrainingJob
    from engine.data.digits import Standardisation
    from engine.nn.network import Weights


@dataclass(frozen=True, slots=True, eq=False)
class StartWeights:
    """Weights to go on from; they are copied, never changed.

    Attributes:
        weights: Of the job's network.
        standardisation: Of its inputs.
        title: What to call the network they come from.
    """

    weights: Weights
    standardisation: Standardisation
    title: str

    def __eq__(self, other: object) -> bool:
        """Whether they are the very same weights: nobody changes them, so numbers need not be compared."""
        return isinstance(other, StartWeights) and self.weights is other.weights

    def __hash__(self) -> int:
        return id(self.weights)


def job_from(
    job: TrainingJob, network: ShownNetwork | None, title: str
) -> tuple[TrainingJob, StartWeights | None]:
    """A training that goes on from a network, in place of the one that the panel describes.

    Args:
        job: What the panel asks for.
        network: To go on from; None for fresh weights of the job's own network.
        title: What to call it: ``the network in use``.

    Raises:
        SettingsError: The network is one that cannot be trained here.
    """
    if network is None:
        return job, None
    architecture = network.architecture
    settings = replace(job.settings, hidden=architecture.sizes[1:-1], activation=architecture.activation)
    try:
        TrainingSettings(hidden=settings.hidden, activation=settings.activation).check()
    except SettingsError as error:
        raise SettingsError(
            error.field, f"Steps cannot start from {title}: choose fresh weights. {error}"
        ) from error
    start = StartWeights(network.weights, network.standardisation, title)
    return replace(job, settings=settings), start
