"""The ads in a web page that a person saved, each as a schema.org JobPosting object.

First comes what the page tells search engines (JSON-LD, then microdata). Pages of LinkedIn,
Indeed and Glassdoor often hold none once they are saved, so the parts of the open ad are looked
for by the names their pages give them. Of any other page, a single heading that names project
work is the title and the page's text the description. Nothing is guessed beyond that.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from pmjobs.parsing.decoding import encoding_of
from pmjobs.parsing.jsonld import job_postings
from pmjobs.parsing.labels import labelled
from pmjobs.parsing.links import ad_link
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.microdata import job_postings as microdata_postings
from pmjobs.parsing.title import names_project_work

MAX_CHARS = 10_000_000  # of a page
MAX_SITE_CHARS = 4_000_000  # of a page whose parts are looked for
LEAST_TEXT = 200  # characters that make a description


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a site's page of one ad has its parts, as CSS selectors, the newest first."""

    title: str
    employer: str
    place: str
    text: str
    kind: str = ""


SITES = (
    _Site(  # LinkedIn, without an account
        title=".top-card-layout__title, .topcard__title",
        employer=".topcard__org-name-link, .topcard__flavor:not(.topcard__flavor--bullet)",
        place=".topcard__flavor--bullet",
        text=".description__text .show-more-less-html__markup, .description__text",
    ),
    _Site(  # LinkedIn, with one
        title=".job-details-jobs-unified-top-card__job-title, .jobs-unified-top-card__job-title",
        employer=".job-details-jobs-unified-top-card__company-name, "
        ".jobs-unified-top-card__company-name",
        place=".job-details-jobs-unified-top-card__tertiary-description-container "
        "span.tvm__text, .job-details-jobs-unified-top-card__bullet, "
        ".jobs-unified-top-card__bullet",
        text="#job-details, .jobs-description-content__text, .jobs-description__content",
    ),
    _Site(  # Indeed
        title="[data-testid='jobsearch-JobInfoHeader-title'], .jobsearch-JobInfoHeader-title, "
        "[data-testid='simpler-jobTitle']",
        employer="[data-testid='inlineHeader-companyName'], [data-company-name='true'], "
        ".jobsearch-JobInfoHeader-companyNameSimple",
        place="[data-testid='inlineHeader-companyLocation'], "
        "[data-testid='jobsearch-JobInfoHeader-companyLocation'], #jobLocationText",
        text="#jobDescriptionText",
        kind="#salaryInfoAndJobType",
    ),
    _Site(  # Glassdoor
        title="[id^='jd-job-title'], [data-test='job-title'], [data-test='jobTitle']",
        employer="[class*='EmployerProfile_employerNameHeading'], [data-test='employer-name'], "
        "[data-test='employerName']",
        place="[data-test='location']",
        text="[class*='JobDetails_jobDescription'], .jobDescriptionContent, .desc",
    ),
)

_SAVED_FROM = re.compile(
    r"<!-- saved from url=\(\d+\)(?P<browser>\S+) -->"
    r"|Page saved with SingleFile\s+url:\s*(?P<file>\S+)"
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z][\w:.-]{1,40})", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]*>((?:(?!<h1).){1,2000}?)</h1>", re.IGNORECASE | re.DOTALL)
# One of these stands in every page that SITES can read.
_OF_A_SITE = re.compile(r"description__text|job-details|jobs-description|jobDescription|\bdesc\b")
# What Indeed puts behind a title that was found by searching.
_SUFFIX = re.compile(r"\s*[-–]\s*job post$", re.IGNORECASE)


def ads_in_page(html: str, *, url: str | None = None) -> list[dict[str, Any]]:
    """Return the JobPostings of a saved page, each with the address of the ad if it is known.

    `url` is where the page was saved from, if the file says so outside its text.

    >>> page = "<h1>Project Manager</h1><p>" + "You plan the works. " * 20
    >>> [ad["title"] for ad in ads_in_page(page)]
    ['Project Manager']
    >>> ads_in_page("<h1>Welcome</h1>")
    []
    """
    html = html[:MAX_CHARS]
    address = url or saved_from(html)
    ads = job_postings(html) or microdata_postings(html)
    if not ads:
        found = _of_a_site(html) or _of_any_page(html)
        ads = [found] if found else []
    if len(ads) == 1 and address:
        # The page's own address is the ad's; the one inside may be the employer's front page.
        return [{**ads[0], "url": ad_link(address)}]
    return ads


def page_text(raw: bytes) -> str:
    """Return a saved page's text: UTF-8 or UTF-16 if it is that, else as the page itself says."""
    if (encoding := encoding_of([raw])) == "cp1252" and (named := _CHARSET.search(raw[:8192])):
        try:
            return raw.decode(named[1].decode("ascii"))
        except (LookupError, ValueError):
            pass  # a wrong name
    return raw.decode(encoding, errors="replace")


def saved_from(html: str) -> str | None:
    """Return the address that a saved page came from, if it says so."""
    if found := _SAVED_FROM.search(html[:5000]):
        return _web(unescape(found["browser"] or found["file"]))
    head = html[:500_000]
    for tag in re.finditer(r"<(?:link|meta)\b[^<>]{1,2000}>", head, re.IGNORECASE):
        if re.search(r"rel=[\"']?canonical|property=[\"']?og:url", tag[0], re.IGNORECASE):
            target = re.search(r"(?:href|content)=[\"']?([^\"'\s>]+)", tag[0], re.IGNORECASE)
            if target and (url := _web(unescape(target[1]))):
                return url
    return None


def _of_a_site(html: str) -> dict[str, Any] | None:
    if not _OF_A_SITE.search(html):
        return None
    from bs4 import BeautifulSoup  # here: most pages end before

    page = BeautifulSoup(html[:MAX_SITE_CHARS], "lxml")
    for site in SITES:
        title, text = page.select_one(site.title), page.select_one(site.text)
        if title is None or text is None or not (words := " ".join(title.get_text(" ").split())):
            continue
        ad: dict[str, Any] = {
            "@type": "JobPosting",
            "title": _SUFFIX.sub("", words),
            "description": str(text),
        }
        for name, selector in (("hiringOrganization", site.employer), ("jobLocation", site.place)):
            if part := page.select_one(selector):
                # "Leeds · 3 days ago · 40 applicants": the place comes first
                written = re.split(r"\s·\s", " ".join(part.get_text(" ").split()))[0]
                ad |= {name: written} if written else {}
        if site.kind and (part := page.select_one(site.kind)):
            ad["description"] = f"<p>{text_of(str(part))}</p>{ad['description']}"
        return ad
    return None


def _of_any_page(html: str) -> dict[str, Any] | None:
    titles = {
        title for heading in _H1.findall(html) if (title := " ".join(text_of(heading).split()))
    }
    if len(titles) != 1 or not names_project_work(title := titles.pop()):
        return None
    text = text_of(html)
    if len(text) < LEAST_TEXT:
        return None
    ad = {"@type": "JobPosting", "title": title, "description": text}
    stated = labelled(text)
    told = {"hiringOrganization": stated.employer, "jobLocation": stated.location}
    return ad | {name: value for name, value in told.items() if value}


def _web(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
