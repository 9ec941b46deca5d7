"""Any RSS or Atom feed of jobs, by its address.

Field notes:
- there is no contract: names that job boards' feeds use for employer, place, kind and pay are
  looked for in `FIELDS`, and what is under none of them stays in the payload unread.
- a feed's title may be "Role at Employer" or "Employer: Role"; which one, nobody says, so the
  title stays whole. A feed of one employer: set the option `employer`.
- dates come in every spelling. One that cannot be read is no reason to lose the ad here.
- feeds show the newest ads only: an ad that is absent may still be open.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pmjobs.parsing.dates import parse_date
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, link, only, option, read_board
from pmjobs.sources.feeds import entries_of

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "feed"
OPTIONS: dict[str, str] = {
    "employer": "the employer, where all ads of the feed are of one",
    "language": "the ads' language, as two letters",
}

# What is looked for, and the names under which feeds have it, the surest first. WP Job Manager
# writes job_listing:*, Indeed's XML and its imitators company, city, jobtype.
FIELDS: dict[str, tuple[str, ...]] = {
    "employer": ("job_listing_company", "company", "company_name", "employer", "organization",
                 "hiringorganization"),
    "place": ("job_listing_location", "location", "job_location", "joblocation", "region", "city"),
    "country": ("country", "job_listing_country"),
    "kind": ("job_listing_job_type", "jobtype", "job_type", "employmenttype", "employment_type",
             "contract_type", "type"),
    "pay": ("job_listing_salary", "salary", "pay", "compensation"),
    "until": ("validthrough", "expirationdate", "expiration_date", "expires", "closing_date",
              "closingdate", "deadline", "job_listing_expires"),
    "department": ("department", "job_listing_category", "category"),
    "text": ("content", "content_encoded", "summary", "description"),
}  # fmt: skip


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the feed. Raises FetchError if nothing is there."""
    wanted = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
    return [await client.get(board.base_url or board.board, headers={"accept": wanted})]


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an entry. Raises FetchError if the document is no feed."""
    document = only(documents, board.key)
    entries = entries_of(document, board.key)
    ours = {name: value for name in OPTIONS if (value := option(board, name))}

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for entry in entries:
            # What the user says of the feed goes into the payload: parse knows no board.
            yield _source_id(board, entry), link(entry, "link", "id"), {**entry, "board": ours}

    return replace(read_board(board, each(), document), whole=False)


def parse(payload: Payload) -> Posting:
    """Return what an entry states. Raises ParseError if it has no title."""
    ad = Ad.of(payload)
    title, kind = text_of(ad.title("title")), _first(ad, "kind")
    if not title:
        raise ad.wrong(("title",), "nothing but markup")
    where = ", ".join(part for name in ("place", "country") if (part := _first(ad, name)))
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=" ".join(title.split()),
        employer=ad.text("board", "employer") or _first(ad, "employer"),
        description=text_of(_first(ad, "text") or "") or None,
        date_posted=parse_date(ad.text("published") or ad.text("updated")),
        valid_through=parse_date(_first(ad, "until")),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(where),
        department=_first(ad, "department"),
        language=ad.text("board", "language"),
    )
    return completed(posting, pay_text=_first(ad, "pay"), place_text=where or None)


def _first(ad: Ad, what: str) -> str | None:
    for name in FIELDS[what]:
        value = ad.fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.replace("\0", "").strip()
    return None


def _source_id(board: Board, entry: dict[str, Any]) -> str | None:
    """A guid is unique in its feed only, unless it is an address."""
    if (name := ad_id(entry, "id")) is None:
        long = entry.get("id") or entry.get("link")
        if not isinstance(long, str) or not long.strip():
            return None
        name = long.strip()
        if len(name) > 200:
            name = hashlib.sha256(name.encode(errors="replace")).hexdigest()[:32]
    if name.startswith(("http://", "https://")):
        return name
    try:
        host = urlsplit(board.board).hostname
    except ValueError:
        host = None
    return f"{host or board.board}/{name}"
