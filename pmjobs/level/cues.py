"""Find the cue table's phrases in an ad: by their words first, then by their patterns.

There are hundreds of phrases and few of them in a sentence. Every word of the table knows by heart
which phrases it may stand in, so that only phrases with all their words are looked for in earnest.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from string import ascii_lowercase, digits
from typing import NamedTuple

from pmjobs.domain.cues import Cue, cues
from pmjobs.ladder import Dimension
from pmjobs.parsing.sections import Sentence, Zone

REQUIREMENT_DISCOUNT = 0.5  # anchors; what only requirements tell counts half an anchor lower

# Words, or what of them is plain letters and figures; all else is blank. Needles are cut alike.
_PLAIN = bytes(c if chr(c) in ascii_lowercase + digits else ord(" ") for c in range(256))
_NEEDLE = re.compile(r"^[a-z0-9]+\*?")
_LONGEST = 24  # letters of a beginning ("lead*")
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
    for index, (start, end, zone, _) in enumerate(sentences):
        part = lowered[start:end]
        discount = REQUIREMENT_DISCOUNT if zone is Zone.REQUIREMENTS else 0.0
        here: list[Hit] = []
        trapped: list[Dimension] = []
        for cue in _candidates(part):
            if not (match := cue.pattern.search(part)):
                continue
            if cue.trap:
                trapped.append(cue.dimension)
            first, last = match.span()
            anchor = max(0.0, cue.anchor - discount)
            here.append(Hit(cue, index, start + first, start + last, anchor))
        found += [h for h in here if h.cue.dimension not in trapped] if trapped else here
    return tuple(found)


def _candidates(part: str) -> Iterator[Cue]:
    """The cues whose words all stand in `part`, in whatever order.

    A number holds a column of bits for each place in a phrase, a bit a cue: set where `part` has
    a word for that place. The columns laid over one another leave the candidates.
    """
    table = cues()
    words = part.encode("ascii", "replace").translate(_PLAIN).split()
    filled = reduce(or_, map(_filled_by, words), _places()[b""])
    left = (1 << len(table)) - 1
    for place in range(_PLACES):
        left &= filled >> place * len(table)
    while left:
        lowest = left & -left
        yield table[lowest.bit_length() - 1]
        left ^= lowest


@lru_cache(_REMEMBERED)
def _filled_by(word: bytes) -> int:
    """The places that `word` fills, as itself or by its beginning."""
    places = _places()
    beginnings = (places.get(word[:end] + b"*", 0) for end in range(1, _LONGEST + 1))
    return reduce(or_, beginnings, places.get(word, 0))


@cache
def _places() -> dict[bytes, int]:
    """The places in phrases for each word and each beginning ("lead*"); under "", for any word."""
    table = cues()
    found: dict[bytes, int] = {}
    for cue in table:
        for place in range(_PLACES):
            for word in cue.needles[place] if place < len(cue.needles) else ("",):
                needle = "".join(_NEEDLE.findall(word)[:1]).encode()
                found[needle] = found.get(needle, 0) | 1 << place * len(table) + cue.index
    return found
