"""How right probabilities over seven ordered levels are. All arrays are one row an ad."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pmjobs.level.model import central_level, level_set
from pmjobs.level.vocabulary import Array

N_LEVELS = 7
RUNGS = np.arange(1, N_LEVELS + 1)


def levels_of(probabilities: Array) -> Array:
    """Return the central level of each row."""
    return np.array([int(central_level(row)) for row in probabilities])


def qwk(truth: Array, found: Array) -> float:
    """Return the quadratic weighted kappa: 1 is agreement, 0 is chance."""
    weights = (RUNGS[:, None] - RUNGS[None, :]) ** 2 / (N_LEVELS - 1) ** 2
    seen = confusion(truth, found)
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / max(len(truth), 1)
    expected = float((weights * chance).sum())
    return 1.0 - float((weights * seen).sum()) / expected if expected else 0.0


def confusion(truth: Array, found: Array) -> NDArray[np.int64]:
    """Return how often each true level (row) was given each level (column)."""
    cells = (truth.astype(int) - 1) * N_LEVELS + found.astype(int) - 1
    return np.bincount(cells, minlength=N_LEVELS**2).reshape(N_LEVELS, N_LEVELS)


def macro_f1(truth: Array, found: Array) -> float:
    """Return the mean F1 over the levels that occur in `truth`."""
    scores = []
    for level in sorted(set(truth.tolist())):
        hit = int(((truth == level) & (found == level)).sum())
        said, was = int((found == level).sum()), int((truth == level).sum())
        scores.append(2 * hit / (said + was))
    return float(np.mean(scores))


def ranked_probability_score(truth: Array, probabilities: Array) -> float:
    """Return the mean ranked probability score: 0 is perfect, a step further off costs more."""
    below = np.cumsum(probabilities, axis=1)[:, :-1]
    happened = truth[:, None] <= RUNGS[None, :-1]
    return float((((below - happened) ** 2).sum(axis=1) / (N_LEVELS - 1)).mean())


def log_loss(truth: Array, probabilities: Array) -> float:
    """Return the mean negative log probability of the true level, capped at 1e-6."""
    told = probabilities[np.arange(len(truth)), truth - 1]
    return float(-np.log(np.maximum(told, 1e-6)).mean())


def calibration_error(truth: Array, probabilities: Array, bins: int = 10) -> float:
    """Return the adaptive expected calibration error of the likeliest level.

    Ads are put into `bins` bins of equal size by confidence.
    """
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) + 1 == truth
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(confidence[part].mean() - right[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(truth))


def calibration_by_chance(probabilities: Array, *, draws: int, seed: int) -> float:
    """Return the mean calibration error were the probabilities exactly right.

    With a few hundred ads it is far from 0: shares of forty ads stray from what they are shares of.
    """
    random = np.random.default_rng(seed)
    below = np.cumsum(probabilities, axis=1)
    errors = []
    for _ in range(draws):
        drawn = (random.random((len(below), 1)) * below[:, -1:] >= below).sum(axis=1) + 1
        errors.append(calibration_error(np.minimum(drawn, N_LEVELS), probabilities))
    return float(np.mean(errors))


def reliability(truth: Array, probabilities: Array, bins: int = 10) -> list[dict[str, float]]:
    """Return the points of a reliability diagram: stated confidence, share right, ads."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) + 1 == truth
    order = np.argsort(confidence, kind="stable")
    return [
        {
            "stated": round(float(confidence[part].mean()), 4),
            "right": round(float(right[part].mean()), 4),
            "n": len(part),
        }
        for part in np.array_split(order, bins)
        if len(part)
    ]


def sets_at(truth: Array, probabilities: Array, mass: float) -> tuple[float, float]:
    """Return (coverage, mean width in levels) of the level sets that hold `mass`."""
    found = [level_set(row, mass) for row in probabilities]
    held = [low <= level <= high for level, (low, high) in zip(truth, found, strict=True)]
    return float(np.mean(held)), float(np.mean([high - low + 1 for low, high in found]))


def measures(truth: Array, probabilities: Array) -> dict[str, float]:
    """Return all figures of one arm over the ads given."""
    found = levels_of(probabilities)
    steps = np.abs(truth - found)
    confidence = probabilities.max(axis=1)
    surest = np.argsort(-confidence, kind="stable")[: max(1, round(0.8 * len(truth)))]
    return {
        "qwk": qwk(truth, found),
        "macro_f1": macro_f1(truth, found),
        "accuracy": float((steps == 0).mean()),
        "mae": float(steps.mean()),
        "within_1": float((steps <= 1).mean()),
        "rps": ranked_probability_score(truth, probabilities),
        "log_loss": log_loss(truth, probabilities),
        "ece": calibration_error(truth, probabilities),
        "accuracy_at_80": float((steps[surest] == 0).mean()),
    }


def cluster_bootstrap(
    statistic: Callable[[np.ndarray], float], groups: Array, *, draws: int, seed: int
) -> tuple[float, float]:
    """Return the 95 % interval of `statistic(indices)` when whole groups are drawn again."""
    random = np.random.default_rng(seed)
    members = [np.flatnonzero(groups == group) for group in sorted(set(groups.tolist()))]
    n = len(members)
    values = [
        statistic(np.concatenate([members[i] for i in random.integers(0, n, n)]))
        for _ in range(draws)
    ]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
