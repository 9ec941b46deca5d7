"""One ad out of what a person saved: a web page, a text, JSON; never a guess at what is missing.

Used for `pmjobs explain FILE`, for standard input, and for imports of saved pages. The readers of
JSON and pages are imported where they are used: a plain text needs none of them, and they take
a fifth of a second.
"""

import json
from typing import Any

from pmjobs.errors import ParseError
from pmjobs.parsing.title import names_project_work
from pmjobs.posting import Posting

MAX_CHARS = 10_000_000
MAX_TITLE_WORDS = 12  # a first line longer than this is prose


def posting_of_text(text: str, name: str, *, title: str | None = None) -> Posting:
    """Return the one ad that `text` holds: JSON, HTML or plain text, told apart by content.

    `title` wins over what the text says. Without it a plain text's first line is its title if it
    is short and names project work; otherwise the title is "" and claims nothing. Raises ParseError
    for a text too large, and for JSON or a page that holds several ads.
    """
    if len(text) > MAX_CHARS:
        raise ParseError(name, "text", f"longer than {MAX_CHARS:,} characters; give one ad")
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith(("{", "[")) and (found := _from_json(stripped, name)):
        posting = found
    elif stripped[:1] == "<" or "<html" in stripped[:2000].lower():
        posting = _from_page(text, name)
    else:
        posting = Posting(
            source="file", source_id=name, title=_first_line(text), description=text.strip() or None
        )
    return posting if title is None else _titled(posting, title)


def _from_json(text: str, name: str) -> Posting | None:
    from pmjobs.parsing.ad_lines import posting_of
    from pmjobs.parsing.jobposting import posting_from

    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None  # "[Company] is hiring" is a text, not broken JSON
    if isinstance(value, list):
        if len(value) != 1:
            raise ParseError(name, "JSON", f"{len(value)} ads; use pmjobs level --input")
        value = value[0]
    if not isinstance(value, dict):
        raise ParseError(name, "JSON", "not an ad; give an object with title and description")
    if "@type" in value:
        return posting_from(value, source="file", source_id=name, url=None)
    return posting_of({"id": name, **value}, where=name)


def _from_page(html: str, name: str) -> Posting:
    from pmjobs.parsing.jobposting import posting_from
    from pmjobs.parsing.markup import text_of
    from pmjobs.parsing.pages import ads_in_page

    ads = ads_in_page(html)
    if len(ads) > 1:
        raise ParseError(name, "page", f"{len(ads)} ads in one page; save the page of one ad")
    if ads:
        return posting_from(ads[0], source="file", source_id=name, url=None)
    text = text_of(html)
    return Posting(source="file", source_id=name, title=_first_line(text), description=text or None)


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    short = len(line.split()) <= MAX_TITLE_WORDS and not line.endswith((".", "!", ","))
    return line if short and names_project_work(line) else ""


def _titled(posting: Posting, title: str) -> Posting:
    from dataclasses import replace

    return replace(posting, title=title)
