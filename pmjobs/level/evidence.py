"""Why a level: the sentences that carry each dimension, and the senses of "senior" they show.

Quotes are verbatim, with offsets into the ad as given.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import islice

import numpy as np

from pmjobs.domain.senses import SENSES
from pmjobs.ladder import Dimension, Evidence, SenseFound
from pmjobs.level.cues import Hit
from pmjobs.level.model import LevelScorer, Look
from pmjobs.level.reading import Reading
from pmjobs.level.sentence_reader import READ, anchors, told
from pmjobs.level.vocabulary import Array

LONGEST_QUOTE = 280  # characters
STRONG = 3.0  # anchor from which a dimension speaks for a sense of "senior"
# A sentence's own anchor from which it may be quoted for a sense: half an anchor less, rounded. Of
# quotes so chosen in labelled ads annotators code .84 so high; of phrases alone .58.
SHOWN_STRONG = 2.25
LONG_YEARS = 7.0
SENIOR_WORK = 2  # senses among S1 to S8 from which duties are more than ordinary
MANY_QUOTES = 2  # a dimension
# The reader's certainty from which a sentence tells of a dimension. On employers it had not seen
# 88 % of the dimensions that labels code are found so, and 92 % of those found are coded.
TELLS = 0.25
_DEPTH = (
    "deep knowledge",
    "deep understanding",
    "deep expertise",
    "in-depth",
    "subject matter expert",
)


def dimensions_shown(reads: Array) -> tuple[Dimension, ...]:
    """Return the dimensions that at least one sentence tells of."""
    surest = told(reads).max(axis=0, initial=0.0)
    return tuple(d for d, sure in zip(READ, surest, strict=True) if sure >= TELLS)


def codes_shown(scorer: LevelScorer, look: Look) -> dict[Dimension, float]:
    """Return the anchors, in halves, of those dimensions that a sentence shows.

    The others are not stated, which is not the same as 0.
    """
    codes = scorer.codes(look)
    return {d: round(codes[d] * 2) / 2 for d in dimensions_shown(look.reads)}


def find_evidence(text: str, reading: Reading, reads: Array, scores: Array) -> tuple[Evidence, ...]:
    """Return the quotes behind each dimension, those that move the score most first.

    `reads` (n_sentences, outputs) is what the reader of sentences found, `scores` what each
    sentence adds. A quote's anchor is that of its own sentence, not the whole ad's. A sentence
    that speaks for several dimensions comes again only behind all others.
    """
    surely, at = told(reads).tolist(), (np.round(anchors(reads) * 2) / 2).tolist()
    moves = np.abs(scores)
    strongest_first = np.argsort(-moves, kind="stable").tolist()
    quoted = [
        (dimension, column, sentence)
        for column, dimension in enumerate(READ)
        for sentence in islice(
            (s for s in strongest_first if surely[s][column] >= TELLS), MANY_QUOTES
        )
    ]
    quoted.sort(key=lambda item: (-moves[item[2]], -surely[item[2]][item[1]]))
    found: list[tuple[int, Evidence]] = []
    times: Counter[int] = Counter()
    for dimension, column, sentence in quoted:
        start, end = _quote(text, reading, sentence)
        anchor, adds = at[sentence][column], round(float(scores[sentence]), 4)
        found.append(
            (times[sentence], Evidence(dimension, anchor, text[start:end], start, end, adds))
        )
        times[sentence] += 1
    return tuple(evidence for _, evidence in sorted(found, key=lambda item: item[0]))


def find_senses(
    text: str,
    reading: Reading,
    reads: Array,
    dimensions: Mapping[Dimension, float],
    *,
    claims_senior: bool = False,
) -> tuple[SenseFound, ...]:
    """Return the senses of "senior" that the ad supports, each with its line.

    S1 to S8 need a phrase at anchor 3 in a dimension read so high, in a sentence that is itself
    read as telling of it (`reads`, of the reader of sentences); a stronger phrase will do in a
    dimension read half an anchor lower. Each quotes a line of its own where it can. S10 is told
    where many years are asked for ordinary duties, S11 where a title claims seniority and nothing
    else shows it: an empty quote, for there is none.
    """
    found = _senses_of_work(text, reading, reads, dimensions)
    in_the_work = len(found)
    depth = [word for word in _DEPTH if word in reading.lowered]
    for sentence in reading.sentences if depth else ():
        if any(reading.lowered.find(w, sentence.start, sentence.end) >= 0 for w in depth):
            found.append(_sense("S9", text, *_clip(sentence.start, sentence.end, sentence.start)))
            break
    years = reading.years
    ordinary = in_the_work < SENIOR_WORK
    if ordinary and years and years.minimum >= LONG_YEARS and (at := text.find(years.text)) >= 0:
        found.append(_sense("S10", text, at, at + len(years.text)))
    if claims_senior and not found:
        found.append(SenseFound("S11", "", 0, 0))
    return tuple(found)


def _senses_of_work(
    text: str, reading: Reading, reads: Array, dimensions: Mapping[Dimension, float]
) -> list[SenseFound]:
    """S1 to S8, each with its strongest line, if there is one that no other sense has quoted."""
    surely, at = told(reads), anchors(reads)
    strong: dict[Dimension, list[tuple[float, Hit]]] = {}
    for hit in reading.hits:
        if hit.anchor < STRONG:
            continue
        column = READ.index(hit.cue.dimension)
        sure, anchor = surely[hit.sentence, column], at[hit.sentence, column]
        if sure >= TELLS and anchor >= SHOWN_STRONG:
            strong.setdefault(hit.cue.dimension, []).append((float(sure * anchor), hit))
    found: list[SenseFound] = []
    quoted: set[int] = set()
    for sense in list(SENSES.values())[:8]:
        shown = [
            (worth, hit)
            for dimension in sense.dimensions
            for worth, hit in strong.get(dimension, ())
            if _fits(sense.id, hit) and _is_read_high(dimensions.get(dimension, 0.0), hit)
        ]
        if shown:
            _, best = max(shown, key=lambda one: (one[1].sentence not in quoted, one[0]))
            quoted.add(best.sentence)
            found.append(_sense(sense.id, text, *_quote(text, reading, best.sentence, best.start)))
    return found


def _is_read_high(code: float, hit: Hit) -> bool:
    """Whether a dimension's code for the whole ad bears out a strong phrase."""
    return code >= STRONG or (code >= STRONG - 0.5 and hit.anchor > STRONG)


def _fits(sense: str, hit: Hit) -> bool:
    """S1 and S2 both show in scope: several projects are S2, one bigger project is S1."""
    several = any(word in hit.cue.phrase for word in ("multiple", "portfolio", "concurrent", "all"))
    return several == (sense == "S2") if sense in ("S1", "S2") else True


def _sense(sense: str, text: str, start: int, end: int) -> SenseFound:
    return SenseFound(sense, text[start:end], start, end)


def _quote(text: str, reading: Reading, sentence: int, about: int | None = None) -> tuple[int, int]:
    """Where the quote of a sentence starts and ends, with `about` inside should it be long."""
    whole = reading.sentences[sentence]
    start, end = _clip(whole.start, whole.end, whole.start if about is None else about)
    while start < end and not (text[start].isalnum() or text[start] in "$£€(\"'“"):
        start += 1
    return start, end


def _clip(start: int, end: int, about: int) -> tuple[int, int]:
    """At most LONGEST_QUOTE characters of a sentence, with `about` inside."""
    if end - start <= LONGEST_QUOTE:
        return start, end
    first = max(start, min(about - 40, end - LONGEST_QUOTE))
    return first, min(end, first + LONGEST_QUOTE)
