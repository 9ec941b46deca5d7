"""What moved a level: each sentence's share of the score, so that the shares add up to it.

Words add up by themselves. What cues and sentences show together does not (two strong sentences
are less than twice one), so a sentence's share is the mean of what it adds when the ad is read
from the front and from the back.
"""

from dataclasses import dataclass

import numpy as np

from pmjobs.level.model import FACTS, OPINIONS, STATED, UNSTATED, LevelScorer, Look, cue_facts
from pmjobs.level.sentence_reader import parts, pool
from pmjobs.level.stated import Stated
from pmjobs.level.vocabulary import Array, View

_STATED = slice(len(OPINIONS) + FACTS.index(STATED[0]), len(OPINIONS) + len(FACTS))
_CUES = slice(len(OPINIONS), _STATED.start)
_POOLED = slice(_STATED.stop, None)


@dataclass(frozen=True, slots=True)
class Contributions:
    """base + sentences + facts is the score."""

    base: float  # of an ad that says nothing
    sentences: Array  # (n_sentences,)
    facts: dict[Stated, float]  # what is stated in numbers; 0.0 where an ad does not


def contributions(view: View, look: Look, scorer: LevelScorer) -> Contributions:
    """Return what each sentence and each fact add to an ad's score."""
    head = scorer.head
    direction = head[: len(OPINIONS)]
    nothing, shown = _of_what_is_shown(look, head)
    base = scorer.intercepts @ direction + UNSTATED @ head[_STATED] + nothing
    stated = (look.features[_STATED] - UNSTATED) * head[_STATED]
    facts = dict.fromkeys(Stated, 0.0)
    for name, adds in zip(STATED, stated.tolist(), strict=True):
        facts[Stated(name.removesuffix("_missing"))] += adds
    return Contributions(
        float(base),
        _of_words(view, scorer.weights, direction) + shown,
        facts,
    )


def _of_words(view: View, weights: Array, direction: Array) -> Array:
    """Each term's part of the score, divided among the places where it stands."""
    at, values = view.row.at, view.row.values
    if not at.size:
        return np.zeros(len(view.reading.sentences))
    place = np.minimum(np.searchsorted(at, view.at), len(at) - 1)
    in_row = at[place] == view.at
    place, sentence = place[in_row], view.sentence[in_row]
    worth = values * (weights.take(at, axis=0) @ direction) / np.bincount(place, minlength=len(at))
    n_sentences = len(view.reading.sentences)
    return np.asarray(np.bincount(sentence, worth[place], minlength=n_sentences), dtype=float)


def _of_what_is_shown(look: Look, head: Array) -> tuple[float, Array]:
    """The score's part by no cues and sentences at all, and what each sentence adds."""
    cued = np.asarray(look.weights.any(axis=(1, 2)))  # only with these does what cues say change
    by_cues = cue_facts(_sums(_both_ways(look.weights[cued]))) @ head[_CUES]
    so_far = _sums(_both_ways(cued.astype(np.intp)))
    by_sentences = pool(_sums(_both_ways(parts(look.reads)))) @ head[_POOLED]
    running = np.take_along_axis(by_cues, so_far, axis=1) + by_sentences
    forwards, backwards = running[:, 1:] - running[:, :-1]
    return float(running[0, 0]), (forwards + backwards[::-1]) / 2


def _both_ways(rows: np.ndarray) -> np.ndarray:
    """Rows from the first to the last and from the last to the first, (2, n_rows, ...)."""
    return np.stack([rows, rows[::-1]])


def _sums(rows: np.ndarray) -> np.ndarray:
    """The sums of none, one, two, ... rows, (2, n_rows + 1, ...)."""
    sums = np.zeros((2, rows.shape[1] + 1, *rows.shape[2:]), dtype=rows.dtype)
    np.cumsum(rows, axis=1, out=sums[:, 1:])
    return sums
