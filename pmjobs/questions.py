"""What an ad does not say and the reader should ask before applying."""

from dataclasses import dataclass

from pmjobs.domain import read_table
from pmjobs.ladder import NOT_ENGLISH, Dimension, LevelEstimate
from pmjobs.parsing.title import names_project_work
from pmjobs.posting import Posting

MOST = 6
_SURE = 0.6  # probability below which the level itself is a question


@dataclass(frozen=True, slots=True)
class Question:
    """One question for the recruiter, and what it is about."""

    about: str  # a dimension, "pay", "level", "line"
    text: str


def questions_for(posting: Posting, estimate: LevelEstimate) -> tuple[Question, ...]:
    """Return at most six questions, those that decide the level first.

    Nothing is asked that the ad answers; an ad outside project work is asked what it is, and so,
    before all else, is one too thin to tell whose title names project work.
    """
    table = read_table("questions")
    what_it_is = [] if estimate.in_scope else [Question("scope", table["scope"])]
    if what_it_is and not _may_be_project_work(posting, estimate):
        return tuple(what_it_is)
    found = what_it_is + [
        Question(str(dimension), table["dimension"][dimension])
        for dimension in Dimension
        if dimension not in estimate.dimensions and dimension in table["dimension"]
    ]
    sure = max(estimate.probabilities.values(), default=1.0)
    if estimate.level is not None and sure < _SURE and estimate.level_low != estimate.level_high:
        found.insert(0, Question("level", table["level"]))
    if posting.base_salary is None and estimate.salary is None:
        found.append(Question("pay", table["pay"]))
    if gap := estimate.title_gap:
        found.append(Question("title", table["over_titled" if gap < 0 else "under_titled"]))
    return tuple(found[:MOST])


def _may_be_project_work(posting: Posting, estimate: LevelEstimate) -> bool:
    """Whether an ad out of scope is there only because it says too little."""
    readable = estimate.abstained and estimate.reason != NOT_ENGLISH
    return readable and names_project_work(posting.title) is not None
