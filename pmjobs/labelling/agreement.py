"""How far two labellers agree on the ads that both have read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from pmjobs.labelling.record import AdLabel
from pmjobs.ladder import Family
from pmjobs.level.metrics import qwk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures over the ads that two labellers share; None where they cannot be told."""

    n_first: int  # ads that the first has labelled
    n_second: int
    n_both: int  # ads that both have labelled, reading the same text
    n_other_text: int  # ads that both have labelled, the text having changed; left out
    n_scope: int  # of n_both: both could tell whether it is project work
    scope_same: float | None  # share
    scope_kappa: float | None  # Cohen's: 1 is agreement, 0 is chance
    n_levelled: int  # of n_both: both gave a level
    exact: float | None  # share
    within_one: float | None  # share at most one level apart
    mean_step: float | None  # second minus first, in levels
    qwk: float | None  # quadratic weighted kappa
    disagreed: tuple[str, ...]  # ads to talk about: another level, or another view of scope


def agreement(first: Sequence[AdLabel], second: Sequence[AdLabel]) -> Agreement:
    """Return how far two labellers agree. Of several labels of an ad the last one counts."""
    one, two = ({label.id: label for label in labels} for labels in (first, second))
    shared = [(one[key], two[key]) for key in sorted(one.keys() & two.keys())]
    pairs = [(a, b) for a, b in shared if a.text_sha256 == b.text_sha256]
    scoped = [(a, b) for a, b in pairs if Family.UNCLEAR not in (a.family, b.family)]
    steps = [(int(a.level), int(b.level)) for a, b in pairs if a.level and b.level]
    return Agreement(
        n_first=len(one),
        n_second=len(two),
        n_both=len(pairs),
        n_other_text=len(shared) - len(pairs),
        n_scope=len(scoped),
        scope_same=_share(scoped, lambda a, b: a.in_scope == b.in_scope),
        scope_kappa=_kappa([(a.in_scope, b.in_scope) for a, b in scoped]),
        n_levelled=len(steps),
        exact=_share(steps, lambda a, b: a == b),
        within_one=_share(steps, lambda a, b: abs(a - b) <= 1),
        mean_step=sum(b - a for a, b in steps) / len(steps) if steps else None,
        qwk=_qwk(steps),
        disagreed=tuple(a.id for a, b in pairs if a.in_scope != b.in_scope or a.level != b.level),
    )


def _share(pairs: Sequence[tuple[T, T]], same: Callable[[T, T], bool]) -> float | None:
    return sum(same(a, b) for a, b in pairs) / len(pairs) if pairs else None


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of yes and no; None if both always said the same one thing."""
    if not pairs:
        return None
    n = len(pairs)
    first, second = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    chance = first * second + (1 - first) * (1 - second)
    seen = sum(a == b for a, b in pairs) / n
    return (seen - chance) / (1 - chance) if chance < 1 else None


def _qwk(steps: Sequence[tuple[int, int]]) -> float | None:
    """None if both gave one and the same level throughout: then there is nothing to weigh."""
    if len({level for pair in steps for level in pair}) < 2:
        return None
    first, second = np.array(steps, dtype=np.int64).T
    return qwk(first, second)
