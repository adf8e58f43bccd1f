"""Experiment: points and models, everything that is needed to see the same picture again."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.boundaries.model_settings import TREE, ModelSettings
from engine.errors import SettingsError
from engine.plane.patterns import make_points
from engine.plane.points import Points

MOST_TEST_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class PatternSettings:
    """How points are made.

    Attributes:
        pattern: A name in `engine.plane.patterns.PATTERNS`.
        count: Points.
        classes: Their classes.
        noise: Standard deviation of what is added to x and y.
        seed: Of all that is left to chance.
    """

    pattern: str = "colours"
    count: int = 400
    classes: int = 4
    noise: float = 0.3
    seed: int = 1

    def make(self) -> Points:
        """The points.

        Raises:
            SettingsError: The settings make no sense; names the field.
        """
        return make_points(self.pattern, self.count, self.classes, self.noise, self.seed)


@dataclass(frozen=True, slots=True, eq=False)
class Experiment:
    """What is in the picture.

    Attributes:
        pattern: How the points were made, or would be.
        points: Where they were painted or opened; None where they are as the pattern makes them.
        names: What the classes are called, by label; none where they have only numbers.
        test_share: Share of the points that is kept back to test on, 0 to 0.9.
        split_seed: Which ones those are.
        models: One, or two to compare.
    """

    pattern: PatternSettings = field(default_factory=PatternSettings)
    points: Points | None = None
    names: tuple[str, ...] = ()
    test_share: float = 0.3
    split_seed: int = 1
    models: tuple[ModelSettings, ...] = (ModelSettings(kind=TREE),)

    def check(self) -> None:
        """Do nothing if it makes sense.

        Raises:
            SettingsError: It does not; names the field at fault.
        """
        if not 0 <= self.test_share <= MOST_TEST_SHARE:
            raise SettingsError("test_share", f"Keep back 0 to {100 * MOST_TEST_SHARE:.0f} % to test on.")
        if self.split_seed < 0:
            raise SettingsError("split_seed", "The seed must be a whole number, 0 or more.")
        if not 1 <= len(self.models) <= 2:
            raise SettingsError("models", "There must be one model, or two.")
        for model in self.models:
            model.check()

    def all_points(self) -> Points:
        """The points, made if they are those of the pattern.

        Raises:
            SettingsError: The pattern's settings make no sense.
        """
        return self.pattern.make() if self.points is None else self.points
