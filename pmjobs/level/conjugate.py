"""Ridge regressions on sparse rows, hundreds of targets at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 40  # of conjugate gradients at the most
NEAR_ENOUGH = 1e-5  # of the squared residual, against that at the start


def conjugate_ridge(
    x: Any, targets: NDArray[np.float32], penalty: float, *, steps: int = STEPS
) -> NDArray[np.float32]:
    """Return the ridge weights of all targets at once, by conjugate gradients, no intercept.

    Shapes: x (n_rows, n_terms), scipy sparse; targets (n_rows, n_targets); (n_terms, n_targets)
    comes back. Fewer `steps` give a rougher answer.
    """
    right = x.T @ targets
    weights: NDArray[np.float32] = np.zeros_like(right)
    residual, step = right.copy(), right.copy()
    size = (residual**2).sum(axis=0)
    first = size.copy()
    for _ in range(steps):
        curved = x.T @ (x @ step) + penalty * step
        length = size / np.maximum((step * curved).sum(axis=0), 1e-12)
        weights += length * step
        residual -= length * curved
        smaller = (residual**2).sum(axis=0)
        if (smaller <= NEAR_ENOUGH * first).all():
            break
        step = residual + (smaller / np.maximum(size, 1e-12)) * step
        size = smaller
    return weights
