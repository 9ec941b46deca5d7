"""A proportional-odds model: one direction, six cuts, fitted by maximum penalised likelihood."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from pmjobs.level.model import logistic
from pmjobs.level.vocabulary import Array

N_LEVELS = 7
# A cut beyond all ads is held back by none: how far the first may lie from the middle, and the
# logarithm of the widest step from one cut to the next.
FARTHEST, WIDEST = 20.0, 2.3


def fit_ordinal(
    x: Array, levels: Array, *, penalty: float, weights: Array, rising: Sequence[int] = ()
) -> tuple[Array, Array]:
    """Return (coefficients, cuts) for levels 1 to 7 from features `x` (n_ads, n_features).

    The features named by `rising` get no coefficient below zero.

    Features are scaled inside, so `penalty` (a ridge) treats them alike; the coefficients
    returned are for features as given. Levels without any ad get cuts a bounded step away.
    """
    centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    scaled = (x - centre) / scale
    n_features = x.shape[1]
    rung = levels.astype(int)
    share = np.array([np.average(rung <= k, weights=weights) for k in range(1, N_LEVELS)])
    share = np.maximum.accumulate(np.clip(share, 0.003, 0.997) + 1e-4 * np.arange(N_LEVELS - 1))
    start = np.log(share / (1 - share))
    first = np.concatenate(
        [np.zeros(n_features), start[:1], np.log(np.maximum(np.diff(start), 0.05))]
    )

    def loss(parameters: Array) -> tuple[float, Array]:
        direction, cuts = parameters[:n_features], _cuts(parameters[n_features:])
        place = scaled @ direction
        upper = logistic(np.append(cuts, np.inf)[rung - 1] - place)
        lower = logistic(np.concatenate([[-np.inf], cuts])[rung - 1] - place)
        likely = np.maximum(upper - lower, 1e-12)
        steep_up, steep_low = upper * (1 - upper), lower * (1 - lower)
        value = -(weights * np.log(likely)).sum() + penalty / 2 * (direction @ direction)
        by_place = weights * (steep_up - steep_low) / likely
        by_cut = np.zeros(N_LEVELS - 1)
        inner, outer = rung < N_LEVELS, rung > 1
        np.add.at(by_cut, rung[inner] - 1, -(weights * steep_up / likely)[inner])
        np.add.at(by_cut, rung[outer] - 2, (weights * steep_low / likely)[outer])
        tail = np.cumsum(by_cut[::-1])[::-1]
        steps = np.concatenate([tail[:1], tail[1:] * np.exp(parameters[n_features + 1 :])])
        return value, np.concatenate([scaled.T @ by_place + penalty * direction, steps])

    bounds: list[tuple[float | None, float | None]] = [
        (0.0 if i in rising else None, None) for i in range(n_features)
    ]
    bounds += [(-FARTHEST, FARTHEST), *((None, WIDEST) for _ in range(N_LEVELS - 2))]
    found = minimize(
        loss, first, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}
    ).x
    coefficients = found[:n_features] / scale
    return coefficients, _cuts(found[n_features:]) + float(centre @ coefficients)


def _cuts(parameters: Array) -> Array:
    """Rising cuts from a first one and the logarithms of the steps."""
    return np.asarray(np.cumsum(np.concatenate([parameters[:1], np.exp(parameters[1:])])))
