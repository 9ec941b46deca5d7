"""Read the fields of one schema.org JobPosting, however a page spells them.

`pmjobs.parsing.jsonld` finds the ads in a page; Teamtailor's feed carries the same object.
Keys may have a capital, an object may stand as a plain text, a list where one is meant.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pmjobs.errors import ParseError
from pmjobs.parsing.dates import parse_date
from pmjobs.parsing.employment import find_employment_type, parse_employment_type
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.location import country_code, parse_locations
from pmjobs.parsing.markup import text_of, unescape_markup
from pmjobs.parsing.money import SIGNS
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import dollar_of, parse_salary, salary_from_fields
from pmjobs.posting import ExperienceYears, Location, Posting, Remote, Salary, WorkPlace

Ad = dict[str, Any]

MAX_WORD_CHARS = 2_000  # of a field that is not the description
_ENTITY = re.compile(r"&(?:\#\d+|\#x[\da-f]+|amp|nbsp|lt|gt|quot|apos);", re.IGNORECASE)
_TELECOMMUTE = re.compile(r"telecommut|remote", re.IGNORECASE)


def posting_from(ad: Ad, *, source: str, source_id: str, url: str | None) -> Posting:
    """Return the Posting that a JobPosting object states. No network, no clock.

    `url` is where the ad was found; the ad's own wins. Pay, years and kind of employment are
    read from the description where no field states them.

    Raises ParseError if the ad has no title.
    """
    title = title_of(ad)
    if title is None:
        raise ParseError(source_id, "title", "missing")
    description = description_of(ad)
    told = description or ""
    locations = locations_of(ad)
    countries = {place.country for place in locations}
    dollar = dollar_of(countries.pop()) if len(countries) == 1 else None
    kinds, kind_text = employment_type_of(ad) or find_employment_type(told) or ((), None)
    return Posting(
        source=source,
        source_id=source_id,
        url=_text(_field(ad, "url")) or url,
        title=title,
        employer=employer_of(ad),
        description=description,
        date_posted=parse_date(_first(_field(ad, "datePosted"))),
        valid_through=parse_date(_first(_field(ad, "validThrough"))),
        base_salary=base_salary_of(ad, dollar=dollar) or parse_salary(told, dollar=dollar),
        experience_years=experience_of(ad) or parse_experience(told),
        employment_type=kinds,
        employment_type_text=kind_text,
        locations=locations,
        remote=remote_of(ad, told),
        requisition_id=identifier_of(ad),
        department=_name(_field(ad, "department")),
        language=language_of(ad),
    )


def title_of(ad: Ad) -> str | None:
    """Return the title without markup or entities, None if there is none."""
    return _text(_field(ad, "title")) or _text(_field(ad, "name"))


def employer_of(ad: Ad) -> str | None:
    """Return the hiring organization's name, which may be a text, an object or a list."""
    return _name(_field(ad, "hiringOrganization"))


def description_of(ad: Ad) -> str | None:
    """Return the description as plain text, also where it was escaped twice.

    >>> description_of({"description": "&lt;p&gt;R&amp;amp;D\\\\n plans&lt;/p&gt;"})
    'R&D plans'
    """
    parts = [
        value
        for key in ("description", "responsibilities", "qualifications", "skills")
        if isinstance(value := _first(_field(ad, key)), str) and value.strip()
    ]
    if not parts:
        return None
    whole = parts[0]
    # Some sites put only a teaser into `description` and the rest beside it.
    texts = [whole] + [part for part in parts[1:] if part.strip()[:200] not in whole]
    # "\\n" typed out is a line break that was escaped once too often.
    markup = "\n".join(unescape_markup(text).replace("\\n", "\n") for text in texts)
    text = text_of(markup)
    return (text_of(text) if _ENTITY.search(text) else text) or None


def employment_type_of(ad: Ad) -> tuple[tuple[Any, ...], str] | None:
    """Return the kinds of employment and the field's words, None if the field names none."""
    value = _field(ad, "employmentType")
    words = [word for word in _each(value) if isinstance(word, str)]
    kinds = parse_employment_type(words)
    return (kinds, ", ".join(words)[:MAX_WORD_CHARS]) if kinds else None


def locations_of(ad: Ad) -> tuple[Location, ...]:
    """Return the places of work; for remote work without one, where applicants may live."""
    for key in ("jobLocation", "applicantLocationRequirements"):
        places = tuple(
            dict.fromkeys(place for item in _each(_field(ad, key)) for place in _places(item))
        )
        if places:
            return places
    return ()


def remote_of(ad: Ad, description: str = "") -> Remote | None:
    """Return whether the work can be done from home, by field, place or description."""
    kind = _text(_field(ad, "jobLocationType"))
    if kind and _TELECOMMUTE.search(kind):
        stated = find_remote(telecommute=True, description=description)
        if stated is not None and stated.kind is WorkPlace.HYBRID:
            return stated
        return Remote(WorkPlace.REMOTE, kind)
    place = " | ".join(location.text for location in locations_of(ad))
    return find_remote(workplace=kind, location=place, title=title_of(ad), description=description)


def base_salary_of(ad: Ad, *, dollar: str | None = None) -> Salary | None:
    """Return the pay that `baseSalary` states; a single value is both ends.

    `dollar` is what a bare "$" stands for where the currency is written so, or not at all.

    >>> value = {"@type": "QuantitativeValue", "value": "$100,000", "unitText": "YEAR"}
    >>> base_salary_of({"baseSalary": {"currency": "USD", "value": value}}).maximum
    Decimal('100000')
    """
    for stated in _each(_field(ad, "baseSalary")):
        if salary := _salary(ad, stated, dollar):
            return salary
    return None


def experience_of(ad: Ad) -> ExperienceYears | None:
    """Return the experience that `experienceRequirements` asks for, in months or in words."""
    for stated in _each(_field(ad, "experienceRequirements")):
        if isinstance(stated, dict):
            months = _field(stated, "monthsOfExperience")
            words = _text(_field(stated, "description"))
            if not isinstance(months, bool) and re.fullmatch(r"\d{1,3}(?:\.0+)?", str(months)):
                return ExperienceYears(float(months) / 12, None, f"monthsOfExperience: {months}")
        else:
            words = _text(stated)
        if words and (found := parse_experience(words)):
            return found
    return None


def identifier_of(ad: Ad) -> str | None:
    """Return the employer's own identifier of the opening."""
    value = _first(_field(ad, "identifier"))
    if isinstance(value, dict):
        value = _first(_field(value, "value")) or _field(value, "name")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def language_of(ad: Ad) -> str | None:
    """Return the ad's language, ISO 639-1."""
    words = _text(_field(ad, "inLanguage")) or ""
    return words[:2].lower() if re.fullmatch(r"[A-Za-z]{2}(?:[-_]\w+)?", words) else None


def _salary(ad: Ad, stated: Any, dollar: str | None) -> Salary | None:
    period: Any = None
    low = high = None
    currency = _field(ad, "salaryCurrency")
    value = stated
    if isinstance(stated, dict):
        currency = _field(stated, "currency") or _field(stated, "salaryCurrency") or currency
        period = _field(stated, "unitText")
        low = _field(stated, "minValue") or _field(stated, "minPrice")
        high = _field(stated, "maxValue") or _field(stated, "maxPrice")
        value = _first(_field(stated, "value"))
        if value is None:
            value = _field(stated, "price")
    if isinstance(value, dict):
        currency = currency or _field(value, "currency")
        period = _field(value, "unitText") or period
        low = _field(value, "minValue") or low
        high = _field(value, "maxValue") or high
        value = _first(_field(value, "value"))
    code = _currency(currency, dollar)
    if not low and not high:
        if isinstance(value, str) and (found := parse_salary(f"Salary: {value}", dollar=dollar)):
            if found.maximum is not None or code is None:
                return found
            code = code or found.currency
        low = high = value
    evidence = " ".join(
        _short(part) for part in (low, high if high != low else None, currency, period) if part
    )
    return salary_from_fields(low, high, code, period, evidence)


def _currency(words: Any, dollar: str | None) -> str | None:
    text = (_text(words) or "").strip()
    if text in ("$", ""):
        return dollar if text else None
    return SIGNS.get(text.lower(), text.upper())


def _places(item: Any) -> Iterator[Location]:
    """Yield the places that one jobLocation names: a text, a Place or a bare address."""
    if isinstance(item, str):
        yield from parse_locations(item)
        return
    if not isinstance(item, dict):
        return
    address = _first(_field(item, "address")) or item
    if isinstance(address, str):
        yield from parse_locations(address)
        return
    if not isinstance(address, dict):
        return
    locality = _text(_first(_field(address, "addressLocality")))
    region = _text(_first(_field(address, "addressRegion")))
    country = _name(_field(address, "addressCountry"))
    written = ", ".join(dict.fromkeys(part for part in (locality, region, country) if part))
    if not written:
        name = _name(item)
        yield from parse_locations(name) if name else ()
        return
    code = country_code(country)
    if locality and re.search(r"[|;,]", locality):  # several towns, or a whole address
        for place in parse_locations(locality):
            yield place if place.country else replace(place, country=code)
    elif code is None:
        yield from parse_locations(written)
    else:
        yield Location(written, locality, region if region != locality else None, code)


def _field(record: Ad, name: str) -> Any:
    """Return a field by name, whatever the case of its key."""
    if name in record:
        return record[name]
    lower = name.lower()
    return next((value for key, value in record.items() if key.lower() == lower), None)


def _each(value: Any) -> list[Any]:
    return value[:100] if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, list) else value


def _name(value: Any) -> str | None:
    value = _first(value)
    if isinstance(value, dict):
        value = _first(_field(value, "name"))
    return _text(value)


def _text(value: Any) -> str | None:
    """Return a short field's text without entities and outer blanks, None if it has none."""
    value = _first(value)
    if not isinstance(value, str):
        return None
    text = value[:MAX_WORD_CHARS]
    for _ in range(2):  # "&amp;amp;"
        text = html.unescape(text) if "&" in text else text
    return " ".join((text_of(text) if "<" in text else text).split()) or None


def _short(value: Any) -> str:
    if isinstance(value, str | int | float | Decimal):
        return str(value)[:100]
    return ""
