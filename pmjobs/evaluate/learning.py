"""What more labels would bring: the same folds, taught by part of the employers."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from pmjobs.evaluate.rounds import N_FOLDS, Study
from pmjobs.level.corpus import levelled
from pmjobs.level.metrics import measures
from pmjobs.level.training import fit_level

SHARES = (0.25, 0.5, 0.75, 1.0)  # of the employers


def taught_by(study: Study, seed: int, share: float) -> dict[str, float]:
    """Return the body's figures when only a share of the employers taught it."""
    where = study.told
    truth = np.array([int(study.labels[i].level or 0) for i in where])
    owners = np.array([study.owners[i] for i in where])
    out = {owner for owner in owners.tolist() if crc32(owner.encode()) % 100 >= share * 100}
    found = np.zeros((len(where), 7))
    taught = []
    folds = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=seed)
    with threadpool_limits(1):
        for _, asked in folds.split(where, truth, owners):
            part = study.material.without(out | set(owners[asked].tolist()))
            taught.append(len({part.groups[label.ad.id] for label in levelled(part.labels)}))
            model = fit_level(part, seed=seed)
            found[asked] = model.predict_proba([study.reading(where[i]) for i in asked])
    return {"share": share, "employers": float(np.mean(taught)), **measures(truth, found)}


def twice_the_labels(curve: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return {"employers", "qwk"} of twice the employers, if the curve goes on as it goes.

    A straight line over the logarithm of their number, by least squares over what `taught_by`
    gave: a guess from a few points, no measurement.
    """
    employers = np.array([row["employers"] for row in curve])
    slope, start = np.polyfit(np.log2(employers), [row["qwk"] for row in curve], 1)
    twice = 2 * float(employers.max())
    return {"employers": twice, "qwk": float(start + slope * np.log2(twice))}
