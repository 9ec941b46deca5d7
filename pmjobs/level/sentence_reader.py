"""What each sentence shows: a linear reader, taught with annotated sentences.

For every sentence of the duties and requirements it foretells, dimension by dimension, whether
the sentence tells of it, at which anchor, and whether strongly; and for duties the kind of work.
It reads the sentence's words and pairs of words, the phrases of the cue table found in it, and
its zone. Needs numpy only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pmjobs.ladder import Dimension
from pmjobs.level.vocabulary import Array, View, different
from pmjobs.parsing.sections import Zone

READ = tuple(Dimension)[:10]  # remuneration stands in the package, which is not read
# Kinds of duty: the letters of the annotation, and what they mean.
KINDS = {
    "W": "project delivery",
    "O": "a standing service, function or programme",
    "P": "product decisions",
    "A": "sales or accounts",
    "E": "own professional output",
    "G": "general",
}
OUTPUTS = (
    *(f"{dimension}_told" for dimension in READ),
    *(f"{dimension}_anchor" for dimension in READ),
    *(f"{dimension}_strong" for dimension in READ),
    *(f"kind_{kind}" for kind in KINDS),
)
STRONG = 3.0  # anchor from which a sentence is strong
CUE_VALUE = 0.3  # of a phrase found, beside word values whose squares sum to 1 in a sentence
ZONES = (Zone.DUTIES, Zone.REQUIREMENTS)
_TOLD, _ANCHOR, _STRONG, _KIND = slice(0, 10), slice(10, 20), slice(20, 30), slice(30, None)

# What an ad's sentences come to together, in the order of `pool`.
POOLED = (
    *(f"{dimension}_read_mean" for dimension in READ),
    *(f"{dimension}_read_top" for dimension in READ),
    *(f"{dimension}_read_strong" for dimension in READ),
    *(f"{dimension}_read_often" for dimension in READ),
    *(f"share_{kind}" for kind in KINDS),
)
_PRIOR_ANCHOR, _PRIOR_WEIGHT = 2.0, 0.5  # a dimension that no sentence tells is read as middling
_DRAWN = 0.1  # weight of the middle beside a single sentence; .41 anchors off on unseen employers
_TOP, _STRONGEST = 4, 3  # powers of the means that stand for the strongest sentences


@dataclass(frozen=True)
class SentenceReader:
    """Weights by which a sentence's words, phrases and zone speak for each of OUTPUTS."""

    idf: NDArray[np.float32]  # (n_terms,), 0 where a term is not read in sentences
    words: NDArray[np.float32]  # (n_terms, len(OUTPUTS))
    cues: NDArray[np.float32]  # (n_cues, len(OUTPUTS))
    zones: NDArray[np.float32]  # (len(ZONES), len(OUTPUTS))

    def read(self, view: View) -> Array:
        """Return what each sentence shows, (n_sentences, len(OUTPUTS)), from 0 up."""
        sentences = view.reading.sentences
        zones = np.array([s.zone is not ZONES[0] for s in sentences], dtype=np.intp)
        found = self.zones.take(zones, axis=0)
        read = self.idf.take(view.at) > 0
        keys, _ = different(view.sentence[read] * len(self.idf) + view.at[read])
        owner, at = np.divmod(keys, len(self.idf))
        values = self.idf.take(at)
        length = np.sqrt(np.bincount(owner, values * values, minlength=len(sentences)))
        values = (values / length[owner]).astype(np.float32)
        if len(keys):
            starts = np.flatnonzero(np.concatenate([_FIRST, owner[1:] != owner[:-1]]))
            brought = self.words.take(at, axis=0)
            brought *= values[:, None]
            found[owner[starts]] += np.add.reduceat(brought, starts)
        hits = view.reading.hits
        if hits:
            said = self.cues.take([hit.cue.index for hit in hits], axis=0) * CUE_VALUE
            np.add.at(found, [hit.sentence for hit in hits], said)
        return np.clip(found.astype(np.float64), 0.0, _MOST)


_FIRST = np.array([True])


_MOST = np.array([4.0 if name.endswith("_anchor") else 1.0 for name in OUTPUTS])


def told(reads: Array) -> Array:
    """Return how surely each sentence tells of each of READ, (..., n_sentences, 10), 0 to 1."""
    return reads[..., _TOLD]


def anchors(reads: Array) -> Array:
    """Return the anchor at which each sentence speaks of each of READ, should it do so, 0 to 4.

    What is hardly told of is drawn to the middle.
    """
    weighed = reads[..., _ANCHOR] + _PRIOR_ANCHOR * _DRAWN
    return np.clip(weighed / (reads[..., _TOLD] + _DRAWN), 0.0, 4.0)


def parts(reads: Array) -> Array:
    """Return what each sentence brings to `pool`, a row a sentence: sums of parts pool."""
    powers = (reads[..., _ANCHOR] ** _TOP, reads[..., _STRONG] ** _STRONGEST)
    return np.concatenate([reads, *powers], axis=-1)


def pool(summed: Array) -> Array:
    """Return POOLED from parts summed over sentences, (..., n_parts) to (..., len(POOLED))."""
    n = len(OUTPUTS)
    weight, anchor = summed[..., _TOLD], summed[..., _ANCHOR]
    kinds = summed[..., 30:n]
    return np.concatenate(
        [
            (anchor + _PRIOR_ANCHOR * _PRIOR_WEIGHT) / (weight + _PRIOR_WEIGHT),
            summed[..., n : n + 10] ** (1 / _TOP),
            summed[..., n + 10 :] ** (1 / _STRONGEST),
            np.log1p(weight),
            kinds / (kinds.sum(axis=-1, keepdims=True) + 1.0),
        ],
        axis=-1,
    )


def as_targets(kind: str | None, codes: Sequence[tuple[Dimension, float]]) -> list[float]:
    """Return what OUTPUTS should be of a sentence with this kind of duty and these anchors."""
    known = dict(codes)
    return [
        *(float(d in known) for d in READ),
        *(known.get(d, 0.0) for d in READ),
        *(float(known.get(d, 0.0) >= STRONG) for d in READ),
        *(float(kind == k) for k in KINDS),
    ]
