"""Comparison: the ratios of a run next to the last ones of the same kind of machine, for people to judge."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.ratios.record import Record

WORSE = "← worse"
_LEGEND = (
    f"{WORSE}: even the best round of now was worse than the worst one then. A star: other programs "
    "disturbed the run. Times are never compared, and whatever stands here, nothing fails."
)


def comparison(new: Record, kept: Sequence[Record]) -> str:
    """A table in Markdown, and what it was compared with."""
    last, words = _last(new, kept)
    lines = [f"Now: {_where(new)}.", words]
    if last is None:
        if not new.ratios:
            return "\n".join([*lines, "Nothing was measured."])
        lines += ["", "| ratio | better | now |", "|---|---|---|"]
        lines += [f"| {ratio.name} | {_better(ratio)} | {ratio.cell()} |" for ratio in new.ratios]
        return "\n".join(lines)
    lines += [*_other_versions(new, last), ""]
    lines += ["| ratio | better | last | now | change | |", "|---|---|---|---|---|---|"]
    lines += _rows(new.ratios, last.ratios)
    return "\n".join([*lines, "", _LEGEND])


def _last(new: Record, kept: Sequence[Record]) -> tuple[Record | None, str]:
    """What to compare with, and how to call it; of equally near ones, the latest."""
    if not kept:
        return None, "No ratios are kept yet to compare them with."
    latest_first = sorted(kept, key=lambda each: each.date, reverse=True)
    nearest = min(latest_first, key=lambda each: each.machine.distance(new.machine))
    if nearest.machine.is_same_kind(new.machine):
        return nearest, f"Last: {_where(nearest)}."
    return nearest, (
        f"No ratios are kept for this kind of machine ({new.machine.kind_in_words()}). "
        f"The nearest: {_where(nearest)}."
    )


def _where(record: Record) -> str:
    machine = record.machine
    return f"{record.date}, {machine.processor} ({machine.kind_in_words()}), {record.measured}"


def _other_versions(new: Record, last: Record) -> list[str]:
    names = dict.fromkeys([*last.versions, *new.versions])
    unlike = [
        f"{name} {last.versions.get(name, 'missing')} then, {new.versions.get(name, 'missing')} now"
        for name in names
        if last.versions.get(name) != new.versions.get(name)
    ]
    return [f"Other versions: {'; '.join(unlike)}."] if unlike else []


def _rows(new: Sequence[Ratio], last: Sequence[Ratio]) -> list[str]:
    """In the order of now; what was measured only then comes at the end."""
    before = {ratio.name: ratio for ratio in last}
    rows = []
    for ratio in new:
        other = before.pop(ratio.name, None)
        if other is None:
            cells = ["not measured", ratio.cell(), "", ""]
        else:
            mark = WORSE if ratio.is_clearly_worse_than(other) else ""
            cells = [other.cell(), ratio.cell(), f"{ratio.change_from(other):+.0f} %", mark]
        rows.append(f"| {ratio.name} | {_better(ratio)} | {' | '.join(cells)} |")
    for ratio in before.values():
        rows.append(f"| {ratio.name} | {_better(ratio)} | {ratio.cell()} | not measured | | |")
    return rows


def _better(ratio: Ratio) -> str:
    return "lower" if ratio.is_lower_better else "higher"
