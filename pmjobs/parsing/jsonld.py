"""schema.org JobPosting in a page's JSON-LD: the ads, as the page states them.

Pages get JSON-LD wrong in many ways, and all of these are read: raw line breaks inside strings,
a comment or CDATA wrapping, the whole script entity-encoded, junk after a value, several values
in one script, a missing comma, @graph and lists, keys with a capital, a list of types, http or
https. `pmjobs.parsing.jobposting` reads the fields of what is found.
"""

import html as _html
import json
import re
from collections.abc import Iterator
from typing import Any

import json_repair
from resiliparse.parse.html import HTMLTree

MAX_PAGE_CHARS = 10_000_000
MAX_REPAIR_CHARS = 60_000  # of a page in all: hostile input of this size costs up to 2 s
MAX_DEPTH = 40  # levels of nesting; real ads have six

_SCRIPTS = 'script[type*="ld+json" i]'
# Not the JSON itself: "//<![CDATA[", "/*<![CDATA[*/", "<!--" before it, their ends after it.
_OPENING = re.compile(r"[\s\ufeff]*(?:(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/|//)?)?")
_VALUE = re.compile(r"[{\[]")
_DECODER = json.JSONDecoder(strict=False)  # raw line breaks and tabs inside strings


def job_postings(html: str) -> list[dict[str, Any]]:
    """Return every JobPosting in the page's JSON-LD, in order; [] if it has none.

    Values are as the page gives them, markup and entities included. What cannot be read as
    JSON even after repair, or is nested more than 40 levels deep, is left out.

    >>> page = '<script type="application/ld+json">{"@type": "JobPosting", "title": "PM"};</script>'
    >>> job_postings(page)
    [{'@type': 'JobPosting', 'title': 'PM'}]
    >>> job_postings("<p>Project Manager</p>")
    []
    """
    html = html[:MAX_PAGE_CHARS]
    if "jobposting" not in html.lower():  # most pages end here, before any parsing
        return []
    values: list[Any] = []
    left = MAX_REPAIR_CHARS
    for script in _scripts(html):
        readable, broken = _values(script)
        values += readable
        if broken and len(broken) <= left:
            left -= len(broken)
            values += _repaired(broken)
    return [ad for value in values for ad in _postings_in(value)]


def _scripts(html: str) -> list[str]:
    # Half a character pair would stop the parser, so it is replaced.
    document = HTMLTree.parse(html.encode(errors="replace").decode()).document
    return [node.text or "" for node in document.query_selector_all(_SCRIPTS)] if document else []


def _values(script: str) -> tuple[list[Any], str]:
    """Return the JSON values of one script, and the rest from where it stops being readable."""
    if "&quot;" in script and '"@' not in script:
        script = _html.unescape(script)
    opening = _OPENING.match(script)
    position = opening.end() if opening else 0
    values: list[Any] = []
    while start := _VALUE.search(script, position):
        try:
            value, position = _DECODER.raw_decode(script, start.start())
        except RecursionError:
            return values, ""
        except ValueError:
            return values, script[start.start() :]
        values.append(value)
    return values, ""


def _repaired(text: str) -> list[Any]:
    if "jobposting" not in text.lower():
        return []
    try:
        return [json_repair.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []


def _postings_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the JobPostings in `value`, without recursion: nesting is the page's choice."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(reversed(current))
        elif isinstance(current, dict):
            if _is_posting(current):
                if _depth_at_most(current, MAX_DEPTH):
                    yield current
            else:
                waiting.extend(reversed(current.values()))


def _is_posting(record: dict[str, Any]) -> bool:
    kinds = record.get("@type", record.get("@Type", record.get("type")))
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(
        isinstance(name, str) and re.split(r"[/#:]", name)[-1].strip().lower() == "jobposting"
        for name in names
    )


def _depth_at_most(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for record in level
            if isinstance(record, dict | list)
            for inner in (record.values() if isinstance(record, dict) else record)
        ]
        if not level:
            return True
    return False
