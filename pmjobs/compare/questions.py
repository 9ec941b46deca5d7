"""What an ad does not say and the reader should ask before applying."""

from dataclasses import dataclass

from pmjobs.domain import read_table
from pmjobs.ladder import Dimension, LevelEstimate
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

    Nothing is asked that the ad answers; an ad outside project work is asked what it is.
    """
    table = read_table("questions")
    if not estimate.in_scope:
        return (Question("scope", table["scope"]),)
    found = [
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
