"""Whether an ad is project work, and of which kind: arrays in, names out. Needs numpy only."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pmjobs.ladder import IN_SCOPE, Family, Track
from pmjobs.level.model import logistic
from pmjobs.level.vocabulary import Array, Row

# Of probability about one half: nearer to it, an ad may as well be other work. 4 % of the ads that
# are project work are so near, by models that have not seen their employer.
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
class Names:
    """Which of several names an ad's opinions speak for: a linear score each, the highest wins."""

    kinds: tuple[str, ...]
    weights: Array  # (n_opinions, len(kinds))
    intercepts: Array

    def best_first(self, opinions: Array) -> list[str]:
        """Return the names, the likeliest first."""
        order = np.argsort(-(opinions @ self.weights + self.intercepts), kind="stable")
        return [self.kinds[place] for place in order.tolist()]


class Kind(NamedTuple):
    """What kind of work an ad is of."""

    family: Family
    inside: float  # probability that it is project work
    track: Track  # that it would be of as project work


@dataclass(frozen=True)
class WorkScorer:
    """Whether an ad is project work, which family it is of, and which track."""

    scope: KindScorer  # opinions: of labels, of ads with a project title, of titles' words
    nearness: Nearness
    families: Names
    tracks: Names

    def decide(self, row: Row) -> Kind:
        """Return the kind of work; its family is always on the side of the probability."""
        opinions = self.scope.scores(row)
        inside = self.nearness.probability(opinions)
        families = map(Family, self.families.best_first(opinions))
        fallback = Family.PROJECT_DELIVERY if inside >= 0.5 else Family.OTHER
        family = next((f for f in families if (f in IN_SCOPE) == (inside >= 0.5)), fallback)
        track = next(map(Track, self.tracks.best_first(opinions)), Track.PROJECT)
        return Kind(family, inside, track)
