"""The scorer: arrays in, levels out. Needs numpy only, so that one ad is explained in no time.

A reading becomes two small things: a tf-idf row over a fixed vocabulary, and a few dense facts
(what the cues say of each dimension, the years asked for). Every opinion of the row is linear;
the level's head is a proportional-odds model over those opinions and the facts. Training
(`pmjobs.level.classifier`) fits the arrays and scores with the same functions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat
from math import log1p

import numpy as np
from numpy.typing import NDArray

from pmjobs.ladder import IN_SCOPE, Dimension, Family, Level
from pmjobs.level.reading import Reading
from pmjobs.parsing.sections import Zone

Array = NDArray[np.float64]
LEVELS = tuple(Level)
CUED = tuple(Dimension)[:10]  # dimensions that have cues
# Opinions of the linear part, in the order of its columns.
OPINIONS = ("seniority", "level", *Dimension)
FACTS = (
    *(f"{dimension}_mean" for dimension in CUED),
    *(f"{dimension}_top" for dimension in CUED),
    "years",
    "years_missing",
    "budget",
    "budget_missing",
)
# More years asked for or a larger budget never lower the level, whatever chance says in training.
RISING = tuple(len(OPINIONS) + FACTS.index(name) for name in ("years", "budget"))
TYPICAL_BUDGET = 6.5  # log10 of main units, scaled by sector
TYPICAL_YEARS = 5.0  # put where an ad asks for none, beside a column that says so
MOST_YEARS = 15.0
PRIOR_ANCHOR, PRIOR_WEIGHT = 2.0, 1.0  # a dimension without cues is read as middling


@dataclass(frozen=True, slots=True)
class Row:
    """A sparse tf-idf row: positions in the vocabulary, rising, and their values."""

    at: NDArray[np.int64]
    values: Array


@dataclass(frozen=True)
class Vocabulary:
    """The words and pairs of words that are read, and how rare each is."""

    terms: tuple[str, ...]
    idf: Array

    @cached_property
    def places(self) -> dict[str, int]:
        """Return each term's column."""
        return {term: place for place, term in enumerate(self.terms)}

    def ids(self, tokens: Iterable[Sequence[str]]) -> NDArray[np.int64]:
        """Return the column of every word and pair of words, in order; -1 where it is not read."""
        place = self.places.get
        found: list[int] = []
        for words in tokens:
            found.extend(map(place, words, repeat(-1)))
            found.extend(map(place, map(" ".join, pairwise(words)), repeat(-1)))
        return np.array(found, dtype=np.int64)

    def row(self, reading: Reading) -> Row:
        """Return the reading's tf-idf row: 1 + log of the count, times rarity, of length 1."""
        at, counts = np.unique(self.ids(reading.tokens), return_counts=True)
        if at.size and at[0] < 0:  # words that are not read
            at, counts = at[1:], counts[1:]
        values = (1.0 + np.log(counts)) * self.idf[at]
        length = float(np.sqrt(values @ values))
        return Row(at, values / length if length else values)


def facts(reading: Reading) -> Array:
    """Return the dense facts of a reading, in the order of FACTS."""
    weight = np.zeros((len(CUED), 9))
    for hit in reading.hits:
        zone = reading.sentences[hit.sentence].zone
        share = 1.0 if zone is Zone.DUTIES else 0.5
        weight[CUED.index(hit.cue.dimension), int(hit.cue.anchor * 2)] += share
    weight = np.log1p(weight)
    anchors = np.arange(9) / 2
    mean = (weight @ anchors + PRIOR_ANCHOR * PRIOR_WEIGHT) / (weight.sum(axis=1) + PRIOR_WEIGHT)
    top = np.array([anchors[row > 0.5].max(initial=0.0) for row in weight])
    asked = reading.years.minimum if reading.years else None
    years = log1p(min(TYPICAL_YEARS if asked is None else asked, MOST_YEARS))
    budget = reading.budget
    size = TYPICAL_BUDGET if budget is None else min(max(np.log10(budget.scaled), 4.0), 9.0)
    known = [years, float(asked is None), size, float(budget is None)]
    return np.concatenate([mean, top, known])


@dataclass(frozen=True)
class LevelScorer:
    """The level's linear opinions and its proportional-odds head."""

    weights: Array  # (n_terms, len(OPINIONS))
    intercepts: Array  # (len(OPINIONS),)
    head: Array  # (len(OPINIONS) + len(FACTS),)
    cuts: Array  # (6,), rising: where one level ends and the next begins

    def opinions(self, row: Row) -> Array:
        """Return what the words alone say, in the order of OPINIONS."""
        return np.asarray(row.values @ self.weights[row.at] + self.intercepts)

    def score(self, row: Row, dense: Array) -> float:
        """Return the ad's place on the line that `cuts` divides into levels."""
        return float(np.concatenate([self.opinions(row), dense]) @ self.head)

    def probabilities(self, row: Row, dense: Array) -> Array:
        """Return the probability of each of the seven levels."""
        return spread(self.score(row, dense), self.cuts)


@dataclass(frozen=True)
class KindScorer:
    """One-against-rest opinions about a kind of ad: its family, or its track."""

    kinds: tuple[str, ...]
    weights: Array  # (n_terms, len(kinds))
    intercepts: Array

    def scores(self, row: Row) -> Array:
        """Return one score a kind; the highest names it."""
        return np.asarray(row.values @ self.weights[row.at] + self.intercepts)


@dataclass(frozen=True)
class FamilyScorer:
    """Whether an ad is project work, and which family it is of."""

    scope: KindScorer  # two opinions: from labels, from ads with a project title
    head: Array  # (2,)
    intercept: float
    families: KindScorer

    def in_scope(self, row: Row) -> float:
        """Return the probability that the ad is project work."""
        return float(logistic(self.scope.scores(row) @ self.head + self.intercept))

    def decide(self, row: Row) -> tuple[Family, float]:
        """Return the ad's family, and the probability that it is project work."""
        inside = self.in_scope(row)
        scores = self.families.scores(row)
        allowed = [
            (score, Family(kind))
            for kind, score in zip(self.families.kinds, scores, strict=True)
            if (Family(kind) in IN_SCOPE) == (inside >= 0.5)
        ]
        fallback = Family.PROJECT_DELIVERY if inside >= 0.5 else Family.OTHER
        return max(allowed, default=(0.0, fallback))[1], inside


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


def level_set(probabilities: Array, mass: float) -> tuple[Level, Level]:
    """Return the lowest and highest level of the shortest run that holds `mass`.

    The run always contains the central level; of equally short runs the likelier wins.
    """
    centre = int(central_level(probabilities)) - 1
    total = np.concatenate([[0.0], np.cumsum(probabilities)])
    runs = [
        (high - low, -(total[high + 1] - total[low]), low, high)
        for low in range(centre + 1)
        for high in range(centre, len(LEVELS))
        if total[high + 1] - total[low] >= mass - 1e-12 or (low == 0 and high == len(LEVELS) - 1)
    ]
    _, _, low, high = min(runs)
    return LEVELS[low], LEVELS[high]


def rows_as_matrix(rows: Sequence[Row], n_terms: int) -> "object":
    """Return rows as one scipy CSR matrix; for training only."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(row.at) for row in rows)])
    at = np.concatenate([row.at for row in rows]) if rows else np.zeros(0, dtype=np.int64)
    values = np.concatenate([row.values for row in rows]) if rows else np.zeros(0)
    return csr_matrix((values, at, ends), shape=(len(rows), n_terms))
