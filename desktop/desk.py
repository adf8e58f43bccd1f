"""Desk: the parts of the window that guests work with."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.canvas import Canvas
from desktop.collection import Collection
from desktop.keeping import Keeping
from desktop.labelling import Labeller
from desktop.live_reader import LiveReader
from desktop.networks import Networks
from desktop.prediction_panel import PredictionPanel
from desktop.settings import Settings
from desktop.training_panel import TrainingPanel
from desktop.training_session import TrainingSession


@dataclass(frozen=True, slots=True)
class Desk:
    """Each guest takes from it what it needs.

    Attributes:
        canvas: The pad.
        prediction: The reading beside it.
        training: The training panel.
        reader: Reads what is on the pad.
        networks: The network in use, and those that were.
        session: Trains.
        keeping: Runs and drawings that are kept.
        collection: The labelled drawings among them.
        labeller: Labels what is on the pad.
        settings: What is remembered.
    """

    canvas: Canvas
    prediction: PredictionPanel
    training: TrainingPanel
    reader: LiveReader
    networks: Networks
    session: TrainingSession
    keeping: Keeping
    collection: Collection
    labeller: Labeller
    settings: Settings
