"""Find the cue table's phrases in an ad, in one pass over its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from pmjobs.domain.cues import Cue, cues
from pmjobs.parsing.sections import Sentence, Zone

REQUIREMENT_DISCOUNT = 0.5  # anchors; what only requirements tell counts half an anchor lower


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue found: text[start:end] of the ad, in its sentence."""

    cue: Cue
    sentence: int  # index into the sentences given
    start: int
    end: int
    anchor: float  # the cue's, discounted where a requirement tells it


def find_hits(lowered: str, sentences: Sequence[Sentence]) -> tuple[Hit, ...]:
    """Return the first hit of every cue in every sentence; traps cancel their dimension there."""
    table = cues()
    automaton, owners = _needles()
    found: list[Hit] = []
    for index, sentence in enumerate(sentences):
        part = lowered[sentence.start : sentence.end]
        candidates = {
            cue
            for needle, start, _ in automaton.find_matches_as_indexes(part, overlapping=True)
            if start == 0 or not part[start - 1].isalnum()
            for cue in owners[needle]
        }
        hits = [
            (table[cue], match)
            for cue in sorted(candidates)
            if _may_match(part, table[cue].others) and (match := table[cue].pattern.search(part))
        ]
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


def _may_match(part: str, others: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one of each of `others` stands in `part`; plain loops, for it is asked so often."""
    for words in others:
        for word in words:
            if word in part:
                break
        else:
            return False
    return True


@cache
def _needles() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[int, ...], ...]]:
    """The words worth looking for, and for each the cues that may match where it stands."""
    owners: dict[str, list[int]] = {}
    for cue in cues():
        for needle in cue.needles:
            owners.setdefault(needle, []).append(cue.index)
    automaton = ahocorasick_rs.AhoCorasick(list(owners))
    return automaton, tuple(map(tuple, owners.values()))
