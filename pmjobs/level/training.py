"""From labels to a model: the recipe, in one place, for training and for every fold of a test."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pmjobs.level.background import Background, background_of
from pmjobs.level.classifier import LevelClassifier
from pmjobs.level.corpus import (
    INVENTED,
    MORE,
    Label,
    groups_of,
    levelled,
    read_corpus,
    read_invented,
    read_more,
)
from pmjobs.level.kinds import KindLabel, fit_work
from pmjobs.level.lessons import Lessons, lessons_from, lessons_of
from pmjobs.level.model import LevelScorer, level_set
from pmjobs.level.reading import Reading, read
from pmjobs.level.scope import WorkScorer
from pmjobs.level.sentence_labels import (
    INVENTED_SENTENCES,
    READINGS,
    read_annotated,
    read_invented_sentences,
)
from pmjobs.level.vocabulary import Vocabulary

SEED = 20261124
INVENTED_WEIGHT = 0.3  # an invented ad shows a rare level plainly; it is no draw from the market


@dataclass(frozen=True)
class Material:
    """All that a model is taught with, read once."""

    labels: list[Label]  # of real ads; measured on
    more: list[Label]  # of further real ads, labelled for this project; never measured on
    invented: list[Label]
    readings: dict[str, Reading]  # by the ad's id
    groups: dict[str, str]  # id of an ad -> whom it belongs to; never on both sides of a split
    background: Background
    lessons: Lessons

    @property
    def everything(self) -> list[Label]:
        """All that has a label."""
        return [*self.labels, *self.more, *self.invented]

    def without(self, groups: Iterable[str]) -> "Material":
        """Return the same without anything of `groups`."""
        left_out = set(groups)
        return replace(
            self,
            labels=[label for label in self.labels if self.groups[label.ad.id] not in left_out],
            more=[label for label in self.more if self.groups[label.ad.id] not in left_out],
            background=self.background.without(left_out),
            lessons=self.lessons.without(left_out),
        )


@dataclass(frozen=True)
class Recipe:
    """The fitted parts of a model, before it has a name and a card."""

    vocabulary: Vocabulary
    level: LevelScorer
    by_words: LevelScorer  # the level without what single sentences show
    work: WorkScorer
    unseen_scores: dict[str, float]  # id of a levelled ad -> score by a model blind to its employer


def read_material(
    corpus: Path, find: Callable[[str], Path], *, own: Sequence[Label] = ()
) -> Material:
    """Return what `corpus` and the files that pmjobs brings teach.

    `find` gives the path of a shipped file; `own` are labels that people gave. Raises
    SettingsError if a file cannot be read.
    """
    ads, labels = read_corpus(corpus, own=own)
    more = read_more(find(MORE), ads)
    invented = [label for name in INVENTED for label in read_invented(find(name))]
    everything = list(ads.values())
    groups = dict(zip(ads, groups_of(everything), strict=True))
    groups |= {label.ad.id: f"invented: {label.ad.owner}" for label in invented}
    readings = {ad.id: read(ad.description) for ad in everything}
    readings |= {label.ad.id: read(label.ad.description) for label in invented}
    background = background_of(
        [readings[ad.id] for ad in everything],
        [ad.title for ad in everything],
        [groups[ad.id] for ad in everything],
    )
    labelled = {label.ad.id: label for label in (*labels, *more, *invented)}
    lessons = lessons_from(
        read_annotated(find(READINGS), {i: label.ad for i, label in labelled.items()}),
        labelled,
        groups,
        read_invented_sentences(find(INVENTED_SENTENCES)),
    )
    return Material(
        labels=labels,
        more=more,
        invented=invented,
        readings=readings,
        groups=groups,
        background=background,
        lessons=lessons_of(lessons, background.vocabulary),
    )


def fit_level(material: Material, *, seed: int = SEED) -> LevelClassifier:
    """Return a classifier fitted on the labels that name a level."""
    told = levelled(material.everything)
    return LevelClassifier(background=material.background, lessons=material.lessons, seed=seed).fit(
        [material.readings[label.ad.id] for label in told],
        [int(label.level or 0) for label in told],
        dimensions=[label.dimensions for label in told],
        groups=[material.groups[label.ad.id] for label in told],
        sample_weight=[INVENTED_WEIGHT if label.invented else 1.0 for label in told],
    )


def fit_recipe(material: Material, *, seed: int = SEED) -> Recipe:
    """Return scorers of the level and of the kind of work, fitted on `material`."""
    level = fit_level(material, seed=seed)
    vocabulary = level.vocabulary_
    rows = {
        label.ad.id: vocabulary.row(material.readings[label.ad.id]) for label in material.everything
    }
    told, further = (
        [KindLabel(rows[x.ad.id], x.family, x.track, material.groups[x.ad.id]) for x in part]
        for part in ([*material.labels, *material.invented], material.more)
    )
    work = fit_work(told, further, material.background, seed=seed)
    ids = [label.ad.id for label in levelled(material.everything)]
    unseen = dict(zip(ids, level.unseen_scores_.tolist(), strict=True))
    return Recipe(vocabulary, level.scorer_, level.words_scorer_, work, unseen)


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


def unseen_probabilities(material: Material, *, seed: int = SEED, n_folds: int = 5) -> np.ndarray:
    """Return (n_levelled, 7) probabilities of each levelled ad by a model blind to its employer."""
    from sklearn.model_selection import StratifiedGroupKFold

    told = levelled(material.labels)
    owners = [material.groups[label.ad.id] for label in told]
    levels = [int(label.level or 0) for label in told]
    found = np.zeros((len(told), 7))
    folds = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    for _, asked in folds.split(told, levels, owners):
        model = fit_level(material.without({owners[i] for i in asked}), seed=seed)
        found[asked] = model.predict_proba([material.readings[told[i].ad.id] for i in asked])
    return found
