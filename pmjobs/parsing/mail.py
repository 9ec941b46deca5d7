"""The ads in a job alert or another mail, each as a schema.org JobPosting object.

An ad in an alert is a link with the title as its words (HTML) or under a few lines (plain text).
Links to LinkedIn, Indeed and Glassdoor ads are known by their address, others by words that name
project work. Employer and place are taken where the lines beside the title show them plainly.
Alerts hold no ad's text, so there is no description; a mail without such links whose subject
names project work is taken for the ad itself.
"""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any

from pmjobs.parsing.links import ad_link, known_ad
from pmjobs.parsing.location import parse_location
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.pages import ads_in_page
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.title import names_project_work

MAX_PARTS = 200
MAX_LINKS = 300  # the longest alerts hold some fifty ads
MAX_CHARS = 3_000_000  # of a mail's page
MAX_TITLE_CHARS = 200
MAX_BLOCK_CHARS = 1_200  # round a title; beyond that stands something else
LEAST_TEXT = 300  # characters of a mail that is an ad itself

_URL = re.compile(r"https?://[^\s<>\"']{4,4000}")
_ACTION = re.compile(
    r"(?:view|see|show|apply|open|read|save|unsubscribe|manage|edit|learn|easy|easily|actively)"
    r"\b|(?:job|url|link)s?\s*:|ansehen|bewerben|jetzt|voir|postuler|ver\b|\d+\+?\s+(?:new\s)?jobs?\b",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+", re.IGNORECASE)
_RULE = re.compile(r"[-–—=_*\s]{3,}$")
_BETWEEN = re.compile(r"\s+[·•|]\s+|\s+[-–—]\s+")


def ads_in_mail(raw: bytes) -> list[dict[str, Any]]:
    """Return the JobPostings of a mail (.eml) or of a page saved as one file (.mhtml).

    >>> ads_in_mail(b"Subject: Alert\\n\\nPMO Lead\\nWeir Ltd\\nLeeds, United Kingdom\\n"
    ...             b"View job: https://www.linkedin.com/comm/jobs/view/4021?x=1\\n")[0]["title"]
    'PMO Lead'
    """
    message = message_from_bytes(raw, policy=policy.default)
    pages, texts = _bodies(message)
    if address := message.get("Snapshot-Content-Location"):  # a browser's .mhtml
        for page in pages[:1]:
            return ads_in_page(page, url=str(address).strip())
    for page in pages:
        if ads := ads_in_page_of_mail(page):
            return ads
    for text in texts:
        if ads := list(_unique(_ads_in_text(text))):
            return ads
    return _whole_mail(message, pages, texts)


def ads_in_page_of_mail(html: str) -> list[dict[str, Any]]:
    """Return the ads that links in a mail's HTML lead to."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html[:MAX_CHARS], "lxml")
    links = [
        (tag, ad_link(str(tag["href"]))) for tag in page.find_all("a", href=_URL, limit=MAX_LINKS)
    ]
    ads = {url for tag, url in links if known_ad(url) or _named(_words(tag))}
    return list(_unique(_ad_at(tag, url, ads) for tag, url in links if url in ads))


def _ad_at(tag: Any, url: str, ads: set[str]) -> dict[str, Any]:
    """Return the ad whose link this is; {} if its words are no title."""
    words = [line for line in text_of(str(tag)).split("\n") if line.strip()]
    title = _title(words)
    if title is None:
        return {}
    block = tag
    for parent in list(tag.parents)[:12]:
        others = {ad_link(str(link["href"])) for link in parent.find_all("a", href=_URL, limit=50)}
        if others & ads - {url} or len(parent.get_text()) > MAX_BLOCK_CHARS:
            break
        block = parent
    lines = [line.strip() for line in text_of(str(block)).split("\n") if line.strip()]
    after = lines[lines.index(words[0].strip()) + 1 :] if words[0].strip() in lines else words[1:]
    return _ad(title, url, after)


def _ads_in_text(text: str) -> Iterator[dict[str, Any]]:
    """Yield the ads of a plain text: a few lines, then a link."""
    lines: list[str] = []  # of the last paragraph
    ended = False
    for line in text.splitlines()[:20_000]:
        found = _URL.search(line)
        if found is None:
            stripped = line.strip()
            if _RULE.match(stripped):
                lines = []
            elif stripped:
                lines = [*([] if ended else lines), stripped][-6:]
            ended = not stripped
            continue
        url = ad_link(found[0].rstrip(").,;"))
        if before := line[: found.start()].strip(" \t<([:-–"):
            lines.append(before)
        titles = [number for number, one in enumerate(lines) if _title([one])]
        named = [number for number in titles if _named(lines[number])]
        if at := named or (titles if known_ad(url) else []):
            yield _ad(lines[at[0]], url, lines[at[0] + 1 :])
        lines, ended = [], False


def _ad(title: str, url: str | None, after: Sequence[str]) -> dict[str, Any]:
    employer, place = _employer_and_place(after)
    ad = {"@type": "JobPosting", "title": title, "url": url}
    stated = ad | {"hiringOrganization": employer, "jobLocation": place}
    return {name: value for name, value in stated.items() if value}


def _employer_and_place(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the employer and the place if the lines beside a title show them plainly.

    >>> _employer_and_place(["Weir Ltd · Leeds, England, United Kingdom (Hybrid)"])
    ('Weir Ltd', 'Leeds, England, United Kingdom (Hybrid)')
    >>> _employer_and_place(["Weir Ltd", "Remote"])
    ('Weir Ltd', 'Remote')
    >>> _employer_and_place(["We think you will like this one."])
    (None, None)
    """
    lines = [line for line in lines if len(line) <= 150 and not _ACTION.match(line)][:4]
    for line in lines:
        parts = _BETWEEN.split(line, maxsplit=1)
        if len(parts) == 2 and _is_place(parts[1]):
            return parts[0].strip() or None, parts[1].strip()
    for employer, place in zip(lines, lines[1:], strict=False):
        if _is_place(place) and not _is_place(employer):
            return employer, place
    return None, lines[0] if lines and _is_place(lines[0]) else None


def _is_place(words: str) -> bool:
    """Whether words are a place with its country, or say remote; a mere town may be a name."""
    if len(words) > 100 or words.endswith("."):
        return False
    bare = re.sub(r"\s*\((?:hybrid|remote|on-?site)\)\s*$", "", words, flags=re.IGNORECASE)
    place = parse_location(bare)
    if place is not None and place.country is not None:
        return True
    return len(words.split()) <= 4 and find_remote(location=words) is not None


def _title(lines: Sequence[str]) -> str | None:
    words = lines[0].strip() if lines else ""
    short = 2 <= len(words) <= MAX_TITLE_CHARS and not _URL.search(words)
    return words if short and not _ACTION.match(words) else None


def _named(words: str) -> bool:
    return len(words) <= MAX_TITLE_CHARS and names_project_work(words) is not None


def _words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def _unique(ads: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each ad once: mails link the same one from picture, title and button."""
    seen: set[str] = set()
    for ad in ads:
        if ad and ad["url"] not in seen:
            seen.add(ad["url"])
            yield ad


def _whole_mail(
    message: EmailMessage | Message, pages: Sequence[str], texts: Sequence[str]
) -> list[dict[str, Any]]:
    subject = _REPLY.sub("", " ".join(str(message.get("Subject", "")).split()))
    body = next((text for text in (*texts, *map(text_of, pages)) if text.strip()), "")
    if not _named(subject) or len(body.strip()) < LEAST_TEXT:
        return []
    return [{"@type": "JobPosting", "title": subject, "description": text_of(body)}]


def _bodies(message: EmailMessage | Message) -> tuple[list[str], list[str]]:
    """Return the HTML and the plain texts of a mail, those of forwarded mails included."""
    pages: list[str] = []
    texts: list[str] = []
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and part.get_content_disposition() != "attachment":
            (pages if kind == "text/html" else texts).append(_decoded(part))
    return pages, texts


def _decoded(part: Message) -> str:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return body.decode(charset)
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", errors="replace")
