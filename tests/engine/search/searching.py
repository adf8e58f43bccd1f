"""Searches of tiny networks on tiny sets, for the tests of this folder."""

from engine.data.digits import Standardisation
from engine.data.sources import TrainingData
from engine.search.events import SearchEnded, TrialCompleted
from engine.search.plan import SearchPlan
from engine.search.request import SearchRequest
from engine.search.search import run_search
from engine.search.space_text import parse_space
from engine.search.trial import SearchData
from engine.settings import TrainingSettings
from tests.engine.digit_sets import small_set

BASE = TrainingSettings(hidden=(8,), epochs=2, batch_size=100)


def tiny_data():
    digits = small_set(400)
    training, validation = digits.split(100, 0)
    return TrainingData(training, validation, small_set(60, seed=8), Standardisation.of(training), "nobody")


def search_data():
    data = tiny_data()
    return SearchData(data.training, data.validation, data.standardisation)


def plan(base=BASE, sampler="grid", trials=None, halving=False, objective="accuracy", **written):
    return SearchPlan(parse_space(written, base), sampler, trials, 1, halving, objective)


RATES = plan(learning_rate="0.01 0.05 0.1 0.2")


def search(of=RATES, **request):
    """All events of a search."""
    return list(run_search(SearchRequest(of, tiny_data(), **request)))


def completed(events):
    return [each for each in events if isinstance(each, TrialCompleted)]


def ended(events):
    assert isinstance(events[-1], SearchEnded)
    return events[-1]
