"""Which ads a person should label next: those of which a label teaches most."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import log

from pmjobs.domain.rubric import read_codes
from pmjobs.labelling.record import fingerprint
from pmjobs.ladder import Level, LevelEstimate
from pmjobs.posting import Posting

# What each reason weighs; our judgement. Reasons run 0 to 1.
UNSURE = 0.4  # the model's probabilities are spread, its set is wide
DISPUTED = 0.3  # the rubric's arithmetic reads the same ad otherwise
RARE = 0.3  # it may be of a level of which there are few labels
DOUBTED = 0.3  # its title names project work, the model says it is none
RARE_LEVELS = (Level.SUPPORT, Level.HEAD, Level.EXECUTIVE)
FAR = 3  # levels between two readings from which they are as far apart as can be


@dataclass(frozen=True, slots=True)
class Choice:
    """One ad worth a label. The score and the model's answer are never shown to the labeller."""

    posting: Posting
    usefulness: float  # 0 to 1, as the weights say


def choose(
    pairs: Iterable[tuple[Posting, LevelEstimate]],
    *,
    count: int,
    per_employer: int,
    done: Collection[str] = (),
) -> list[Choice]:
    """Return at most `count` ads, the most useful first, at most `per_employer` of one employer.

    `done` are the keys of ads that the labeller has labelled. Ads of which nothing can be told,
    and second copies of a text, are left out. The same ads give the same answer, in any order.
    """
    scored = sorted(
        (
            Choice(posting, usefulness(estimate))
            for posting, estimate in pairs
            if posting.key not in done and posting.description and not estimate.abstained
        ),
        key=lambda choice: (-choice.usefulness, choice.posting.key),
    )
    chosen: list[Choice] = []
    employers: Counter[str] = Counter()
    texts: set[str] = set()
    for choice in scored:
        if len(chosen) == count:
            break
        # An ad that names no employer stands alone.
        employer = (choice.posting.employer or choice.posting.key).casefold()
        text = fingerprint(choice.posting.description or "")
        if employers[employer] < per_employer and text not in texts:
            chosen.append(choice)
            employers[employer] += 1
            texts.add(text)
    return chosen


def usefulness(estimate: LevelEstimate) -> float:
    """Return how much a label of this ad would teach, 0 to 1."""
    if not estimate.in_scope:
        return DOUBTED if estimate.title_level is not None else 0.0
    return (
        UNSURE * _unsure(estimate)
        + DISPUTED * _disputed(estimate)
        + RARE * sum(estimate.probabilities.get(level, 0.0) for level in RARE_LEVELS)
    )


def _unsure(estimate: LevelEstimate) -> float:
    """The mean of the probabilities' entropy and the set's width, each 0 to 1."""
    shares = [p for p in estimate.probabilities.values() if p > 0.0]
    entropy = -sum(p * log(p) for p in shares) / log(len(Level))
    low, high = estimate.level_low, estimate.level_high
    width = 0 if low is None or high is None else high - low
    return (entropy + width / (len(Level) - 1)) / 2


def _disputed(estimate: LevelEstimate) -> float:
    read = read_codes(estimate.dimensions, track=estimate.track, enterprise=True).level
    if read is None or estimate.level is None:
        return 0.0
    return min(abs(read - estimate.level), FAR) / FAR
