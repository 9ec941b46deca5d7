"""The cue table: phrases by which ads show a dimension, compiled to patterns.

cues.toml explains the little language. A phrase is compiled to one regular expression and to the
literal words that must stand in a sentence before the expression is worth trying.
"""

import re
from dataclasses import dataclass
from functools import cache

from pmjobs.domain import read_table
from pmjobs.ladder import Dimension

_GAP = r"(?:\W+[\w'&/]+){0,4}?"


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase that speaks for `anchor` of `dimension`; a trap speaks against the dimension."""

    index: int
    phrase: str
    dimension: Dimension
    anchor: float  # 0 to 4; -1 for a trap
    pattern: re.Pattern[str]  # over one lower-case sentence
    needles: tuple[str, ...]  # one of these words or word beginnings is in every match

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
                        compile_phrase(phrase),
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
        words = "|".join(_word(word) for word in token.split("|"))
        pattern += (r"\W+" if pattern else "") + f"(?:{words})"
    return re.compile(rf"\b{pattern}(?!\w)")


def needles(phrase: str) -> tuple[str, ...]:
    """Return the words of which one must be present: those of the rarest-looking token."""
    tokens = [token.split("|") for token in phrase.replace(",", "").split() if token != "~"]
    plain = [[word.split("*")[0] for word in token] for token in tokens]
    return tuple(max(plain, key=lambda words: min(map(len, words)) - len(words) / 4))


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")
