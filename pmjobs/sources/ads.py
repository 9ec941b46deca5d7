"""From one ad's own JSON to a Posting: fields read with care, the rest read from its text."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pmjobs.errors import ParseError
from pmjobs.parsing.dates import parse_date
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.location import parse_location
from pmjobs.parsing.markup import repair_mojibake
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import parse_salary
from pmjobs.posting import (
    Location,
    Payload,
    PayPeriod,
    Posting,
    Remote,
    Salary,
    WorkPlace,
)

# Whose dollar a bare "$" is, where an ad states its country.
DOLLARS = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD",
    "PR": "USD", "EC": "USD", "SV": "USD", "JM": "JMD", "TT": "TTD", "BS": "BSD", "BB": "BBD",
    "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU",
}  # fmt: skip

WORK_PLACES = {
    "remote": WorkPlace.REMOTE,
    "fully": WorkPlace.REMOTE,
    "fully remote": WorkPlace.REMOTE,
    "telecommute": WorkPlace.REMOTE,
    "hybrid": WorkPlace.HYBRID,
    "on-site": WorkPlace.ONSITE,
    "onsite": WorkPlace.ONSITE,
    "on_site": WorkPlace.ONSITE,
    "in-office": WorkPlace.ONSITE,
}

PERIODS = {
    "hour": PayPeriod.HOUR, "hourly": PayPeriod.HOUR, "day": PayPeriod.DAY,
    "daily": PayPeriod.DAY, "week": PayPeriod.WEEK, "weekly": PayPeriod.WEEK,
    "month": PayPeriod.MONTH, "monthly": PayPeriod.MONTH, "year": PayPeriod.YEAR,
    "yearly": PayPeriod.YEAR, "annual": PayPeriod.YEAR, "annually": PayPeriod.YEAR,
    "annum": PayPeriod.YEAR,
}  # fmt: skip


_NO_DAY = re.compile(r"$|0|1[0-8]\d\d-|19[0-8]\d-|[3-9]\d\d\d-|2[1-9]\d\d-")


@dataclass(frozen=True, slots=True)
class Ad:
    """One ad's JSON. A field that is absent, null or blank is None; a wrong one a ParseError."""

    source_id: str
    fields: Mapping[str, Any]
    path: tuple[str, ...] = ()

    @classmethod
    def of(cls, payload: Payload) -> "Ad":
        """Read a payload's body. Raises ParseError if it is no JSON object."""
        try:
            fields = json.loads(payload.body)
        except (ValueError, RecursionError) as error:
            raise ParseError(payload.source_id, "body", f"not JSON ({error})") from None
        if not isinstance(fields, dict):
            raise ParseError(payload.source_id, "body", "not a JSON object")
        return cls(payload.source_id, fields)

    def text(self, *path: str) -> str | None:
        """Return the text at `path`, outer blanks removed; numbers become text."""
        value = self._value(path)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise self.wrong(path, "not a text")
        return value.replace("\0", "").strip() or None

    def flag(self, *path: str) -> bool | None:
        """Return the true or false at `path`."""
        value = self._value(path)
        if value is None or isinstance(value, bool):
            return value
        if value in (0, 1, "0", "1", "true", "false"):
            return value in (1, "1", "true")
        raise self.wrong(path, "neither true nor false")

    def amount(self, *path: str) -> Decimal | None:
        """Return the number at `path`, also if written as a text; None for 0, "not known"."""
        if (text := self.text(*path)) is None:
            return None
        try:
            amount = Decimal(text.replace(",", ""))
        except InvalidOperation:
            raise self.wrong(path, f"not a number: {text[:40]!r}") from None
        if not amount.is_finite() or amount < 0:
            raise self.wrong(path, f"no amount: {text[:40]!r}")
        return plain(amount) if amount else None

    def day(self, *path: str, day_first: bool | None = None) -> date | None:
        """Return the day at `path`, as the source wrote it: in its own time zone.

        A Unix time in seconds or milliseconds is one too. Days of a year before 1990 or after
        2100 are how some systems write "none", and are None.
        """
        if (value := self._value(path)) is None or value in ("", 0):
            return None
        if (day := parse_date(value, day_first=day_first)) is not None:
            return day
        if isinstance(value, str) and _NO_DAY.match(value.strip()):
            return None
        raise self.wrong(path, f"not a date: {str(value)[:40]!r}")

    def each(self, *path: str) -> Iterator["Ad"]:
        """Yield the objects in the list at `path`; none if it is absent."""
        value = self._value(path)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.wrong(path, "not a list")
        for item in value:
            if isinstance(item, dict):
                yield Ad(self.source_id, item, (*self.path, *path))

    def texts(self, *path: str) -> list[str]:
        """Return the texts in the list at `path`, blank ones left out."""
        value = self._value(path)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(path, "not a list")
        return [item.strip() for item in value if isinstance(item, str) and item.strip()]

    def title(self, *path: str) -> str:
        """Return the ad's title. Raises ParseError if it has none: such an ad is skipped."""
        if (text := self.text(*path)) is None:
            raise self.wrong(path, "missing")
        return repair_mojibake(" ".join(text.split()))

    def wrong(self, path: tuple[str, ...], problem: str) -> ParseError:
        """Return the error that names a field of this ad."""
        return ParseError(self.source_id, ".".join((*self.path, *path)), problem)

    def _value(self, path: tuple[str, ...]) -> Any:
        value: Any = self.fields
        for name in path:
            if value is None:
                return None
            if not isinstance(value, Mapping):
                raise self.wrong(path, "not where it should be")
            value = value.get(name)
        return value


def places(*texts: str) -> tuple[Location, ...]:
    """Return a location for each text that is not blank, each once."""
    return tuple(dict.fromkeys(parse_location(text.strip()) for text in texts if text.strip()))


def place(
    text: str,
    *,
    locality: str | None = None,
    region: str | None = None,
    country: str | None = None,
) -> Location:
    """Return a location whose parts the source gives; the parts win over the text."""
    read = parse_location(text)
    return replace(
        read,
        locality=locality or read.locality,
        region=region or read.region,
        country=country_code(country) or read.country,
    )


def with_country(locations: tuple[Location, ...], country: str | None) -> tuple[Location, ...]:
    """Return the locations, the only one with the country that stands in a field of its own.

    Of several, the field may mean any.
    """
    code = country_code(country)
    if code is None or len(locations) != 1:
        return locations
    return (replace(locations[0], country=code),)


def country_code(name: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name or code, or None."""
    if not name:
        return None
    if len(name) == 2 and name.isalpha() and name.isascii():
        return name.upper()
    return parse_location(name).country


def work_place(ad: Ad, *path: str) -> Remote | None:
    """Return what a field such as workplaceType says, or None if it says nothing we know."""
    word = ad.text(*path)
    kind = WORK_PLACES.get((word or "").lower())
    return Remote(kind, f"{path[-1]}: {word}") if kind else None


def period_of(words: str | None) -> PayPeriod | None:
    """Return the pay period a field names: "per-year-salary", "1 YEAR", "hourly".

    >>> period_of("per-month-salary"), period_of("NONE")
    (<PayPeriod.MONTH: 'MONTH'>, None)
    """
    found = {
        PERIODS[word] for word in re.findall("[a-z]+", (words or "").lower()) if word in PERIODS
    }
    return found.pop() if len(found) == 1 else None


def completed(posting: Posting, *, pay_text: str | None = None) -> Posting:
    """Return the posting with what only its text states: pay, years, work from home.

    `pay_text` is a field of its own in which some sources put the pay in words; it comes
    before the description. What the posting has already, from fields, stays.
    """
    dollar = DOLLARS.get(posting.country or "")
    salary = posting.base_salary
    for text in (pay_text, posting.description):
        if salary is None and text:
            salary = parse_salary(text, dollar=dollar)
    description = posting.description or ""
    return replace(
        posting,
        base_salary=salary,
        experience_years=posting.experience_years or parse_experience(description),
    )


def plain(amount: Decimal) -> Decimal:
    """Return an amount without noughts after the point: 90000, not 90000.0 or 9E+4.

    >>> plain(Decimal("90000.00")), plain(Decimal("31.50"))
    (Decimal('90000'), Decimal('31.5'))
    """
    return (
        amount.to_integral_value() if amount == amount.to_integral_value() else amount.normalize()
    )
