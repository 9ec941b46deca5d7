"""Find the cue table's phrases in an ad: by their words first, then by their patterns.

There are hundreds of phrases and few of them in a sentence. Every word of the table knows by heart
which phrases it may stand in, so that only phrases with all their words are looked for in earnest.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from typing import NamedTuple

from pmjobs.domain.cues import Cue, cues
from pmjobs.parsing.sections import Sentence, Zone

REQUIREMENT_DISCOUNT = 0.5  # anchors; what only requirements tell counts half an anchor lower

# Words, or what of them is plain letters; a monstrous one falls into pieces. Needles are cut alike.
_WORD = re.compile(r"[a-z0-9]{1,24}")
_NEEDLE = re.compile(rf"^{_WORD.pattern}\*?")
_PLACES = 3  # words of a phrase looked for beforehand; one phrase in twenty has more
_REMEMBERED = 10_000  # words; 427 ads of project work have 7,000 different ones


class Hit(NamedTuple):
    """One cue found: text[start:end] of the ad, in its sentence."""

    cue: Cue
    sentence: int  # index into the sentences given
    start: int
    end: int
    anchor: float  # the cue's, discounted where a requirement tells it


def find_hits(lowered: str, sentences: Sequence[Sentence]) -> tuple[Hit, ...]:
    """Return the first hit of every cue in every sentence; traps cancel their dimension there."""
    found: list[Hit] = []
    for index, sentence in enumerate(sentences):
        part = lowered[sentence.start : sentence.end]
        hits = [(cue, match) for cue in _candidates(part) if (match := cue.pattern.search(part))]
        trapped = {cue.dimension for cue, _ in hits if cue.trap}
        discount = REQUIREMENT_DISCOUNT if sentence.zone is Zone.REQUIREMENTS else 0.0
        found.extend(
            Hit(
                cue,
                index,
                sentence.start + match.start(),
                sentence.start + match.end(),
                max(0.0, cue.anchor - discount),
            )
            for cue, match in hits
            if cue.dimension not in trapped
        )
    return tuple(found)


def _candidates(part: str) -> Iterator[Cue]:
    """The cues whose words all stand in `part`, in whatever order.

    A number holds a column of bits for each place in a phrase, a bit a cue: set where `part` has
    a word for that place. The columns laid over one another leave the candidates.
    """
    table = cues()
    filled = reduce(or_, map(_filled_by, _WORD.findall(part)), _places()[""])
    left = (1 << len(table)) - 1
    for place in range(_PLACES):
        left &= filled >> place * len(table)
    while left:
        lowest = left & -left
        yield table[lowest.bit_length() - 1]
        left ^= lowest


@lru_cache(_REMEMBERED)
def _filled_by(word: str) -> int:
    """The places that `word` fills, as itself or by its beginning."""
    places = _places()
    beginnings = (places.get(f"{word[:end]}*", 0) for end in range(1, len(word) + 1))
    return reduce(or_, beginnings, places.get(word, 0))


@cache
def _places() -> dict[str, int]:
    """The places in phrases for each word and each beginning ("lead*"); under "", for any word."""
    table = cues()
    found: dict[str, int] = {}
    for cue in table:
        for place in range(_PLACES):
            for word in cue.needles[place] if place < len(cue.needles) else ("",):
                needle = "".join(_NEEDLE.findall(word)[:1])
                found[needle] = found.get(needle, 0) | 1 << place * len(table) + cue.index
    return found
