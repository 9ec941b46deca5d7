"""From what a person pastes, "greenhouse:acme" or a link, to the board meant. No network."""

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from pmjobs.errors import SettingsError
from pmjobs.posting import Board
from pmjobs.settings import check_url
from pmjobs.sources import SOURCES
from pmjobs.sources.search_addresses import find_search

# The name before the ending, whatever the country.
FORBIDDEN = {"linkedin": "LinkedIn", "indeed": "Indeed", "glassdoor": "Glassdoor"}


def board_of(text: str, *, base_url: str | None = None) -> Board:
    """Return the board that `text` names: "source:token", or the address of a board or an ad.

    An address of no known system is a page with schema.org JobPosting. Raises SettingsError for
    an unknown source, a broken address, and sites whose terms forbid reading by programs.

    >>> board_of("https://jobs.lever.co/acme/1b2c").key
    'lever:acme'
    >>> board_of("greenhouse:acme").board
    'acme'
    """
    source, colon, name = text.strip().partition(":")
    if colon and not name.startswith("//"):
        if source not in SOURCES:
            raise SettingsError(f"{source!r} is no source; known are {', '.join(SOURCES)}")
        if not name.strip():
            raise SettingsError(f"{text}: the board's name is missing; write {source}:NAME")
        return Board(source=source, board=name.strip(), base_url=base_url)
    if not colon:
        raise SettingsError(
            f"{text}: write source:name (greenhouse:{text}) or a link (https://...)"
        )
    check_url(text, text)
    if called := forbidden(text):
        host = urlsplit(text).hostname
        raise SettingsError(
            f"{host}: {called}'s terms forbid reading by programs; save the page yourself, "
            "then: pmjobs explain FILE or pmjobs import FILE"
        )
    board = find_system(text) or find_search(text) or _feed(text)
    if board is None:
        return Board(source="jsonld_page", board=text.strip(), base_url=base_url)
    return Board(board.source, board.board, base_url or board.base_url, board.options)


def forbidden(url: str) -> str | None:
    """Return the name of the site whose terms forbid programs, if `url` leads to one."""
    labels = (urlsplit(url).hostname or "").split(".")[:-1]
    return next((FORBIDDEN[label] for label in labels if label in FORBIDDEN), None)


def find_system(url: str) -> Board | None:
    """Return the employer's board behind the address of a board, an ad or an embedded script.

    None if the address is of no known system, or of the system's own pages.

    >>> find_system("https://boards.greenhouse.io/embed/job_board/js?for=acme").key
    'greenhouse:acme'
    >>> find_system("https://www.workable.com/pricing")
    """
    for pattern, made in _SYSTEMS:
        if found := pattern.match(url):
            return made(found)
    return None


def _feed(url: str) -> Board | None:
    return Board(source="feed", board=url.strip()) if _FEED.match(url) else None


def _named(source: str, base_url: str | None = None) -> Callable[[re.Match[str]], Board]:
    return lambda found: Board(source=source, board=unquote(found["name"]), base_url=base_url)


def _own_host(source: str) -> Callable[[re.Match[str]], Board]:
    """For sites outside the system's usual host, which have to be asked where they are."""
    return lambda found: Board(source, found["name"], f"https://{found['host'].lower()}")


def _link(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:https?:)?//{pattern}", re.IGNORECASE)


_NAME = r"(?P<name>(?!embed\b|api\b|v\d\b)[^/?#&\"'\s]+)"
# An employer's name before the system's; the system's own hosts are none.
_HOST = (
    r"(?P<name>(?!(?:www|app|apps|api|apply|help|support|docs?|developers?|status|blog|info|cdn"
    r"|resources|assets|static|images|media|get|go|auth|login|partners|marketplace|learn|email"
    r"|click|track|jobs|tt|hire|academy|community|documentation|legal|trust)\.)[\w-]+)"
)
_LANGUAGE = r"(?:[a-z]{2}-[A-Z]{2}/)?"
_SYSTEMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Board]], ...] = (
    (
        _link(
            rf"(?:job-)?boards\.eu\.greenhouse\.io/embed/job_\w+(?:/js)?/?\?(?:[^#]*&)?for={_NAME}"
        ),
        _named("greenhouse", "https://boards-api.eu.greenhouse.io"),
    ),
    (
        _link(rf"(?:job-)?boards\.greenhouse\.io/embed/job_\w+(?:/js)?/?\?(?:[^#]*&)?for={_NAME}"),
        _named("greenhouse"),
    ),
    (_link(rf"(?:boards-)?api\.greenhouse\.io/v1/boards/{_NAME}"), _named("greenhouse")),
    (
        _link(rf"boards-api\.eu\.greenhouse\.io/v1/boards/{_NAME}"),
        _named("greenhouse", "https://boards-api.eu.greenhouse.io"),
    ),
    (
        _link(rf"(?:job-)?boards\.eu\.greenhouse\.io/{_NAME}"),
        _named("greenhouse", "https://boards-api.eu.greenhouse.io"),
    ),
    (_link(rf"(?:job-)?boards\.greenhouse\.io/{_NAME}"), _named("greenhouse")),
    (
        _link(rf"(?:jobs\.eu\.lever\.co|api\.eu\.lever\.co/v0/postings)/{_NAME}"),
        _named("lever", "https://api.eu.lever.co"),
    ),
    (_link(rf"(?:jobs\.lever\.co|api\.lever\.co/v0/postings)/{_NAME}"), _named("lever")),
    (
        _link(rf"(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/{_NAME}"),
        _named("ashby"),
    ),
    (
        _link(
            rf"(?:apply\.workable\.com/api/v\d/(?:widget/)?accounts"
            rf"|www\.workable\.com/api/accounts)/{_NAME}"
        ),
        _named("workable"),
    ),
    (_link(rf"apply\.workable\.com/(?!j/){_NAME}"), _named("workable")),
    (_link(rf"{_HOST}\.workable\.com"), _named("workable")),
    (_link(rf"{_HOST}\.recruitee\.com"), _named("recruitee")),
    (_link(rf"{_HOST}\.jobs\.personio\.(?:de|com)"), _named("personio")),
    (_link(r"(?P<host>(?P<name>[\w-]+)\.(?:na|au)\.teamtailor\.com)"), _own_host("teamtailor")),
    (_link(rf"{_HOST}\.teamtailor\.com"), _named("teamtailor")),
    (_link(rf"{_HOST}\.bamboohr\.com"), _named("bamboohr")),
    (_link(rf"{_HOST}\.pinpointhq\.com"), _named("pinpoint")),
    (_link(rf"api\.rippling\.com/platform/api/ats/v1/board/{_NAME}"), _named("rippling")),
    (_link(rf"ats\.(?:\w+\.)?rippling\.com/{_LANGUAGE}{_NAME}"), _named("rippling")),
    (
        _link(rf"(?:www\.)?governmentjobs\.com/SearchEngine/JobsFeed\?(?:[^#]*&)?agency={_NAME}"),
        _named("neogov"),
    ),
    (_link(rf"(?:www\.)?governmentjobs\.com/careers/{_NAME}"), _named("neogov")),
    (
        _link(
            rf"(?:(?:jobs|careers)\.smartrecruiters\.com/(?:ni/|oneclick-ui/company/)?"
            rf"|api\.smartrecruiters\.com/v1/companies/){_NAME}"
        ),
        _named("smartrecruiters"),
    ),
    (
        _link(
            r"(?P<tenant>[\w-]+)\.(?P<host>wd\d+)\.myworkdayjobs\.com/(?:wday/cxs/[\w-]+/)?"
            rf"{_LANGUAGE}(?P<site>(?!wday\b)[\w-]+)"
        ),
        lambda found: Board("workday", f"{found['tenant']}.{found['host']}/{found['site']}"),
    ),
    (
        _link(
            r"(?P<host>wd\d+)\.myworkdaysite\.com/"
            rf"{_LANGUAGE}recruiting/(?P<tenant>[\w-]+)/(?P<site>[\w-]+)"
        ),
        lambda found: Board(
            "workday",
            f"{found['tenant']}.{found['host']}/{found['site']}",
            f"https://{found['host']}.myworkdaysite.com",
        ),
    ),
    (
        _link(
            r"(?P<pod>[\w.-]+)\.oraclecloud\.com/hcmUI/CandidateExperience/[\w-]+/sites/"
            r"(?P<site>\w+)"
        ),
        lambda found: Board("oracle", f"{found['pod']}/{found['site']}"),
    ),
    (
        _link(
            r"(?P<pod>[\w.-]+)\.oraclecloud\.com/hcmRestApi/[^#]*?siteNumber(?:=|%3D)"
            r"(?P<site>\w+)"
        ),
        lambda found: Board("oracle", f"{found['pod']}/{found['site']}"),
    ),
)
_FEED = re.compile(r"https?://[^?#]+(?:\.(?:rss|atom)|/(?:feed|rss|atom)/?)(?:[?#]|$)", re.I)
