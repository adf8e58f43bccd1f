"""Searches as the engine tells of them, without training anything."""

from desktop.search.search_record import SearchRecord
from engine.search.events import SearchEnded, SearchStarted, TrialCompleted, TrialProgress, TrialStarted
from engine.search.plan import SearchPlan, values_of
from engine.search.samplers import make_sampler
from engine.search.space_text import parse_space
from engine.search.trial import Trial
from engine.training.epoch_figures import EpochFigures
from engine.training.run_states import FINISHED


def plan_of(written, **more):
    return SearchPlan(parse_space(written), **more)


def trials_of(plan):
    """All trials, in their order."""
    seeds = plan.space.seeds
    sampler = make_sampler(plan.sampler, plan.space, plan.trials)
    trials = []
    while (proposal := sampler.ask()) is not None:
        for index, seed in enumerate(seeds):
            number = proposal.number * len(seeds) + index + 1
            trials.append(Trial(number, proposal.number, plan.space.settings(proposal.point, seed)))
    return trials


def started(plan, done=0):
    return SearchStarted(1, plan.space, len(trials_of(plan)), done, 1, "this process")


def figures(accuracy, epoch=1, loss=None):
    return EpochFigures(epoch, 10 * epoch, 0.5, 0.5, 1 - accuracy if loss is None else loss, accuracy)


def begun(plan, trial):
    return TrialStarted(trial, values_of(plan.space, trial.settings))


def progress(trial, accuracy, epoch=1):
    return TrialProgress(trial.number, figures(accuracy, epoch), trial.settings.epochs, accuracy)


def completed(plan, trial, score, state=FINISHED, model=None, **more):
    each = () if score is None else (figures(score / 2), figures(score, 2))
    values = values_of(plan.space, trial.settings)
    return TrialCompleted(trial, values, state, score, each, 1.0, trial.number, model=model, **more)


def record_of(plan, scores, is_over=True):
    """A search whose trials came to these scores, in their order."""
    record = SearchRecord(plan, "handwriting")
    trials = trials_of(plan)
    record.take([started(plan)], 0.0)
    ended = [completed(plan, trial, score) for trial, score in zip(trials, scores, strict=False)]
    record.take(ended, 10.0)
    if is_over:
        record.take([SearchEnded(FINISHED, tuple(record.ranked()), record.best)], 11.0)
    return record
