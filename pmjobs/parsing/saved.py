"""One ad out of what a person saved: a web page, a text, JSON; never a guess at what is missing.

Used for `pmjobs explain FILE`, for standard input, and for imports of texts. E-mail addresses
and telephone numbers are taken out, as they are out of every ad. The readers of pages are imported
where they are used: a plain text needs none of them, and they take a fifth of a second.
"""

import json
import re
from dataclasses import replace
from typing import Any

from pmjobs.errors import ParseError
from pmjobs.parsing.ad_lines import posting_of
from pmjobs.parsing.contacts import redact_fields
from pmjobs.parsing.labels import labelled
from pmjobs.parsing.title import names_project_work
from pmjobs.posting import Posting

SOURCE = "file"
MAX_CHARS = 10_000_000
MAX_TITLE_WORDS = 12  # a first line longer than this is prose

# "[Company] is hiring" is a text, not broken JSON.
_MEANT_AS_JSON = re.compile(r"\{\s*[\"}]|\[\s*(?:[\]{\"]|\[\s*[\[{\"\]\d])")
_TOO_DEEP = "nested too deeply; give one ad"
_MARKS = " \t#*_"  # of a heading in Markdown


def posting_of_text(text: str, name: str, *, title: str | None = None) -> Posting:
    """Return the one ad that `text` holds: JSON, HTML or plain text, told apart by content.

    `title` wins over what the text says. Raises ParseError as `ad_in_text` does.
    """
    ad = ad_in_text(text, name)
    if "@type" in ad:
        from pmjobs.parsing.jobposting import posting_from

        if title is not None:
            ad["title"] = title
        posting = posting_from(ad, source=SOURCE, source_id=name, url=None)
    else:
        posting = replace(posting_of({"id": name, **ad}, where=name), source=SOURCE)
    return posting if title is None else replace(posting, title=title)


def ad_in_text(text: str, name: str) -> dict[str, Any]:
    """Return what the one ad in `text` states, as a JobPosting or an object with a description.

    A plain text's first line is its title if it is short and names project work, else what a
    label says; without one the title is "" and claims nothing. Raises ParseError, with `name`,
    for what holds no ad or several, for JSON that cannot be read, and for a text too large.
    """
    if len(text) > MAX_CHARS:
        raise ParseError(name, "text", f"longer than {MAX_CHARS:,} characters; give one ad")
    stripped = text.lstrip("\ufeff \t\r\n")
    is_page = stripped[:1] == "<" or "<html" in stripped[:2000].lower()
    if name.lower().endswith(".json") or _MEANT_AS_JSON.match(stripped):
        ad = _from_json(stripped, name)
    elif is_page:
        ad = _from_page(text, name)
    else:
        ad = _from_plain(text, name)
    try:
        cleaned: dict[str, Any] = redact_fields(ad)
    except RecursionError:
        raise ParseError(name, "JSON", _TOO_DEEP) from None
    return cleaned


def _from_json(text: str, name: str) -> dict[str, Any]:
    try:
        value: Any = json.loads(text)
    except RecursionError:
        raise ParseError(name, "JSON", _TOO_DEEP) from None
    except ValueError as error:
        problem = getattr(error, "msg", "a number is too long")
        if problem == "Extra data":
            problem = "several values; pmjobs import reads JSON lines named .jsonl"
        raise ParseError(name, "JSON", f"not readable ({problem})") from None
    if isinstance(value, list):
        if len(value) != 1:
            problem = f"a list of {len(value)} ads; `pmjobs import` reads lists"
            raise ParseError(name, "JSON", problem)
        value = value[0]
    told = ("@type", "title", "description", "description_html")
    if not isinstance(value, dict) or not any(value.get(key) for key in told):
        raise ParseError(name, "JSON", "not an ad; give an object with title and description")
    return value


def _from_page(html: str, name: str) -> dict[str, Any]:
    from pmjobs.parsing.markup import text_of
    from pmjobs.parsing.pages import ads_in_page

    ads = ads_in_page(html)
    if len(ads) > 1:
        raise ParseError(name, "page", f"{len(ads)} ads in one page; save the page of one ad")
    return ads[0] if ads else _from_plain(text_of(html), name)


def _from_plain(text: str, name: str) -> dict[str, Any]:
    if not re.search(r"[^\W\d_]", text):
        raise ParseError(name, "text", "no words in it; give the text of an ad")
    stated, first = labelled(text), _first_line(text)
    return {
        "title": labelled(first).title or first or stated.title or "",
        "employer": stated.employer,
        "location": stated.location,
        "description": text.strip(),
    }


def _first_line(text: str) -> str:
    line = next((line.strip(_MARKS) for line in text.splitlines() if line.strip(_MARKS)), "")
    short = len(line.split()) <= MAX_TITLE_WORDS and not line.endswith((".", "!", ","))
    return line if short and names_project_work(line) else ""
