"""The words of a text as numbers: what stands where, without a string made of any word.

A word's print is a polynomial over its letters in 64 bits, so all words of a text are read off one
running sum. Two words of the language in one print are a matter of one in ten million millions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Prints = NDArray[np.uint64]
Places = NDArray[np.int64]

_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_WITHIN = _LETTERS + b"'+&"  # what a word may hold behind its first letter
_SHORTEST = 2  # characters
_BASE = 0x9E3779B97F4A7C15  # odd, so that it can be divided by in 64 bits
_PAIR = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of some lines, in order: its print, and the line it stands in."""

    prints: Prints
    line: Places

    def pairs(self) -> "Words":
        """Return every word with its neighbour behind, where both stand in one line."""
        same = np.flatnonzero(self.line[1:] == self.line[:-1])
        first, second = self.prints.take(same), self.prints.take(same + 1)
        return Words(pair_print(first, second), self.line.take(same))


def words_of(lines: Sequence[str]) -> Words:
    """Return the words of lines in lower case: a letter a to z, then letters and any of '+&.

    >>> words_of(["run it & r&d", "run 2"]).line.tolist()
    [0, 0, 0, 1]
    """
    text = "\n".join(lines).encode("ascii", "replace")
    if not text:
        return Words(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))
    letters = np.frombuffer(text, dtype=np.uint8)
    starts, ends = _bounds(letters)
    powers, inverses = _powers(len(letters).bit_length())
    running = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(_CODES.take(letters) * powers[: len(letters)], out=running[1:])
    prints = (running.take(ends) - running.take(starts)) * inverses.take(starts)
    line_ends = np.cumsum([len(line) + 1 for line in lines])
    return Words(prints, np.searchsorted(line_ends, starts, side="right"))


def prints_of(terms: Sequence[str]) -> Prints:
    """Return the print of each term: a word, or two with a blank between them.

    Raises ValueError for a term of none or more.
    """
    words = words_of(terms)
    count = np.bincount(words.line, minlength=len(terms))
    if not np.isin(count, (1, 2)).all():
        raise ValueError("terms are words or pairs of words")
    found = words.prints[np.cumsum(count) - 1]
    pairs = words.pairs()
    found[pairs.line] = pairs.prints
    return found


def pair_print(first: Prints, second: Prints) -> Prints:
    """Return the prints of pairs of words."""
    return first * _PAIR + second


def _bounds(letters: NDArray[np.uint8]) -> tuple[Places, Places]:
    """Where each word starts and ends."""
    within = np.zeros(len(letters) + 2, dtype=bool)
    within[1:-1] = _IS_WITHIN.take(letters)
    edges = np.flatnonzero(within[1:] != within[:-1])
    starts, ends = edges[::2], edges[1::2]
    while True:  # quotation marks stand before a word
        early = ~_IS_LETTER.take(letters.take(starts, mode="clip")) & (starts < ends)
        if not early.any():
            break
        starts = starts + early
    long = ends - starts >= _SHORTEST
    return starts[long], ends[long]


def _table(members: bytes) -> NDArray[np.bool_]:
    table = np.zeros(256, dtype=bool)
    table[list(members)] = True
    return table


def _codes() -> Prints:
    """A number for every character, its bits well mixed."""
    code = np.arange(1, 257, dtype=np.uint64) * np.uint64(_BASE)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        code = (code ^ (code >> np.uint64(shift))) * np.uint64(factor)
    return code


_IS_LETTER, _IS_WITHIN, _CODES = _table(_LETTERS), _table(_WITHIN), _codes()


@cache
def _powers(bits: int) -> tuple[Prints, Prints]:
    """Powers of _BASE, more than numbers of so many bits can count, and what undoes each."""
    steps = np.full((2, 1 << bits), ((_BASE,), (pow(_BASE, -1, 2**64),)), dtype=np.uint64)
    steps[:, 0] = 1
    powers, inverses = np.cumprod(steps, axis=1)
    return powers, inverses
