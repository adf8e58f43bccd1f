"""Search form: what to try of each setting, and how."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.search.form_texts import FIRST_TEXTS, SPOKEN_NAMES, TIPS
from desktop.training.field_fault import FieldFault
from desktop.widgets.fields.field_widgets import FieldGrid, choice_box
from desktop.widgets.zoom.lengths import scaled
from engine.errors import NumberError, SettingsError
from engine.number_text import parse_whole
from engine.search.objective import OBJECTIVES
from engine.search.plan import SearchPlan
from engine.search.samplers import GRID, LEARNING, RANDOM
from engine.search.space import MOST_TRIALS, Space, value_text
from engine.search.space_text import dimension_text, parse_space
from engine.settings import TrainingSettings

_SAMPLERS = ((GRID, "Grid: all of them"), (RANDOM, "Random"), (LEARNING, "Learning (Optuna)"))
_ROWS = (
    ("Hidden · activation", "hidden", "activation"),
    ("Peak rate · epochs", "learning_rate", "epochs"),
    ("Batch · momentum", "batch_size", "momentum"),
    ("Optimiser · schedule", "optimiser", "schedule"),
    ("Decay · warps", "weight_decay", "warps"),
)
# More of them would have too many copies of everything in memory.
_MOST_USUAL_JOBS = 4


class SearchForm(QWidget):
    """A field that is left empty has the value of the training panel.

    Attributes:
        fields: Of the settings, by their names.
        first_texts: What stands there before anybody has written, as `texts`.

    Signals:
        edited: Something was changed; `plan` may raise now.
    """

    edited = Signal()

    def __init__(self, cores: int = 1, parent: QWidget | None = None) -> None:
        """Fill in what to begin with, for a computer with so many cores."""
        super().__init__(parent)
        self._base = TrainingSettings()
        self.fields = {name: QLineEdit() for row in _ROWS for name in row[1:]}
        self.fields["seed"] = QLineEdit()
        self.sampler = choice_box(_SAMPLERS)
        self.trials = QLineEdit()
        self._written = {**self.fields, "trials": self.trials}
        self.objective = choice_box(
            [(name, text[:1].upper() + text[1:]) for name, text in OBJECTIVES.items()]
        )
        self.halving = QCheckBox("Stop poor ones early")
        self.jobs = choice_box(
            [
                (1, "In a process of its own"),
                *((count, f"In {count} processes") for count in range(2, cores + 1)),
                (0, "In this program"),
            ]
        )
        self.jobs.setCurrentIndex(self.jobs.findData(usual_jobs(cores)))
        self._choices = {"sampler": self.sampler, "objective": self.objective, "jobs": self.jobs}
        named: dict[str, QWidget] = {**self._written, **self._choices}
        self.fault_line = FieldFault(named, self)
        self._lay_out(named)
        for field in self._written.values():
            field.textEdited.connect(self._on_edited)
            field.editingFinished.connect(self._on_editing_finished)
        for choice in self._choices.values():
            choice.currentIndexChanged.connect(self._on_edited)
        self.halving.toggled.connect(self._on_edited)
        self.set_base(self._base)
        self.first_texts = {**self.texts(), **FIRST_TEXTS}
        self.set_texts(self.first_texts)

    def _lay_out(self, named: dict[str, QWidget]) -> None:
        grid = FieldGrid()
        for title, first, second in _ROWS:
            grid.add_row(title, self.fields[first], self.fields[second])
        grid.add_row("Seeds · where", self.fields["seed"], self.jobs)
        grid.add_row("Try · at most", self.sampler, self.trials)
        grid.add_row("Choose by", self.objective, self.halving)
        for name, field in named.items():
            field.setAccessibleName(SPOKEN_NAMES[name])
            field.setToolTip(TIPS[name])
        self.halving.setToolTip(TIPS["halving"])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addLayout(grid)
        column.addWidget(self.fault_line)

    @property
    def fault(self) -> str:
        """What is said to be wrong; empty if nothing is."""
        return "" if self.fault_line.isHidden() else self.fault_line.text()

    @property
    def job_count(self) -> int:
        """Processes that train; 0 to train in this one."""
        return int(self.jobs.currentData())

    def texts(self) -> dict[str, str]:
        """What stands in each field, and what is chosen, by name."""
        return {
            **{name: field.text() for name, field in self._written.items()},
            **{name: str(choice.currentData()) for name, choice in self._choices.items()},
            "halving": str(self.halving.isChecked()).lower(),
        }

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Fill in what `texts` gave; what makes no sense here is what stands there first."""
        for name, field in self._written.items():
            field.setText(texts[name] if _makes_sense(name, texts[name]) else self.first_texts[name])
        for name, choice in self._choices.items():
            offered = [str(choice.itemData(place)) for place in range(choice.count())]
            wanted = texts[name] if texts[name] in offered else self.first_texts[name]
            choice.setCurrentIndex(offered.index(wanted))
        self.halving.setChecked(texts["halving"] == "true")
        self._on_edited()

    def set_base(self, base: TrainingSettings) -> None:
        """The training panel has these; empty fields stand for them."""
        self._base = base
        for name, field in self.fields.items():
            field.setPlaceholderText(f"{value_text(getattr(base, name))} (as in training)")

    def plan(self) -> SearchPlan:
        """What the fields say.

        Raises:
            SettingsError: A field makes no sense.
        """
        written = {name: text for name, field in self.fields.items() if (text := field.text().strip())}
        if "seed" not in written:
            written["seed"] = str(self._base.seed)
        plan = SearchPlan(
            parse_space(written, self._base),
            str(self.sampler.currentData()),
            self._trials(),
            halving=self.halving.isChecked(),
            objective=str(self.objective.currentData()),
        )
        plan.check()
        return plan

    def show_plan(self, plan: SearchPlan) -> None:
        """Fill the fields with what another search did."""
        space = plan.space
        for name, field in self.fields.items():
            dimension = space.dimensions.get(name)
            field.setText("" if dimension is None else dimension_text(dimension, name))
        self.fields["seed"].setText(_seeds_text(space))
        self.sampler.setCurrentIndex(self.sampler.findData(plan.sampler))
        self.objective.setCurrentIndex(self.objective.findData(plan.objective))
        self.trials.setText("" if plan.trials is None else str(plan.trials))
        self.halving.setChecked(plan.halving)
        self._on_edited()

    def show_fault(self, error: SettingsError, moves_focus: bool = True) -> None:
        """Say what is wrong, and mark the field."""
        self.fault_line.show_fault(error, moves_focus)

    def clear_fault(self) -> None:
        """Nothing is wrong any more."""
        self.fault_line.clear_fault()

    def _trials(self) -> int | None:
        text = self.trials.text().strip()
        if not text:
            return None
        try:
            return parse_whole(text)
        except NumberError as error:
            raise SettingsError("trials", f"For the number of trainings: {error}") from error

    def _show_trials_hint(self) -> None:
        is_grid = self.sampler.currentData() == GRID
        self.trials.setPlaceholderText("all" if is_grid else "50")

    def _on_edited(self) -> None:
        self.clear_fault()
        self._show_trials_hint()
        self.edited.emit()

    def _on_editing_finished(self) -> None:
        """Say what is wrong as soon as a field is left, without going back there."""
        try:
            self.plan()
        except SettingsError as error:
            self.show_fault(error, moves_focus=False)


def usual_jobs(cores: int) -> int:
    """Processes where nobody chose: a core is left for the pad, and a process of its own for the window.

    Trained in this one, networks share the interpreter with the window: pictures that took 35 ms to draw then
    held the pad for 100 to 200 ms.
    """
    return max(1, min(cores - 1, _MOST_USUAL_JOBS))


def _makes_sense(name: str, text: str) -> bool:
    """Whether a text can stand in a field, whatever stands in the others."""
    try:
        if name == "trials":
            return not text.strip() or 1 <= parse_whole(text.strip()) <= MOST_TRIALS
        if text.strip():
            parse_space({name: text}).check()
    except (NumberError, SettingsError):
        return False
    return True


def _seeds_text(space: Space) -> str:
    seeds = space.seeds
    if len(seeds) > 2 and seeds == tuple(range(seeds[0], seeds[-1] + 1)):
        return f"{seeds[0]}..{seeds[-1]}"
    return " ".join(map(str, seeds))
