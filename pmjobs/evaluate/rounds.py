"""Draws of folds: what every arm and baseline says of ads whose employer it has not seen.

An employer, and employers that publish near-duplicates of each other's ads, never stand on both
sides of a split. Every arm is measured on the same folds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import cached_property

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from pmjobs.domain.titles import claim_of
from pmjobs.ladder import IN_SCOPE, Dimension, Family, Track
from pmjobs.level import baselines
from pmjobs.level.corpus import Label
from pmjobs.level.evidence import codes_shown
from pmjobs.level.gates import gated_probabilities
from pmjobs.level.model import LEVELS, LevelScorer, Look, spread
from pmjobs.level.ordinal import fit_ordinal
from pmjobs.level.reading import Reading
from pmjobs.level.thin import is_thin
from pmjobs.level.training import Material, Recipe, fit_recipe
from pmjobs.level.vocabulary import Array

N_FOLDS = 5
BODY = "body"  # the arm the product uses


@dataclass(frozen=True)
class Study:
    """What is measured on."""

    material: Material

    @property
    def labels(self) -> list[Label]:
        """The labels that are measured on."""
        return self.material.labels

    @cached_property
    def owners(self) -> list[str]:
        """Whom each labelled ad belongs to."""
        return [self.material.groups[label.ad.id] for label in self.labels]

    def reading(self, i: int) -> Reading:
        """Return what was read of a labelled ad."""
        return self.material.readings[self.labels[i].ad.id]

    @cached_property
    def told(self) -> list[int]:
        """Which labels name a level."""
        return [i for i, x in enumerate(self.labels) if x.level and x.family in IN_SCOPE]


@dataclass(frozen=True)
class Round:
    """One draw of folds: what every arm said of every levelled ad, and the kinds found."""

    arms: dict[str, Array]  # (n_told, 7)
    inside: Array  # (n_labels,) probability of project work
    families: list[Family]
    tracks: list[Track]
    codes: list[dict[Dimension, float]]  # of each levelled ad, told of or not
    thin: list[bool]  # (n_labels,) whether an ad says too little for a level


def round_of(
    study: Study, seed: int, watch: Callable[[Recipe, list[int]], None] | None = None
) -> Round:
    """Return what all arms say, each ad by models that have not seen its employer.

    `watch` is called with each fold's model and the levelled ads that it has not seen.
    """
    labels, n = study.labels, len(study.labels)
    strata = [int(x.level) if x.level and x.family in IN_SCOPE else 0 for x in labels]
    arms: dict[str, Array] = {}
    inside = np.zeros(n)
    codes: list[dict[Dimension, float]] = [{}] * n
    thin = [False] * n
    families, tracks = [Family.OTHER] * n, [Track.PROJECT] * n
    told = set(study.told)
    folds = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=seed)
    for known, asked in folds.split(labels, strata, study.owners):
        held = study.material.without({study.owners[i] for i in asked})
        recipe = fit_recipe(held, seed=seed)
        looks: dict[int, Look] = {}
        for i in asked:
            view = recipe.vocabulary.view(study.reading(i))
            looks[i] = recipe.level.look(view)
            families[i], inside[i], tracks[i] = recipe.work.decide(view.row)
            codes[i] = recipe.level.codes(looks[i])
            thin[i] = is_thin(looks[i], study.reading(i))
        seen, unseen = ([i for i in part if i in told] for part in (known, asked))
        for name, found in _arms(study, recipe, seen, unseen, tracks, looks).items():
            arms.setdefault(name, np.zeros((n, len(LEVELS))))[unseen] = found
        if watch:
            watch(recipe, unseen)
    where = study.told
    return Round(
        {name: found[where] for name, found in arms.items()},
        inside,
        families,
        tracks,
        [codes[i] for i in where],
        thin,
    )


def _arms(
    study: Study,
    recipe: Recipe,
    known: list[int],
    asked: list[int],
    tracks: Sequence[Track],
    looks: Mapping[int, Look],
) -> dict[str, Array]:
    labels, seen = study.labels, [looks[i] for i in asked]
    levels = np.array([int(labels[i].level or 0) for i in known])
    titles = [[labels[i].ad.title for i in part] for part in (known, asked)]
    owners = [[labels[i].ad.owner for i in part] for part in (known, asked)]
    texts = [[_told(study.reading(i)) for i in part] for part in (known, asked)]
    readings = [study.reading(i) for i in asked]
    years = [reading.years.minimum if reading.years else None for reading in readings]
    timeless = [changed(reading, told="") for reading in readings]
    coded = [codes_shown(recipe.level, look) for look in seen]
    return {
        BODY: _probabilities(recipe.level, seen, readings),
        "title only": baselines.words_logistic(titles[0], levels, titles[1]),
        "full (body and title)": _with_title(
            recipe, [labels[i] for i in known], [labels[i] for i in asked], seen, levels
        ),
        "body, words and cues only": _probabilities(recipe.by_words, seen, readings),
        "body without years": probabilities_of(recipe, timeless),
        "employer only": baselines.words_logistic(owners[0], levels, owners[1], fewest=1),
        "majority": baselines.majority(levels, len(asked)),
        "title rules": baselines.title_rules(titles[1], levels),
        "years rule": baselines.years_rule(years, levels),
        "TF-IDF, logistic": baselines.words_logistic(texts[0], levels, texts[1], fewest=3),
        "TF-IDF, ordinal (mord)": baselines.words_ordinal(texts[0], levels, texts[1]),
        "rubric on read dimensions": baselines.rubric_rule(coded, [tracks[i] for i in asked]),
    }


def probabilities_of(recipe: Recipe, readings: Sequence[Reading]) -> Array:
    """Return (n_readings, 7) probabilities by a fold's model."""
    return _probabilities(recipe.level, [look_at(recipe, one) for one in readings], readings)


def _probabilities(
    scorer: LevelScorer, looks: Sequence[Look], readings: Sequence[Reading]
) -> Array:
    return np.array(
        [gated_probabilities(scorer, *both)[0] for both in zip(looks, readings, strict=True)]
    ).reshape(len(readings), len(LEVELS))


def _with_title(
    recipe: Recipe,
    known: Sequence[Label],
    asked: Sequence[Label],
    looks: Sequence[Look],
    levels: Array,
) -> Array:
    """The body's score and what the title claims, weighed together: not allowed in the product."""
    seen = [recipe.unseen_scores[label.ad.id] for label in known]
    unseen = [recipe.level.score(look) for look in looks]
    x = [
        np.array([[score, *_claim(label.ad.title)] for score, label in zip(s, part, strict=True)])
        for s, part in ((seen, known), (unseen, asked))
    ]
    head, cuts = fit_ordinal(x[0], levels, penalty=1.0, weights=np.ones(len(levels)))
    return np.array([spread(float(row @ head), cuts) for row in x[1]])


def _claim(title: str) -> tuple[float, float]:
    """The level a title claims, and whether it claims none."""
    claim = claim_of(title)
    return (float(claim.level), 0.0) if claim else (3.5, 1.0)


def _told(reading: Reading) -> str:
    return "\n".join(" ".join(words) for words in reading.tokens)


def look_at(recipe: Recipe, reading: Reading) -> Look:
    """Return what a fold's model knows of an ad."""
    return recipe.level.look(recipe.vocabulary.view(reading))
