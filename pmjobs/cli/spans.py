"""What people write for a time, a range, a share: "7d", "2026-10-01", "4..5", "10%"."""

import re
from datetime import UTC, date, datetime, time, timedelta

from pmjobs.errors import PmjobsError

LEVELS = (1, 7)
GAPS = (-6, 6)  # from L7 in the title to L1 in the work, and back
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def span_of(text: str, option: str) -> timedelta:
    """Return "12h", "7d" or "4w" as a span of time, never nothing.

    >>> span_of("2d", "--every")
    datetime.timedelta(days=2)
    """
    if not (span := _span(text)):
        raise PmjobsError(f"{option} {text}: no span of time; write 12h, 7d or 4w")
    return span


def age_of(text: str, now: datetime) -> datetime:
    """Return the time that lies `text` ago ("12h", "7d", "4w"), or the start of a date (UTC).

    >>> age_of("2d", datetime(2026, 3, 3, tzinfo=UTC)).date().isoformat()
    '2026-03-01'
    """
    if (span := _span(text)) is not None:
        return now - span
    try:
        return datetime.combine(date.fromisoformat(text.strip()), time.min, tzinfo=UTC)
    except ValueError:
        raise PmjobsError(f"{text}: no time; write 12h, 7d, 4w or a date, 2026-10-01") from None


def _span(text: str) -> timedelta | None:
    found = re.fullmatch(r"(\d{1,5})([hdw])", text.strip().lower())
    return int(found[1]) * _UNITS[found[2]] if found else None


def share_of(text: str | None, option: str) -> float | None:
    """Return "10%" or "10" as 0.1; None stays None.

    >>> share_of("12.5%", "--pay")
    0.125
    """
    if text is None:
        return None
    found = re.fullmatch(r"([+-]?\d{1,4}(?:\.\d+)?)\s*%?", text.strip())
    if found is None:
        raise PmjobsError(f"{option} {text}: no percentage; write 10%")
    return float(found[1]) / 100


def between_of(
    text: str | None, option: str, within: tuple[int, int]
) -> tuple[int | None, int | None] | None:
    """Return the ends of "4..5", "4", "4.." or "..-1"; None stays None.

    >>> between_of("4..", "--level", LEVELS)
    (4, None)

    Raises PmjobsError for anything else, for ends the wrong way round or not `within` the scale.
    """
    if text is None:
        return None
    found = re.fullmatch(r"(?:L?(-?\d+))?(\.\.)?(?:L?(-?\d+))?", text.strip(), re.IGNORECASE)
    if found is None or not (found[1] or found[3]):
        raise PmjobsError(f"{option} {text}: no range; write 4, 4..5, 4.. or ..5")
    low = int(found[1]) if found[1] else None
    high = int(found[3]) if found[3] else None
    least, most = within
    if not all(end is None or least <= end <= most for end in (low, high)):
        raise PmjobsError(f"{option} {text}: write numbers from {least} to {most}")
    if low is not None and high is not None and low > high:
        raise PmjobsError(f"{option} {text}: nothing is between; write {high}..{low}")
    return (low, high) if found[2] else (low, low)
