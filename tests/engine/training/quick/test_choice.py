"""Whether quick steps are taken is measured once for each kind of network."""

import json
from dataclasses import replace

import pytest

from engine.nn.network import Architecture
from engine.settings import TrainingSettings
from engine.training.quick import choice
from engine.training.quick.choice import Choices, Kind

SMALL = Architecture((12, 5, 3), "relu")
SETTINGS = TrainingSettings(batch_size=4)


class Machine:
    """Its clock goes on with every step of a contestant."""

    def __init__(self, monkeypatch, quick_s, in_place_s):
        self.now, self.rounds = 0.0, 0
        contestants = self._steps(quick_s), self._steps(in_place_s)
        monkeypatch.setattr(choice, "_contestants", lambda *_about: contestants)

    def _steps(self, seconds):
        while True:
            self.now += next(seconds) if hasattr(seconds, "__next__") else seconds
            self.rounds += 1
            yield

    def choices(self):
        return Choices(lambda: self.now)


@pytest.mark.parametrize(
    ("quick_s", "in_place_s", "is_quicker"),
    [(0.001, 0.002, True), (0.002, 0.001, False), (0.001, 0.00095, True), (0.001, 0.0008, False)],
)
def test_the_quicker_one_is_taken(monkeypatch, quick_s, in_place_s, is_quicker):
    machine = Machine(monkeypatch, quick_s, in_place_s)
    assert machine.choices().is_quicker(SMALL, SETTINGS) is is_quicker


def test_a_disturbance_of_a_few_steps_changes_nothing(monkeypatch):
    disturbed = iter([0.5 if step == 1 else 0.0001 for step in range(1000)])
    machine = Machine(monkeypatch, iter([0.0001] * 1000), disturbed)
    assert machine.choices().is_quicker(SMALL, SETTINGS)


def test_it_takes_less_than_fifty_milliseconds_or_two_steps_of_each(monkeypatch):
    machine = Machine(monkeypatch, 0.001, 0.001)
    machine.choices().is_quicker(SMALL, SETTINGS)
    assert machine.now < 0.05
    slow = Machine(monkeypatch, 0.1, 0.1)
    slow.choices().is_quicker(SMALL, SETTINGS)
    assert slow.rounds == 4


def test_each_kind_is_measured_once(monkeypatch):
    machine = Machine(monkeypatch, 0.001, 0.002)
    choices = machine.choices()
    assert choices.is_quicker(SMALL, SETTINGS)
    rounds = machine.rounds
    assert choices.is_quicker(SMALL, replace(SETTINGS, seed=5, epochs=9, learning_rate=1.0))
    assert machine.rounds == rounds
    choices.is_quicker(SMALL, replace(SETTINGS, batch_size=8))
    assert machine.rounds > rounds


@pytest.mark.parametrize(
    "changes",
    [
        {"batch_size": 9},
        {"optimiser": "adam"},
        {"activation": "elu"},
        {"momentum": 0.0},
        {"weight_decay": 0.1},
    ],
)
def test_what_makes_a_step_longer_makes_another_kind(changes):
    assert str(Kind.of(SMALL, SETTINGS)) != str(Kind.of(SMALL, replace(SETTINGS, **changes)))


def test_it_measures_real_steps():
    assert Choices().is_quicker(SMALL, SETTINGS) in (True, False)
    assert Choices().is_quicker(Architecture((784, 10)), TrainingSettings()) in (True, False)


def choices_of(monkeypatch, path, quick_s=0.001, in_place_s=0.002):
    machine = Machine(monkeypatch, quick_s, in_place_s)
    choices = machine.choices()
    choices.keep_in(path)
    return choices, machine


def test_what_was_chosen_is_known_after_the_next_start(monkeypatch, tmp_path):
    path = tmp_path / "kept.json"
    first, _ = choices_of(monkeypatch, path)
    assert first.is_quicker(SMALL, SETTINGS)
    again, machine = choices_of(monkeypatch, path, in_place_s=0.0001)
    assert again.is_quicker(SMALL, SETTINGS)
    assert machine.rounds == 0
    assert not again.is_quicker(SMALL, replace(SETTINGS, batch_size=2))
    third, machine = choices_of(monkeypatch, path)
    assert not third.is_quicker(SMALL, replace(SETTINGS, batch_size=2))
    assert machine.rounds == 0


def test_another_machine_measures_for_itself(monkeypatch, tmp_path):
    path = tmp_path / "kept.json"
    choices_of(monkeypatch, path)[0].is_quicker(SMALL, SETTINGS)
    monkeypatch.setattr(choice, "machine", lambda: "another processor")
    other, _ = choices_of(monkeypatch, path, in_place_s=0.0001)
    assert not other.is_quicker(SMALL, SETTINGS)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"[" * 100_000, b'{"machine": 3}', b"5" * 5_000]
)
def test_a_damaged_file_is_written_over(monkeypatch, tmp_path, content):
    path = tmp_path / "kept.json"
    path.write_bytes(content)
    assert choices_of(monkeypatch, path)[0].is_quicker(SMALL, SETTINGS)
    again, machine = choices_of(monkeypatch, path)
    assert again.is_quicker(SMALL, SETTINGS)
    assert machine.rounds == 0


def test_values_of_another_kind_are_left_out(monkeypatch, tmp_path):
    path = tmp_path / "kept.json"
    kinds = {str(Kind.of(SMALL, SETTINGS)): "perhaps", "other": True}
    path.write_text(json.dumps({"machine": choice.machine(), "quick steps are quicker": kinds}))
    choices, machine = choices_of(monkeypatch, path)
    assert choices.is_quicker(SMALL, SETTINGS)
    assert machine.rounds > 0


def test_where_there_is_no_place_it_is_measured_each_time(monkeypatch, tmp_path):
    path = tmp_path / "missing" / "kept.json"
    assert choices_of(monkeypatch, path)[0].is_quicker(SMALL, SETTINGS)
    assert not path.parent.exists()
    (tmp_path / "folder.json").mkdir()
    assert choices_of(monkeypatch, tmp_path / "folder.json")[0].is_quicker(SMALL, SETTINGS)
