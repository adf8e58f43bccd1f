"""The table at the end of a search, and what came of it in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from engine.search.events import SearchEnded, TrialCompleted
from engine.search.objective import ACCURACY, OBJECTIVES
from engine.search.plan import SearchPlan
from engine.search.space import Value, value_text, words
from engine.training.run_states import FINISHED

_ROWS = 10


def table(ended: SearchEnded, plan: SearchPlan, rows: int = _ROWS) -> list[str]:
    """The best trials, a line each, under a line of titles; empty without trials."""
    shown = ended.trials[:rows]
    if not shown:
        return []
    varied = [name for name in plan.space.dimensions if name in plan.space.varied]
    titles = ["trial", "accuracy", "loss", *map(words, varied), "seed", "epochs", "seconds", "state"]
    lines = [titles, *(_cells(each, varied) for each in shown)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    written = ["  ".join(map(str.rjust, line, widths)).rstrip() for line in lines]
    left = len(ended.trials) - len(shown)
    return [*written, f"... and {left:,} more"] if left else written


def conclusion(ended: SearchEnded, plan: SearchPlan) -> list[str]:
    """Which trial is the best, on which set it was chosen, and what the test set says."""
    best = ended.best
    if best is None or ended.point_score is None:
        return ["No training succeeded."]
    settings = values_text({name: best.values[name] for name in plan.space.varied if name in best.values})
    lines = [
        f"Best by {OBJECTIVES[plan.objective]}: trial {best.trial.number}"
        + (f", {settings}" * bool(settings))
    ]
    if ended.point_spread is not None:
        lines.append(
            f"Mean of its {len(plan.space.seeds)} seeds: {_score(ended.point_score, plan)}, "
            f"standard deviation {_score(ended.point_spread, plan)}"
        )
    validation, test = ended.validation_accuracy, ended.test_accuracy
    if validation is not None:
        lines.append(f"Validation set: {100 * validation:.2f} %, chosen as the best of {len(ended.trials):,}")
        if test is not None:
            cost = ended.choosing_cost
            points = "" if cost is None else f" ({100 * cost:+.2f} points)"
            lines.append(f"MNIST’s test set, read once: {100 * test:.2f} %{points}")
    return lines


def values_text(values: Mapping[str, Value]) -> str:
    """Values with their names: ``learning rate 0.05, hidden 100 50``."""
    return ", ".join(f"{words(name)} {value_text(value)}" for name, value in values.items())


def _score(number: float, plan: SearchPlan) -> str:
    return f"{100 * number:.2f} %" if plan.objective == ACCURACY else f"{number:.4f}"


def _cells(each: TrialCompleted, varied: list[str]) -> list[str]:
    last = each.figures[-1] if each.figures else None
    return [
        str(each.trial.number),
        "" if last is None else f"{100 * last.validation_accuracy:.2f} %",
        "" if last is None else f"{last.validation_loss:.4f}",
        *(value_text(each.values[name]) for name in varied),
        str(each.trial.settings.seed),
        str(len(each.figures)),
        f"{each.seconds:.1f}",
        "" if each.state == FINISHED else each.state,
    ]
