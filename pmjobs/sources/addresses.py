"""From what a person pastes, "greenhouse:acme" or a link, to the board meant. No network."""

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from pmjobs.errors import SettingsError
from pmjobs.posting import Board
from pmjobs.settings import check_url
from pmjobs.sources import SOURCES

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
    host = urlsplit(text).hostname or ""
    for label in host.split(".")[:-1]:
        if called := FORBIDDEN.get(label):
            raise SettingsError(
                f"{host}: {called}'s terms forbid reading by programs; save the page yourself, "
                "then: pmjobs explain FILE"
            )
    for pattern, made in _LINKS:
        if found := pattern.match(text):
            board = made(found)
            return Board(board.source, board.board, base_url or board.base_url, board.options)
    return Board(source="jsonld_page", board=text.strip(), base_url=base_url)


def _named(source: str, base_url: str | None = None) -> Callable[[re.Match[str]], Board]:
    return lambda found: Board(source=source, board=unquote(found["name"]), base_url=base_url)


def _feed(found: re.Match[str]) -> Board:
    return Board(source="feed", board=found.string.strip())


def _link(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"https?://{pattern}", re.IGNORECASE)


_NAME = r"(?P<name>[^/?#&]+)"
_HOST = r"(?P<name>(?!www\.|app\.|api\.)[\w-]+)"  # an employer's name before the system's
_LINKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Board]], ...] = (
    (
        _link(rf"(?:boards|job-boards)\.greenhouse\.io/embed/job_board/?\?(?:[^#]*&)?for={_NAME}"),
        _named("greenhouse"),
    ),
    (_link(rf"boards-api\.greenhouse\.io/v1/boards/{_NAME}"), _named("greenhouse")),
    (
        _link(rf"(?:boards|job-boards)\.eu\.greenhouse\.io/{_NAME}"),
        _named("greenhouse", "https://boards-api.eu.greenhouse.io"),
    ),
    (_link(rf"(?:boards|job-boards)\.greenhouse\.io/{_NAME}"), _named("greenhouse")),
    (_link(rf"jobs\.eu\.lever\.co/{_NAME}"), _named("lever", "https://api.eu.lever.co")),
    (_link(rf"(?:jobs\.lever\.co|api\.lever\.co/v0/postings)/{_NAME}"), _named("lever")),
    (
        _link(rf"(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/{_NAME}"),
        _named("ashby"),
    ),
    (_link(rf"apply\.workable\.com/(?!api/|j/){_NAME}"), _named("workable")),
    (_link(rf"{_HOST}\.workable\.com"), _named("workable")),
    (_link(rf"{_HOST}\.recruitee\.com"), _named("recruitee")),
    (_link(rf"{_HOST}\.jobs\.personio\.(?:de|com)"), _named("personio")),
    (_link(rf"{_HOST}\.teamtailor\.com"), _named("teamtailor")),
    (_link(rf"{_HOST}\.bamboohr\.com"), _named("bamboohr")),
    (_link(rf"{_HOST}\.pinpointhq\.com"), _named("pinpoint")),
    (_link(rf"ats\.rippling\.com/(?:[a-z]{{2}}-[A-Z]{{2}}/)?{_NAME}"), _named("rippling")),
    (_link(rf"(?:www\.)?governmentjobs\.com/careers/{_NAME}"), _named("neogov")),
    (
        _link(rf"(?:jobs|careers)\.smartrecruiters\.com/{_NAME}"),
        _named("smartrecruiters"),
    ),
    (
        _link(
            r"(?P<tenant>[\w-]+)\.(?P<host>wd\d+)\.myworkdayjobs\.com/(?:[a-z]{2}-[A-Z]{2}/)?"
            r"(?P<site>[\w-]+)"
        ),
        lambda found: Board("workday", f"{found['tenant']}.{found['host']}/{found['site']}"),
    ),
    (
        _link(
            r"(?P<pod>[\w.-]+)\.oraclecloud\.com/hcmUI/CandidateExperience/[\w-]+/sites/"
            r"(?P<site>\w+)"
        ),
        lambda found: Board("oracle", f"{found['pod']}/{found['site']}"),
    ),
    (
        _link(r"weworkremotely\.com/categories/(?P<name>[^/?#&]+?)(?:\.rss)?(?:[?#]|$)"),
        _named("weworkremotely"),
    ),
    (_link(r"[^?#]+(?:\.(?:rss|atom)|/(?:feed|rss|atom)/?)(?:[?#]|$)"), _feed),
)
