"""The cue table: phrases by which ads show a dimension, compiled to patterns.

cues.toml explains the little language. A phrase is compiled to one regular expression and to the
words that must all stand in a sentence before the expression is worth trying.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pmjobs.domain import read_table
from pmjobs.ladder import Dimension

_GAP = r"(?:\W+[\w'&/]+){0,4}?"


@dataclass(frozen=True)
class Cue:
    """One phrase that speaks for `anchor` of `dimension`; a trap speaks against the dimension."""

    index: int
    phrase: str
    dimension: Dimension
    anchor: float  # 0 to 4; -1 for a trap
    needles: tuple[tuple[str, ...], ...]  # as `needles` gives them; one of each is in every match

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as an expression over one lower-case sentence.

        Compiled when it is first tried: all of them take a quarter of a second, and one ad has the
        words of a few.
        """
        return compile_phrase(self.phrase)

    @property
    def trap(self) -> bool:
        """Whether the phrase cancels its dimension's cues in the same sentence."""
        return self.anchor < 0


@cache
def cues() -> tuple[Cue, ...]:
    """Return every cue of the table, in its order."""
    found: list[Cue] = []
    for dimension, groups in read_table("cues").items():
        for anchor, phrases in groups.items():
            for phrase in phrases:
                value = -1.0 if anchor == "trap" else float(anchor)
                found.append(
                    Cue(
                        len(found),
                        phrase,
                        Dimension(dimension),
                        value,
                        needles(phrase),
                    )
                )
    return tuple(found)


def compile_phrase(phrase: str) -> re.Pattern[str]:
    r"""Return `phrase` of the cue language as a regular expression for lower-case text.

    >>> bool(compile_phrase("lead* ~ team|crew").search("leading a small crew"))
    True
    """
    pattern = ""
    for token in phrase.replace(",", "").split():
        if token == "~":
            pattern += _GAP
            continue
        words = "|".join(map(_word if pattern else _first_word, token.split("|")))
        pattern += (r"\W+" if pattern else "") + f"(?:{words})"
    return re.compile(rf"{pattern}(?!\w)")


def needles(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return the words that each place of the phrase may have.

    >>> needles("lead* ~ the crew|squad")
    (('lead*',), ('the',), ('crew', 'squad'))
    """
    tokens = (token for token in phrase.replace(",", "").split() if token != "~")
    return tuple(tuple(token.split("|")) for token in tokens)


def _first_word(word: str) -> str:
    """`word` where a word begins; the check stands behind its first letter, to be found fast."""
    return rf"{word[0]}(?<!\w.){_word(word[1:])}"


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")
