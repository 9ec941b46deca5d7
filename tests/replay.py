"""What the tests of all sources share: invented payloads and what they must read as."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pmjobs import sources
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting

FOLDER = Path(__file__).parent / "payloads"
MOMENT = datetime(2026, 8, 1, tzinfo=UTC)


def pairs() -> list[Any]:
    """Every payload with an .expected.json beside it, as (source, path)."""
    return sorted(
        (path.parent.name, path)
        for path in FOLDER.glob("*/*.*")
        if path.suffix in (".json", ".html", ".xml")
        and not path.name.endswith(".expected.json")
        and path.with_suffix(".expected.json").exists()
    )


def payload(source: str, body: Any, source_id: str = "acme/1") -> Payload:
    text = body if isinstance(body, str) else json.dumps(body)
    return Payload(source, source_id, "https://example.org/1", MOMENT, text)


def document(body: Any, url: str = "https://example.org/") -> Document:
    if not isinstance(body, bytes):
        body = (body if isinstance(body, str) else json.dumps(body)).encode()
    return Document(url, body, MOMENT)


def split(source: str, *bodies: Any, board: str = "acme", **options: str) -> BoardRead:
    """Split the answers of one board."""
    asked = Board(source, board, None, tuple(options.items()))
    return sources.split(asked, [document(body) for body in bodies])


def stated(posting: Posting) -> dict[str, Any]:
    """What a posting states, in the words of the .expected.json files."""
    salary = posting.base_salary
    return {
        "title": posting.title,
        "url": posting.url,
        "source_id": posting.source_id,
        "employer": posting.employer,
        "description": posting.description,
        "date_posted": str(posting.date_posted) if posting.date_posted else None,
        "valid_through": str(posting.valid_through) if posting.valid_through else None,
        "base_salary": salary
        and {
            "currency": salary.currency,
            "minimum": salary.minimum and format(salary.minimum.normalize(), "f"),
            "maximum": salary.maximum and format(salary.maximum.normalize(), "f"),
            "period": salary.period,
            "text": salary.text,
        },
        "experience_years": posting.experience_years
        and [posting.experience_years.minimum, posting.experience_years.maximum],
        "employment_type": [str(kind) for kind in posting.employment_type],
        "locations": [[place.locality, place.country] for place in posting.locations],
        "remote": posting.remote and str(posting.remote.kind),
        "requisition_id": posting.requisition_id,
        "department": posting.department,
        "language": posting.language,
        "attribution": posting.attribution,
    }


def differences(posting: Posting, expected: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that read otherwise than expected, {} if none does.

    Fields that the expectation leaves out may be anything.
    """
    found = stated(posting)
    wrong = {}
    for name, value in expected.items():
        got = found[name]
        if isinstance(value, dict) and isinstance(got, dict):
            got = {key: got[key] for key in value}
        if got != value:
            wrong[name] = {"read": got, "expected": value}
    return wrong
