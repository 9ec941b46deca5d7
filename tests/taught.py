"""A small model of invented ads, taught in seconds, for tests of what a taught model does."""

from dataclasses import replace
from functools import cache

from pmjobs.ladder import Level
from pmjobs.level.background import background_of
from pmjobs.level.classifier import LevelClassifier
from pmjobs.level.corpus import INVENTED, Label, levelled, read_invented
from pmjobs.level.lessons import Lesson, lessons_from, lessons_of
from pmjobs.level.reading import read
from pmjobs.level.sentence_labels import (
    INVENTED_SENTENCES,
    READINGS,
    AnnotatedAd,
    read_annotated,
    read_invented_sentences,
)
from pmjobs.level.training import Material
from pmjobs.places import shipped

ADS_A_LEVEL = 9
OTHER_ADS = 12  # out of scope
SINGLE_SENTENCES = 500


@cache
def labels() -> tuple[Label, ...]:
    """Some invented ads of every level and some that are no project work."""
    found = [label for name in INVENTED for label in read_invented(shipped(name))]
    of_level = {level: [x for x in levelled(found) if x.level is level] for level in Level}
    others = [label for label in found if label.level is None]
    some = [x for level in Level for x in of_level[level][:ADS_A_LEVEL]]
    return (*some, *others[:OTHER_ADS])


@cache
def groups() -> dict[str, str]:
    """Whom each ad belongs to."""
    return {label.ad.id: f"employer of {label.ad.id}" for label in labels()}


@cache
def annotated() -> tuple[AnnotatedAd, ...]:
    """What annotators found in these ads."""
    return tuple(read_annotated(shipped(READINGS), {x.ad.id: x.ad for x in labels()}))


@cache
def lessons() -> tuple[Lesson, ...]:
    """What the sentences of these ads and some single sentences teach."""
    ads = {label.ad.id: label for label in labels()}
    return tuple(
        lessons_from(
            annotated(),
            ads,
            groups(),
            read_invented_sentences(shipped(INVENTED_SENTENCES))[:SINGLE_SENTENCES],
        )
    )


@cache
def material() -> Material:
    """All of it as the material of a model; the ads stand for real ones."""
    readings = {label.ad.id: read(label.ad.description) for label in labels()}
    background = background_of(
        list(readings.values()),
        [label.ad.title for label in labels()],
        [groups()[i] for i in readings],
    )
    return Material(
        labels=[replace(label, invented=False) for label in labels()],
        more=[],
        invented=[],
        readings=readings,
        groups=groups(),
        background=background,
        lessons=lessons_of(lessons(), background.vocabulary),
    )


@cache
def classifier() -> LevelClassifier:
    """A classifier taught with ads and sentences, without unlabelled ads."""
    told = levelled(labels())
    return LevelClassifier(lessons=material().lessons, n_folds=2).fit(
        [material().readings[label.ad.id] for label in told],
        [int(label.level or 0) for label in told],
        dimensions=[label.dimensions for label in told],
        groups=[groups()[label.ad.id] for label in told],
    )
