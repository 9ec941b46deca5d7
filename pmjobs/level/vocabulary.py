"""Words as numbers: the terms that are read, an ad's row of them, and which sentence said what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from pmjobs.level.reading import Reading

Array = NDArray[np.float64]
Columns = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """A sparse tf-idf row: positions in the vocabulary, rising, and their values."""

    at: Columns
    values: Array


@dataclass(frozen=True, slots=True)
class View:
    """A reading in terms of a vocabulary, made once and looked at by every scorer."""

    reading: Reading
    at: Columns  # the column of every term said, sentence after sentence
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

    def view(self, reading: Reading) -> View:
        """Return the terms of a reading that are known, and its tf-idf row."""
        place = self.places.get
        found: list[int] = []
        lengths: list[int] = []
        for words in reading.tokens:
            found.extend(map(place, words, repeat(-1)))
            found.extend(map(place, map(" ".join, pairwise(words)), repeat(-1)))
            lengths.append(max(0, 2 * len(words) - 1))
        at = np.array(found, dtype=np.int64)
        sentence = np.repeat(np.arange(len(lengths)), np.array(lengths, dtype=np.int64))
        known = at >= 0
        at, sentence = at[known], sentence[known]
        return View(reading, at, sentence, self._row(at))

    def row(self, reading: Reading) -> Row:
        """Return the reading's tf-idf row: 1 + log of the count, times rarity, of length 1."""
        return self.view(reading).row

    def _row(self, said: Columns) -> Row:
        at, counts = np.unique(said[self.idf[said] > 0], return_counts=True)
        values = (1.0 + np.log(counts)) * self.idf[at]
        length = float(np.sqrt(values @ values))
        return Row(at, values / length if length else values)


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
