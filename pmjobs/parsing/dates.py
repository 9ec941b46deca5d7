"""Read a date as ads and their sources write it.

The day is the one the ad states, in its own time zone. Nothing is guessed: 05/10/2026 is no
date until the caller says which comes first, and "30+ days ago" names no day at all.
"""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

# Years outside these are typing errors or other numbers ("0001-01-01", "9999-12-31").
FIRST_YEAR, LAST_YEAR = 1990, 2100

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sep sept", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?(?:\s+of)?[\s-]+(?P<month>{_MONTH})\.?,?[\s-]+"
    r"(?P<year>\d{4})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_RELATIVE = re.compile(
    r"(?:posted\s*:?\s+)?(?:(?P<today>just now|today|just posted)|(?P<yesterday>yesterday)"
    r"|(?P<count>\d{1,4}|an?|one)\s*(?P<unit>hours?|hrs?|h|days?|d|weeks?|wks?|w)\s+ago)\.?",
    re.IGNORECASE,
)


def parse_date(
    value: object,
    *,
    day_first: bool | None = None,
    relative_to: date | None = None,
    languages: tuple[str, ...] = (),
) -> date | None:
    """Return the day that `value`, a text or a Unix time in s or ms, names, or None.

    `day_first` says how to read 05/10/2026: True for most countries, False for the US; without
    it such a text gives None unless only one reading is a date. `relative_to` is the day (or,
    for "5 hours ago", the datetime) that "yesterday" counts from, usually the time of fetching;
    without it relative texts give None, and so do months ago and "30+ days ago", which name no
    day. `languages` (ISO 639-1) lets words of other languages be read, more slowly.

    >>> parse_date("2026-08-05 09:41:37 UTC")
    datetime.date(2026, 8, 5)
    >>> parse_date("05/10/2026"), parse_date("05/10/2026", day_first=True)
    (None, datetime.date(2026, 10, 5))
    >>> parse_date("Posted 3 Days Ago", relative_to=date(2026, 3, 10))
    datetime.date(2026, 3, 7)
    >>> parse_date("Posted 30+ Days Ago", relative_to=date(2026, 3, 10))
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, datetime | date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, int | float):
        return _from_epoch(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not text or len(text) > 100:
        return None
    return (
        _iso(text)
        or _from_words(text)
        or _numeric(text, day_first)
        or _relative(text, relative_to)
        or (_in_languages(text, day_first, relative_to, languages) if languages else None)
    )


def _iso(text: str) -> date | None:
    if match := _ISO.match(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    if len(text) == 8 and text.isascii() and text.isdigit():  # 20260805
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    return None


def _from_words(text: str) -> date | None:
    if match := _DAY_MONTH.match(text) or _MONTH_DAY.match(text):
        return _day(int(match["year"]), MONTHS[match["month"].lower()], int(match["day"]))
    if ":" not in text:
        return None
    try:
        stamp = parsedate_to_datetime(text)  # RFC 822 with a two-figure year
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _day(stamp.year, stamp.month, stamp.day)


def _numeric(text: str, day_first: bool | None) -> date | None:
    match = _NUMERIC.match(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    # Points part day and month in that order wherever they are used.
    if match[2] == ".":
        day_first = True
    if day_first is not None:
        return _day(year, second, first) if day_first else _day(year, first, second)
    readings = {_day(year, second, first), _day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _relative(text: str, relative_to: date | None) -> date | None:
    match = _RELATIVE.fullmatch(text)
    if not match or relative_to is None:
        return None
    if match["today"]:
        ago = timedelta()
    elif match["yesterday"]:
        ago = timedelta(days=1)
    else:
        count = int(match["count"]) if match["count"].isdigit() else 1
        unit = match["unit"].lower()[0]
        if unit == "h" and not isinstance(relative_to, datetime):
            return None  # today or yesterday: the hour is not known
        ago = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[unit]
        ago *= count
    try:
        then = relative_to - ago
    except OverflowError:
        return None
    return then.date() if isinstance(then, datetime) else then


def _in_languages(
    text: str, day_first: bool | None, relative_to: date | None, languages: tuple[str, ...]
) -> date | None:
    if re.search(r"\d\s*\+", text) or not re.search(r"[^\W\d_]{2}", text):
        return None
    # Imported here: it costs a fifth of a second, and English and ISO dates never need it.
    from dateparser import DateDataParser

    settings: dict[str, object] = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "MDY" if day_first is False else "DMY",
    }
    if relative_to is not None:
        # Without a base dateparser counts from today, which is not ours to know.
        settings["RELATIVE_BASE"] = (
            relative_to.replace(tzinfo=None)
            if isinstance(relative_to, datetime)
            else datetime(relative_to.year, relative_to.month, relative_to.day)
        )
    elif not re.search(r"\d{4}", text):
        return None
    parser = DateDataParser(languages=list(languages), settings=settings)
    found = parser.get_date_data(text)
    if found.date_obj is None or found.period != "day":
        return None
    return _day(found.date_obj.year, found.date_obj.month, found.date_obj.day)


def _from_epoch(stamp: float) -> date | None:
    try:
        # Above this it is milliseconds: in seconds this would be the year 5138.
        moment = datetime.fromtimestamp(stamp / 1000 if stamp > 1e11 else stamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return _day(moment.year, moment.month, moment.day)


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
