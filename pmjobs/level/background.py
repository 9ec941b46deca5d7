"""What thousands of unlabelled ads teach: a vocabulary, and which duties go with which rank.

An ad without a label still has a title. Regressing how senior titles sound on the work below them
gives a direction in the vocabulary that holds on employers never seen, because it is learnt from
many. Titles teach here; they are never read when an ad is estimated.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pmjobs.level.reading import Reading
from pmjobs.level.seniority import sounding_level
from pmjobs.level.vocabulary import Array, Row, Vocabulary, rows_as_matrix

FEWEST_ADS = 8  # a term is read if so many ads use it …
COMMONEST = 0.5  # … and no more than this share of them
PROJECT_WEIGHT = 5.0  # an ad with a project title teaches as much as so many others
PENALTY = 2.0
# Words of rank would let the teacher read titles that the mask has missed.
RANK_WORDS = frozenset(
    {"senior", "sr", "junior", "jr", "principal", "staff", "chief", "vp", "vice", "president"}
    | {"associate", "intern", "internship", "director", "directors", "head", "manager", "lead"}
    | {"leader", "coordinator", "officer", "administrator", "assistant", "trainee", "graduate"}
    | {"entry", "level"}
)
# Numbers are read as facts with their units, where more never means less.
NUMBER_WORDS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"}
    | {"fifteen", "twenty", "million", "billion", "thousand", "mm", "bn", "year", "years", "yrs"}
)
_UNREAD = RANK_WORDS | NUMBER_WORDS
_PROJECT_TITLE = re.compile(r"project|program|pmo|portfolio|scrum|delivery")


@dataclass(frozen=True)
class Background:
    """Unlabelled ads: their rows, how senior their titles sound, and whose they are."""

    vocabulary: Vocabulary
    rows: tuple[Row, ...]
    seniority: Array
    named: NDArray[np.bool_]  # whether the title names project work
    groups: tuple[str, ...]

    def without(self, groups: Iterable[str]) -> "Background":
        """Return the same without the ads of `groups`."""
        left_out = set(groups)
        kept = [i for i, group in enumerate(self.groups) if group not in left_out]
        return Background(
            self.vocabulary,
            tuple(self.rows[i] for i in kept),
            self.seniority[kept],
            self.named[kept],
            tuple(self.groups[i] for i in kept),
        )

    def rank_direction(self) -> tuple[Array, float]:
        """Return (weights over the vocabulary, intercept) that foretell a title's seniority."""
        return self._ridge(self.seniority, np.where(self.named, PROJECT_WEIGHT, 1.0))

    def naming_direction(self) -> tuple[Array, float]:
        """Return (weights, intercept) that foretell whether a title names project work."""
        return self._ridge(self.named.astype(float), np.ones(len(self.rows)))

    def _ridge(self, target: Array, weights: Array) -> tuple[Array, float]:
        from sklearn.linear_model import Ridge

        x = rows_as_matrix(self.rows, len(self.vocabulary.terms))
        model = Ridge(PENALTY, solver="sparse_cg", tol=1e-4, random_state=0)
        model.fit(x, target, sample_weight=weights)
        return np.asarray(model.coef_), float(model.intercept_)


def background_of(
    readings: Sequence[Reading], titles: Sequence[str], groups: Sequence[str]
) -> Background:
    """Return the background of unlabelled ads with enough text."""
    told = [i for i, reading in enumerate(readings) if reading.n_words >= 40]
    vocabulary = vocabulary_of([readings[i] for i in told])
    lowered = [titles[i].lower() for i in told]
    return Background(
        vocabulary=vocabulary,
        rows=tuple(vocabulary.row(readings[i]) for i in told),
        seniority=np.array([sounding_level(title) for title in lowered]),
        named=np.array([bool(_PROJECT_TITLE.search(title)) for title in lowered]),
        groups=tuple(groups[i] for i in told),
    )


def vocabulary_of(readings: Sequence[Reading], fewest: int = FEWEST_ADS) -> Vocabulary:
    """Return the terms that enough ads use, without words of rank, and their rarity."""
    used: Counter[str] = Counter()
    for reading in readings:
        used.update(reading.terms.keys())
    most = COMMONEST * len(readings)
    terms = sorted(
        term
        for term, n in used.items()
        if fewest <= n <= most and _UNREAD.isdisjoint(term.split(" "))
    )
    counts = np.array([used[term] for term in terms], dtype=float)
    return Vocabulary(tuple(terms), np.log((1 + len(readings)) / (1 + counts)) + 1)
