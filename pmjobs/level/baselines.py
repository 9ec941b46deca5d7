"""What a simpler idea would score: each returns (n_asked, 7) probabilities."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pmjobs.domain.rubric import read_codes, years_level
from pmjobs.domain.titles import claim_of
from pmjobs.ladder import Dimension, Level, Track
from pmjobs.level.metrics import N_LEVELS, RUNGS
from pmjobs.level.vocabulary import Array

_SURE = 0.9  # a rule without probabilities is taken as this sure of its answer


def prior(levels: Array, n_asked: int) -> Array:
    """Return the shares of the known levels, the same for every ad asked."""
    shares = (np.bincount(levels, minlength=N_LEVELS + 1)[1:] + 0.1) / (len(levels) + 0.7)
    return np.tile(shares, (n_asked, 1))


def majority(levels: Array, n_asked: int) -> Array:
    """Always answer the commonest level."""
    return np.array([_sure(int(np.bincount(levels).argmax()))] * n_asked)


def title_rules(titles: Sequence[str], levels: Array) -> Array:
    """Answer what the title claims; the commonest level where it claims none."""
    fallback = int(np.bincount(levels).argmax())
    claims = [claim_of(title) for title in titles]
    return np.array([_sure(int(claim.level) if claim else fallback) for claim in claims])


def years_rule(years: Sequence[float | None], levels: Array) -> Array:
    """Answer by the years asked for; the commonest level where none are."""
    fallback = int(np.bincount(levels).argmax())
    return np.array([_sure(fallback if n is None else int(years_level(n))) for n in years])


def rubric_rule(coded: Sequence[dict[Dimension, float]], tracks: Sequence[Track | None]) -> Array:
    """Answer by the rubric's arithmetic on dimensions coded by the model."""
    answers = [
        read_codes(found, track=track).level or Level.PROJECT_MANAGER
        for found, track in zip(coded, tracks, strict=True)
    ]
    return np.array([_sure(int(level)) for level in answers])


def words_logistic(
    known: Sequence[str], levels: Array, asked: Sequence[str], *, fewest: int = 2
) -> Array:
    """TF-IDF of words and pairs, multinomial logistic regression."""
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=fewest, sublinear_tf=True)
    try:
        x = vectorizer.fit_transform(known)
    except ValueError:  # no word is common enough
        return prior(levels, len(asked))
    model = LogisticRegression(C=10.0, max_iter=2000).fit(x, levels)
    found = np.zeros((len(asked), N_LEVELS))
    found[:, np.asarray(model.classes_) - 1] = model.predict_proba(vectorizer.transform(asked))
    return found


def words_ordinal(known: Sequence[str], levels: Array, asked: Sequence[str]) -> Array:
    """TF-IDF, reduced to 100 dimensions, and mord's LogisticAT, an ordinal logistic regression."""
    from mord import LogisticAT
    from sklearn.decomposition import TruncatedSVD

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    reducer = TruncatedSVD(100, random_state=0)
    x = reducer.fit_transform(vectorizer.fit_transform(known))
    scale = x.std(axis=0) + 1e-9
    present = np.unique(levels)
    model = LogisticAT(alpha=100.0).fit(x / scale, np.searchsorted(present, levels))
    found = np.zeros((len(asked), N_LEVELS))
    reduced = reducer.transform(vectorizer.transform(asked)) / scale
    found[:, present - 1] = model.predict_proba(reduced)
    return found


def _sure(level: int) -> Array:
    others = (1 - _SURE) / (N_LEVELS - 1)
    return np.where(level == RUNGS, _SURE, others)
