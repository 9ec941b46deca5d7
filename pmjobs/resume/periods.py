"""Read the periods that résumés write: "Jan 2019 – Present", "03/2018-11/2020", "seit 2019".

A lone year counts as its middle where lengths are reckoned, since it may be either end.
"""

import re
from collections.abc import Iterable

from pmjobs.parsing.dates import MONTHS
from pmjobs.resume.record import Month, Period

FIRST_YEAR, LAST_YEAR = 1950, 2100

_OTHER_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar janv janvier jänner januari enero ene gennaio",
            "februar févr février februari febrero",
            "märz mrz mär mars maart marzo",
            "avr avril abril abr aprile",
            "mai mei mayo maggio",
            "juni juin junio giugno",
            "juli juil juillet julio luglio",
            "août augustus agosto ago",
            "septembre septiembre settembre",
            "oktober okt octobre octubre ottobre",
            "novembre noviembre nov",
            "dezember dez décembre déc diciembre dic dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
ALL_MONTHS = {**_OTHER_MONTHS, **MONTHS}

_NAME = "|".join(sorted(ALL_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_POINT = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+)?(?:{_NAME})\b\.?,?\s*(?:de\s+|['’`]\s?)?"
    rf"(?:{_YEAR}|(?<=['’`])\d\d|(?<=['’`]\s)\d\d)"
    rf"|(?:\d{{1,2}}[./])?(?:0?[1-9]|1[0-2])\s?[./-]\s?{_YEAR}"
    rf"|{_YEAR}[./-](?:0[1-9]|1[0-2])(?:[./-]\d\d)?(?!\d)"
    rf"|{_YEAR})"
)
_NOW = (
    r"(?:present|now|today|current(?:ly)?|to\s?date|date|ongoing|on-going|heute|jetzt|dato|laufend"
    r"|aujourd['’]hui|ce jour|présent|heden|nu|actualidad|presente|actual|oggi)"
)
_TO = (
    r"\s*(?:[-–—‐‑−~→]+|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bbis\b|\bà\b|\bau\b|\btot\b"
    r"|\ba\b|\bal?\b)\s*"
)
_OPEN = r"(?:since|seit|depuis|sinds|desde|dal|as of|(?-i:[aA]b))"
_PERIOD = re.compile(
    rf"""(?<![\w€£$.,/-])(?:
      (?:from\s+|von\s+|de\s+|van\s+|desde\s+)?(?P<start>{_POINT}){_TO}(?:bis\s+)?
        (?:(?P<now>{_NOW})\b|(?P<end>{_POINT})(?![\w/]))
    | (?P<start_now>{_POINT})\s*(?:to\s?date|[-–—]\s*$|[-–—]\s*(?=[)\]|,\t]))
    | {_OPEN}\s+(?P<since>{_POINT})(?!\w)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Months of one year: "Mar – Nov 2019"
_SAME_YEAR = re.compile(
    rf"(?<!\w)(?P<first>{_NAME})\b\.?{_TO}(?P<last>{_NAME})\b\.?,?\s*(?P<year>{_YEAR})(?!\w)",
    re.IGNORECASE,
)
# Two figures that cannot be a month: "2012-13"
_SHORT_END = re.compile(rf"(?<![\w€£$.,/-])(?P<start>{_YEAR})\s?[-–/]\s?(?P<end>\d\d)(?![\w./-])")
_LONE = re.compile(rf"(?<![\w€£$.,/-])(?P<point>{_POINT})(?![\w/]|[.,]\d)", re.IGNORECASE)
_IN_POINT = re.compile(rf"(?P<name>{_NAME})\b|(?P<year>{_YEAR})|(?P<number>\d{{1,2}})", re.I)


def find_period(text: str) -> tuple[Period, int, int] | None:
    """Return the first period in `text` with its start and end offset, or None.

    >>> str(find_period("Jan 2019 – Present")[0].start)
    '2019-01'
    >>> find_period("03/2018-11/2020")[0].end
    Month(year=2020, month=11)
    >>> find_period("budget of 2019 widgets")
    """
    if not any(char.isdigit() for char in text):
        return None
    if match := _SAME_YEAR.search(text):
        year = int(match["year"])
        first, last = (ALL_MONTHS[match[name].lower()] for name in ("first", "last"))
        if first <= last:
            return Period(Month(year, first), Month(year, last)), *match.span()
    for match in _PERIOD.finditer(text):
        start = find_month(match["start"] or match["start_now"] or match["since"])
        end = find_month(match["end"]) if match["end"] else None
        if start is None or (match["end"] and end is None):
            continue
        if end and last_index(end) < first_index(start):
            continue  # "2020-2019" is no period
        return Period(start, end, current=end is None), *match.span()
    if match := _SHORT_END.search(text):
        year = int(match["start"])
        end_year = year - year % 100 + int(match["end"])
        if int(match["end"]) > 12 and end_year > year:
            return Period(Month(year), Month(end_year)), *match.span()
    return None


def find_lone_month(text: str) -> tuple[Month, int, int] | None:
    """Return the first month or year that stands alone in `text`, with its offsets, or None."""
    for match in _LONE.finditer(text):
        if month := find_month(match["point"]):
            return month, *match.span()
    return None


def find_month(text: str) -> Month | None:
    """Return the month that `text`, one end of a period, names, or None.

    >>> find_month("Sept. '19"), find_month("1.3.2018"), find_month("2021-07-01")
    (Month(year=2019, month=9), Month(year=2018, month=3), Month(year=2021, month=7))
    """
    parts = list(_IN_POINT.finditer(text))
    names = [ALL_MONTHS[p["name"].lower()] for p in parts if p["name"]]
    years = [int(p["year"]) for p in parts if p["year"]]
    numbers = [int(p["number"]) for p in parts if p["number"]]
    if not years and names and numbers:
        years = [2000 + numbers[-1] if numbers[-1] < 50 else 1900 + numbers[-1]]
        numbers = []
    if not years or not FIRST_YEAR <= years[0] <= LAST_YEAR:
        return None
    month = names[0] if names else _number_of_month(text, numbers)
    return Month(years[0], month)


def first_index(month: Month) -> int:
    """Return the count of months since year 0 at which `month` begins; a lone year's middle."""
    return month.year * 12 + (month.month - 1 if month.month else 6)


def last_index(month: Month) -> int:
    """Return the count of months since year 0 at which `month` is over; a lone year's middle."""
    return month.year * 12 + (month.month if month.month else 6)


def covered_months(spans: Iterable[tuple[Month, Month]]) -> int:
    """Return the months that one or more of the spans cover; months of overlap count once.

    A span within one lone year counts six months.
    """
    total, reached = 0, 0
    for start, end in sorted((first_index(s), last_index(e)) for s, e in spans):
        end = max(end, start + 6 if end <= start else end)
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _number_of_month(text: str, numbers: list[int]) -> int | None:
    if not numbers:
        return None
    # 2021-07-01 has its month first after the year, 1.3.2018 last before it.
    number = numbers[0] if re.match(_YEAR, text.strip()) else numbers[-1]
    return number if 1 <= number <= 12 else None
