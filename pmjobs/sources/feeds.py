"""RSS and Atom to one JSON object an entry, with feedparser, which reads what browsers read.

An entry's object has the names feedparser gives: title, link, id, published, updated, summary,
content, author, tags, and elements of other namespaces as prefix_name in small letters.

Documents that declare entities of their own are refused: no feed of jobs needs them, and they
are how a small file becomes a huge one. The bytes are looked at for that, since expat, and so
defusedxml, gives up on encodings that feedparser reads (UTF-32, EBCDIC, UTF-7).
"""

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from pmjobs.errors import FetchError
from pmjobs.posting import Document

MAX_BYTES = 20_000_000  # the longest feeds seen hold 250 ads in 2 MB
MAX_TAGS = 200_000  # feedparser takes some five seconds for so many

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})", re.IGNORECASE)
# Encodings in which "<!ENTITY" has its ASCII bytes, but for noughts between them.
_PLAIN = re.compile(
    rb"utf-?8|utf-?(?:16|32)(?:[bl]e)?|(?:us-)?ascii|iso-?8859-?\d+|latin-?\d|windows-\d+|cp125\d"
    rb"|koi8-[ru]|shift_?jis|euc-\w+|gb\d+|gbk|big5",
    re.IGNORECASE,
)
# What feedparser derives from other fields; it would make an unchanged entry look changed.
_DERIVED = re.compile(r"_parsed$|_detail$|^guidislink$|^links$|^authors$|^base$|^xml")


def entries_of(document: Document, where: str, *, with_title: bool = False) -> list[dict[str, Any]]:
    """Return the entries of a feed, in its order; `with_title` adds the feed's as feed_title.

    Raises FetchError if the document is no feed, is too large or declares entities.
    """
    _refuse_hostile(document.body, where)
    try:
        # As a stream: given bytes, feedparser would try them as a URL and as a file's name.
        feed = feedparser.parse(
            io.BytesIO(document.body), sanitize_html=False, resolve_relative_uris=False
        )
        version, entries = feed.get("version"), feed.get("entries", [])
        if not version:
            raise FetchError(f"{where}: neither RSS nor Atom; check the feed's address")
        title = str(feed.get("feed", {}).get("title") or "").strip()
        ours = {"feed_title": title} if with_title and title else {}
        return [{**_entry(entry), **ours} for entry in entries]
    except FetchError:
        raise
    except Exception as error:  # broken feeds make it raise errors of many kinds
        problem = type(error).__name__
        raise FetchError(f"{where}: a feed that cannot be read ({problem}); try again later") from (
            error
        )


def _refuse_hostile(body: bytes, where: str) -> None:
    if len(body) > MAX_BYTES or body.count(b"<") > MAX_TAGS:
        raise FetchError(f"{where}: a feed too large to read; ask for a shorter one")
    text = body.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    if text[:1] != b"<":
        raise FetchError(f"{where}: neither RSS nor Atom; check the feed's address")
    declared = _DECLARED.search(text[:1000])
    if declared and not _PLAIN.fullmatch(declared[1].strip()):
        raise FetchError(f"{where}: a feed in an encoding that is not read; ask for UTF-8")
    if _ENTITY.search(text):
        raise FetchError(f"{where}: XML that declares entities of its own; it is not read")


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in entry.items():
        if _DERIVED.search(name) or value in (None, "", []):
            continue
        if name == "content" and isinstance(value, list):
            value = "\n".join(str(part.get("value") or "") for part in value)
        elif name == "tags" and isinstance(value, list):
            value = [str(tag["term"]) for tag in value if tag.get("term")]
        if isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(item, str) for item in value)
        ):
            kept[str(name)] = value
    if kept.get("content") == kept.get("summary"):
        kept.pop("content", None)  # feedparser gives one text under both names
    return kept
