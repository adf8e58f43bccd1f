"""What the lesson prints at a level is what runs there: function by function, line by line."""

import ast
import inspect
import sys
from pathlib import Path

import pytest

from engine.data.digits import Standardisation
from engine.lesson.level_source import level_source
from engine.levels import gradients, library, loop, network, optimisers, product
from engine.levels.descriptions import LEVEL_DESCRIPTIONS, PARTS, Owner, level_description, owner_of
from engine.levels.levels import LEVELS
from engine.levels.shown import Excerpt
from engine.nn.registry import trainable_activations
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import Learner
from tests.engine.digit_sets import small_set

PRINTED = (library, network, product, loop, optimisers, gradients)
FILES = {module.__file__ for module in PRINTED}
MOST_LINES, MOST_COLUMNS = 15, 88

CASES = [
    {},
    {"hidden": ()},
    {"momentum": 0.0},
    {"optimiser": "adam"},
    {"weight_decay": 0.01},
    *({"activation": name} for name in trainable_activations()),
]


def settings_of(level, case):
    return TrainingSettings(**{"hidden": (12,), "epochs": 1, "level": level, **case})


def executed(run):
    """The functions of the printed modules that are called meanwhile: their files and first lines."""
    found = set()

    def watch(frame, event, _argument):
        if event == "call" and frame.f_code.co_filename in FILES and "<" not in frame.f_code.co_name:
            found.add((frame.f_code.co_filename, frame.f_code.co_qualname))

    sys.setprofile(watch)
    try:
        run()
    finally:
        sys.setprofile(None)
    return found


def functions_of(shown):
    """The functions of what is shown whole: those of a class, too."""
    for source in shown:
        if isinstance(source, Excerpt):
            continue
        methods = vars(source).values() if inspect.isclass(source) else [source]
        for method in methods:
            if inspect.isfunction(method):
                plain = inspect.unwrap(method)
                yield plain.__code__.co_filename, plain.__qualname__


def printed(level, case):
    parts = LEVELS[level].parts(settings_of(level, case)).values()
    return {function for shown in parts for function in functions_of(shown)}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("level", range(1, 7))
def test_what_an_epoch_executes_is_what_is_printed(level, case):
    digits = small_set()
    settings = settings_of(level, case)
    found = executed(lambda: list(fit(digits, digits, settings, Standardisation.of(digits))))
    assert found == printed(level, case)


@pytest.mark.parametrize("level", range(1, 7))
def test_what_a_single_step_executes_is_printed(level):
    digits = small_set()
    learner = Learner(digits, settings_of(level, {}), Standardisation.of(digits))
    inputs, targets = next(iter(learner.batches))
    found = executed(lambda: learner.take_step(inputs, targets))
    assert found
    assert found <= printed(level, {})


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("level", LEVELS)
def test_every_line_shown_stands_in_its_file_byte_for_byte(level, case):
    settings = settings_of(level, case)
    for block, shown in zip(level_source(settings), LEVELS[level].parts(settings).values(), strict=True):
        sources = [each.source if isinstance(each, Excerpt) else each for each in shown]
        files = [Path(inspect.getsourcefile(inspect.unwrap(source))) for source in sources]
        known = {line for file in files for line in file.read_text(encoding="utf-8").splitlines()}
        assert block.lines
        assert set(block.lines) <= known | {""}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("level", range(1, 7))
def test_what_is_printed_fits_on_a_slide(level, case):
    for shown in LEVELS[level].parts(settings_of(level, case)).values():
        for source in shown:
            if isinstance(source, Excerpt):
                continue
            lines = [line for line in inspect.getsource(source).splitlines() if line.strip()]
            assert len(lines) <= MOST_LINES, source
            assert max(map(len, lines)) <= MOST_COLUMNS, source


@pytest.mark.parametrize("module", PRINTED, ids=lambda module: module.__name__)
def test_what_is_printed_is_as_in_a_book(module):
    """Nothing private, nothing written into memory that is there, no devices."""
    tree = ast.parse(inspect.getsource(module))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    private = {name for name in names if name.startswith("_") and not name.startswith("__")}
    in_place = {name for name in names if name.endswith("_") and not name.endswith("__")}
    keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    assert not private
    assert not in_place
    assert not keywords & {"out", "device"}


@pytest.mark.parametrize("level", LEVELS)
def test_badge_heading_and_code_agree(level):
    described = level_description(level)
    blocks = level_source(settings_of(level, {}))
    assert [block.title for block in blocks] == [
        part for part in PARTS if part in {**described.library_parts, **described.own_parts}
    ]
    assert not described.library_parts.keys() & described.own_parts.keys()
    for block in blocks:
        heading = described.ours if block.owner is Owner.OURS else described.library
        words = {**described.library_parts, **described.own_parts}[block.title]
        assert words in heading
        assert block.owner is owner_of(block.title, level)
        assert calls_the_library(block) == block.is_library, block.title


def calls_the_library(block):
    """Whether a part's code is the library's, or a call of it and nothing else."""
    code = "\n".join(block.lines)
    if block.title == "The loop":
        return False
    if block.title == "Network":
        return "nn.Sequential" in code
    if block.title == "Optimiser":
        return "optim.SGD" in code
    calls = {
        "Mini-batches": "DataLoader(",
        "Matrix product": ("mm(", "mm_(", " @ "),
        "Loss": "nn.NLLLoss()",
        "Gradients": "loss.backward()",
        "Zeroing": "optimiser.zero_grad()",
    }[block.title]
    calls = (calls,) if isinstance(calls, str) else calls
    is_call = all(any(call in line for call in calls) for line in block.lines)
    return is_call or (block.title == "Mini-batches" and "DataLoader(" in code)


def test_the_heading_names_everything_that_is_the_library_s():
    for described in LEVEL_DESCRIPTIONS:
        assert described.library.endswith("tensors")
        assert ("automatic differentiation" in described.library) == (described.number <= 5)
        assert ("@" in described.library) == (described.number not in (1, 3))
