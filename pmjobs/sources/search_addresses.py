"""From the address of a search on a job site to the search of a source. No network.

What the address asks for (words, place, category) becomes the board's options; the board's name
is the words, so that two searches are two boards. Addresses of single ads are none.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from pmjobs.posting import Board

MAX_CHARS = 200  # of one option


@dataclass(frozen=True, slots=True)
class _Site:
    """How one site's search addresses look."""

    source: str
    address: re.Pattern[str]  # of host and path; groups named as options are options
    parameters: tuple[tuple[str, str], ...] = ()  # (name in the address, option)


def _site(source: str, address: str, **parameters: str) -> _Site:
    return _Site(source, re.compile(rf"(?:www\.)?{address}$", re.I), tuple(parameters.items()))


_SITES = (
    _site(
        "adzuna",
        r"adzuna\.(?:com?\.)?(?P<country>[a-z]{2}|com)/search/?",
        q="query",
        what="query",
        w="location",
        where="location",
    ),
    _site("arbeitnow", r"arbeitnow\.com(?:/jobs)?/?"),
    _site(
        "arbeitsagentur",
        r"arbeitsagentur\.de/jobsuche(?:/suche)?/?",
        was="query",
        wo="location",
        umkreis="distance",
    ),
    _site("hackernews", r"news\.ycombinator\.com/submitted"),
    _site("himalayas", r"himalayas\.app/jobs/?", q="query", country="country"),
    _site("jobicy", r"jobicy\.com/(?:jobs|remote-jobs?)?/?", q="query", search_keywords="query"),
    _site("jobtech", r"arbetsformedlingen\.se/platsbanken/annonser/?", q="query"),
    _site("jooble", r"(?:\w\w\.)?jooble\.org/SearchResult/?", ukw="query", rgns="location"),
    _site(
        "reed",
        r"reed\.co\.uk/jobs(?:/(?P<query>[a-z-]+)-jobs(?:-in-(?P<location>[a-z-]+))?)?/?",
        keywords="query",
        location="location",
        proximity="distance",
    ),
    _site("reliefweb", r"reliefweb\.int/jobs/?", search="query"),
    _site("remoteok", r"remoteok\.(?:com|io)(?:/remote-(?P<tag>[a-z-]+)-jobs)?/?"),
    _site(
        "remotive",
        r"remotive\.(?:com|io)(?:/remote-jobs(?:/(?P<category>[a-z-]+))?)?/?",
        query="query",
    ),
    _site("themuse", r"themuse\.com/search(?:/category/(?P<category>[a-z-]+))?/?"),
    _site("usajobs", r"usajobs\.gov/search(?:/results)?/?", k="query", l="location", j="series"),
    _site("weworkremotely", r"weworkremotely\.com/categories/(?P<name>[^/]+?)(?:\.rss)?/?"),
    _site("weworkremotely", r"weworkremotely\.com/remote-jobs(?:\.rss)?/?"),
)

_WORDS = {"tag", "location", "query"}  # written with hyphens in a path
_EVERYTHING = {"weworkremotely": "all", "hackernews": "who-is-hiring"}


def find_search(url: str) -> Board | None:
    """Return the search that `url` is the address of, or None.

    >>> find_search("https://www.reed.co.uk/jobs?keywords=pmo+lead&location=Leeds").options
    (('query', 'pmo lead'), ('location', 'Leeds'))
    >>> find_search("https://remoteok.com/remote-project-manager-jobs").options
    (('tag', 'project manager'),)
    >>> find_search("https://www.reed.co.uk/jobs/project-manager/5501")
    """
    parts = urlsplit(url)
    where = f"{parts.hostname or ''}{parts.path}"
    asked = parse_qs(parts.query)
    for site in _SITES:
        if found := site.address.match(where):
            return _board(site, found.groupdict(), asked)
    return None


def _board(site: _Site, stated: dict[str, str | None], asked: dict[str, list[str]]) -> Board:
    name = stated.pop("name", None)
    options: dict[str, str] = {}
    for key, value in stated.items():
        if value:
            options[key] = _words(site, key, unquote(value))
    for parameter, key in site.parameters:
        if words := " ".join(asked.get(parameter, [""])[0].split()):
            options[key] = words[:MAX_CHARS]
    told = "-".join(re.findall(r"\w+", " ".join(options.values()).lower()))[:80]
    board = unquote(name) if name else told or _EVERYTHING.get(site.source, "newest")
    return Board(site.source, board, None, tuple(options.items()))


def _words(site: _Site, key: str, value: str) -> str:
    if site.source == "adzuna":
        return {"com": "us", "uk": "gb"}.get(value.lower(), value.lower())
    if site.source == "themuse":
        return value.replace("-", " ").title()
    return value.replace("-", " ") if key in _WORDS else value
