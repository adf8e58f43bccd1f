"""Stand-ins for what the Network page follows: a pad that is drawn on, and weights that change."""

import numpy as np
import torch
from PySide6.QtCore import QObject, Signal

from desktop.lesson.network_picture.controller import NetworkController
from desktop.lesson.shown_network import READING, ShownNetwork
from engine.data.digits import Standardisation
from engine.data.handwriting.synthetic_digits import random_ink
from engine.models.classifier import Reading
from engine.nn import network as networks
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import normalise_ink

STANDARDISATION = Standardisation(0.13, 0.31)


class Network(QObject):
    """In the place of `ShownWeights`: a network with random weights that a test may change."""

    changed = Signal()
    choices_changed = Signal()
    source = READING

    def __init__(self, sizes=(784, 30, 20, 10), activation="relu", title="A network of the test"):
        super().__init__()
        self.network = None
        self.use(sizes, activation, title)

    def has(self, source):
        """This one alone."""
        return source == self.source

    def choose(self, source):
        """There is no other."""

    def use(self, sizes, activation="relu", title="A network of the test", seed=1):
        """Look into another one."""
        architecture = networks.Architecture(sizes, activation)
        weights = networks.Network(architecture, seed=seed).snapshot()
        self.network = ShownNetwork(architecture, weights, STANDARDISATION, title)
        self.changed.emit()

    def learn(self, factor=1.5):
        """Other weights, as a training brings them."""
        shown = self.network
        weights = {name: factor * each for name, each in shown.weights.items()}
        self.network = ShownNetwork(shown.architecture, weights, shown.standardisation, shown.title)
        self.changed.emit()

    def diverge(self):
        """Weights that are no numbers any more."""
        self.learn(float("nan"))

    def forget(self):
        """No network yet."""
        self.network = None
        self.changed.emit()


class Drawn(QObject):
    """In the place of the reader: a digit on the pad."""

    reading_completed = Signal(object)
    reading_cleared = Signal()

    def __init__(self):
        super().__init__()
        self.last_reading = None

    def write(self, digit, share=1.0, seed=3):
        """Write a part of a digit, as far as a pen has come by then."""
        ink = random_ink(digit, seed)
        points = sum(len(stroke) for stroke in ink.strokes)
        left, strokes = max(2, round(share * points)), []
        for stroke in ink.strokes:
            strokes.append(stroke[:left])
            left -= len(strokes[-1])
            if left <= 0:
                break
        self.read(normalise_ink(Ink(tuple(strokes))))

    def read(self, vector):
        """Read (784,) float32; what it is read as is none of the page's business."""
        image = np.asarray(vector, np.float32).reshape(28, 28)
        self.last_reading = Reading((0.0,) * 10, (0.1,) * 10, image)
        self.reading_completed.emit(self.last_reading)

    def clear(self):
        """Empty the pad."""
        self.last_reading = None
        self.reading_cleared.emit()


def make_controller(network=None, drawn=None) -> NetworkController:
    """With stand-ins, which live as long as its page."""
    network, drawn = network or Network(), drawn or Drawn()
    controller = NetworkController(network, drawn)
    for each in (network, drawn):
        each.setParent(controller.page)
    return controller


def expected_outputs(network: ShownNetwork, vector) -> list[torch.Tensor]:
    """What comes out of each layer behind its activation, computed by the network's own layers."""
    layers = networks.Network.from_weights(network.architecture, network.weights).layers
    values = network.standardisation(torch.from_numpy(np.asarray(vector, np.float32))[None])
    outputs = []
    for layer in layers:
        values = layer(values)
        outputs.append(values[0].detach())
    return outputs[1::2] + outputs[-1:] if len(layers) > 1 else outputs
