"""``python -m resources.shipped_network``: make the network that is shipped, from a clone.

The parts may be run one by one, teachers and students side by side: each leaves a file in the folder that
``--work`` names.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from engine.data.digits import Standardisation
from engine.data.mnist.digit_data import load_mnist_test, load_mnist_training
from engine.data.pen_digits import ATTRIBUTION as PEN_ATTRIBUTION
from engine.data.sources import MNIST_ATTRIBUTION
from engine.errors import ScratchpadError
from engine.models.model import Model, Provenance
from engine.models.model_file import load_model, save_model
from engine.nn.network import Architecture, Network, Weights
from resources.shipped_network.judging import accuracy, digit_probabilities, refusals
from resources.shipped_network.lessons import Lessons, make_lessons
from resources.shipped_network.recipe import CHOSEN, FULL, QUICK, STUDENTS, Recipe
from resources.shipped_network.samples import (
    Samples,
    Writers,
    digits_of,
    load_writers,
    make_samples,
    pictures_of,
)
from resources.shipped_network.student import train_student
from resources.shipped_network.teachers import Teacher, train_teacher

_DATA = "MNIST, pen digits and letters, built-in handwriting"


class Workshop:
    """The parts of the work, each of which finds what the parts before it have left."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.recipe: Recipe = QUICK if chosen.quick else FULL
        self.data: Path = chosen.data
        self.work: Path = chosen.work
        self.device = torch.device(chosen.device)
        self.processes: int = chosen.processes
        self.is_choosing: bool = chosen.choose
        self.output: Path | None = chosen.output
        self._start = time.monotonic()
        self.work.mkdir(parents=True, exist_ok=True)

    def say(self, text: str) -> None:
        """Print a line with the seconds since the start."""
        print(f"{time.monotonic() - self._start:6.1f} s  {text}", flush=True)

    def make_samples(self) -> None:
        """Write all samples."""
        learned, _ = load_writers(self.data, self.is_choosing)
        samples = make_samples(self.data, learned, self.recipe.amounts, self.recipe.seed, self.processes)
        torch.save((samples.images, samples.labels), self.work / "samples.pt")
        counts = torch.bincount(samples.labels).tolist()
        self.say(f"{len(samples):,} samples, {counts[-1]:,} of them no digit")

    def make_teacher(self, number: int) -> None:
        """Train one of the teachers, from 1 on."""
        samples, standardise = self._samples()
        settings = self.recipe.teacher
        teacher = train_teacher(samples, standardise, settings, number, self.device, self.say)
        torch.save(teacher.state_dict(), self.work / f"teacher-{number}.pt")
        _, judges = load_writers(self.data, is_choosing=self.is_choosing)
        if self.is_choosing:
            self._judge(f"teacher {number}", teacher, standardise, judges)

    def make_lessons(self) -> None:
        """Write what students learn from: it takes several gigabytes."""
        samples, standardise = self._samples()
        teachers = [self._teacher(number) for number in range(1, self.recipe.teachers + 1)]
        recipe = self.recipe
        lessons = make_lessons(samples, teachers, standardise, recipe.lessons, recipe.seed, self.device)
        torch.save((lessons.images, lessons.labels, lessons.said), self.work / "lessons.pt")
        self.say(f"{len(lessons):,} lessons")

    def make_student(self, name: str) -> None:
        """Train a student and write it as a model."""
        _, standardise = self._samples()
        read = torch.load(self.work / "lessons.pt", map_location=self.device, weights_only=True)
        lessons, seed = Lessons(*read), self.recipe.seed
        architecture, weights = train_student(
            lessons, standardise, STUDENTS[name], seed, self.device, self.say
        )
        self._keep(name, architecture, weights, standardise)

    def finish(self, name: str) -> None:
        """Train a student once more, and keep a part of the way that this goes."""
        finish = self.recipe.finish
        student = load_model(self.work / f"{name}.safetensors")
        learned, _ = load_writers(self.data, self.is_choosing)
        samples = make_samples(self.data, learned, finish.amounts, finish.sample_seed, self.processes)
        standardise = student.standardisation
        lessons = make_lessons(samples, [], standardise, finish.lessons, finish.lesson_seed, self.device)
        architecture, ends = train_student(
            lessons, standardise, finish.student, self.recipe.seed, self.device, self.say, student.weights
        )
        weights = {key: torch.lerp(start, ends[key], finish.share) for key, start in student.weights.items()}
        model = self._keep(f"{name}-finished", architecture, weights, standardise)
        if self.output is not None:
            save_model(model, self.output)

    def _keep(
        self, name: str, architecture: Architecture, weights: Weights, standardise: Standardisation
    ) -> Model:
        """Write a network to the folder, with its figures; those of the writers left out are printed."""
        network = Network.from_weights(architecture, weights, self.device)
        _, judges = load_writers(self.data, is_choosing=self.is_choosing)
        if self.is_choosing:
            self._judge(name, network, standardise, judges)
        model = self._model(architecture, weights, standardise, network)
        save_model(model, self.work / f"{name}.safetensors")
        return model

    def _model(
        self, architecture: Architecture, weights: Weights, standardise: Standardisation, network: Network
    ) -> Model:
        _, validation = load_mnist_training(self.data)
        figure = accuracy(network, standardise, validation)
        test = accuracy(network, standardise, load_mnist_test(self.data))
        self.say(f"MNIST: {100 * figure:.2f} % of the validation set, {100 * test:.2f} % of the test set")
        about = Provenance(
            data=_DATA,
            validation_accuracy=figure,
            test_accuracy=test,
            seed=self.recipe.seed,
            attribution=f"{MNIST_ATTRIBUTION}; {PEN_ATTRIBUTION}",
        )
        threshold = self.recipe.digit_threshold
        return Model("Shipped network", architecture, weights, standardise, about, digit_threshold=threshold)

    def _judge(
        self,
        name: str,
        network: Network | Teacher,
        standardise: Standardisation,
        judges: Writers,
    ) -> None:
        """Print how writers left out are read, digits and letters."""
        digits = digits_of(judges)
        letters = pictures_of(judges.letters.drawings)
        with torch.no_grad():
            logits = network(standardise(digits.intensities(self.device)))
            losses = torch.nn.functional.cross_entropy(logits, digits.labels.to(self.device))
        right = float((logits.argmax(dim=1).cpu() == digits.labels).double().mean())
        of_digits, of_letters = (
            digit_probabilities(network, standardise, images, self.device)
            for images in (digits.images, letters)
        )
        told = refusals(of_digits, of_letters)
        self.say(
            f"{name}: {100 * right:.2f} % of {len(digits):,} digits (loss {float(losses):.4f}); no digit: "
            f"area {told.area:.4f}, {100 * told.accepted:.1f} % of {len(letters):,} taken for one at "
            f"{told.threshold:.4f}"
        )

    def _samples(self) -> tuple[Samples, Standardisation]:
        images, labels = torch.load(self.work / "samples.pt", weights_only=True)
        mnist, _ = load_mnist_training(self.data)
        return Samples(images, labels), Standardisation.of(mnist)

    def _teacher(self, number: int) -> Teacher:
        teacher = Teacher(self.recipe.teacher.channels)
        teacher.load_state_dict(torch.load(self.work / f"teacher-{number}.pt", weights_only=True))
        teacher.to(self.device).eval()
        return teacher


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m resources.shipped_network", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="has MNIST, pen-digits and pen-letters")
    parser.add_argument("--work", type=Path, required=True, help="folder for what the parts leave")
    parser.add_argument("--output", type=Path, help="where the chosen network goes")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--processes", type=int, default=1, help="that paint strokes")
    parser.add_argument("--choose", action="store_true", help="compare recipes on writers left out")
    parser.add_argument("--quick", action="store_true", help="little of everything, to see that it works")
    parser.add_argument(
        "--part", choices=("samples", "teacher", "lessons", "student", "finish"), help="only this"
    )
    parser.add_argument("--teacher", type=int, default=1, help="number of the teacher to train")
    parser.add_argument("--student", choices=STUDENTS, default=CHOSEN, help="name of the student to train")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Make it; returns the exit code."""
    chosen = parsed(arguments)
    workshop = Workshop(chosen)
    parts: dict[str, Callable[[], None]] = {
        "samples": workshop.make_samples,
        "teacher": lambda: workshop.make_teacher(chosen.teacher),
        "lessons": workshop.make_lessons,
        "student": lambda: workshop.make_student(chosen.student),
        "finish": lambda: workshop.finish(chosen.student),
    }
    try:
        if chosen.part:
            parts[chosen.part]()
        else:
            workshop.make_samples()
            for number in range(1, workshop.recipe.teachers + 1):
                workshop.make_teacher(number)
            workshop.make_lessons()
            for name in [*STUDENTS] if chosen.choose else [CHOSEN]:
                workshop.make_student(name)
                workshop.finish(name)
    except ScratchpadError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
