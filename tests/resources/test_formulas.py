"""The formulas: each has a picture that was rendered from it, in one colour and without fonts."""

import math
import tomllib
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest

import resources
from desktop.lesson.levels.formulas import formula_for
from engine.nn.schedules import one_cycle
from engine.settings import LEVELS, TrainingSettings
from resources.formula_table import INK, UNITS_PER_EM, formula_picture, formulas

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "formulas"
SVG = "{http://www.w3.org/2000/svg}"


def test_there_is_a_picture_of_each_formula_and_no_other():
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(formulas())


@pytest.mark.parametrize("name", formulas())
def test_pictures_are_those_of_the_table(name):
    root = ElementTree.fromstring(formula_picture(name))
    assert root.get("data-tex-sha256") == formulas()[name].checksum, "run python -m resources.formulas"
    assert root.findtext(f"{SVG}title") == formulas()[name].reading


@pytest.mark.parametrize("name", formulas())
def test_pictures_are_outlines_in_one_colour(name):
    root = ElementTree.fromstring(formula_picture(name))
    parts = [each for each in root.iter() if each.tag not in (f"{SVG}svg", f"{SVG}title", f"{SVG}g")]
    assert {each.tag for each in parts} <= {f"{SVG}path", f"{SVG}rect"}
    assert {each.get("fill") for each in parts} == {INK}
    assert not any(each.get("stroke") for each in root.iter())


def test_letters_have_the_size_that_the_table_says():
    _, _, width, height = map(float, ElementTree.fromstring(formula_picture("linear")).get("viewBox").split())
    assert 0.6 * UNITS_PER_EM < height < 1.2 * UNITS_PER_EM
    assert width > 4 * UNITS_PER_EM


@pytest.mark.parametrize("name", formulas())
def test_every_formula_can_be_heard_and_written_without_its_picture(name):
    formula = formulas()[name]
    assert formula.reading[0].isupper() or formula.reading.split()[0].islower()
    assert "\\" not in formula.reading
    assert "$" not in formula.text
    assert formula.text.count("<sub>") == formula.text.count("</sub>")
    assert formula.text.count("<i>") == formula.text.count("</i>")


def test_every_formula_is_shown_somewhere():
    levels = {
        name
        for level, hidden, activation, optimiser, momentum in product(
            LEVELS, ((), (10,)), ("relu", "leaky-relu", "elu"), ("sgd", "adam"), (0.0, 0.9)
        )
        for title in ("Network", "Matrix product", "Loss", "Gradients", "Optimiser", "Zeroing")
        for name in formula_for(
            title,
            TrainingSettings(
                hidden=hidden, activation=activation, optimiser=optimiser, momentum=momentum, level=level
            ),
        )
    }
    assert levels <= set(formulas())
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "desktop").rglob("*.py"))
    assert [name for name in formulas() if name not in levels and f'"{name}"' not in sources] == []


def test_gradients_are_told_where_they_are_computed_by_hand():
    layers = {"chain-rule-weights", "chain-rule-inputs", "chain-rule-activation"}
    for level in LEVELS:
        settings = TrainingSettings(hidden=(10,), level=level)
        network, gradients = set(formula_for("Network", settings)), set(formula_for("Gradients", settings))
        assert network & layers == (layers if level == 6 else set())
        assert gradients == (set() if level < 6 else {"chain-rule-loss"} | (layers - network))


def test_without_hidden_layers_no_gradient_goes_through_them():
    settings = TrainingSettings(hidden=(), level=6)
    assert formula_for("Network", settings) == ("linear", "log-softmax", "chain-rule-weights")
    assert formula_for("Gradients", settings) == ("chain-rule-loss",)


def test_the_optimiser_s_formula_is_that_of_its_settings():
    assert formula_for("Optimiser", TrainingSettings(momentum=0)) == ("sgd",)
    assert formula_for("Optimiser", TrainingSettings(momentum=0.9)) == ("momentum",)
    assert formula_for("Optimiser", TrainingSettings(optimiser="adam")) == (
        "adam-mean",
        "adam-square",
        "adam-step",
    )


def test_the_schedule_s_formula_is_that_of_its_settings():
    assert formula_for("Schedule", TrainingSettings(schedule="constant")) == ()
    assert formula_for("Schedule", TrainingSettings(schedule="one-cycle")) == (
        "one-cycle",
        "one-cycle-phases",
    )


def test_the_formula_of_one_cycle_is_what_the_schedule_computes():
    for s in [step / 64 for step in range(65)]:
        a, b, u = (1 / 25, 1, 4 * s) if s < 1 / 4 else (1, 1e-4, (4 * s - 1) / 3)
        assert one_cycle(s) == pytest.approx(b + (a - b) * (1 + math.cos(math.pi * u)) / 2)


def test_an_activation_without_a_formula_has_none():
    assert formula_for("Network", TrainingSettings(activation="softplus", level=1)) == (
        "linear",
        "log-softmax",
    )


def test_installed_programs_have_the_pictures():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data = project["tool"]["setuptools"]["package-data"]["resources"]
    assert {"formulas/*.svg", "formulas/*.toml"} <= set(data)


def test_rendering_anew_changes_nothing(monkeypatch, tmp_path, capsys):
    pytest.importorskip("ziamath", reason="needs the extra “formulas”")
    from resources.formulas import __main__ as renderer

    monkeypatch.setattr(renderer, "FOLDER", tmp_path)
    (tmp_path / "of-yesterday.svg").write_text("<svg/>")
    assert renderer.main() == 0
    for name in formulas():
        assert (tmp_path / f"{name}.svg").read_text(encoding="utf-8") == formula_picture(name)
    assert {path.stem for path in tmp_path.glob("*.svg")} == set(formulas())
    assert f"{len(formulas())} formulas" in capsys.readouterr().out


def test_a_formula_that_has_no_picture_is_told():
    with pytest.raises(FileNotFoundError):
        formula_picture("pythagoras")
    assert resources.path("formulas", "formulas.toml").exists()
