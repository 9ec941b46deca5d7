"""The gate of L7: grand words without a mandate for the whole house stop at L6."""

import numpy as np
import pytest

from pmjobs.level.gates import gated_probabilities, has_mandate
from pmjobs.level.model import N_FEATURES, NO_CODER, OPINIONS, LevelScorer, Look
from pmjobs.level.reading import Reading, read
from pmjobs.level.vocabulary import Vocabulary

HOUSE = "Duties:\nYou report to the chief executive and set the direction of the whole group."
TEAM = "Duties:\nYou report to the delivery manager and keep the plan of one team."
NONE = Vocabulary((), np.zeros(0))


def scorer(opinion: float, place: float) -> LevelScorer:
    """A scorer of a fixed opinion on everything and a fixed place on the line of levels."""
    n = len(OPINIONS)
    return LevelScorer(
        np.zeros((0, n)),
        np.full(n, opinion),
        None,
        np.zeros(N_FEATURES),
        np.arange(6, dtype=float) - place,
        NO_CODER,
    )


def look(opinion: float, reading: Reading) -> Look:
    return scorer(opinion, 0.0).look(NONE.view(reading))


def test_a_mandate_is_told_from_a_team():
    assert has_mandate(read(HOUSE))
    assert not has_mandate(read(TEAM))


@pytest.mark.parametrize(
    ("text", "opinion", "shut"), [(HOUSE, 3.5, False), (TEAM, 3.5, True), (HOUSE, 2.0, True)]
)
def test_l7_needs_a_mandate_and_opinions_near_the_top(text, opinion, shut):
    reading = read(text)
    seen = look(opinion, reading)
    free = scorer(opinion, 5.0).probabilities(seen)

    found, was_shut = gated_probabilities(scorer(opinion, 5.0), seen, reading)

    assert was_shut is shut
    assert found.sum() == pytest.approx(1.0)
    assert found[6] == (0.0 if shut else free[6])
    assert found[5] == pytest.approx(free[5] + (free[6] if shut else 0.0))


def test_where_l7_is_hardly_thought_of_nothing_is_moved():
    reading = read(TEAM)
    _, shut = gated_probabilities(scorer(2.0, -5.0), look(2.0, reading), reading)
    assert not shut
