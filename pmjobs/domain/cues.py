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
    needles: tuple[str, ...]  # one of these words or word beginnings is in every match …
    others: tuple[tuple[str, ...], ...]  # … and one of each of these

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
                rarest, *others = needles(phrase)
                found.append(
                    Cue(
                        len(found),
                        phrase,
                        Dimension(dimension),
                        value,
                        compile_phrase(phrase),
                        rarest,
                        tuple(others),
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


def needles(phrase: str) -> list[tuple[str, ...]]:
    """Return, for each word of the phrase, the beginnings it may have; the rarest word first.

    >>> needles("lead* the crew|squad")
    [('crew', 'squad'), ('lead',), ('the',)]
    """
    tokens = [token.split("|") for token in phrase.replace(",", "").split() if token != "~"]
    plain = [tuple(word.split("*")[0] for word in token) for token in tokens]
    return sorted(plain, key=_commonness)


# Words that nearly every ad uses: a poor sign that a phrase is near.
_COMMON = frozenset(
    {"project", "program", "programme", "team", "manage", "manag", "lead", "support", "work"}
    | {"business", "and", "with", "for", "from", "the", "to", "of", "experience", "develop"}
    | {"ensur", "provid", "deliver", "plan", "process", "projects", "programs", "teams", "all"}
    | {"own", "report", "manages", "managing", "leads", "leading", "drive", "build", "or", "a"}
    | {"on", "in", "by", "as", "across", "within", "day", "set", "at", "is", "end", "level"}
)


def _commonness(words: tuple[str, ...]) -> float:
    """A guess how often one of `words` is met; short beginnings of words are met often."""
    return sum(10.0 if word in _COMMON else 4.0 * 0.6 ** len(word) + 0.2 for word in words)


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")
