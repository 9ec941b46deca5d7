"""Why a level: the sentences that carry each dimension, and the senses of "senior" they show.

Quotes are verbatim, with offsets into the ad as given. What a sentence adds to the model's score
is exact for the words: each term's share of the row is divided among the places where it stands.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from pmjobs.domain.senses import SENSES
from pmjobs.ladder import Dimension, Evidence, SenseFound
from pmjobs.level.artefact import LevelModel
from pmjobs.level.cues import Hit
from pmjobs.level.model import Array, Row
from pmjobs.level.reading import Reading

LONGEST_QUOTE = 280  # characters
STRONG = 3.0  # anchor from which a dimension speaks for a sense of "senior"
LONG_YEARS = 7.0
SENIOR_WORK = 2  # senses among S1 to S8 from which duties are more than ordinary
MANY_QUOTES = 2  # a dimension
_DEPTH = (
    "deep knowledge",
    "deep understanding",
    "deep expertise",
    "in-depth",
    "subject matter expert",
)


def sentence_scores(reading: Reading, row: Row, model: LevelModel) -> Array:
    """Return what each sentence's words add to the ad's score, (n_sentences,)."""
    vocabulary = model.vocabulary
    each = [vocabulary.ids((words,)) for words in reading.tokens]
    told = np.concatenate(each)
    said = told[told >= 0]
    worth = np.zeros(len(vocabulary.terms) + 1)  # the last place is for what is not read
    times = np.bincount(said, minlength=len(worth))[row.at]
    worth[row.at] = row.values / times * model.level_direction[row.at]
    return np.array([worth[ids].sum() for ids in each])


def find_evidence(
    text: str, reading: Reading, dimensions: Mapping[Dimension, float], scores: Sequence[float]
) -> tuple[Evidence, ...]:
    """Return the quotes behind each dimension, those that move the score most first.

    A quote's anchor is that of the phrase found in it, not the whole ad's.
    """
    found = []
    for dimension, told in dimensions.items():
        hits = [hit for hit in reading.hits if hit.cue.dimension is dimension]
        # The cue nearest to the anchor read, and of several the sentence that weighs most.
        hits.sort(key=lambda hit: (abs(hit.anchor - told) > 1.0, -abs(scores[hit.sentence])))
        seen: set[int] = set()
        for hit in hits:
            if hit.sentence not in seen and len(seen) < MANY_QUOTES:
                seen.add(hit.sentence)
                start, end = _quote(text, reading, hit)
                found.append(
                    Evidence(
                        dimension,
                        hit.anchor,
                        text[start:end],
                        start,
                        end,
                        round(float(scores[hit.sentence]), 4),
                    )  # fmt: skip
                )
    return tuple(sorted(found, key=lambda item: -abs(item.contribution or 0.0)))


def find_senses(
    text: str,
    reading: Reading,
    dimensions: Mapping[Dimension, float],
    *,
    claims_senior: bool = False,
) -> tuple[SenseFound, ...]:
    """Return the senses of "senior" that the ad supports, each with its line.

    S1 to S8 need a phrase at anchor 3 in a dimension read so high; a stronger phrase will do in
    one read half an anchor lower. S10 is told where many years are asked for ordinary duties, S11
    where a title claims seniority and nothing else shows it: an empty quote, for there is none.
    """
    found = []
    for sense in list(SENSES.values())[:8]:
        hits = [
            hit
            for hit in reading.hits
            if hit.cue.dimension in sense.dimensions
            and hit.anchor >= STRONG
            and _fits(sense.id, hit)
        ]
        read_as = max((dimensions.get(hit.cue.dimension, 0.0) for hit in hits), default=0.0)
        strongest = max((hit.anchor for hit in hits), default=0.0)
        if read_as >= STRONG or (read_as >= STRONG - 0.5 and strongest > STRONG):
            best = max(hits, key=lambda hit: (hit.anchor, -hit.start))
            found.append(_sense(sense.id, text, *_quote(text, reading, best)))
    in_the_work = len(found)
    for sentence in reading.sentences:
        told = reading.lowered[sentence.start : sentence.end]
        if any(word in told for word in _DEPTH):
            found.append(_sense("S9", text, *_clip(sentence.start, sentence.end, sentence.start)))
            break
    years = reading.years
    ordinary = in_the_work < SENIOR_WORK
    if ordinary and years and years.minimum >= LONG_YEARS and (at := text.find(years.text)) >= 0:
        found.append(_sense("S10", text, at, at + len(years.text)))
    if claims_senior and not found:
        found.append(SenseFound("S11", "", 0, 0))
    return tuple(found)


def _fits(sense: str, hit: Hit) -> bool:
    """S1 and S2 both show in scope: several projects are S2, one bigger project is S1."""
    several = any(word in hit.cue.phrase for word in ("multiple", "portfolio", "concurrent", "all"))
    return several == (sense == "S2") if sense in ("S1", "S2") else True


def _sense(sense: str, text: str, start: int, end: int) -> SenseFound:
    return SenseFound(sense, text[start:end], start, end)


def _quote(text: str, reading: Reading, hit: Hit) -> tuple[int, int]:
    sentence = reading.sentences[hit.sentence]
    start, end = _clip(sentence.start, sentence.end, hit.start)
    while start < end and not (text[start].isalnum() or text[start] in "$£€(\"'“"):
        start += 1
    return start, end


def _clip(start: int, end: int, about: int) -> tuple[int, int]:
    """At most LONGEST_QUOTE characters of a sentence, with `about` inside."""
    if end - start <= LONGEST_QUOTE:
        return start, end
    first = max(start, min(about - 40, end - LONGEST_QUOTE))
    return first, min(end, first + LONGEST_QUOTE)
