"""Personio careers sites: an XML feed per employer, which the employer has to switch on.

Field notes:
- sites are at NAME.jobs.personio.de or at NAME.jobs.personio.com, with no redirect between them.
- the feed is in German unless asked for in another language: option `language`.
- the text is a list of sections, each with a heading of the employer's own.
- `yearsOfExperience` is a code such as "2-5" or "lt-1"; `seniority` is the employer's claim.
- an empty feed is healthy: the employer has no openings.
- there is neither pay nor date of change nor a link: links are made of the host and the id.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pmjobs.errors import FetchError, SettingsError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, ExperienceYears, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import (
    ad_id,
    base_url,
    only,
    option,
    read_board,
    token,
    xml_fields,
    xml_of,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "personio"
LANGUAGES = ("de", "en", "fr", "es", "nl", "it", "pt")
OPTIONS = {"language": f"language of the ads, one of {', '.join(LANGUAGES)} (default: de)"}


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the feed. Raises FetchError if there is no such site or it has no feed."""
    name = token(board)
    language = option(board, "language") or "de"
    if language not in LANGUAGES:
        raise SettingsError(f"{board.key}: language: write one of {', '.join(LANGUAGES)}")
    hosts = [f"https://{name}.jobs.personio.{ending}" for ending in ("de", "com")]
    for host in [base_url(board, "")] if board.base_url else hosts:
        try:
            document = await client.get(f"{host}/xml", params={"language": language})
        except FetchError as error:
            if error.status not in (404, 410):
                raise
            continue
        # An unknown site leads to the front page of Personio itself.
        if urlsplit(document.url).path == "/xml":
            return [document]
    raise FetchError(
        f"personio: no feed for {board.board!r}; take the name from a job link, "
        "NAME.jobs.personio.de, and see whether the site still lists jobs",
        status=404,
    )


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no feed."""
    document = only(documents, board.key)
    root = xml_of(document, board.key)
    if root.tag != "workzag-jobs":
        raise FetchError(f"{board.key}: no feed of jobs, but <{root.tag[:40]}>; check the name")
    host = "/".join(document.url.split("/")[:3])

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for element in root.iterfind("position"):
            ad = xml_fields(element)
            name = ad_id(ad, "id")
            source_id = f"{board.board}/{name}" if name else None
            yield source_id, (f"{host}/job/{name}" if name else None), ad

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kinds = [ad.text("employmentType"), ad.text("schedule")]
    offices = [ad.text("office"), *ad.texts("additionalOffices", "office")]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("name"),
        employer=ad.text("subcompany") or payload.source_id.split("/")[0],
        description=text_of(_whole_text(ad)) or None,
        date_posted=ad.day("createdAt"),
        experience_years=_years(ad.text("yearsOfExperience")),
        employment_type=parse_employment_type([kind for kind in kinds if kind]),
        employment_type_text=", ".join(kind for kind in kinds if kind) or None,
        locations=places(*offices),
        department=ad.text("department"),
    )
    return completed(posting, place_text=ad.text("office"))


def _whole_text(ad: Ad) -> str:
    parts = []
    for section in ad.each("jobDescriptions", "jobDescription"):
        parts.append(f"<h3>{escape(section.text('name') or '')}</h3>")
        parts.append(f"<div>{section.text('value') or ''}</div>")
    return "\n".join(parts)


def _years(code: str | None) -> ExperienceYears | None:
    """Read "2-5", "10-15", "lt-1" (less than one) and "gt-15" (more than fifteen).

    >>> _years("gt-15")
    ExperienceYears(minimum=15.0, maximum=None, text='yearsOfExperience: gt-15')
    """
    low, dash, high = (code or "").partition("-")
    if not dash or not high.isdecimal():
        return None
    words = f"yearsOfExperience: {code}"
    if low == "lt":
        return ExperienceYears(0.0, float(high), words)
    if low == "gt":
        return ExperienceYears(float(high), None, words)
    return ExperienceYears(float(low), float(high), words) if low.isdecimal() else None
