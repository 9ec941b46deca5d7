"""What thousands of unlabelled ads teach: a vocabulary, and which duties go with which title.

An ad without a label still has a title. Regressing how senior titles sound on the work below them
gives a direction in the vocabulary that holds on employers never seen, because it is learnt from
many. Titles teach here; they are never read when an ad is estimated.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pmjobs.domain.families import family_named
from pmjobs.ladder import Family
from pmjobs.level.conjugate import conjugate_ridge
from pmjobs.level.reading import Reading
from pmjobs.level.seniority import sounding_level
from pmjobs.level.vocabulary import Array, Row, Vocabulary, rows_as_matrix, terms_of

FEWEST_ADS = 8  # a term is read if so many ads use it …
COMMONEST = 0.5  # … and no more than this share of them
PROJECT_WEIGHT = 5.0  # an ad with a project title teaches as much as so many others
PENALTY = 2.0
FEWEST_TITLES = 15  # that use a word before duties are asked to foretell it
SENSE_STEPS = 12  # of conjugate gradients; more sharpen nothing that is kept
SENSES = 64  # of all that foretold title words say; 16 told project work less well, 100 no better
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
_TITLE_WORD = re.compile(r"[a-z][a-z&+-]+")
_NOT_THE_WORK = frozenset(
    {"and", "of", "the", "for", "in", "to", "an", "with", "at", "on", "ii", "iii", "remote"}
    | {"senior", "sr", "junior", "jr"}
)
_PROJECT_TITLE = re.compile(r"project|program|pmo|portfolio|scrum|delivery")


@dataclass(frozen=True)
class Background:
    """Unlabelled ads: their rows, how senior their titles sound, and whose they are."""

    vocabulary: Vocabulary
    rows: tuple[Row, ...]
    seniority: Array
    named: NDArray[np.bool_]  # whether the title names project work
    titled: NDArray[np.float32]  # (n_ads, n_title_words), which of their words each title has
    families: tuple[Family | None, ...]  # that a title names plainly
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
            self.titled[kept],
            tuple(self.families[i] for i in kept),
            tuple(self.groups[i] for i in kept),
        )

    def rank_direction(self) -> tuple[Array, float]:
        """Return (weights over the vocabulary, intercept) that foretell a title's seniority."""
        return self._ridge(self.seniority, np.where(self.named, PROJECT_WEIGHT, 1.0))

    def naming_direction(self) -> tuple[Array, float]:
        """Return (weights, intercept) that foretell whether a title names project work."""
        return self._ridge(self.named.astype(float), np.ones(len(self.rows)))

    def sense_directions(self) -> tuple[Array, Array]:
        """Return (weights, (n_terms, SENSES); intercepts) that tell what kind of work an ad is.

        Every title word is foretold from the duties; what these opinions vary in most is kept.
        """
        n_terms, n_words = len(self.vocabulary.terms), self.titled.shape[1]
        if not n_words:
            return np.zeros((n_terms, 0)), np.zeros(0)
        x: Any = rows_as_matrix(self.rows, n_terms)
        x = x.astype(np.float32)
        weights = conjugate_ridge(x, self.titled, PENALTY, steps=SENSE_STEPS)
        found = np.asarray(x @ weights)
        centre = found.mean(axis=0)
        _, axes = np.linalg.eigh(np.atleast_2d(np.cov(found, rowvar=False)))
        kept = axes[:, ::-1][:, :SENSES].astype(np.float32)
        return np.asarray(weights @ kept), -centre @ kept

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
        titled=_titled(lowered),
        families=tuple(map(family_named, lowered)),
        groups=tuple(groups[i] for i in told),
    )


def _titled(titles: Sequence[str]) -> NDArray[np.float32]:
    """Which words and pairs of words, rank aside, each title has; rare ones weigh more."""
    said = [
        set(terms_of([w for w in _TITLE_WORD.findall(title) if w not in _NOT_THE_WORK]))
        for title in titles
    ]
    used = Counter(term for terms in said for term in terms)
    known = sorted(term for term, n in used.items() if n >= FEWEST_TITLES)
    if not known:
        return np.zeros((len(titles), 0), dtype=np.float32)
    has = np.array([[term in terms for term in known] for terms in said], dtype=np.float32)
    spread = np.sqrt(np.maximum(has.std(axis=0), 1e-6))
    return np.asarray((has - has.mean(axis=0)) / spread, dtype=np.float32)


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
