"""Records to rows and back."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from pmjobs.estimate_json import estimate_as_json, estimate_from_json
from pmjobs.ladder import LevelEstimate
from pmjobs.posting import (
    EmploymentType,
    ExperienceYears,
    Location,
    Payload,
    PayPeriod,
    Posting,
    Remote,
    Salary,
    WorkPlace,
)
from pmjobs.store.records import StoredPosting

# The parts of an estimate that can be asked for; the whole of it stands beside them as JSON.
ESTIMATE_COLUMNS = (
    "family",
    "in_scope",
    "track",
    "level",
    "level_low",
    "level_high",
    "title_level",
    "title_gap",
    "abstained",
    "reason",
    "model_id",
)

# Payload bodies are read back rarely and written often: fast before small.
ZLIB_LEVEL = 1


def posting_row(posting: Posting) -> dict[str, Any]:
    """Return the columns of `posting` that the ad itself fills."""
    countries = sorted({place.country for place in posting.locations if place.country})
    row: dict[str, Any] = {
        "source": posting.source,
        "source_id": posting.source_id,
        "content": content_of(posting),
        "title": posting.title,
        "url": posting.url,
        "employer": posting.employer,
        "date_posted": posting.date_posted,
        "valid_through": posting.valid_through,
        "base_salary": pay_as_json(posting.base_salary),
        "experience_years": _years_as_json(posting.experience_years),
        "employment_type": [str(kind) for kind in posting.employment_type] or None,
        "employment_type_text": posting.employment_type_text,
        "locations": [_place_as_json(place) for place in posting.locations] or None,
        "countries": f"|{'|'.join(countries)}|" if countries else None,
        "remote": str(posting.remote.kind) if posting.remote else None,
        "remote_text": posting.remote.text if posting.remote else None,
        "requisition_id": posting.requisition_id,
        "department": posting.department,
        "language": posting.language,
        "attribution": posting.attribution,
        "description": posting.description,
    }
    return {name: plain(value) if isinstance(value, str) else value for name, value in row.items()}


def posting_of(row: RowMapping | Mapping[str, Any]) -> Posting:
    """Return the posting that `posting_row` wrote."""
    return Posting(
        source=row["source"],
        source_id=row["source_id"],
        title=row["title"],
        url=row["url"],
        employer=row["employer"],
        description=row["description"],
        date_posted=row["date_posted"],
        valid_through=row["valid_through"],
        base_salary=pay_of(row["base_salary"]),
        experience_years=_years_of(row["experience_years"]),
        employment_type=tuple(EmploymentType(kind) for kind in row["employment_type"] or ()),
        employment_type_text=row["employment_type_text"],
        locations=tuple(Location(**place) for place in row["locations"] or ()),
        remote=Remote(WorkPlace(row["remote"]), row["remote_text"]) if row["remote"] else None,
        requisition_id=row["requisition_id"],
        department=row["department"],
        language=row["language"],
        attribution=row["attribution"],
    )


def stored_of(row: RowMapping) -> StoredPosting:
    """Return the record of a row of `pmjobs.store.queries`, its estimate included."""
    data = row["estimate_data"]
    return StoredPosting(
        id=row["id"],
        posting=posting_of(row),
        first_seen=row["first_seen"],
        # A posting without a sighting was stored before anything could be said of a board.
        last_seen=row["last_seen"] or row["first_seen"],
        closed_at=row["closed_at"],
        estimate=estimate_from_json(data) if data else None,
        content=row["content"],
    )


def payload_row(payload: Payload, *, reader: str) -> dict[str, Any]:
    """Return the columns of `payload` but the posting's id."""
    body = payload.body.encode(errors="surrogatepass")
    return {
        "fetched_at": payload.fetched_at,
        "url": payload.url and plain(payload.url),
        "sha256": sha256_of(payload.body),
        "reader": reader,
        "body": zlib.compress(body, ZLIB_LEVEL),
    }


def payload_of(row: RowMapping) -> Payload:
    """Return the payload that `payload_row` wrote."""
    return Payload(
        source=row["source"],
        source_id=row["source_id"],
        url=row["url"],
        fetched_at=row["fetched_at"],
        body=zlib.decompress(row["body"]).decode(errors="surrogatepass"),
    )


def estimate_row(estimate: LevelEstimate, *, made_at: datetime) -> dict[str, Any]:
    """Return the columns of `estimate` but the posting's id and content."""
    data = estimate_as_json(estimate)
    return {"made_at": made_at, "data": data} | {name: data[name] for name in ESTIMATE_COLUMNS}


def sha256_of(body: str) -> str:
    """Return the hash by which a payload is known to be unchanged."""
    return hashlib.sha256(body.encode(errors="surrogatepass")).hexdigest()


def plain(text: str) -> str:
    r"""Return `text` with what no database keeps (NUL, half a surrogate pair) marked as lost.

    >>> plain("project\x00manager")
    'project\ufffdmanager'
    """
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def content_of(posting: Posting) -> str:
    """Return a hash of what a change of counts as a new version: title, pay and text."""
    stated = (posting.title, pay_as_json(posting.base_salary), posting.description)
    # Half of SHA-256: 128 bits are plenty to tell the versions of one ad apart.
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()[:32]


def pay_as_json(salary: Salary | None) -> dict[str, Any] | None:
    """Return pay with amounts as decimal text, so that none is rounded; None stays None."""
    if salary is None:
        return None
    return {
        "currency": salary.currency,
        "minimum": None if salary.minimum is None else format(salary.minimum, "f"),
        "maximum": None if salary.maximum is None else format(salary.maximum, "f"),
        "period": salary.period and str(salary.period),
        "text": salary.text,
    }


def pay_of(data: Mapping[str, Any] | None) -> Salary | None:
    """Return the Salary that `pay_as_json` wrote."""
    if data is None:
        return None
    return Salary(
        currency=data["currency"],
        minimum=None if data["minimum"] is None else Decimal(data["minimum"]),
        maximum=None if data["maximum"] is None else Decimal(data["maximum"]),
        period=PayPeriod(data["period"]) if data["period"] else None,
        text=data["text"],
    )


def _years_as_json(years: ExperienceYears | None) -> dict[str, Any] | None:
    if years is None:
        return None
    return {"minimum": years.minimum, "maximum": years.maximum, "text": years.text}


def _years_of(data: Mapping[str, Any] | None) -> ExperienceYears | None:
    return ExperienceYears(**data) if data else None


def _place_as_json(place: Location) -> dict[str, str]:
    parts = {"locality": place.locality, "region": place.region, "country": place.country}
    return {"text": place.text} | {name: part for name, part in parts.items() if part is not None}
