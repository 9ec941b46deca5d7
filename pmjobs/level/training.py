"""From labels to a model: the recipe, in one place, for training and for every fold of a test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pmjobs.ladder import IN_SCOPE
from pmjobs.level.background import Background, background_of
from pmjobs.level.classifier import LevelClassifier
from pmjobs.level.corpus import CorpusAd, Label, levelled
from pmjobs.level.kinds import fit_families, fit_tracks
from pmjobs.level.model import FamilyScorer, KindScorer, LevelScorer, Vocabulary, level_set
from pmjobs.level.reading import Reading

SEED = 20261124
INVENTED_WEIGHT = 0.15  # an invented ad shows a rare level plainly; it is no draw from the market


@dataclass(frozen=True)
class Recipe:
    """The fitted parts of a model, before it has a name and a card."""

    vocabulary: Vocabulary
    level: LevelScorer
    family: FamilyScorer
    track: KindScorer
    unseen_scores: dict[str, float]  # id of a levelled ad -> score by a model blind to its employer


def background_from(
    ads: Sequence[CorpusAd], readings: Mapping[str, Reading], groups: Mapping[str, str]
) -> Background:
    """Return what unlabelled ads teach."""
    return background_of(
        [readings[ad.id] for ad in ads], [ad.title for ad in ads], [groups[ad.id] for ad in ads]
    )


def fit_level(
    labels: Sequence[Label],
    readings: Mapping[str, Reading],
    groups: Mapping[str, str],
    background: Background,
    *,
    seed: int = SEED,
) -> LevelClassifier:
    """Return a classifier fitted on the labels that name a level."""
    told = levelled(labels)
    return LevelClassifier(background=background, seed=seed).fit(
        [readings[label.ad.id] for label in told],
        [int(label.level or 0) for label in told],
        dimensions=[label.dimensions for label in told],
        groups=[groups[label.ad.id] for label in told],
        sample_weight=[INVENTED_WEIGHT if label.invented else 1.0 for label in told],
    )


def fit_recipe(
    labels: Sequence[Label],
    readings: Mapping[str, Reading],
    groups: Mapping[str, str],
    background: Background,
    *,
    seed: int = SEED,
) -> Recipe:
    """Return level, family and track scorers fitted on `labels`."""
    level = fit_level(labels, readings, groups, background, seed=seed)
    vocabulary = background.vocabulary
    rows = [vocabulary.row(readings[label.ad.id]) for label in labels]
    family = fit_families(
        rows,
        [label.family for label in labels],
        [groups[label.ad.id] for label in labels],
        background,
        seed=seed,
    )
    tracked = [
        (row, label.track)
        for row, label in zip(rows, labels, strict=True)
        if label.track and label.family in IN_SCOPE
    ]
    track = fit_tracks([r for r, _ in tracked], [t for _, t in tracked], len(vocabulary.terms))
    ids = [label.ad.id for label in levelled(labels)]
    unseen = dict(zip(ids, level.unseen_scores_.tolist(), strict=True))
    return Recipe(vocabulary, level.scorer_, family, track, unseen)


def mass_for_coverage(probabilities: np.ndarray, levels: np.ndarray, coverage: float) -> float:
    """Return the mass at which level sets hold the true level with `coverage`.

    `probabilities` (n_ads, 7) are of ads whose employer the model had not seen.
    """
    for mass in np.arange(0.5, 0.9991, 0.005):
        held = [
            low <= level <= high
            for p, level in zip(probabilities, levels, strict=True)
            for low, high in [level_set(p, float(mass))]
        ]
        if np.mean(held) >= coverage:
            return float(round(mass, 4))
    return 0.999


def unseen_probabilities(
    labels: Sequence[Label],
    invented: Sequence[Label],
    readings: Mapping[str, Reading],
    groups: Mapping[str, str],
    background: Background,
    *,
    seed: int = SEED,
    n_folds: int = 5,
) -> np.ndarray:
    """Return (n_levelled, 7) probabilities of each levelled ad by a model blind to its employer."""
    from sklearn.model_selection import StratifiedGroupKFold

    told = levelled(labels)
    owners = [groups[label.ad.id] for label in told]
    levels = [int(label.level or 0) for label in told]
    found = np.zeros((len(told), 7))
    folds = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    for known, asked in folds.split(told, levels, owners):
        model = fit_level(
            [*(told[i] for i in known), *invented],
            readings,
            groups,
            background.without({owners[i] for i in asked}),
            seed=seed,
        )
        found[asked] = model.predict_proba([readings[told[i].ad.id] for i in asked])
    return found
