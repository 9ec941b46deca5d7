"""Whether the model knows what it must not: labels by chance, and titles in masked text."""

import re
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from pmjobs.domain.titles import claim_of
from pmjobs.evaluate.rounds import N_FOLDS, Study
from pmjobs.level.corpus import levelled
from pmjobs.level.metrics import levels_of, qwk
from pmjobs.level.reading import Reading
from pmjobs.level.training import unseen_probabilities


def leak_figures(study: Study, seed: int) -> dict[str, float]:
    """Return QWK with shuffled labels, which is 0 by chance, and how many ads name themselves.

    An ad names itself if its own title, of two words or more, stands in the text that is counted.
    """
    return {"shuffled_labels_qwk": _shuffled(study, seed), "title_in_counted_text": _named(study)}


def _shuffled(study: Study, seed: int) -> float:
    """Levels and dimensions are dealt out anew; sentences and titles teach as before."""
    material = study.material
    told = levelled(material.labels)
    order = np.random.default_rng(seed).permutation(len(told))
    dealt = [
        replace(label, level=told[k].level, dimensions=told[k].dimensions)
        for label, k in zip(told, order, strict=True)
    ]
    mixed = replace(material, labels=dealt, more=[], invented=[])
    truth = np.array([int(label.level or 0) for label in dealt])
    with threadpool_limits(1):
        found = unseen_probabilities(mixed, seed=seed, n_folds=N_FOLDS)
    return qwk(truth, levels_of(found))


def _named(study: Study) -> float:
    named = [
        _names_itself(study.labels[i].ad.title, _counted(study.reading(i))) for i in study.told
    ]
    return float(np.mean(named))


def _counted(reading: Reading) -> str:
    return "\n".join(reading.lowered[s.start : s.end] for s in reading.sentences)


def _names_itself(title: str, counted: str) -> bool:
    """Whether the whole title, or the words of it that claim a level, stand in `counted`."""
    claim = claim_of(title)
    words = [title.lower(), *([claim.words.lower()] if claim else [])]
    return any(
        len(one.split()) > 1 and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", counted)
        for one in words
    )
