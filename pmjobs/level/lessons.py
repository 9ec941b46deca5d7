"""Annotated sentences as lessons for the reader of sentences, and the reader fitted to them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pmjobs.domain.cues import cues
from pmjobs.ladder import IN_SCOPE
from pmjobs.level.background import NUMBER_WORDS
from pmjobs.level.conjugate import conjugate_ridge
from pmjobs.level.corpus import Label
from pmjobs.level.cues import find_hits
from pmjobs.level.masking import mask
from pmjobs.level.reading import COUNTED, TOKEN
from pmjobs.level.sentence_labels import AnnotatedAd, SentenceLabel
from pmjobs.level.sentence_reader import (
    CUE_VALUE,
    KINDS,
    OUTPUTS,
    ZONES,
    SentenceReader,
    as_targets,
)
from pmjobs.level.stated import hide_bosses
from pmjobs.level.vocabulary import Vocabulary, terms_of
from pmjobs.parsing.sections import Sentence, Zone, lower, sentences

FEWEST_SENTENCES = 4  # that use a term before the reader of sentences reads it
PENALTY = 3.0
ZONE_VALUE = 0.5
# Words by which titles tell rank and that say nothing of the work. Ranks of the people whom a
# post leads or faces (managers, directors) are evidence and are read.
TITLE_WORDS = frozenset(
    {"senior", "sr", "junior", "jr", "principal", "staff", "chief", "vp", "vice", "president"}
    | {"associate", "intern", "internship", "trainee", "graduate", "entry", "level"}
)
_UNREAD = TITLE_WORDS | NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated sentence, as the reader will see it, and what it shows."""

    words: tuple[str, ...]
    cues: tuple[int, ...]
    zone: Zone
    targets: tuple[float, ...]  # in the order of OUTPUTS
    group: str
    coded: bool  # False: the annotator was asked for zone and kind only


@dataclass(frozen=True)
class Lessons:
    """All lessons as arrays, over one vocabulary."""

    vocabulary: Vocabulary
    idf: NDArray[np.float32]  # of the vocabulary's terms in sentences; 0: not read there
    x: Any  # scipy CSR (n_lessons, n_terms + n_cues + n_zones)
    targets: NDArray[np.float32]  # (n_lessons, len(OUTPUTS))
    groups: NDArray[np.str_]
    coded: NDArray[np.bool_]

    def without(self, groups: Iterable[str]) -> "Lessons":
        """Return the lessons whose group is none of `groups`."""
        kept = ~np.isin(self.groups, list(set(groups)))
        return replace(
            self,
            x=self.x[np.flatnonzero(kept)],
            targets=self.targets[kept],
            groups=self.groups[kept],
            coded=self.coded[kept],
        )

    def reader(self) -> SentenceReader:
        """Return the reader that these lessons teach: one ridge regression an output."""
        n_dims = len(OUTPUTS) - len(KINDS)
        told = np.flatnonzero(self.coded)
        weights = np.concatenate(
            [
                conjugate_ridge(self.x[told], self.targets[told, :n_dims], PENALTY),
                conjugate_ridge(self.x, self.targets[:, n_dims:], PENALTY),
            ],
            axis=1,
        )
        n_terms, n_cues = len(self.idf), len(cues())
        return SentenceReader(
            self.idf,
            weights[:n_terms],
            weights[n_terms : n_terms + n_cues],
            (weights[n_terms + n_cues :] * ZONE_VALUE).astype(np.float32),
        )


def lessons_of(
    lessons: Sequence[Lesson], vocabulary: Vocabulary, fewest: int = FEWEST_SENTENCES
) -> Lessons:
    """Return `lessons` as arrays; their vocabulary is `vocabulary` and the terms of sentences."""
    used: Counter[str] = Counter()
    for lesson in lessons:
        used.update(set(terms_of(lesson.words)))
    read = {t for t, n in used.items() if n >= fewest and _UNREAD.isdisjoint(t.split(" "))}
    more = sorted(read - vocabulary.places.keys())
    both = Vocabulary(
        (*vocabulary.terms, *more), np.concatenate([vocabulary.idf, np.zeros(len(more))])
    )
    counts = np.array([used[term] if term in read else 0 for term in both.terms], dtype=float)
    rarity = np.log((1 + len(lessons)) / (1 + counts)) + 1
    idf = np.where(counts > 0, rarity, 0.0).astype(np.float32)
    return Lessons(
        both,
        idf,
        _matrix(lessons, {term: both.places[term] for term in read}, idf),
        np.array([lesson.targets for lesson in lessons], dtype=np.float32),
        np.array([lesson.group for lesson in lessons]),
        np.array([lesson.coded for lesson in lessons]),
    )


def _matrix(lessons: Sequence[Lesson], places: Mapping[str, int], idf: NDArray[np.float32]) -> Any:
    """Every lesson's terms, cues and zone, a row a lesson, as the reader will weigh them."""
    from scipy.sparse import csr_matrix

    n_terms, n_cues = len(idf), len(cues())
    at: list[int] = []
    values: list[float] = []
    ends = [0]
    for lesson in lessons:
        known = sorted({places[t] for t in terms_of(lesson.words) if t in places})
        rare = idf[known]
        length = float(np.sqrt(rare @ rare)) or 1.0
        at += [*known, *(n_terms + c for c in lesson.cues)]
        at.append(n_terms + n_cues + ZONES.index(lesson.zone))
        values += [*(rare / length).tolist(), *(CUE_VALUE for _ in lesson.cues), ZONE_VALUE]
        ends.append(len(at))
    shape = (len(lessons), n_terms + n_cues + len(ZONES))
    return csr_matrix((np.array(values, dtype=np.float32), at, ends), shape=shape)


def lessons_from(
    annotated: Sequence[AnnotatedAd],
    labels: Mapping[str, Label],
    groups: Mapping[str, str],
    invented: Sequence[tuple[str, SentenceLabel]],
) -> list[Lesson]:
    """Return a lesson for every annotated sentence of duties or requirements.

    Several readings of one sentence become one lesson: their mean.
    """
    readings: dict[str, list[AnnotatedAd]] = {}
    for reading in annotated:
        readings.setdefault(reading.ad_id, []).append(reading)
    found: list[Lesson] = []
    for ad_id, of_ad in readings.items():
        label = labels[ad_id]
        coded = label.family in IN_SCOPE or any(s.codes for r in of_ad for s in r.sentences)
        found += _of_ad(label.ad.description, of_ad, groups[ad_id], coded)
    for text, told in invented:
        zone = Zone.REQUIREMENTS if told.zone == "r" else Zone.DUTIES
        if told.zone in "dr":
            targets = tuple(as_targets(told.kind, told.codes))
            unit = Sentence(0, len(text), zone)
            lowered, _ = hide_bosses(lower(mask(text)), [unit])
            found.append(_lesson(lowered, unit, targets, "", coded=True))
    return found


def _of_ad(text: str, readings: Sequence[AnnotatedAd], group: str, coded: bool) -> Iterable[Lesson]:
    cut = sentences(text)
    lowered, _ = hide_bosses(lower(mask(text)), [s for s in cut if s.zone in COUNTED])
    told: dict[tuple[int, int], list[list[float]]] = {}
    for reading in readings:
        for s in reading.sentences:
            told.setdefault((s.start, s.end), []).append(as_targets(s.kind, s.codes))
    for (start, end), targets in told.items():
        here = next((s for s in cut if s.end > start), None)
        if here and here.zone in COUNTED and not here.heading:
            mean = tuple(np.mean(targets, axis=0).tolist())
            yield _lesson(lowered, Sentence(start, end, here.zone), mean, group, coded=coded)


def _lesson(
    lowered: str, unit: Sentence, targets: tuple[float, ...], group: str, *, coded: bool
) -> Lesson:
    hits = find_hits(lowered, [unit])
    words = tuple(TOKEN.findall(lowered, unit.start, unit.end))
    return Lesson(words, tuple(h.cue.index for h in hits), unit.zone, targets, group, coded)
