"""Periods are read in the many ways résumés write them, and their lengths add up."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmjobs.resume.periods import (
    ALL_MONTHS,
    covered_months,
    find_lone_month,
    find_month,
    find_period,
    first_index,
    last_index,
)
from pmjobs.resume.record import Month

PERIODS = [
    ("Jan 2019 – Present", "2019-01", None),
    ("January 2019 to present", "2019-01", None),
    ("03/2018-11/2020", "2018-03", "2020-11"),
    ("03.2018 – 11.2020", "2018-03", "2020-11"),
    ("2018-03 – 2020-11", "2018-03", "2020-11"),
    ("2018/03-2020/11", "2018-03", "2020-11"),
    ("01.03.2018 – 31.12.2020", "2018-03", "2020-12"),
    ("1 March 2016 - 3 May 2018", "2016-03", "2018-05"),
    ("Sept. '19 – Dec '21", "2019-09", "2021-12"),
    ("Mar – Nov 2019", "2019-03", "2019-11"),
    ("2017 to date", "2017", None),
    ("2017 – 2019", "2017", "2019"),
    ("2012–13", None, None),
    ("2012-15", "2012", "2015"),
    ("1998/99", "1998", "1999"),
    ("(2019–)", "2019", None),
    ("since May 2020", "2020-05", None),
    ("seit 2019", "2019", None),
    ("seit 03/2019", "2019-03", None),
    ("ab April 2021", "2021-04", None),
    ("März 2015 bis Dezember 2018", "2015-03", "2018-12"),
    ("05/2016 – heute", "2016-05", None),
    ("janv. 2016 à déc. 2018", "2016-01", "2018-12"),
    ("depuis 2018", "2018", None),
    ("enero de 2019 - actualidad", "2019-01", None),
    ("mei 2015 tot heden", "2015-05", None),
    ("from 2016 until 2018", "2016", "2018"),
    ("Feb 2020→Mar 2021", "2020-02", "2021-03"),
]
NO_PERIODS = [
    "",
    "2019",
    "Delivered 2019 units",
    "a budget of £2018-2020k",
    "2020-2019",
    "version 3.2019.2020.1",
    "13/2018 - 14/2020",
    "0113 496 0123",
    "Windows 2000 to XP",
    "Skerry Yard AB\tJanuary 2010",
]


@pytest.mark.parametrize(("text", "start", "end"), [p for p in PERIODS if p[1]])
def test_a_period_is_read_as_written(text, start, end):
    for around in (text, f"Project Manager, Alder Ltd, {text}", f"{text}\tPMO Analyst"):
        period, first, last = find_period(around)
        assert str(period.start) == start
        assert (str(period.end) if period.end else None) == end
        assert period.current is (end is None)
        assert around[first:last].strip("–- ") in around


@pytest.mark.parametrize("text", NO_PERIODS)
def test_other_numbers_are_no_periods(text):
    assert find_period(text) is None


def test_a_lone_month_is_found_without_a_period():
    assert find_lone_month("PRINCE2 Practitioner, June 2021")[0] == Month(2021, 6)
    assert find_lone_month("ISO 21502") is None


months = st.builds(Month, st.integers(1960, 2060), st.integers(1, 12))
spans = st.tuples(months, months).map(lambda pair: tuple(sorted(pair, key=first_index)))
STYLES = {
    "number": lambda m: f"{m.month:02d}/{m.year}",
    "iso": lambda m: f"{m.year}-{m.month:02d}",
    "german": lambda m: f"{m.month:02d}.{m.year}",
    "name": lambda m: f"{NAMES[m.month]} {m.year}",
    "year": lambda m: str(m.year),
}
NAMES = {number: name.title() for name, number in sorted(ALL_MONTHS.items())}


@given(
    span=spans,
    style=st.sampled_from(sorted(STYLES)),
    joiner=st.sampled_from(["-", " - ", "–", " – ", " to ", " bis ", " until "]),
    before=st.sampled_from(["", "Project Manager | ", "("]),
)
def test_every_way_of_writing_a_period_reads_back(span, style, joiner, before):
    write = STYLES[style]
    start, end = span
    found = find_period(f"{before}{write(start)}{joiner}{write(end)}")
    assert found is not None
    as_stated = (lambda m: Month(m.year)) if style == "year" else (lambda m: m)
    assert (found[0].start, found[0].end) == (as_stated(start), as_stated(end))


@given(st.text(max_size=80))
@example("00/0000 - 99/9999")
@example("1999 - 1999 - 1999")
def test_no_text_breaks_the_reader_and_offsets_are_inside(text):
    found = find_period(text)
    if found:
        period, start, end = found
        assert 0 <= start < end <= len(text)
        assert period.end is None or last_index(period.end) >= first_index(period.start)
    find_month(text)
    find_lone_month(text)


@given(st.lists(spans, max_size=6))
def test_overlapping_roles_count_once(some):
    total = covered_months(some)
    assert total == covered_months(reversed(some))
    assert total == covered_months([*some, *some])
    assert total <= sum(covered_months([span]) for span in some)
    assert total == len({m for s, e in some for m in range(first_index(s), last_index(e))})


@given(spans)
def test_one_role_lasts_from_its_first_to_its_last_month(span):
    start, end = span
    assert covered_months([span]) == (end.year - start.year) * 12 + end.month - start.month + 1


def test_years_alone_count_from_middle_to_middle():
    assert covered_months([(Month(2017), Month(2019))]) == 24
    assert covered_months([(Month(2018), Month(2018))]) == 6
