"""The recipe of the shipped network, part by part, with little of everything."""

import gzip
import json

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score

from engine.data.digits import Standardisation
from engine.errors import DataError
from engine.nn.network import Network
from resources.shipped_network import samples as samples_module
from resources.shipped_network.judging import digit_probabilities, refusals
from resources.shipped_network.lessons import make_lessons
from resources.shipped_network.marks import make_marks
from resources.shipped_network.neighbours import make_neighbours
from resources.shipped_network.pen_letters import load_pen_letters
from resources.shipped_network.samples import NONE, Amounts, Samples, load_writers, make_samples
from resources.shipped_network.student import StudentSettings, train_student
from resources.shipped_network.teachers import TeacherSettings, teach, train_teacher

STANDARDISE = Standardisation(0.13, 0.31)
CPU = torch.device("cpu")


@pytest.fixture
def two_kinds():
    """Bars that lie are zeros, bars that stand are ones, all grey is no digit."""
    images = torch.zeros(90, 28, 28, dtype=torch.uint8)
    images[0:30, 12:16, 4:24] = 255
    images[30:60, 4:24, 12:16] = 255
    images[60:] = 90
    return Samples(images.view(90, 784), torch.tensor([0] * 30 + [1] * 30 + [NONE] * 30))


def test_letters_are_read_without_those_that_look_like_digits(tmp_path):
    path = tmp_path / "letters.jsonl.gz"
    lines = [{"label": sign, "writer": "w", "strokes": [[[0, 0], [9, 9]]]} for sign in "AOlz%"]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    letters = load_pen_letters(path)
    assert letters.signs == ("A", "%")
    assert len(letters.of(frozenset("w"))) == 2
    assert len(letters.of(frozenset("w"), are_left_out=True)) == 0


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(b"{}", mtime=0), gzip.compress(b"[1]", mtime=0), None],
    ids=["no gzip", "no letter", "no record", "no file"],
)
def test_letters_that_cannot_be_read_are_one_sentence(content, tmp_path):
    path = tmp_path / "letters.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read"):
        load_pen_letters(path)


def test_marks_can_all_be_drawn_and_repeat():
    marks = make_marks(400, np.random.default_rng(1))
    again = make_marks(400, np.random.default_rng(1))
    assert all(len(stroke) for mark in marks for stroke in mark)
    assert all(
        (a == b).all()
        for one, other in zip(marks, again, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def test_neighbours_are_two_digits_of_one_writer_side_by_side():
    bar = np.stack([np.zeros(20), np.linspace(0, 1, 20)], axis=1)
    bow = np.stack([np.linspace(0, 0.6, 20), np.linspace(0, 1, 20) ** 2], axis=1)
    pairs = make_neighbours([[bar], [bow]], ["one", "other"], 200, np.random.default_rng(2))
    assert len(pairs) == 200
    for pair in pairs:
        assert len(pair) == 2
        widths = [np.ptp(stroke[:, 0]) for stroke in pair]
        assert min(widths) == 0 or max(widths) > 0.1  # two bars, or two bows of which one may be cut
        assert pair[1][:, 0].min() >= pair[0][:, 0].max() - 0.15 - 1e-9


def test_writers_who_judge_are_in_no_other_part(data_folder):
    learned, judges = load_writers(data_folder, is_choosing=False)
    fewer, choosers = load_writers(data_folder, is_choosing=True)
    for one, other in ((learned, judges), (fewer, choosers), (fewer, judges), (choosers, judges)):
        assert not {*one.digits.writers, *one.letters.writers} & {
            *other.digits.writers,
            *other.letters.writers,
        }
    assert len(set(judges.digits.writers)) == 24
    assert len(judges.letters) > 2_000


def test_samples_are_the_same_in_any_number_of_processes(data_folder, monkeypatch):
    monkeypatch.setattr(samples_module, "_AT_ONCE", 50)
    learned, _ = load_writers(data_folder, is_choosing=True)
    few = [place % 40 == 0 for place in range(len(learned.digits))]
    letters = learned.letters.of(frozenset(learned.letters.writers[:30]))
    writers = samples_module.Writers(learned.digits.where(few), letters)
    amounts = Amounts(1, 1, 30, 0, 40, 40)
    one, two = (make_samples(data_folder, writers, amounts, 3, processes) for processes in (1, 2))
    assert torch.equal(one.images, two.images)
    assert torch.equal(one.labels, two.labels)
    assert int((one.labels == NONE).sum()) == len(letters) + 80
    assert len(one) == 55_000 + 2 * sum(few) + 30 + len(letters) + 80


def test_refusals_are_those_of_scikit_learn():
    random = torch.Generator().manual_seed(4)
    digits, others = (
        torch.rand(300, generator=random).sqrt(),
        torch.rand(200, generator=random).round(decimals=2),
    )
    told = refusals(digits.double(), others.double(), share=0.1)
    labels = np.array([1] * 300 + [0] * 200)
    assert told.area == pytest.approx(roc_auc_score(labels, torch.cat([digits, others]).numpy()), abs=1e-9)
    assert (digits >= told.threshold).double().mean() == pytest.approx(0.9, abs=0.005)
    assert told.accepted == pytest.approx(float((others >= told.threshold).double().mean()))


def test_a_student_learns_what_its_teacher_and_the_labels_say(two_kinds):
    teacher = train_teacher(
        two_kinds, STANDARDISE, TeacherSettings((4, 4, 4), 16, 30), 1, CPU, lambda _: None
    )
    said = teach([teacher], STANDARDISE(two_kinds.images.float() / 255))
    assert said.shape == (90, 11)
    assert said.argmax(dim=1).tolist() == two_kinds.labels.tolist()
    torch.testing.assert_close(said.sum(dim=1), torch.ones(90))
    for teachers, settings in (
        ([teacher], StudentSettings((16,), 12, 30, 0.05)),
        ([], StudentSettings((16,), 12, 30, 0.05, trust=0.0)),
        ([teacher], StudentSettings((16,), 12, 30, 0.05, trust=0.9, temperature=2.0)),
    ):
        lessons = make_lessons(two_kinds, teachers, STANDARDISE, 2, 5, CPU)
        assert len(lessons) == 180
        assert torch.equal(lessons.images[:90], two_kinds.images)
        architecture, weights = train_student(lessons, STANDARDISE, settings, 1, CPU, lambda _: None)
        network = Network.from_weights(architecture, weights)
        logits = network(STANDARDISE(two_kinds.images.float() / 255))
        assert logits[:60].argmax(dim=1).tolist() == two_kinds.labels[:60].tolist()
        probabilities = digit_probabilities(network, STANDARDISE, two_kinds.images)
        assert probabilities[:60].min() > 0.5 > probabilities[60:].max()
