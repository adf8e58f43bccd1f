"""The form of a search: values, lists and ranges, faults at the field, and what will happen."""

import pytest

from desktop.search.search_form import SearchForm
from engine.errors import SettingsError
from engine.search.samplers import LEARNING, RANDOM
from engine.settings import TrainingSettings
from tests.desktop.search.some_search import plan_of


@pytest.fixture
def form(qtbot):
    form = SearchForm(cores=4)
    qtbot.addWidget(form)
    form.show()
    return form


def write(form, **texts):
    for name, text in texts.items():
        form.fields[name].setText(text)


def test_what_stands_there_first_is_a_search_that_can_begin(form):
    plan = form.plan()
    assert plan.space.varied == ("hidden", "learning_rate")
    assert plan.space.grid_trials == 9
    assert form.job_count == 3, "a core is left for the pad"


def test_empty_fields_are_as_in_the_training_panel(form):
    write(form, hidden="", learning_rate="", epochs="2 3")
    form.set_base(TrainingSettings(hidden=(20,), learning_rate=0.25, seed=4, optimiser="adam"))
    space = form.plan().space
    assert space.varied == ("epochs",)
    assert (space.base.hidden, space.base.learning_rate, space.seeds) == ((20,), 0.25, (4,))
    assert form.fields["optimiser"].placeholderText().startswith("adam")


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("learning_rate", "0.5..0.1", "0.1..0.5"),
        ("learning_rate", "fast", "fast"),
        ("hidden", "9999", "4,096"),
        ("batch_size", "..64", "empty end"),
        ("optimiser", "sgd rms", "rms"),
        ("warps", "perhaps", "perhaps"),
        ("seed", "5..1", "seeds"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_once_it_is_left(form, name, text, part):
    field = form.fields[name]
    write(form, **{name: text})
    field.textEdited.emit(text)
    assert form.fault == ""
    field.editingFinished.emit()
    assert part in form.fault
    assert field.property("invalid")
    write(form, **{name: ""})
    field.textEdited.emit("")
    assert form.fault == ""
    assert not field.property("invalid")


def test_a_number_of_trainings_has_to_be_one(form):
    form.sampler.setCurrentIndex(form.sampler.findData(RANDOM))
    assert form.trials.placeholderText() == "50"
    form.trials.setText("many")
    with pytest.raises(SettingsError) as caught:
        form.plan()
    assert caught.value.field == "trials"


def test_what_another_search_did_comes_back_into_the_fields(form):
    plan = plan_of(
        {"learning_rate": "0.01..0.5", "hidden": "10; 20 30; none", "warps": "off on", "seed": "1..4"},
        sampler=LEARNING,
        trials=40,
        halving=True,
        objective="loss",
    )
    form.show_plan(plan)
    form.set_base(plan.space.base)
    assert form.plan() == plan


def test_its_texts_come_back_and_what_makes_no_sense_is_as_it_was_first(form):
    first = form.texts()
    assert first == form.first_texts
    written = {
        **first,
        "hidden": "16..128",
        "learning_rate": "0,1..0,5 in 3",
        "seed": "1..4",
        "trials": "40",
        "sampler": LEARNING,
        "objective": "loss",
        "jobs": "2",
        "halving": "true",
    }
    form.set_texts(written)
    assert form.texts() == written
    assert (form.job_count, form.plan().trials, form.plan().halving) == (2, 40, True)
    damaged = dict.fromkeys(first, "no such thing")
    form.set_texts(damaged)
    assert form.texts() == first
    form.set_texts({**first, "trials": "9" * 400, "jobs": "64", "epochs": ""})
    assert form.texts() == {**first, "epochs": ""}


def test_one_core_is_enough(qtbot):
    form = SearchForm(cores=1)
    qtbot.addWidget(form)
    assert form.job_count == 1
    assert [form.jobs.itemData(place) for place in range(form.jobs.count())] == [1, 0]
