"""Which kind of work an ad is: its family, whether that is project work, and its track.

Learnt one against the rest, on the same vocabulary as the level. Whether an ad is project work
weighs two opinions: one from labels, one from what ads with a project title say.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pmjobs.ladder import IN_SCOPE, Family, Track
from pmjobs.level.background import Background
from pmjobs.level.classifier import ridge_direction
from pmjobs.level.model import FamilyScorer, KindScorer
from pmjobs.level.vocabulary import Row, rows_as_matrix

PENALTY = 1.0
N_FOLDS = 5
FEWEST = 5  # labelled ads of a family before it is told apart


def fit_families(
    rows: Sequence[Row],
    families: Sequence[Family],
    groups: Sequence[str],
    background: Background,
    *,
    seed: int,
) -> FamilyScorer:
    """Return a scorer of families, fitted with whole employers held out for its head."""
    owners = np.asarray(groups)
    inside = np.array([family in IN_SCOPE for family in families])
    opinions = np.zeros((len(rows), 2))
    for known, asked in GroupKFold(N_FOLDS, shuffle=True, random_state=seed).split(
        rows, groups=owners
    ):
        part = _scope(rows, inside, known, background.without(owners[asked]))
        opinions[asked] = [part.scores(rows[i]) for i in asked]
    head = LogisticRegression(C=1.0).fit(opinions, inside)
    everything = np.arange(len(rows))
    scope = _scope(rows, inside, everything, background)
    names = sorted({f for f in families if sum(g is f for g in families) >= FEWEST})
    kinds = _one_against_rest(
        rows,
        families,
        [f for f in names if f is not Family.UNCLEAR],
        len(background.vocabulary.terms),
    )
    return FamilyScorer(scope, np.asarray(head.coef_[0]), float(head.intercept_[0]), kinds)


def fit_tracks(rows: Sequence[Row], tracks: Sequence[Track], n_terms: int) -> KindScorer:
    """Return a scorer of tracks, fitted on ads of project work."""
    return _one_against_rest(rows, tracks, sorted(set(tracks)), n_terms)


def _scope(
    rows: Sequence[Row], inside: np.ndarray, known: np.ndarray, background: Background
) -> KindScorer:
    x = rows_as_matrix([rows[i] for i in known], len(background.vocabulary.terms))
    labelled, a = ridge_direction(x, inside[known].astype(float), PENALTY)
    named, b = background.naming_direction()
    return KindScorer(("labelled", "named"), np.column_stack([labelled, named]), np.array([a, b]))


def _one_against_rest(
    rows: Sequence[Row], kinds: Sequence[str], names: Sequence[str], n_terms: int
) -> KindScorer:
    x = rows_as_matrix(rows, n_terms)
    columns, intercepts = [], []
    for name in names:
        target = np.array([float(kind == name) for kind in kinds])
        direction, intercept = ridge_direction(x, target, PENALTY)
        columns.append(direction)
        intercepts.append(intercept)
    return KindScorer(tuple(map(str, names)), np.column_stack(columns), np.array(intercepts))
