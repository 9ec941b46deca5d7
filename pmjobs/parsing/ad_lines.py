"""Ads as JSON lines, one object a line: {"id", "title", "employer", "description", ...}.

Optional keys: description_html, location, country, salary_min, salary_max, salary_currency,
salary_period, employment_type; others are ignored. The description is kept exactly as given,
because evidence points into it by character offsets.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pmjobs.errors import ParseError
from pmjobs.parsing.employment import find_employment_type, parse_employment_type
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.location import country_code, parse_locations
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import dollar_of, parse_salary, salary_from_fields
from pmjobs.posting import Location, Posting, Salary

SOURCE = "input"
MAX_LINE_CHARS = 10_000_000
MAX_TEXT_CHARS = 2_000_000  # of a description; a book has about 500,000
MAX_WORD_CHARS = 2_000  # of every other field


def read_ad_lines(lines: Iterable[str], *, whole: bool = True) -> Iterator[Posting | ParseError]:
    """Yield a Posting for every good line and a ParseError for every bad one, in order.

    Without `whole`, places of work and kinds of employment are not looked for in descriptions:
    levels do without them. Blank lines are passed over. An error names the line, and the ad's id
    where it could be read.

    >>> for ad in read_ad_lines(['{"id": "a1", "title": "PM"}', "", "oops"]):
    ...     print(ad if isinstance(ad, ParseError) else ad.key)
    input:a1
    line 3: JSON: not readable (Expecting value); write one JSON object a line
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield posting_of(_record(line, f"line {number}"), where=f"line {number}", whole=whole)
        except ParseError as error:
            yield error


def posting_of(record: dict[str, Any], *, where: str, whole: bool = True) -> Posting:
    """Return the Posting that a decoded ad states; `where` names it in errors until its id can.

    Absent and null fields are None, an absent title is "". Stated pay wins over pay read from
    the description; experience and, if `whole`, remote and employment type are read from it too.

    Raises ParseError for an ad without an id, and for a field that is no text or too long.
    """
    source_id = _id(record, where)
    text = _Texts(record, source_id, where)
    description = text.of("description", MAX_TEXT_CHARS)
    if description is None and (html := text.of("description_html", MAX_TEXT_CHARS)):
        from pmjobs.parsing.markup import text_of  # most ads come as text

        description = text_of(html)
    place = text.of("location")
    locations = _locations(place, text.of("country"))
    told = description or ""
    kind_text = text.of("employment_type")
    kinds = parse_employment_type(kind_text)
    if not kinds and whole:
        kinds, kind_text = find_employment_type(told) or ((), None)
    return Posting(
        source=SOURCE,
        source_id=source_id,
        title=(text.of("title") or "").strip(),
        employer=(text.of("employer") or "").strip() or None,
        description=description,
        base_salary=_salary(record, told, locations),
        experience_years=parse_experience(told),
        employment_type=kinds,
        employment_type_text=kind_text,
        locations=locations,
        remote=find_remote(location=place, description=told if whole else None),
    )


class _Texts:
    """The text fields of one record, checked as they are asked for."""

    def __init__(self, record: dict[str, Any], source_id: str, where: str) -> None:
        self.record = record
        self.source_id = source_id
        self.where = where

    def of(self, key: str, longest: int = MAX_WORD_CHARS) -> str | None:
        value = self.record.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            problem = f"not a text but {type(value).__name__} ({self.where})"
            raise ParseError(self.source_id, key, problem)
        if len(value) > longest:
            problem = f"longer than {longest:,} characters ({self.where})"
            raise ParseError(self.source_id, key, problem)
        return value


def _record(line: str, where: str) -> dict[str, Any]:
    if len(line) > MAX_LINE_CHARS:
        raise ParseError(where, "JSON", f"longer than {MAX_LINE_CHARS:,} characters")
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except RecursionError:
        raise ParseError(where, "JSON", "nested too deeply") from None
    except ValueError as error:
        problem = getattr(error, "msg", "wrong number")
        raise ParseError(
            where, "JSON", f"not readable ({problem}); write one JSON object a line"
        ) from None
    if not isinstance(record, dict):
        raise ParseError(where, "JSON", "not an object; write one JSON object a line")
    return record


def _id(record: dict[str, Any], where: str) -> str:
    value = record.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise ParseError(where, "id", "missing; every ad needs an id")
    if len(str(value)) > MAX_WORD_CHARS:
        raise ParseError(where, "id", f"longer than {MAX_WORD_CHARS:,} characters")
    return str(value).strip()


def _locations(place: str | None, country: str | None) -> tuple[Location, ...]:
    """Read the places; a country stated beside them belongs to those that name none."""
    locations = parse_locations(place) if place else ()
    code = country_code(country)
    if code is None:
        return locations
    if not locations:
        return (Location(text=country or code, country=code),)
    if any(location.country for location in locations):
        return locations
    return tuple(replace(location, country=code) for location in locations)


def _salary(record: dict[str, Any], told: str, locations: tuple[Location, ...]) -> Salary | None:
    countries = {location.country for location in locations}
    dollar = dollar_of(countries.pop()) if len(countries) == 1 else None
    stated = salary_from_fields(
        record.get("salary_min"),
        record.get("salary_max"),
        record.get("salary_currency"),
        record.get("salary_period"),
    )
    return stated or parse_salary(told, dollar=dollar)
