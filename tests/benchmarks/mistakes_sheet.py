"""A sheet of the digits that a network misreads: what they are called, and what was read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.data.digits import Digits
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model
from engine.nn.network import Network

_CELL, _WORDS, _COLUMNS, _PICTURE = 104, 32, 10, 84


def save_mistakes(model: Model, digits: Digits, path: Path) -> None:
    """Paint them, the surest first, into one picture file."""
    network = Network.from_weights(model.architecture, model.weights)
    predictions = predictions_of(network, digits, model.standardisation)
    wrong = [place for place in predictions.highest_losses(len(digits)) if not predictions.is_right[place]]
    rows = max(1, -(-len(wrong) // _COLUMNS))
    sheet = Image.new("L", (_COLUMNS * _CELL, rows * (_PICTURE + _WORDS)), 255)
    painter = ImageDraw.Draw(sheet)
    for number, place in enumerate(wrong):
        row, column = divmod(number, _COLUMNS)
        left, top = column * _CELL, row * (_PICTURE + _WORDS)
        paper = 255 - digits.images[place].view(28, 28).numpy()
        sheet.paste(
            Image.fromarray(paper.astype(np.uint8)).resize((_PICTURE, _PICTURE)), (left, top + _WORDS)
        )
        answer, share = int(predictions.read[place]), float(predictions.confidences[place])
        painter.text((left + 4, top + 2), f"called {int(digits.labels[place])},", fill=0)
        painter.text((left + 4, top + 14), f"read {answer}, {share:.0%}", fill=0)
    sheet.save(path)
