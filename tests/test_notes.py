"""What stands beside the level, in words: flags and second readings."""

from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

from pmjobs.cli import show
from pmjobs.explain import explain
from pmjobs.explain.as_json import explanation_as_json
from pmjobs.explain.notes import notes_of
from pmjobs.explain.page import page
from pmjobs.ladder import Dimension, Level
from pmjobs.posting import ExperienceYears, PayPeriod, Salary
from tests.test_explain import estimate, posting


def paid(low, high, currency="GBP", period=PayPeriod.YEAR):
    return Salary(currency, Decimal(low), Decimal(high), period, f"{low} to {high}")


def years(n):
    return ExperienceYears(n, None, f"{n} years")


def senior(*flags, **known):
    """An estimate of L4 with these flags."""
    return estimate(level=Level(4), level_low=Level(4), level_high=Level(4), flags=flags, **known)


def test_pay_far_below_the_duties_is_a_second_reading_with_both_figures():
    ad = posting(base_salary=paid(36_000, 42_000))
    assert notes_of(ad, senior("conflict", "under_graded")) == (
        "two readings: the duties read L4, the pay (£36,000-42,000) reads L2: "
        "well under what such work is usually paid",
    )


def test_pay_far_above_the_duties_says_over():
    low = estimate(flags=("conflict",), title_level=Level(2))
    (note,) = notes_of(posting(base_salary=paid(70_000, 75_000)), low)
    assert note.startswith("two readings: the duties read L2, the pay (£70,000-75,000) reads L")
    assert note.endswith("well over what such work is usually paid")


def test_a_day_rate_and_a_rare_currency_are_told_as_stated():
    ad = posting(base_salary=paid(250, 250, period=PayPeriod.DAY))
    assert "(£250 a day)" in notes_of(ad, senior("conflict"))[0]
    unknown = posting(base_salary=paid(90, 90, "PLN", PayPeriod.HOUR))
    assert notes_of(unknown, senior("conflict")) == (
        "two readings: the price (pay, years, qualifications) is not that of the duties",
    )


def test_years_far_from_the_duties_are_a_second_reading_without_a_flag():
    asked = senior(experience_years=years(15))
    assert notes_of(posting(), asked) == (
        "two readings: the duties read L4, the years asked for (15+) read L6",
    )
    assert notes_of(posting(), senior(experience_years=years(8))) == ()


def test_years_and_qualifications_are_read_together():
    both = {Dimension.ACCOUNTABILITY: 3.0, Dimension.QUALIFICATIONS: 1.0}
    (note,) = notes_of(posting(), senior(experience_years=years(1), dimensions=both))
    assert note.endswith("the years asked for (1+) and the qualifications read L2")
    assert notes_of(posting(), senior(dimensions=both)) == ()  # a certificate alone is no reading


@pytest.mark.parametrize(
    ("flag", "note"),
    [
        ("over_titled", "over-titled: the title claims 2 levels more than the work"),
        ("range", "several posts in one ad: the level is that of the lowest"),
        ("contract", "contract or temporary work"),
        ("day_rate", "paid by the day"),
        ("gate", "L7 was ruled out: the ad shows no mandate for the whole enterprise"),
        ("under_graded", "the pay is well under what such work is usually paid"),
        ("a_new_one", "a new one"),
    ],
)
def test_every_flag_is_told_in_words(flag, note):
    assert notes_of(posting(), estimate(flags=(flag,))) == (note,)


def test_without_a_level_nothing_is_said_of_levels():
    flags = ("conflict", "under_graded", "over_titled", "range", "contract", "gate", "a_new_one")
    thin = estimate(level=None, abstained=True, flags=flags, experience_years=years(15))
    assert notes_of(posting(base_salary=paid(20_000, 20_000)), thin) == (
        "several posts in one ad",
        "contract or temporary work",
        "a new one",
    )


def test_terminal_page_notebook_and_json_say_the_same():
    found = explain(posting(), estimate(flags=("gate",)))
    console = Console(width=120, record=True, file=StringIO())
    console.print(show.explanation(found))
    for shown in (console.export_text(), page(found), found._repr_html_()):
        assert "L7 was ruled out: the ad shows no mandate for the whole enterprise" in shown
    made = explanation_as_json(found)
    assert made["notes"] == list(found.notes)
    assert made["estimate"]["flags"] == ["gate"]
