"""An ad from a row of somebody's table: which column means what, and what the row states.

Columns go by their names, whatever the case and the signs between words: "Job Title", "jobTitle"
and "job_title" are one. Where several stand for the same, the surest that is filled counts.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pmjobs.errors import ParseError
from pmjobs.parsing.dates import parse_date
from pmjobs.parsing.employment import find_employment_type, parse_employment_type
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.location import country_code, parse_locations
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import dollar_of, parse_salary, salary_from_fields
from pmjobs.posting import Location, Posting, Salary

MAX_TEXT_CHARS = 2_000_000  # of a description; a book has about 500,000
MAX_WORD_CHARS = 2_000  # of every other field

# Meaning → names, the surest first. The first names are python-jobspy's, then those of pmjobs'
# own export, then what spreadsheets, trackers and interfaces write.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "job_title", "position_title", "posting_title", "role_title",
              "vacancy_title", "headline", "position", "role", "vacancy", "job", "job_name", "name",
              "titel", "stellentitel", "rubrik", "titre", "titulo"),
    "employer": ("company", "employer", "company_name", "employer_name", "hiring_organization",
                 "organization", "organisation", "organization_name", "client", "firma",
                 "arbeitgeber", "arbetsgivare", "entreprise", "empresa"),
    "description": ("description", "job_description", "description_text", "full_description",
                    "description_plain", "jd", "text", "body", "content", "details", "beschreibung",
                    "beskrivning", "summary", "snippet"),
    "description_html": ("description_html", "html", "job_description_html", "content_html"),
    "url": ("job_url", "url", "link", "job_link", "posting_url", "absolute_url", "ad_url",
            "job_posting_url", "redirect_url", "source_url", "href", "permalink", "job_url_direct",
            "apply_url", "application_url", "apply_link"),
    "id": ("source_id", "job_id", "posting_id", "vacancy_id", "id", "uuid", "guid", "reference"),
    "site": ("site", "source", "job_board", "platform"),
    "location": ("location", "job_location", "locations", "place", "location_name", "workplace",
                 "ort", "arbeitsort", "lieu", "ubicacion"),
    "locality": ("city", "town", "locality", "stadt"),
    "region": ("state", "region", "province", "county"),
    "country": ("country", "country_code", "land"),
    "date_posted": ("date_posted", "posted_date", "posting_date", "date_published", "published_at",
                    "publication_date", "published", "posted_at", "posted_on", "listed_at",
                    "posted", "created_at", "date"),
    "valid_through": ("valid_through", "closing_date", "deadline", "application_deadline",
                      "expires", "expires_at", "expiration_date", "expiry_date", "end_date"),
    "employment_type": ("job_type", "employment_type", "contract_type", "employmenttype",
                        "work_type", "contract", "contract_time", "schedule", "type"),
    "remote": ("is_remote", "remote", "telecommuting", "remote_allowed", "work_from_home"),
    "workplace": ("work_from_home_type", "workplace_type", "work_mode", "remote_status",
                  "work_arrangement", "formatted_work_type"),
    "pay_minimum": ("min_amount", "pay_minimum", "salary_min", "min_salary", "minimum_salary",
                    "salary_minimum", "salary_from", "pay_min"),
    "pay_maximum": ("max_amount", "pay_maximum", "salary_max", "max_salary", "maximum_salary",
                    "salary_maximum", "salary_to", "pay_max"),
    "currency": ("currency", "salary_currency", "pay_currency"),
    "pay_period": ("interval", "pay_period", "salary_period", "salary_interval", "salary_unit"),
    "pay_text": ("pay_text", "salary", "pay", "compensation", "salary_range", "salary_text",
                 "gehalt", "lon"),
    "pay_source": ("salary_source",),
    "department": ("department", "team"),
    "requisition_id": ("requisition_id", "req_id", "job_reference", "ref"),
    "language": ("language", "lang"),
}  # fmt: skip

_BLANK = {"", "nan", "none", "null", "n/a", "na", "<na>", "nat", "-", "undefined"}
_BEFORE_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What text in Markdown looks like; python-jobspy turns ads into it.
_MARKDOWN = re.compile(r"\*\*\S|^#{1,6} |\\[-.+()*_&!#]|^\s*\* ", re.MULTILINE)


def column_name(written: str) -> str:
    """Return a column's name as it stands in COLUMNS.

    >>> column_name(" Job-Title "), column_name("jobTitle"), column_name("Salary (min)")
    ('job_title', 'job_title', 'salary_min')
    """
    words = _BEFORE_CAPITAL.sub(" ", written.strip().lstrip("\ufeff"))
    return re.sub(r"[\W_]+", "_", words.lower()).strip("_")


def meanings(columns: Iterable[str]) -> set[str]:
    """Return the keys of COLUMNS that these columns fill."""
    names = {column_name(column) for column in columns}
    return {meaning for meaning, known in COLUMNS.items() if names.intersection(known)}


def fields_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return meaning → value of what is filled in a row. Values keep their type.

    >>> fields_of({"Job Title": "PMO Lead", "company": "nan", "Company Name": "Weir Ltd"})
    {'title': 'PMO Lead', 'employer': 'Weir Ltd'}
    """
    named: dict[str, Any] = {}
    for column, value in row.items():
        if isinstance(column, str) and not _is_blank(value):
            named.setdefault(column_name(column), value)
    return {
        meaning: next(named[name] for name in known if name in named)
        for meaning, known in COLUMNS.items()
        if any(name in named for name in known)
    }


def posting_of_row(row: Mapping[str, Any], *, source: str, source_id: str) -> Posting:
    """Return the Posting that a row states. No network, no clock.

    A date that cannot be read is no reason to lose the ad. Pay that python-jobspy itself read
    from the description is left out: it is read from there again.

    Raises ParseError for a row without a title and for one that is too long.
    """
    fields = fields_of(row)
    said = _Texts(fields, source_id)
    title = said.of("title")
    if title is None:
        raise ParseError(source_id, "title", "missing")
    description = _description(said)
    told = description or ""
    place, locations = _places(said)
    countries = {location.country for location in locations}
    kind_text = said.of("employment_type")
    kinds = parse_employment_type(kind_text)
    if not kinds:
        kinds, kind_text = find_employment_type(told) or ((), None)
    language = (said.of("language") or "").lower()
    return Posting(
        source=source,
        source_id=source_id,
        title=" ".join(text_of(title).split()) or title,
        url=_url(said.of("url")),
        employer=said.of("employer"),
        description=description,
        date_posted=parse_date(fields.get("date_posted")),
        valid_through=parse_date(fields.get("valid_through")),
        base_salary=_pay(
            said, told, dollar_of(next(iter(countries), None)) if len(countries) == 1 else None
        ),
        experience_years=parse_experience(told),
        employment_type=kinds,
        employment_type_text=kind_text,
        locations=locations,
        remote=find_remote(
            workplace=said.of("workplace") or said.words("remote"),
            telecommute=_flag(fields.get("remote")),
            location=place,
            title=title,
            description=told,
        ),
        requisition_id=said.of("requisition_id"),
        department=said.of("department"),
        language=language if re.fullmatch(r"[a-z]{2}", language) else None,
    )


class _Texts:
    """The fields of one row as texts, their length checked as they are asked for."""

    def __init__(self, fields: Mapping[str, Any], where: str) -> None:
        self.fields = fields
        self.where = where

    def of(self, meaning: str, longest: int = MAX_WORD_CHARS) -> str | None:
        text = _text(self.fields.get(meaning))
        if text is not None and len(text) > longest:
            raise ParseError(self.where, meaning, f"longer than {longest:,} characters")
        return text

    def words(self, meaning: str) -> str | None:
        """The text of a field that may hold a mere yes or no, which are no words."""
        text = self.of(meaning)
        return None if text is None or _flag(text) is not None else text


def _text(value: Any) -> str | None:
    """Return the text of a cell; of an object its name, of a list its parts."""
    if isinstance(value, dict):
        value = next(
            (value[k] for k in ("name", "label", "display_name", "text") if k in value), ""
        )
    if isinstance(value, list):
        value = " | ".join(part for item in value[:50] if (part := _text(item)))
    if _is_blank(value) or isinstance(value, dict | list):
        return None
    text = str(value).replace("\0", "").strip()
    # pmjobs' own export puts ' before what a spreadsheet would calculate.
    return text[1:] if re.match(r"'[=+\-@]", text) else text or None


def _is_blank(value: Any) -> bool:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return True
    return isinstance(value, str) and value.strip().lower() in _BLANK


def _flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in ("true", "yes", "y", "1", "1.0"):
        return True
    return False if word in ("false", "no", "n", "0", "0.0") else None


def _url(text: str | None) -> str | None:
    return text if text and re.fullmatch(r"https?://\S{4,2000}", text) else None


def _description(said: _Texts) -> str | None:
    text = said.of("description", MAX_TEXT_CHARS)
    html = said.of("description_html", MAX_TEXT_CHARS)
    if html and len(text_of(html)) >= len(text or ""):
        text = html
    if text is None:
        return None
    return text_of(without_markdown(text)) or None


def without_markdown(text: str) -> str:
    """Return text without the signs of Markdown, where it has any.

    >>> without_markdown("**Duties**\\n* plan\\\\-ning\\n# About")
    'Duties\\n* plan-ning\\nAbout'
    """
    if not _MARKDOWN.search(text):
        return text
    # Emphasis goes, well formed or not; a star before a blank is a bullet.
    text = re.sub(r"\*{2,}|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", "", text)
    text = re.sub(r"^#{1,6} +", "", text, flags=re.MULTILINE)
    return re.sub(r"\\([-.+()*_&!#\[\]>`|~])", r"\1", text)


def _places(said: _Texts) -> tuple[str | None, tuple[Location, ...]]:
    """Return the place as written, and what it names."""
    written = said.of("location")
    code = country_code(said.of("country"))
    if written is None:
        parts = (said.of("locality"), said.of("region"), said.of("country"))
        written = ", ".join(part for part in parts if part) or None
    if written is None:
        return None, ()
    # ";" parts the places of pmjobs' own export.
    locations = parse_locations(written.replace(";", " | "))
    if code and locations and not any(place.country for place in locations):
        locations = tuple(replace(place, country=code) for place in locations)
    return written, locations


def _pay(said: _Texts, told: str, dollar: str | None) -> Salary | None:
    text = said.of("pay_text")
    if said.of("pay_source") != "description":
        stated = salary_from_fields(
            said.of("pay_minimum"),
            said.of("pay_maximum"),
            said.of("currency"),
            said.of("pay_period"),
            text,
        )
        if stated:
            return stated
        if text and (found := parse_salary(f"Salary: {text}", dollar=dollar)):
            return found
    return parse_salary(told, dollar=dollar)
