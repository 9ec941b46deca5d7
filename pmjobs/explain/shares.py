"""The score behind a level, taken apart so that anybody can add it up again.

base + every sentence + every fact is the score; it lies on a line that six cuts divide into the
seven levels: the probability of a level k or lower is 1 / (1 + exp(score - cuts[k - 1])). Where
the flag "gate" is set, L7's probability was given to L6 afterwards.
"""

from dataclasses import dataclass

from pmjobs.level.artefact import LevelModel
from pmjobs.level.contributions import contributions
from pmjobs.level.reading import read
from pmjobs.posting import Posting


@dataclass(frozen=True, slots=True)
class SentenceShare:
    """What one counted sentence, description[start:end], adds to the score."""

    start: int
    end: int
    adds: float


@dataclass(frozen=True, slots=True)
class Shares:
    """All parts of one ad's score, unrounded."""

    base: float  # of an ad that says nothing
    sentences: tuple[SentenceShare, ...]  # in the order of the ad
    facts: dict[str, float]  # pmjobs.level.stated.Stated; 0.0 for what is not stated
    score: float
    cuts: tuple[float, ...]  # six, rising


def shares_of(posting: Posting, model: LevelModel) -> Shares:
    """Return the parts of the score that `model` gives a posting's text."""
    view = model.vocabulary.view(read(posting.description))
    look = model.level.look(view)
    found = contributions(view, look, model.level)
    return Shares(
        found.base,
        tuple(
            SentenceShare(sentence.start, sentence.end, adds)
            for sentence, adds in zip(view.reading.sentences, found.sentences.tolist(), strict=True)
        ),
        {str(fact): adds for fact, adds in found.facts.items()},
        model.level.score(look),
        tuple(model.level.cuts.tolist()),
    )
