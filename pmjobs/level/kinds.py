"""Which kind of work an ad is: its family, whether that is project work, and its track.

All is learnt on the same vocabulary as the level. Whether an ad is project work is asked of the
ads most like it: like in what labels say of their words, and in what titles thousands of other ads
put over such duties. The same opinions name its family, taught by labels and by titles that name
one plainly, and its track.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import SVC

from pmjobs.ladder import IN_SCOPE, Family, Track
from pmjobs.level.background import Background
from pmjobs.level.classifier import ridge_direction
from pmjobs.level.scope import KindScorer, Names, Nearness, WorkScorer
from pmjobs.level.vocabulary import Array, Row, rows_as_matrix

PENALTY = 1.0
N_FOLDS = 5
FEWEST = 5  # ads of a family or track before it is told apart
GAMMA = 0.01  # of the Gaussian kernel, over opinions of variance 1
SOFTNESS = 1.0  # C of the support vector machine
# Ads whose title names a family teach what ordinary work is like, which labels, picked for being
# near project work, do not; so many a family, a third as much as a label (macro-F1 .43 to .49).
MOST_TITLED, TITLED_WEIGHT = 100, 0.3
NAMES_C = 0.1  # of the logistic regressions that name families and tracks


@dataclass(frozen=True)
class KindLabel:
    """An ad's terms, what kind of work it is, and whose it is."""

    row: Row
    family: Family
    track: Track | None
    group: str

    @property
    def inside(self) -> bool:
        """Whether it is project work."""
        return self.family in IN_SCOPE


def fit_work(
    labels: Sequence[KindLabel],
    further: Sequence[KindLabel],
    background: Background,
    *,
    seed: int,
) -> WorkScorer:
    """Return a scorer of kinds of work, fitted with whole employers held out for its head.

    Words are taught by `labels` alone: `further` ads, picked because a model took them for
    project work, draw words away from what tells ads at large apart (AUC .922 to .914). Likeness
    and names are asked of both.
    """
    everything = [*labels, *further]
    rows = [label.row for label in everything]
    inside = np.array([label.inside for label in everything])
    teaches = np.arange(len(everything)) < len(labels)
    wide = _wide(background)
    opinions = np.array([wide.scores(row) for row in rows])
    for known, asked in _folds(everything, seed):
        labelled = _labelled(rows, inside, known[teaches[known]], background)
        opinions[asked, 0] = [labelled.scores(rows[i])[0] for i in asked]
    whole = _labelled(rows, inside, np.flatnonzero(teaches), background)
    scope = KindScorer(
        (*whole.kinds, *wide.kinds[1:]),
        np.column_stack([whole.weights, wide.weights[:, 1:]]),
        np.concatenate([whole.intercepts, wide.intercepts[1:]]),
    )
    nearness = _nearness(opinions, inside, list(_folds(everything, seed)))
    titled = _titled(background, seed)
    families = _names(
        np.concatenate([opinions, *(scope.scores(row)[None] for row, _ in titled)]),
        [*(_named(label.family) for label in everything), *(str(family) for _, family in titled)],
        np.array([1.0] * len(everything) + [TITLED_WEIGHT] * len(titled)),
    )
    tracks = [str(label.track) if label.track and label.inside else None for label in everything]
    return WorkScorer(scope, nearness, families, _names(opinions, tracks, np.ones(len(everything))))


def _folds(labels: Sequence[KindLabel], seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    owners = [label.group for label in labels]
    folds = GroupKFold(N_FOLDS, shuffle=True, random_state=seed)
    yield from folds.split(labels, groups=owners)


def _wide(background: Background) -> KindScorer:
    """What titles teach of an ad's words; the first column is left for what labels teach."""
    named, intercept = background.naming_direction()
    senses, offsets = background.sense_directions()
    kinds = ("labelled", "named", *(f"sense {n}" for n in range(1, len(offsets) + 1)))
    return KindScorer(
        kinds,
        np.column_stack([np.zeros_like(named), named, senses]),
        np.concatenate([[0.0, intercept], offsets]),
    )


def _labelled(
    rows: Sequence[Row], inside: np.ndarray, known: np.ndarray, background: Background
) -> KindScorer:
    x = rows_as_matrix([rows[i] for i in known], len(background.vocabulary.terms))
    direction, intercept = ridge_direction(x, inside[known].astype(float), PENALTY)
    return KindScorer(("labelled",), direction[:, None], np.array([intercept]))


def _nearness(
    opinions: Array, inside: np.ndarray, folds: Sequence[tuple[np.ndarray, np.ndarray]]
) -> Nearness:
    centre, scale = opinions.mean(axis=0), opinions.std(axis=0) + 1e-9
    x = (opinions - centre) / scale
    said = np.zeros(len(x))
    for known, asked in folds:
        said[asked] = _machine(x[known], inside[known]).decision_function(x[asked])
    curve = LogisticRegression(C=1.0).fit(said[:, None], inside)
    machine = _machine(x, inside)
    slope = float(curve.coef_[0, 0])
    return Nearness(
        centre,
        scale,
        machine.support_vectors_,
        machine.dual_coef_[0],
        GAMMA,
        (slope, float(curve.intercept_[0] + slope * machine.intercept_[0])),
    )


def _machine(x: Array, inside: np.ndarray) -> SVC:
    return SVC(C=SOFTNESS, gamma=GAMMA).fit(x, inside)


def _titled(background: Background, seed: int) -> list[tuple[Row, Family]]:
    """Ads whose title names a family, at most MOST_TITLED a family."""
    order = np.random.default_rng(seed).permutation(len(background.rows))
    taken: dict[Family, list[Row]] = {}
    for i in order:
        family = background.families[i]
        if family is not None and len(taken.setdefault(family, [])) < MOST_TITLED:
            taken[family].append(background.rows[i])
    return [(row, family) for family in sorted(taken) for row in taken[family]]


def _named(family: Family) -> str | None:
    return None if family is Family.UNCLEAR else str(family)


def _names(opinions: Array, named: Sequence[str | None], weights: Array) -> Names:
    """A multinomial logistic regression of the names that ads have; None: it has none."""
    kinds = sorted({name for name in named if name and named.count(name) >= FEWEST})
    told = [i for i, name in enumerate(named) if name in kinds]
    if len(kinds) < 2:
        return Names(tuple(kinds), np.zeros((opinions.shape[1], len(kinds))), np.zeros(len(kinds)))
    x, names = opinions[told], [str(named[i]) for i in told]
    centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=NAMES_C, max_iter=500)
    model.fit((x - centre) / scale, names, sample_weight=weights[told])
    # Of two kinds it has one row of weights: for the second, and against the first.
    signs = np.array([[-1.0], [1.0]]) if len(kinds) == 2 else np.ones((len(kinds), 1))
    spread = (model.coef_ * signs).T / scale[:, None]
    offsets = model.intercept_ * signs[:, 0] - centre @ spread
    return Names(tuple(map(str, model.classes_)), spread, offsets)
