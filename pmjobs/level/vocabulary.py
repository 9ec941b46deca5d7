"""Words as numbers: the terms that are read, an ad's row of them, and which sentence said what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pmjobs.level.reading import Reading
from pmjobs.level.words import Prints, prints_of

Array = NDArray[np.float64]
Columns = NDArray[np.int64]
NO_TERM = -1  # in place of a column


@dataclass(frozen=True, slots=True)
class Row:
    """A sparse tf-idf row: positions in the vocabulary, rising, and their values."""

    at: Columns
    values: Array


@dataclass(frozen=True, slots=True)
class View:
    """A reading in terms of a vocabulary, made once and looked at by every scorer."""

    reading: Reading
    at: Columns  # the column of every term said: the words in their order, then the pairs
    sentence: Columns  # and the sentence that says it
    row: Row


@dataclass(frozen=True)
class Vocabulary:
    """The words and pairs of words that are read, and how rare each is among ads."""

    terms: tuple[str, ...]
    idf: Array  # 0 for a term that only the reader of sentences knows

    @property
    def n_in_rows(self) -> int:
        """How many terms, the first ones, stand in rows."""
        return int((self.idf > 0).sum())

    @cached_property
    def places(self) -> dict[str, int]:
        """Return each term's column."""
        return {term: place for place, term in enumerate(self.terms)}

    @cached_property
    def _by_print(self) -> tuple[Prints, Columns]:
        """The terms' prints, rising, and their columns."""
        prints = prints_of(self.terms)
        order = np.argsort(prints)
        return prints[order], order

    def columns(self, prints: Prints) -> Columns:
        """Return the column of the term that each print is of; NO_TERM for an unknown one."""
        known, columns = self._by_print
        if not len(known):
            return np.full(len(prints), NO_TERM)
        place = np.searchsorted(known, prints)
        there = known.take(place, mode="clip") == prints
        return np.where(there, columns.take(place, mode="clip"), NO_TERM)

    def view(self, reading: Reading) -> View:
        """Return the terms of a reading that are known, and its tf-idf row."""
        alone, together = reading.words, reading.words.pairs()
        at = self.columns(np.concatenate([alone.prints, together.prints]))
        known = np.flatnonzero(at != NO_TERM)
        at = at.take(known)
        sentence = np.concatenate([alone.line, together.line]).take(known)
        return View(reading, at, sentence, self._row(at))

    def row(self, reading: Reading) -> Row:
        """Return the reading's tf-idf row: 1 + log of the count, times rarity, of length 1."""
        return self.view(reading).row

    def _row(self, said: Columns) -> Row:
        at, counts = different(said[self.idf.take(said) > 0])
        values = (1.0 + np.log(counts)) * self.idf.take(at)
        length = float(np.sqrt(values @ values))
        return Row(at, values / length if length else values)


def different(numbers: Columns) -> tuple[Columns, Columns]:
    """Return the different numbers, rising, and how often each is there.

    `np.unique` takes several times longer over so few.
    """
    numbers = np.sort(numbers)
    last = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=last[:-1])
    ends = np.flatnonzero(last)
    return numbers.take(ends), np.diff(ends, prepend=-1)


def terms_of(words: Sequence[str]) -> Iterable[str]:
    """Return the words of one sentence, then its pairs of neighbouring words."""
    return (*words, *map(" ".join, pairwise(words)))


def rows_as_matrix(rows: Sequence[Row], n_terms: int) -> "object":
    """Return rows as one scipy CSR matrix; for training only."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(row.at) for row in rows)])
    at = np.concatenate([row.at for row in rows]) if rows else np.zeros(0, dtype=np.int64)
    values = np.concatenate([row.values for row in rows]) if rows else np.zeros(0)
    return csr_matrix((values, at, ends), shape=(len(rows), n_terms))
