"""The domain tables hold together."""

from decimal import Decimal

import pytest

from pmjobs.domain import read_table
from pmjobs.domain.cues import compile_phrase, cues
from pmjobs.domain.families import families, governance_roles
from pmjobs.domain.levels import dimensions, gates, rungs
from pmjobs.domain.pay import MONTHS_A_YEAR, pay_level, pay_tables, period_of
from pmjobs.domain.senses import SENSES
from pmjobs.domain.titles import title_patterns
from pmjobs.ladder import IN_SCOPE, LINE, Dimension, Family, Level
from pmjobs.posting import PayPeriod, Salary


def test_every_level_dimension_and_family_has_its_row():
    assert list(rungs()) == list(Level)
    assert list(dimensions()) == list(Dimension)
    assert set(families()) == set(Family)


def test_weights_add_up_to_100():
    assert sum(info.weight for info in dimensions().values()) == 100


@pytest.mark.parametrize("dimension", Dimension)
def test_profiles_never_fall_and_stay_within_the_anchors(dimension):
    profile = dimensions()[dimension].profile
    assert len(profile) == 7
    assert list(profile) == sorted(profile)
    assert profile[0] >= 0
    assert profile[-1] <= 4
    assert len(dimensions()[dimension].anchors) == 5


def test_verdicts_agree_with_the_ladder():
    told = families()
    assert {f for f, info in told.items() if info.verdict == "in"} == IN_SCOPE
    assert {f for f, info in told.items() if info.verdict == "line"} >= LINE


def test_senses_run_from_s1_to_s11():
    assert list(SENSES) == [f"S{n}" for n in range(1, 12)]
    assert not SENSES["S9"].dimensions


def test_gates_name_dimensions():
    table = gates()
    rules = [table["l4"]["any"], table["l7"]["all"], *table["l5"]["any_of"], *table["l6"]["any_of"]]
    assert all(Dimension(name) for rule in rules for name in rule)


def test_title_patterns_claim_within_what_was_seen():
    assert all(p.low <= p.claims <= p.high for p in title_patterns())


def test_every_cue_has_an_anchor_and_a_needle_found_in_its_matches():
    assert len(cues()) > 400
    for cue in cues():
        assert cue.trap or 0 <= cue.anchor <= 4
        assert all(cue.needles)


def test_each_duty_dimension_has_cues_at_both_ends():
    for dimension in list(Dimension)[:8]:
        anchors = {cue.anchor for cue in cues() if cue.dimension is dimension and not cue.trap}
        assert min(anchors) <= 1
        assert max(anchors) == 4


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("assist* ~ manager*|team*", "assisting the busy project managers", True),
        ("assist* ~ manager*|team*", "assist with a very long list of things for managers", False),
        ("own plan", "own the plan", False),
        ("own ~ plan", "own the plan", True),
        ("own ~ plan", "town the plan", False),
        ("plan", "planning", False),
    ],
)
def test_the_cue_language(phrase, text, matches):
    assert bool(compile_phrase(phrase).search(text)) is matches


def test_pay_bands_rise_and_overlap():
    for table in pay_tables():
        lows = [low for low, _ in table.bands]
        assert len(table.bands) == 7
        assert lows == sorted(lows)
        assert table.bands[-1][1] is None


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "level"),
    [
        (45_000, None, "GBP", PayPeriod.YEAR, 3),
        (650, None, "GBP", PayPeriod.DAY, 5),
        (58, 62, "USD", PayPeriod.HOUR, 4),
        (30_000, 90_000, "GBP", PayPeriod.YEAR, None),  # a range too wide to say anything
        (45_000, None, "GBP", None, 3),  # can only be a year's
        (4_500, None, "GBP", None, None),
        (500_000, None, "INR", PayPeriod.YEAR, None),
    ],
)
def test_pay_level(low, high, currency, period, level):
    salary = Salary(currency, Decimal(low), None if high is None else Decimal(high), period, "")
    assert pay_level(salary) == level


def test_an_amount_without_a_period_is_a_years_only_where_it_is_no_months():
    least = read_table("pay")["a_year_from"]
    for table in pay_tables():
        if table.period is PayPeriod.YEAR:
            top_of_l6 = table.bands[5][1]
            assert top_of_l6 / MONTHS_A_YEAR < least[table.currency] <= table.bands[0][0]


@pytest.mark.parametrize(
    ("low", "high", "currency", "stated", "period"),
    [
        (63_000, None, "GBP", None, PayPeriod.YEAR),
        (None, 63_000, "GBP", None, PayPeriod.YEAR),  # "up to"
        (4_500, None, "EUR", None, None),  # a month's, most likely; nobody guesses
        (500, 63_000, "GBP", None, None),
        (18_000, None, "USD", None, None),  # a month at the top
        (900_000, None, "INR", None, None),
        (18_000, None, "USD", PayPeriod.MONTH, PayPeriod.MONTH),
    ],
)
def test_period_of_pay(low, high, currency, stated, period):
    low, high = (None if amount is None else Decimal(amount) for amount in (low, high))
    assert period_of(Salary(currency, low, high, stated, "")) is period


def test_pay_of_another_country_is_not_scored():
    salary = Salary("EUR", Decimal(55_000), None, PayPeriod.YEAR, "")
    assert pay_level(salary, "IE") == 3
    assert pay_level(salary, "LT") is None


def test_sectors_divide_by_something():
    sectors = read_table("sectors")["sector"]
    assert all(sector["divide_by"] > 0 and sector["words"] for sector in sectors)


def test_governance_roles_say_what_they_read_as():
    assert all(role.name and role.reads_as for role in governance_roles())
