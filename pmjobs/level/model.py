"""The scorer: arrays in, levels out. Needs numpy only, so that one ad is explained in no time.

A reading becomes a tf-idf row over a fixed vocabulary, what each sentence shows by a linear
reader, and a few dense facts (what the cues say of each dimension, what is stated in numbers). The
level's head is a proportional-odds model over all of them. Training (`pmjobs.level.classifier`)
fits the arrays and scores with the same functions.
"""

from dataclasses import dataclass
from functools import cache
from math import log1p, log10

import numpy as np

from pmjobs.domain.cues import cues
from pmjobs.ladder import Dimension, Level
from pmjobs.level.reading import Reading
from pmjobs.level.sentence_reader import OUTPUTS, POOLED, READ, SentenceReader, parts, pool
from pmjobs.level.stated import Stated
from pmjobs.level.vocabulary import Array, Row, View
from pmjobs.parsing.sections import Zone

LEVELS = tuple(Level)
CUED = tuple(Dimension)[:10]  # dimensions that have cues
# Opinions of the linear part, in the order of its columns.
OPINIONS = ("seniority", "level", *Dimension)
# Facts often stated have a column that says when they are not; with columns for the rare ones
# unseen employers' ads were read less well (QWK .802 without them, .793 with).
OFTEN_STATED = (Stated.YEARS, Stated.BUDGET)
STATED = tuple(
    name
    for fact in Stated
    for name in ((fact, f"{fact}_missing") if fact in OFTEN_STATED else (fact,))
)
FACTS = (
    *(f"{dimension}_mean" for dimension in CUED),
    *(f"{dimension}_top" for dimension in CUED),
    *STATED,
)
# More of what is stated never lowers the level, whatever chance says in training.
RISING = tuple(len(OPINIONS) + FACTS.index(fact) for fact in Stated)
N_FEATURES = len(OPINIONS) + len(FACTS) + len(POOLED)
N_ANCHORS = 9  # 0 to 4 in halves
_N_CELLS = len(CUED) * N_ANCHORS
PRIOR_ANCHOR, PRIOR_WEIGHT = 2.0, 1.0  # a dimension without cues is read as middling


def cue_weights(reading: Reading) -> Array:
    """Return how much each sentence's cues speak for each anchor, (n_sentences, 10, 9).

    A cue that a requirement tells weighs half as much as one of a duty.
    """
    n = len(reading.sentences)
    shares = [1.0 if sentence.zone is Zone.DUTIES else 0.5 for sentence in reading.sentences]
    cell = _cells()
    places = [hit.sentence * _N_CELLS + cell[hit.cue.index] for hit in reading.hits]
    worth = [shares[hit.sentence] for hit in reading.hits]
    summed = np.bincount(np.array(places, dtype=np.intp), worth, minlength=n * _N_CELLS)
    return np.asarray(summed, dtype=np.float64).reshape(n, len(CUED), N_ANCHORS)


@cache
def _cells() -> tuple[int, ...]:
    """Where each cue's dimension and anchor stand in a sentence's table."""
    return tuple(CUED.index(cue.dimension) * N_ANCHORS + int(cue.anchor * 2) for cue in cues())


def cue_facts(summed: Array) -> Array:
    """Return mean and top anchor by dimension from cue weights summed over sentences.

    Shapes: (..., 10, 9) to (..., 20), the first columns of FACTS.
    """
    weight = np.log1p(summed)
    total = weight.sum(axis=-1) + PRIOR_WEIGHT
    mean = (weight @ _ANCHORS + PRIOR_ANCHOR * PRIOR_WEIGHT) / total
    top = np.where(weight > _SAID, _ANCHORS, 0.0).max(axis=-1)
    return np.concatenate([mean, top], axis=-1)


_ANCHORS = np.arange(N_ANCHORS) / 2
_SAID = 0.5  # log of weight from which an anchor counts as said


# The usual, which stands for a fact that an ad does not state, beside a column that says so, and
# the most that counts. A fact's share of the score is so measured from an ad that is silent on
# it. Years, people, projects and months tell by their logarithm, and so does money.
USUAL = {
    Stated.YEARS: (5.0, 15.0),
    Stated.BUDGET: (10**6.5, 1e9),
    Stated.TEAM: (5.0, 100.0),
    Stated.PROJECTS: (2.0, 20.0),
    Stated.MONTHS: (12.0, 60.0),
    Stated.BOSS: (4.0, 7.0),
    Stated.MANAGERS: (0.0, 1.0),
    Stated.QUALIFICATION: (1.5, 4.0),
}
_RANKS = (Stated.BOSS, Stated.MANAGERS, Stated.QUALIFICATION)  # count as they are
LEAST_BUDGET = 1e4


def stated_facts(reading: Reading) -> Array:
    """Return what is stated in numbers, in the order of STATED, the last columns of FACTS."""
    found = reading.facts
    values: list[float] = []
    for kind in Stated:
        fact = found.get(kind)
        values.append(_scaled(kind, fact.value if fact else None))
        if kind in OFTEN_STATED:
            values.append(float(fact is None))
    return np.array(values)


def _scaled(kind: Stated, value: float | None) -> float:
    typical, most = USUAL[kind]
    value = typical if value is None else min(value, most)
    if kind is Stated.BUDGET:
        return log10(max(value, LEAST_BUDGET))
    return value if kind in _RANKS else log1p(value)


# What stated_facts gives of an ad that states nothing.
UNSTATED = np.array(
    [1.0 if name.endswith("_missing") else _scaled(Stated(name), None) for name in STATED]
)


@dataclass(frozen=True)
class Look:
    """All that is known of one ad's level: its features, and what each sentence shows."""

    features: Array  # (N_FEATURES,): OPINIONS, FACTS, POOLED
    weights: Array  # (n_sentences, 10, 9) of cue_weights
    reads: Array  # (n_sentences, len(OUTPUTS)) of the reader of sentences

    @property
    def opinions(self) -> Array:
        """What the words alone say, in the order of OPINIONS."""
        return self.features[: len(OPINIONS)]


@dataclass(frozen=True)
class LevelScorer:
    """The level's linear opinions, its reader of sentences and its proportional-odds head."""

    weights: Array  # (n_terms, len(OPINIONS))
    intercepts: Array  # (len(OPINIONS),)
    reader: SentenceReader | None  # None: not taught with sentences; all of POOLED is 0
    head: Array  # (N_FEATURES,)
    cuts: Array  # (6,), rising: where one level ends and the next begins
    coder: Array  # (len(READ), 4): how a dimension's code follows from CODED_BY, and a constant

    def opinions(self, row: Row) -> Array:
        """Return what the words alone say, in the order of OPINIONS."""
        return np.asarray(row.values @ self.weights.take(row.at, axis=0) + self.intercepts)

    def look(self, view: View) -> Look:
        """Return the features of an ad and what its sentences show."""
        weights = cue_weights(view.reading)
        known = (
            self.opinions(view.row),
            cue_facts(weights.sum(axis=0)),
            stated_facts(view.reading),
        )
        if self.reader is None:
            reads, pooled = np.zeros((len(weights), len(OUTPUTS))), NOT_READ
        else:
            reads = self.reader.read(view)
            pooled = pool(parts(reads).sum(axis=0))
        return Look(np.concatenate([*known, pooled]), weights, reads)

    def codes(self, look: Look) -> dict[Dimension, float]:
        """Return the code of each dimension for the whole ad, 0 to 4, told of or not."""
        said = dict(zip(OPINIONS, look.opinions.tolist(), strict=True))
        if self.reader is not None:
            coded = (self.coder[:, :-1] * look.features[CODED_BY]).sum(axis=1) + self.coder[:, -1]
            said |= dict(zip(READ, coded.tolist(), strict=True))
        return {d: min(max(said[d], 0.0), 4.0) for d in Dimension}

    def score(self, look: Look) -> float:
        """Return the ad's place on the line that `cuts` divides into levels."""
        return float(look.features @ self.head)

    def probabilities(self, look: Look) -> Array:
        """Return the probability of each of the seven levels."""
        return spread(self.score(look), self.cuts)


NOT_READ = np.zeros(len(POOLED))
NO_CODER = np.zeros((len(READ), 4))
# What a dimension's code for the whole ad is made of: the words' opinion of it, and what its
# sentences come to in the mean and at the top. Columns of the features, a row a dimension.
_FIRST = len(OPINIONS) + len(FACTS)
CODED_BY = np.array(
    [
        (
            OPINIONS.index(dimension),
            _FIRST + POOLED.index(f"{dimension}_read_mean"),
            _FIRST + POOLED.index(f"{dimension}_read_top"),
        )
        for dimension in READ
    ]
)


def spread(score: float, cuts: Array) -> Array:
    """Return the seven probabilities of a place on the line divided by `cuts`."""
    below = np.concatenate([[0.0], logistic(cuts - score), [1.0]])
    return np.diff(below)


def logistic(value: Array | float) -> Array:
    """Return 1 / (1 + exp(-value)) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(np.asarray(value) / 2.0)))


def central_level(probabilities: Array) -> Level:
    """Return the level at which the probability below and above is balanced (the median)."""
    return LEVELS[int((np.cumsum(probabilities) < 0.5).sum())]


def level_set(
    probabilities: Array,
    mass: float,
    *,
    within: tuple[Level, Level] = (LEVELS[0], LEVELS[-1]),
) -> tuple[Level, Level]:
    """Return the lowest and highest level of the shortest run that holds `mass`.

    The run always contains the central level; of equally short runs the likelier wins. It stays
    `within` the levels given, and is all of them where they hold less.
    """
    centre = int(central_level(probabilities)) - 1
    first, last = min(within[0] - 1, centre), max(within[1] - 1, centre)
    total = np.concatenate([[0.0], np.cumsum(probabilities)])
    runs = [
        (high - low, -(total[high + 1] - total[low]), low, high)
        for low in range(first, centre + 1)
        for high in range(centre, last + 1)
        if total[high + 1] - total[low] >= mass - 1e-12 or (low == first and high == last)
    ]
    _, _, low, high = min(runs)
    return LEVELS[low], LEVELS[high]
