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
from pmjobs.parsing.employment import find_employment_type
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.location import country_code, parse_location, parse_locations
from pmjobs.parsing.markup import repair_mojibake
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import dollar_of, parse_salary
from pmjobs.posting import Location, Payload, Posting

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
        if not amount.is_finite():
            raise self.wrong(path, f"not a number: {text[:40]!r}")
        return amount if amount > 0 else None

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
        """Yield the objects in the list at `path`; none if it is absent.

        An object alone counts as a list of one: XML writes both the same.
        """
        value = self._value(path)
        if value is None:
            return
        if isinstance(value, dict):
            value = [value]
        if not isinstance(value, list):
            raise self.wrong(path, "not a list")
        for item in value:
            if isinstance(item, dict):
                yield Ad(self.source_id, item, (*self.path, *path))

    def texts(self, *path: str) -> list[str]:
        """Return the texts in the list at `path`, blank ones left out; a text alone is one."""
        value = self._value(path)
        if value is None:
            return []
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            raise self.wrong(path, "not a list")
        return [item.strip() for item in value if isinstance(item, str) and item.strip()]

    def one_or_more(self, *path: str) -> list[str]:
        """Return the text at `path`, or the texts in a list there; [] if it is absent."""
        if isinstance(self._value(path), list):
            return self.texts(*path)
        return [text] if (text := self.text(*path)) else []

    def inside(self, *path: str) -> "Ad":
        """Return the object at `path` to read its fields; an absent one has none."""
        value = self._value(path)
        if value is not None and not isinstance(value, Mapping):
            raise self.wrong(path, "not an object")
        return Ad(self.source_id, value or {}, (*self.path, *path))

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


def places(*texts: str | None) -> tuple[Location, ...]:
    """Return the places that location lines name, each once; "Remote" names none."""
    return tuple(dict.fromkeys(place for text in texts if text for place in parse_locations(text)))


def place(
    text: str | None,
    *,
    locality: str | None = None,
    region: str | None = None,
    country: str | None = None,
) -> Location | None:
    """Return the place whose parts a source gives; what they leave open is read from `text`.

    Without a text the parts make one; without either there is no place.
    """
    written = text or ", ".join(part for part in (locality, region, country) if part)
    read = parse_location(written)
    if read is None and not (locality or region or country):
        return None
    read = read or Location(written)
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


def completed(
    posting: Posting,
    *,
    pay_text: str | None = None,
    place_text: str | None = None,
    workplace: str | None = None,
    telecommute: bool | None = None,
) -> Posting:
    """Return the posting with what only words state: pay, years, kind and place of work.

    The keywords are fields in which some sources put such words: the pay, the location line,
    remote or hybrid, and a flag for remote. They come before the description, and what the
    posting has already, from fields with figures, comes before all.
    """
    description = posting.description or ""
    salary = posting.base_salary
    dollar = dollar_of(posting.country)
    for text in (pay_text, description):
        if salary is None and text:
            salary = parse_salary(text, dollar=dollar)
    kinds, kind_words = posting.employment_type, posting.employment_type_text
    if not kinds and not kind_words and (found := find_employment_type(description)):
        kinds, kind_words = found
    return replace(
        posting,
        base_salary=salary,
        employment_type=kinds,
        employment_type_text=kind_words,
        experience_years=posting.experience_years or parse_experience(description),
        remote=posting.remote
        or find_remote(
            workplace=workplace,
            telecommute=telecommute,
            location=place_text,
            title=posting.title,
            description=description or None,
        ),
    )
