"""Dates as ads and sources write them; None where more than one day could be meant."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.dates import parse_date

D = date(2026, 8, 5)

ABSOLUTE = [
    "2026-08-05",
    " 2026-08-05 ",
    "2026-08-05T09:41:37",
    "2026-08-05T09:41:37Z",
    "2026-08-05T09:41:37.061Z",
    "2026-08-05T23:59:59-05:00",
    "2026-08-05T00:30:00+02:00",
    "2026-08-05T09:41:37+0000",
    "2026-08-05 09:41:37 UTC",
    "2026-08-05 09:41:37.123456",
    "2026-8-5",
    "2026/08/05",
    "20260805",
    1785888000,
    1785888000.5,
    1785888000000,
    "1785888000",
    "1785888000000",
    "Wed, 05 Aug 2026 09:41:37 +0200",
    "Wed, 05 Aug 2026 09:41:37 GMT",
    "05 Aug 26 09:41:37 GMT",
    "5 August 2026",
    "5th of August, 2026",
    "05-Aug-2026",
    "August 5, 2026",
    "Aug. 5th 2026",
    "Wednesday, August 5, 2026",
    "5.8.2026",
    "05.08.2026",
    date(2026, 8, 5),
    datetime(2026, 8, 5, 23, tzinfo=UTC),
]

NOT_A_DAY = [
    "", "soon", "ASAP", "2026", "2026-08", "August 2026", "2026-13-01", "2026-02-30",
    "0001-01-01", "9999-12-31", "05/08/2026", "5/8/2026", "5-8-2026", "30+ days ago",
    "Posted 3 Days Ago", "yesterday", "12345", "123456789012345", -1, 0, 10**18, float("nan"),
    float("inf"), True, None, [], {}, "2026-08-051", "5/8/20261", "x" * 10_000, "in 3 weeks",
]  # fmt: skip

# (text, day first, date)
NUMERIC = [
    ("05/10/2026", True, date(2026, 10, 5)),
    ("05/10/2026", False, date(2026, 5, 10)),
    ("5-10-2026", True, date(2026, 10, 5)),
    ("25/10/2026", None, date(2026, 10, 25)),
    ("10/25/2026", None, date(2026, 10, 25)),
    ("10/10/2026", None, date(2026, 10, 10)),
    ("25/10/2026", False, None),
    ("25/13/2026", None, None),
    ("10.05.2026", False, date(2026, 5, 10)),
]

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)

# (text, relative to, date)
RELATIVE = [
    ("Posted Today", NOW.date(), date(2026, 3, 10)),
    ("Just posted", NOW.date(), date(2026, 3, 10)),
    ("Posted Yesterday", NOW.date(), date(2026, 3, 9)),
    ("Posted 3 Days Ago", NOW.date(), date(2026, 3, 7)),
    ("1 day ago", NOW.date(), date(2026, 3, 9)),
    ("a day ago", NOW.date(), date(2026, 3, 9)),
    ("2 weeks ago", NOW.date(), date(2026, 2, 24)),
    ("5 hours ago", NOW, date(2026, 3, 9)),
    ("5 hours ago", NOW.date(), None),
    ("30+ days ago", NOW.date(), None),
    ("Posted 30+ Days Ago", NOW, None),
    ("2 months ago", NOW.date(), None),
    ("9999 weeks ago", date(100, 1, 1), None),
]

# (text, languages, date)
OTHER_LANGUAGES = [
    ("5. August 2026", ("de",), D),
    ("5 août 2026", ("fr",), D),
    ("5 de agosto de 2026", ("es",), D),
    ("5 augusti 2026", ("sv",), D),
    ("vor 3 Tagen", ("de",), date(2026, 3, 7)),
    ("il y a 2 jours", ("fr",), date(2026, 3, 8)),
    ("August", ("de",), None),
    ("ab sofort", ("de",), None),
]


@pytest.mark.parametrize("value", ABSOLUTE, ids=str)
def test_one_day_is_meant(value):
    assert parse_date(value) == D


@pytest.mark.parametrize("value", NOT_A_DAY, ids=lambda value: str(value)[:30])
def test_no_day_is_named(value):
    assert parse_date(value) is None


@pytest.mark.parametrize(("text", "day_first", "expected"), NUMERIC)
def test_the_caller_says_whether_the_day_comes_first(text, day_first, expected):
    assert parse_date(text, day_first=day_first) == expected


@pytest.mark.parametrize(("text", "relative_to", "expected"), RELATIVE)
def test_relative_days_count_from_the_callers_day(text, relative_to, expected):
    assert parse_date(text, relative_to=relative_to) == expected


@pytest.mark.parametrize(("text", "languages", "expected"), OTHER_LANGUAGES)
def test_other_languages_are_read_when_named(text, languages, expected):
    assert parse_date(text, languages=languages, relative_to=NOW) == expected


def test_relative_words_without_a_base_name_no_day_in_any_language():
    assert parse_date("vor 3 Tagen", languages=("de",)) is None


@given(st.text() | st.integers() | st.floats())
def test_any_value_gives_a_day_or_none(value):
    day = parse_date(value, day_first=True, relative_to=date(2026, 3, 10))
    assert day is None or isinstance(day, date)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day):
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d/%m/%Y}", day_first=True) == day
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == day
