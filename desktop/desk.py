"""Desk: the parts of the window that side views work with."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.pad.canvas import Canvas
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.reading.panel import PredictionPanel
from desktop.services.collection import Collection
from desktop.services.networks import Networks
from desktop.services.settings import Settings
from desktop.services.store_service import StoreService
from desktop.training.controller import TrainingController
from desktop.training.panel import TrainingPanel


@dataclass(frozen=True, slots=True)
class Desk:
    """Each side view takes from it what it needs.

    Attributes:
        canvas: The pad.
        prediction: The reading beside it.
        training: The training panel.
        reader: Reads what is on the pad.
        networks: The network in use, and those that were.
        controller: Trains.
        store_service: Runs and drawings that are kept.
        collection: The labelled drawings among them.
        labeller: Labels what is on the pad.
        settings: What is remembered.
    """

    canvas: Canvas
    prediction: PredictionPanel
    training: TrainingPanel
    reader: LiveReader
    networks: Networks
    training_controller: TrainingController
    store_service: StoreService
    collection: Collection
    labeller: Labeller
    settings: Settings
