"""Whether an ad is project work, and which kind: arrays in, a family out. Needs numpy only."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pmjobs.ladder import IN_SCOPE, Family
from pmjobs.level.model import logistic
from pmjobs.level.vocabulary import Array, Row

# Of probability about one half: nearer to it, an ad may as well be other work (1 in 60 is).
UNSURE = 0.05


@dataclass(frozen=True)
class KindScorer:
    """Linear opinions about an ad, one a kind: of its family, its track, its title's words."""

    kinds: tuple[str, ...]
    weights: Array  # (n_terms, len(kinds))
    intercepts: Array

    def scores(self, row: Row) -> Array:
        """Return one score a kind; where kinds exclude each other, the highest names it."""
        values = row.values.astype(self.weights.dtype, copy=False)
        return np.asarray(values @ self.weights.take(row.at, axis=0) + self.intercepts)


@dataclass(frozen=True)
class Nearness:
    """How near an ad's opinions are to those of known ads on either side of a question.

    A support vector machine with a Gaussian kernel, and a logistic curve over what it says.
    """

    centre: Array  # (n_opinions,)
    scale: Array
    known: Array  # (n_known, n_opinions), centred and scaled
    weights: Array  # (n_known,), above 0 on the side of yes
    gamma: float
    curve: tuple[float, float]  # slope and intercept

    @cached_property
    def _squares(self) -> Array:
        return np.asarray((self.known * self.known).sum(axis=1))

    def probability(self, opinions: Array) -> float:
        """Return the probability of yes."""
        here = (opinions - self.centre) / self.scale
        apart = self._squares + here @ here - 2.0 * (self.known @ here)
        said = np.exp(-self.gamma * apart) @ self.weights
        slope, intercept = self.curve
        return float(logistic(said * slope + intercept))


@dataclass(frozen=True)
class FamilyNames:
    """Which family an ad's opinions speak for: a linear score a family, the highest names it."""

    families: tuple[Family, ...]
    weights: Array  # (n_opinions, n_families)
    intercepts: Array  # (n_families,)

    def name(self, opinions: Array, *, inside: bool) -> Family:
        """Return the likeliest family of project work, or of other work."""
        scores = (opinions @ self.weights + self.intercepts).tolist()
        allowed = [
            (score, family)
            for family, score in zip(self.families, scores, strict=True)
            if (family in IN_SCOPE) == inside
        ]
        fallback = Family.PROJECT_DELIVERY if inside else Family.OTHER
        return max(allowed, default=(0.0, fallback))[1]


@dataclass(frozen=True)
class FamilyScorer:
    """Whether an ad is project work, and which family it is of."""

    scope: KindScorer  # opinions: of labels, of ads with a project title, of titles' words
    nearness: Nearness
    names: FamilyNames

    def decide(self, row: Row) -> tuple[Family, float]:
        """Return the ad's family, and the probability that it is project work."""
        opinions = self.scope.scores(row)
        inside = self.nearness.probability(opinions)
        return self.names.name(opinions, inside=inside >= 0.5), inside
