"""Find skills, cues and signs of a sector in an ad, in one pass over its text.

Some 2,000 phrases are looked for at once; what the pass finds is then held against the words
around it, because half of all abbreviations mean something else somewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pmjobs.domain.characteristics import Verdict, characteristics
from pmjobs.domain.sectors import sectors
from pmjobs.domain.skills import NEARBY, Alias, Group, aliases, plain, skills, spellings

FEWEST_SECTOR_WORDS = 2
SHORT_LINE = 12  # characters beside the word: a bullet, "or equivalent"


@dataclass(frozen=True, slots=True)
class Mention:
    """A skill named at text[start:end]."""

    skill: str  # id
    start: int
    end: int
    weak: bool  # needs a second cue outside requirements


@dataclass(frozen=True, slots=True)
class CueFound:
    """Words at text[start:end] that speak of one characteristic."""

    characteristic: str  # id
    verdict: Verdict
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What one pass over a text found, in the order of the text."""

    mentions: tuple[Mention, ...]
    cues: tuple[CueFound, ...]
    sector: str | None  # id; None: fewer than two different words of any
    fields: tuple[str, ...]  # domain skills the ad shows by two different words, or by their sector


def find_words(text: str) -> Found:
    """Return the skills, cues and sector that `text` shows.

    >>> [m.skill for m in find_words("PRINCE2 Practitioner and a RAID log").mentions]
    ['cert_prince2_p', 'raid_logs']
    >>> find_words("We sell 4 TB RAID arrays and are safe to work with").mentions
    ()
    """
    bare = plain(text)
    named: list[tuple[int, int, Alias]] = []
    cues: list[tuple[int, int, _Cue]] = []
    shown: dict[str, set[str]] = {}
    for phrase, start, end in _matches(bare):
        for entry in _phrases()[phrase]:
            if isinstance(entry, Alias):
                named.append((start, end, entry))
            elif isinstance(entry, _Cue):
                cues.append((start, end, entry))
            else:
                shown.setdefault(entry, set()).add(phrase)
    mentions, sector = _mentions(text, bare, named), _sector(shown)
    return Found(mentions, _cues(cues), sector, _fields(bare, mentions, sector))


@dataclass(frozen=True, slots=True)
class _Cue:
    characteristic: str
    verdict: Verdict | None  # None: a false friend


@cache
def _phrases() -> dict[str, list["Alias | _Cue | str"]]:
    """Phrase → what it may mean: a skill, a cue, or a sector's id."""
    found: dict[str, list[Alias | _Cue | str]] = {}
    for alias in aliases():
        found.setdefault(alias.text, []).append(alias)
    for one in characteristics().values():
        kinds = (
            (Verdict.SHOWN, one.shown),
            (Verdict.HINTED, one.hinted),
            (Verdict.RULED_OUT, one.never),
            (None, one.friends),
        )
        for verdict, words in kinds:
            for word in words:
                for spelling in spellings(word):
                    found.setdefault(spelling, []).append(_Cue(one.id, verdict))
    for sector in sectors().values():
        for word in sector.words:
            found.setdefault(plain(word), []).append(sector.id)
    return found


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    phrases = tuple(_phrases())
    return AhoCorasick(phrases, matchkind=MatchKind.Standard), phrases


def _matches(bare: str) -> Iterator[tuple[str, int, int]]:
    """Yield every phrase that stands as whole words, plural or not."""
    automaton, phrases = _automaton()
    last = len(bare)
    for index, start, end in automaton.find_matches_as_indexes(bare, overlapping=True):
        if start and bare[start - 1].isalnum():
            continue
        if end < last and bare[end].isalnum():
            plural = bare[end] == "s" and (end + 1 == last or not bare[end + 1].isalnum())
            if not plural:
                continue
        yield phrases[index], start, end


def _mentions(text: str, bare: str, named: list[tuple[int, int, Alias]]) -> tuple[Mention, ...]:
    """Keep the longest of overlapping names that hold against the words around them."""
    kept: list[Mention] = []
    taken = bytearray(len(bare))
    for start, end, alias in sorted(named, key=lambda found: (found[0] - found[1], found[0])):
        if any(taken[start:end]):
            continue
        if alias.exact is not None and text[start:end] != alias.exact:
            continue
        if (alias.needs or alias.unless) and not _holds(bare, start, end, alias):
            continue
        taken[start:end] = b"\x01" * (end - start)
        kept.append(Mention(alias.skill, start, end, alias.weak))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _holds(bare: str, start: int, end: int, alias: Alias) -> bool:
    """Whether the words around `bare[start:end]` allow this reading.

    A certificate on a line of its own needs no other words: the heading above it is the context.
    """
    before, after = bare[max(0, start - NEARBY) : start], bare[end : end + NEARBY]
    if alias.unless and alias.unless.search(before + bare[start:end] + after):
        return False
    if alias.needs is None or alias.needs.search(before) or alias.needs.search(after):
        return True
    line = before.rpartition("\n")[2] + after.partition("\n")[0]
    return len(line) < SHORT_LINE and skills()[alias.skill].group is Group.CERTIFICATIONS


def _cues(found: list[tuple[int, int, _Cue]]) -> tuple[CueFound, ...]:
    """Drop cues inside false friends or negations of the same characteristic."""
    covers = [
        (start, end, cue)
        for start, end, cue in found
        if cue.verdict is None or cue.verdict is Verdict.RULED_OUT
    ]
    kept = []
    for start, end, cue in found:
        if cue.verdict is None:
            continue
        covered = any(
            other.characteristic == cue.characteristic and s <= start and end <= e
            for s, e, other in covers
            if other is not cue and (e - s) > (end - start)
        )
        if not covered:
            kept.append(CueFound(cue.characteristic, cue.verdict, start, end))
    return tuple(kept)


def _sector(shown: dict[str, set[str]]) -> str | None:
    best = max(shown, key=lambda sector: len(shown[sector]), default=None)
    return best if best and len(shown[best]) >= FEWEST_SECTOR_WORDS else None


def _fields(bare: str, mentions: Iterable[Mention], sector: str | None) -> tuple[str, ...]:
    words: dict[str, set[str]] = {}
    for mention in mentions:
        if skills()[mention.skill].group is Group.DOMAIN:
            words.setdefault(mention.skill, set()).add(bare[mention.start : mention.end])
    return tuple(
        sorted(
            skill
            for skill, found in words.items()
            if len(found) >= FEWEST_SECTOR_WORDS or skills()[skill].sector == (sector or "")
        )
    )
