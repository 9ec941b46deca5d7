"""The rubric's arithmetic: its own worked examples, its gates, and what it refuses to say."""

import pytest

from pmjobs.domain.rubric import allowed_levels, read_codes
from pmjobs.ladder import Dimension, Level, Track

SHORT = dict(
    zip(
        ("acc", "scope", "people", "stake", "auto", "strat", "comm", "prog", "exp", "qual", "pay"),
        Dimension,
        strict=True,
    )
)


def codes(**given: float) -> dict[Dimension, float]:
    return {SHORT[name]: float(anchor) for name, anchor in given.items()}


# The worked examples of the rubric that state codes: (level, track, codes).
EXAMPLES = [
    (2, None, codes(acc=1, scope=1, people=1, stake=1, auto=1, comm=1, exp=1, pay=1)),
    (4, None, codes(acc=3, scope=3, people=3, stake=3, auto=3, comm=3, prog=2, pay=3)),
    (2, None, codes(acc=1, scope=1, auto=1, qual=0.5, pay=1)),
    (3, None, codes(acc=2, scope=2, people=2, stake=2, auto=2, prog=2, exp=2, pay=3)),
    (5, Track.PMO, codes(acc=3, scope=3.5, people=3, stake=3, auto=3, strat=2, prog=4, pay=4)),
    (3, None, codes(acc=2, scope=1, people=2, stake=2, auto=2, comm=2, prog=1, pay=2)),
    (5, None, codes(acc=3, scope=3, people=4, stake=3, auto=3, comm=3, prog=3, pay=3)),
    (4, None, codes(acc=3, scope=3, stake=3.5, auto=3, comm=3, prog=1, exp=1, pay=1)),
    (6, None, codes(acc=4, scope=4, people=4, stake=4, auto=4, strat=3, comm=3, prog=4)),
    (4, None, codes(acc=3, scope=3, people=2, stake=3, auto=3, prog=1.5, qual=3.5, pay=3)),
]


@pytest.mark.parametrize(("level", "track", "given"), EXAMPLES)
def test_worked_examples_get_their_level(level, track, given):
    assert read_codes(given, track=track).level == level


GATES = [
    ("own cap", codes(acc=1.5, scope=4, people=4, stake=4, auto=4), None, (1, 2)),
    ("own cap on the PMO track", codes(acc=1.5, scope=4, people=4, auto=4), Track.PMO, (1, 3)),
    ("own floor by autonomy", codes(acc=2, auto=2, scope=1), None, (3, 3)),
    ("own floor by scope", codes(acc=2, scope=1.5), None, (3, 3)),
    ("no floor for a small own project", codes(acc=2, scope=1), None, (1, 3)),
    ("no floor under supervision", codes(acc=2, auto=1, scope=3), None, (1, 3)),
    ("L4 by two", codes(acc=2, scope=3, people=3, auto=2), None, (3, 4)),
    ("L4 by three close ones", codes(acc=2, auto=2.5, scope=2.5, people=2.5), None, (3, 4)),
    ("not L4 by two close ones", codes(acc=2, auto=2.5, scope=2.5), None, (3, 3)),
    ("L5 by a programme", codes(acc=3, prog=3, scope=3, auto=3), None, (3, 5)),
    ("not L5 by a programme one only supports", codes(acc=2.5, prog=3, scope=3), None, (3, 4)),
    ("L5 by a very large project", codes(acc=3, scope=4, auto=3), None, (3, 5)),
    ("L5 on the PMO track", codes(acc=2, people=3, auto=3, prog=3), Track.PMO, (3, 5)),
    ("the same off the PMO track", codes(acc=2, people=3, auto=3, prog=3), None, (3, 4)),
    ("L6 by two", codes(acc=4, people=4, auto=4), None, (3, 6)),
    ("not L6 by one", codes(acc=3, people=4, auto=3, prog=3), None, (3, 5)),
]


@pytest.mark.parametrize(("name", "given", "track", "interval"), GATES)
def test_gates_set_the_interval(name, given, track, interval):
    allowed = allowed_levels(given, track=track)

    assert (allowed[0], allowed[-1]) == interval


def test_the_top_needs_a_mandate_for_the_whole_enterprise():
    top = codes(acc=4, scope=4, people=4, stake=4, auto=4, strat=4, comm=4, prog=4)

    assert read_codes(top).level == Level.HEAD
    assert read_codes(top, enterprise=True).level == Level.EXECUTIVE


def test_two_duties_are_too_few_and_price_does_not_fill_in():
    reading = read_codes(codes(acc=3, scope=3, exp=3, pay=3))

    assert reading.level is None
    assert reading.near(0.1) == ()
    assert "only 2 of the eight duty dimensions are coded" in reading.reason


def test_price_never_overrules_duties_but_is_reported():
    duties = codes(acc=3, scope=3, people=3, stake=3, auto=3)
    reading = read_codes(duties | codes(exp=0, pay=0))

    assert reading.level == read_codes(duties).level
    assert reading.conflict
    assert reading.price_level == Level.SUPPORT
