"""NEOGOV: the public RSS feed of an agency's openings at governmentjobs.com (US and Canada).

Field notes:
- beside RSS there is a namespace `joblisting`: jobId, salaries, interval, location, department,
  advertiseToDateTime, and in newer feeds the duties, qualifications and further information.
- older feeds have the text in `description` alone, newer ones only its first part.
- `minimumSalary` may be "Not Displayed"; the interval is Hour, Month or Year.
- times are of odd shapes ("Wed, 19 Aug 2026 05:00:00:0"), so only the day is read.
- the feed's own title is the agency's name. Newer feeds begin with a byte-order mark.
`board` is the agency's name in its address, governmentjobs.com/careers/NAME.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.dates import parse_date
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, base_url, link, only, read_board, token
from pmjobs.sources.feeds import entries_of

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "neogov"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://www.governmentjobs.com"

# Parts of the text and what to call them; the rest of the names is feedparser's.
SECTIONS = {
    "joblisting_examplesofduties": "Duties",
    "joblisting_qualifications": "Qualifications",
    "joblisting_supplementalinformation": "Further information",
}


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the agency's feed. Raises FetchError if nothing is there."""
    url = f"{base_url(board, BASE_URL)}/SearchEngine/JobsFeed"
    token(board)
    return [await client.get(url, params={"agency": board.board})]


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no feed."""
    document = only(documents, board.key)
    entries = entries_of(document, board.key, with_title=True)

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for entry in entries:
            name = ad_id(entry, "joblisting_jobid")
            yield (f"{board.board}/{name}" if name else None), link(entry, "link", "id"), entry

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kind, where = ad.text("joblisting_jobtype"), ad.text("joblisting_location")
    state = ad.text("joblisting_state")
    whole_place = ", ".join(part for part in (where, state) if part)
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=ad.text("feed_title") or payload.source_id.split("/")[0],
        description=text_of(_whole_text(ad)) or None,
        date_posted=_day(ad, "joblisting_advertisefromdate", "joblisting_advertisefromdateutc")
        or ad.day("published"),
        valid_through=_day(
            ad, "joblisting_advertisetodatetime", "joblisting_advertisetodatetimeutc"
        ),
        base_salary=salary_from_fields(
            ad.text("joblisting_minimumsalary"),
            ad.text("joblisting_maximumsalary"),
            ad.text("joblisting_salarycurrency"),
            ad.text("joblisting_salaryinterval"),
        ),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(whole_place),
        requisition_id=ad.text("joblisting_jobnumbersingle"),
        department=ad.text("joblisting_department"),
    )
    return completed(posting, place_text=whole_place or None)


def _whole_text(ad: Ad) -> str:
    parts = [f"<div>{ad.text('summary') or ad.text('content') or ''}</div>"]
    for name, heading in SECTIONS.items():
        if markup := ad.text(name):
            parts.append(f"<h3>{escape(heading)}</h3><div>{markup}</div>")
    return "\n".join(parts)


def _day(ad: Ad, *names: str) -> date | None:
    """The day without its time, which is of a shape of its own; None for "Continuous"."""
    for name in names:
        if text := ad.text(name):
            return parse_date(re.sub(r"\s\d{1,2}:\d\d.*$", "", text))
    return None
