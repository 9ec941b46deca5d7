"""The level model as one scikit-learn estimator.

Two steps, both fitted on whole employers held out from each other: ridge regressions read the
level and the eleven dimensions from the words; a proportional-odds head weighs those opinions,
what the cues say and the years asked for. The head learns from opinions about ads whose employer
the regressions had not seen, or it would trust them too much.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold
from sklearn.utils.validation import check_is_fitted

from pmjobs.ladder import Dimension
from pmjobs.level.background import Background, vocabulary_of
from pmjobs.level.gates import gated_probabilities
from pmjobs.level.model import (
    OPINIONS,
    RISING,
    Array,
    LevelScorer,
    Row,
    central_level,
    facts,
    rows_as_matrix,
)
from pmjobs.level.ordinal import fit_ordinal
from pmjobs.level.reading import Reading, read

N_LEVELS = 7
FEWEST_CODED = 20  # ads that must be coded before a dimension is learnt


class LevelClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Real level, 1 to 7, of ads given as texts (or as `Reading`s, to read them once).

    Parameters
    ----------
    penalty : float
        Ridge penalty of the regressions on words.
    head_penalty : float
        Ridge penalty of the proportional-odds head.
    n_folds : int
        Folds over groups within which opinions for the head are made.
    background : Background or None
        Unlabelled ads; None: the vocabulary comes from the ads given, and there is no
        opinion about seniority learnt from titles.
    seed : int
        Draws the folds.

    Attributes
    ----------
    classes_ : ndarray of shape (7,)
    vocabulary_ : Vocabulary
    scorer_ : LevelScorer
        The numpy scorer that `predict_proba` uses, and that the shipped model holds.
    unseen_scores_ : ndarray of shape (n_ads,)
        The head's score of each training ad by regressions that had not seen its employer.
    """

    def __init__(
        self,
        penalty: float = 1.0,
        head_penalty: float = 10.0,
        n_folds: int = 5,
        background: Background | None = None,
        seed: int = 20261124,
    ) -> None:
        self.penalty = penalty
        self.head_penalty = head_penalty
        self.n_folds = n_folds
        self.background = background
        self.seed = seed

    def fit(
        self,
        X: Sequence[str | Reading],
        y: Sequence[int],
        *,
        dimensions: Sequence[dict[Dimension, float]] | None = None,
        groups: Sequence[str] | None = None,
        sample_weight: Sequence[float] | None = None,
    ) -> "LevelClassifier":
        """Learn from ads, their levels and, where coded, their dimensions.

        `groups` names the employer of each ad; None: every ad is its own. Raises ValueError
        for levels outside 1 to 7 and for lists of different lengths.
        """
        readings = [_reading(ad) for ad in X]
        levels = np.asarray(y, dtype=float)
        if len(readings) != len(levels) or not len(levels):
            raise ValueError(f"{len(readings)} ads and {len(levels)} levels: give one level an ad")
        if not np.isin(levels, np.arange(1, N_LEVELS + 1)).all():
            raise ValueError("levels run from 1 to 7")
        owners = np.asarray(range(len(levels)) if groups is None else groups).astype(str)
        weights = (
            np.ones(len(levels)) if sample_weight is None else np.asarray(sample_weight, float)
        )
        targets = np.column_stack([levels, _codes(dimensions, len(levels))])

        self.classes_ = np.arange(1, N_LEVELS + 1)
        self.vocabulary_ = (
            self.background.vocabulary if self.background else vocabulary_of(readings, fewest=1)
        )
        rows = [self.vocabulary_.row(reading) for reading in readings]
        folded = np.zeros((len(rows), len(OPINIONS)))
        n_folds = min(self.n_folds, len(set(owners)))
        if n_folds >= 2:
            folds = GroupKFold(n_folds, shuffle=True, random_state=self.seed)
            for known, asked in folds.split(rows, groups=owners):
                part = self._linear(rows, targets, known, held_out=owners[asked])
                folded[asked] = [part.opinions(rows[i]) for i in asked]
        whole = self._linear(rows, targets, np.arange(len(rows)), held_out=())
        x = np.column_stack([folded, [facts(reading) for reading in readings]])
        head, cuts = fit_ordinal(
            x, levels, penalty=self.head_penalty, weights=weights, rising=RISING
        )
        self.unseen_scores_ = x @ head
        self.scorer_ = LevelScorer(whole.weights, whole.intercepts, head, cuts)
        return self

    def predict_proba(self, X: Sequence[str | Reading]) -> Array:
        """Return (n_ads, 7) probabilities, L1 first, after the gate of L7."""
        check_is_fitted(self)
        readings = [_reading(ad) for ad in X]
        found = [gated_probabilities(self.scorer_, self.vocabulary_.row(r), r)[0] for r in readings]
        return np.array(found).reshape(len(readings), N_LEVELS)

    def predict(self, X: Sequence[str | Reading]) -> np.ndarray:
        """Return the central level of each ad, 1 to 7."""
        return np.array([int(central_level(p)) for p in self.predict_proba(X)], dtype=int)

    def _linear(
        self, rows: Sequence[Row], targets: Array, known: np.ndarray, held_out: Sequence[str]
    ) -> LevelScorer:
        """Return a scorer without a head, fitted on the ads `known`."""
        columns, intercepts = [], []
        if self.background is None:
            columns.append(np.zeros(len(self.vocabulary_.terms)))
            intercepts.append(0.0)
        else:
            direction, intercept = self.background.without(held_out).rank_direction()
            columns.append(direction)
            intercepts.append(intercept)
        x = rows_as_matrix([rows[i] for i in known], len(self.vocabulary_.terms))
        for target in targets[known].T:
            direction, intercept = ridge_direction(x, target, self.penalty)
            columns.append(direction)
            intercepts.append(intercept)
        empty = np.zeros(0)
        return LevelScorer(np.column_stack(columns), np.array(intercepts), empty, empty)


def ridge_direction(x: object, target: Array, penalty: float) -> tuple[Array, float]:
    """Return (weights, intercept) of a ridge regression on the rows whose target is known."""
    coded = ~np.isnan(target)
    if coded.sum() < FEWEST_CODED:
        mean = float(np.mean(target[coded])) if coded.any() else 0.0
        return np.zeros(x.shape[1]), mean  # type: ignore[attr-defined]
    model = Ridge(penalty, solver="sparse_cg", tol=1e-5, random_state=0)
    model.fit(x[np.flatnonzero(coded)], target[coded])  # type: ignore[index]
    return np.asarray(model.coef_), float(model.intercept_)


def _codes(dimensions: Sequence[dict[Dimension, float]] | None, n_ads: int) -> Array:
    coded = np.full((n_ads, len(Dimension)), np.nan)
    for place, found in enumerate(dimensions or ()):
        for column, dimension in enumerate(Dimension):
            if dimension in found:
                coded[place, column] = found[dimension]
    return coded


def _reading(ad: str | Reading) -> Reading:
    return ad if isinstance(ad, Reading) else read(ad)
