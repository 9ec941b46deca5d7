"""Words as numbers: the terms that are read, an ad's row of them, and which sentence said what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from pmjobs.level.reading import Reading

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

    @cached_property
    def _numbers(self) -> "_Numbers":
        return _Numbers.of(self.terms)

    def view(self, reading: Reading) -> View:
        """Return the terms of a reading that are known, and its tf-idf row."""
        numbers = self._numbers
        lengths = np.array([len(words) for words in reading.tokens], dtype=np.int64)
        owner = np.repeat(np.arange(len(lengths)), lengths)
        said = numbers.of_words(chain.from_iterable(reading.tokens), len(owner))
        alone, together = numbers.alone.take(said), numbers.together(said)
        together[owner[1:] != owner[:-1]] = NO_TERM
        at, sentence = np.concatenate([alone, together]), np.concatenate([owner, owner[:-1]])
        known = np.flatnonzero(at != NO_TERM)
        known = known[np.argsort(sentence[known], kind="stable")]
        at = at.take(known)
        return View(reading, at, sentence.take(known), self._row(at))

    def row(self, reading: Reading) -> Row:
        """Return the reading's tf-idf row: 1 + log of the count, times rarity, of length 1."""
        return self.view(reading).row

    def _row(self, said: Columns) -> Row:
        at, counts = np.unique(said[self.idf.take(said) > 0], return_counts=True)
        values = (1.0 + np.log(counts)) * self.idf.take(at)
        length = float(np.sqrt(values @ values))
        return Row(at, values / length if length else values)


_ABOVE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Words by number, and the columns of words and pairs by numbers, where terms have one.

    A pair's key is its first word's number times the count of numbers, plus its second word's:
    numbers are looked up many times faster than pairs of words are joined.
    """

    words: dict[str, int]
    alone: Columns  # column of each word, and of the unknown word, the last number
    keys: Columns  # of all pairs, rising, and one above all
    columns: Columns  # of these pairs

    @classmethod
    def of(cls, terms: Sequence[str]) -> "_Numbers":
        said = " ".join(terms).split()
        words = {word: number for number, word in enumerate(dict.fromkeys(said))}
        numbers = np.array([words[word] for word in said], dtype=np.int64)
        paired = np.array([" " in term for term in terms], dtype=bool)
        first = np.arange(len(terms)) + np.cumsum(paired) - paired  # where each term begins
        alone = np.full(len(words) + 1, NO_TERM)
        alone[numbers[first[~paired]]] = np.flatnonzero(~paired)
        keys = numbers[first[paired]] * len(alone) + numbers[first[paired] + 1]
        order = np.argsort(keys)
        columns = np.flatnonzero(paired)[order]
        return cls(words, alone, np.append(keys[order], _ABOVE), np.append(columns, NO_TERM))

    def of_words(self, words: Iterable[str], count: int) -> Columns:
        """Return the number of each of `count` words."""
        unknown = len(self.words)
        return np.fromiter(map(self.words.get, words, repeat(unknown)), np.int64, count)

    def together(self, said: Columns) -> Columns:
        """Return the column of each word with its next."""
        keys = said[:-1] * len(self.alone) + said[1:]
        place = np.searchsorted(self.keys, keys)
        return np.where(self.keys.take(place) == keys, self.columns.take(place), NO_TERM)


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
