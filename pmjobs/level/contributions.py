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
    nothing = _running(look.weights[:0], parts(look.reads[:0]), head)
    base = scorer.intercepts @ direction + UNSTATED @ head[_STATED] + nothing[0]
    stated = (look.features[_STATED] - UNSTATED) * head[_STATED]
    facts = dict.fromkeys(Stated, 0.0)
    for name, adds in zip(STATED, stated.tolist(), strict=True):
        facts[Stated(name.removesuffix("_missing"))] += adds
    return Contributions(
        float(base),
        _of_words(view, scorer.weights, direction) + _of_what_is_shown(look, head),
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


def _of_what_is_shown(look: Look, head: Array) -> Array:
    brought = parts(look.reads)
    forwards = np.diff(_running(look.weights, brought, head))
    backwards = np.diff(_running(look.weights[::-1], brought[::-1], head))[::-1]
    return np.asarray((forwards + backwards) / 2)


def _running(weights: Array, brought: Array, head: Array) -> Array:
    """The score's part by cues and sentences after none, one, two, ... sentences."""
    cued = weights.any(axis=(1, 2))  # what cues say changes with these sentences alone
    by_cues = cue_facts(_sums(weights[cued])) @ head[_CUES]
    so_far = np.concatenate([[0], cued.cumsum()])
    return np.asarray(by_cues[so_far] + pool(_sums(brought)) @ head[_POOLED])


def _sums(rows: Array) -> Array:
    return np.concatenate([np.zeros((1, *rows.shape[1:])), rows.cumsum(axis=0)])
