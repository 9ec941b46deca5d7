"""Where ads come from: one module a source.

Every source module has

- `NAME` and `OPTIONS`, the keys it understands in a [[board]] of sources.toml, with a help line;
- where a board has to state something, `CHECKS`: functions of the board that raise SettingsError;
  where keys are needed, `KEYS`, the environment variables they stand in, and `GET_A_KEY`;
- `async fetch(board, client)` → the documents that hold the board's ads. The only function that
  sees the network. A board that does not exist is a FetchError, one without openings is not;
- `split(board, documents)` → BoardRead: one payload an ad, and the ads that cannot be told
  apart. Pure. The payload's body is the ad's own JSON with sorted keys (or its HTML), without
  recruiters' e-mail addresses and telephone numbers;
- `parse(payload)` → Posting. Pure, no clock: a stored payload can be parsed again after a fix.
  ParseError names the field that is missing or unreadable.

A source whose list of ads does not hold their text also has

- `async details(board, documents, client, known)` → further documents, one an ad, for `split`.
  `known` maps the source ids of stored ads to their stored bodies. Details are only asked for
  ads whose title can be project work (`parsing.title.names_project_work`) and that are new or
  changed; what is stored already is handed on from `known`, so that the ad stays the same.

Use `fetch`, `split` and `parse` below: they choose the module by the board's or payload's source.
"""

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from pmjobs.errors import SettingsError
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting

if TYPE_CHECKING:
    from pmjobs.net import Client

# Name → what a board of it is. The modules are imported when first used: most runs need few.
SOURCES: Mapping[str, str] = {
    "greenhouse": "an employer's board at Greenhouse, by its name in job links",
    "lever": "an employer's board at Lever, by its name in job links",
    "ashby": "an employer's board at Ashby, by its name in job links",
    "ashby_graphql": "the titles on an Ashby board that offers no public API",
    "jsonld_page": "a web page that holds schema.org JobPosting data, by its address",
    "careers_site": "a careers page or sitemap whose links lead to such pages, by its address",
    "workable": "an employer's board at Workable, by its name in job links",
    "recruitee": "an employer's board at Recruitee, by its name in job links",
    "personio": "an employer's board at Personio, by its name in job links",
    "teamtailor": "an employer's board at Teamtailor, by its name in job links",
    "bamboohr": "an employer's board at BambooHR, by its name in job links",
    "workday": "an employer's site at Workday, as TENANT.HOST/SITE: acme.wd5/External",
    "oracle": "an employer's site at Oracle Recruiting, as POD/SITE: abcd.fa.us2/CX_1",
    "smartrecruiters": "an employer's board at SmartRecruiters (off unless allowed = true)",
    "adzuna": "a search of yours at Adzuna, over many sites in twenty countries (needs a key)",
    "arbeitnow": "the newest ads at Arbeitnow, mostly in Germany",
    "arbeitsagentur": "a search of yours at Germany's Bundesagentur für Arbeit",
    "feed": "an RSS or Atom feed of jobs, by its address",
    "hackernews": 'the ads in Hacker News\'s monthly "Who is hiring?"',
    "himalayas": "a search of yours for remote jobs at Himalayas",
    "jobicy": "the newest remote jobs at Jobicy, or a search of yours among them",
    "jobtech": "a search of yours at Sweden's public employment service",
    "jooble": "a search of yours at Jooble, over other sites (needs a key)",
    "neogov": "a public agency's openings at governmentjobs.com, by its name in the address",
    "pinpoint": "an employer's careers site at Pinpoint, by its name in job links",
    "reed": "a search of yours at Reed.co.uk (needs a key)",
    "reliefweb": "a search of yours at ReliefWeb: aid agencies and NGOs (needs a name)",
    "remoteok": "the newest remote jobs at Remote OK",
    "remotive": "remote jobs at Remotive, or a search of yours among them",
    "rippling": "an employer's board at Rippling, by its name in job links",
    "themuse": "a category of The Muse, mostly in the United States",
    "usajobs": "a search of yours at USAJOBS: United States federal agencies (needs a key)",
    "weworkremotely": "the newest remote jobs of a category of We Work Remotely",
}

NOTHING: Mapping[str, str] = {}


class Source(Protocol):
    """What every source module offers."""

    NAME: str
    OPTIONS: Mapping[str, str]

    async def fetch(self, board: Board, client: "Client") -> list[Document]:
        """Return the documents that hold the board's ads."""

    def split(self, board: Board, documents: Sequence[Document]) -> BoardRead:
        """Return one payload an ad."""

    def parse(self, payload: Payload) -> Posting:
        """Return what the ad states."""


class Detailed(Source, Protocol):
    """What a source offers whose ads have their text in a document each."""

    async def details(
        self,
        board: Board,
        documents: Sequence[Document],
        client: "Client",
        known: Mapping[str, str],
    ) -> list[Document]:
        """Return the documents with the text of ads that are new or changed."""


def find_source(name: str) -> Source:
    """Return the module of a source. Raises SettingsError for a name that is none."""
    if name not in SOURCES:
        raise SettingsError(f"{name!r} is no source; known are {', '.join(SOURCES)}")
    return cast(Source, import_module(f"pmjobs.sources.{name}"))


def check_board(board: Board) -> None:
    """Raise SettingsError if the board's source or an option is unknown, or one it needs wrong."""
    source = find_source(board.source)
    for name, _ in board.options:
        if name not in source.OPTIONS:
            known = ", ".join(("source", "board", "base_url", *source.OPTIONS))
            raise SettingsError(f"{board.key}: {name}: unknown; known are {known}")
    for check in getattr(source, "CHECKS", ()):
        check(board)


def missing_keys(board: Board) -> str | None:
    """Return which keys the board's source needs and where to get them; None if they are set."""
    source = find_source(board.source)
    keys = [key for key in getattr(source, "KEYS", ()) if not os.environ.get(key, "").strip()]
    if not keys:
        return None
    return (
        f"{board.source}: needs a key; get one at {source.GET_A_KEY} and set "  # type: ignore[attr-defined]
        f"{' and '.join(keys)} in the environment"
    )


async def fetch(
    board: Board, client: "Client", known: Mapping[str, str] = NOTHING
) -> list[Document]:
    """Return the documents that hold the board's ads, details of new ones included.

    `known` maps the source ids of stored ads to their payloads' bodies. Raises FetchError if
    the answer is anything but ads, RefusedError if we may not ask.
    """
    source = find_source(board.source)
    documents = await source.fetch(board, client)
    if hasattr(source, "details"):
        detailed = cast(Detailed, source)
        documents += await detailed.details(board, documents, client, known)
    return documents


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return the ads in the documents, one payload each.

    Raises FetchError if a document is not what the source sends (HTML for JSON, cut short).
    """
    return find_source(board.source).split(board, documents)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    return find_source(payload.source).parse(payload)
