"""Pay like for like: a year, full time, permanent, one currency; no pay, no verdict."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pmjobs.compare.pay import a_year, compare_pay, converted, day_ratio, expected_pay, rate_date
from pmjobs.ladder import Level
from pmjobs.posting import EmploymentType, PayPeriod
from tests.builders import TODAY, ad, pay, reader

PERMANENT = {"amount": 50000, "currency": "GBP"}
CONTRACT = {"amount": 500, "currency": "GBP", "period": "day", "basis": "contract"}
PART_TIME = {"amount": 30000, "currency": "GBP", "fte": 0.6}


def gain(offered, own=PERMANENT, level=4, own_level=4, internal=False, kinds=()):
    posting = replace(ad("x", salary=offered), employment_type=kinds)
    return compare_pay(
        posting,
        offered,
        reader(4, pay=own).pay if own else None,
        level=Level(level),
        own_level=Level(own_level),
        internal=internal,
        today=TODAY,
    )


# (what it shows, ad's pay, own pay, more, gain)
GAINS = [
    ("one figure", pay(55000), PERMANENT, {}, 0.1),
    ("the lower third of a range", pay(54000, 66000), PERMANENT, {}, 0.16),
    ("the middle inside one's firm", pay(54000, 66000), PERMANENT, {"internal": True}, 0.2),
    ("a month", pay(5000, period="MONTH"), PERMANENT, {}, 0.2),
    ("a week", pay(1000, period="WEEK"), PERMANENT, {}, 0.04),
    ("an hour", pay(25, period="HOUR"), PERMANENT, {}, 0.04),
    ("a contractor's hour", pay(75, period="HOUR"), PERMANENT,
     {"kinds": (EmploymentType.CONTRACTOR,)}, 0.32),
    ("a day rate", pay(500, period="DAY"), PERMANENT, {}, 0.1),
    ("a day rate below L3", pay(200, period="DAY"), {"amount": 30000, "currency": "GBP"},
     {"level": 2}, 0.0),
    ("contract beside contract", pay(550, period="DAY"), CONTRACT, {}, 0.1),
    ("a salary beside a contract", pay(55000), CONTRACT, {}, 0.0),
    ("part time scaled to full time", pay(50000), PART_TIME, {}, 0.0),
    ("no period, but only a year's will do", pay(60000, None, period=None), PERMANENT, {}, 0.2),
    ("less", pay(40000), PERMANENT, {}, -0.2),
    ("the upper end below the lower", pay(50000, 40000), PERMANENT, {}, 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "offered", "own", "more", "expected"), GAINS)
def test_gain(shows, offered, own, more, expected):
    assert gain(offered, own, **more).gain == pytest.approx(expected)


SILENT = [
    ("the ad states none", None, PERMANENT, "the ad states no pay"),
    ("the reader states none", pay(50000), None, "your profile states no pay"),
    ("up to", pay(None, 90000), PERMANENT, "no figure one could start from"),
    ("an amount without a period", pay(900, None, period=None), PERMANENT, "for what time"),
    ("an unknown currency", pay(50000, currency="XXX"), PERMANENT, "no exchange rate from XXX"),
]


@pytest.mark.parametrize(("shows", "offered", "own", "words"), SILENT)
def test_no_pay_no_verdict(shows, offered, own, words):
    found = gain(offered, own)

    assert found.gain is None
    assert words in found.note


def test_currencies_are_converted_at_a_dated_rate():
    found = gain(pay(60000, currency="EUR"))

    assert found.gain is not None
    assert f"ECB rate of {rate_date(TODAY):%d %B %Y}" in found.note
    assert rate_date(date(2020, 6, 1)) == date(2020, 6, 1)
    assert rate_date(date(2099, 1, 1)) == rate_date(None)


def test_there_and_back_gives_the_same_amount():
    there = converted(Decimal(1000), "GBP", "USD", today=TODAY)

    assert float(converted(there, "USD", "GBP", today=TODAY)) == pytest.approx(1000)


def test_less_than_ten_per_cent_is_about_the_same_in_words():
    assert gain(pay(54000)).note.startswith("about the same")
    assert gain(pay(56000)).note == "12% more"
    assert "less" in gain(pay(40000)).note


def test_what_is_assumed_is_said():
    assert "taken as a year's" in gain(pay(60000, None, period=None)).note
    assert "lower third" in gain(pay(54000, 66000)).note
    assert "part-time" in gain(pay(50000), kinds=(EmploymentType.PART_TIME,)).note


def test_expected_pay_and_a_year():
    assert expected_pay(pay(60000, 90000)) == Decimal(70000)
    assert expected_pay(pay(None, 90000)) is None
    assert day_ratio(Level.COORDINATOR) == 150
    assert day_ratio(None) == 110
    assert a_year(Decimal(100), PayPeriod.DAY, contract=False, level=None) == Decimal(26000)
