"""No text makes a parser crawl, however often it repeats what a pattern looks for."""

import time

import pytest

from pmjobs.parsing.contacts import redact, redact_payload
from pmjobs.parsing.employment import find_employment_type
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.jsonld import job_postings
from pmjobs.parsing.location import parse_locations
from pmjobs.parsing.markup import text_of, unescape_markup
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import parse_salary
from pmjobs.parsing.title import names_project_work

CHARS = 20_000
LIMIT_S = 30.0  # of CPU for all soups together; a quadratic pattern takes minutes

SOUPS = [
    "1 ", "01 ", "$", "$1 ", "$1-", "$100,000 - ", "EUR 1 ", "minimum $5 ", "5 years ", "year ",
    "5 years of experience ", "Preferred\n", "degree or ", "we ", "a@", "a@b.", "a at b dot ",
    "mailto:", "tel:1 ", "(0", "+4 ", "http://a ", "remote ", "2 days ", "full-time ", "contract: ",
    "this is a ", "<", "<a ", "&lt;", "<p style=", "Ã\x83", '"', "\\", '"a":', "\n", "x", ". A",
]  # fmt: skip

PARSERS = {
    "markup": text_of,
    "unescape": unescape_markup,
    "redact": redact,
    "payload": lambda text: redact_payload('{"a": "' + text),
    "salary": lambda text: parse_salary(text, dollar="USD"),
    "experience": parse_experience,
    "locations": parse_locations,
    "remote": lambda text: find_remote(location=text, title=text, description=text),
    "employment": find_employment_type,
    "title": names_project_work,
    "jsonld": lambda text: job_postings(
        f'<script type="application/ld+json">{{"@type":"JobPosting","a":{text}</script>'
    ),
}


@pytest.mark.parametrize("name", PARSERS)
def test_repetition_costs_little(name):
    spent = 0.0
    for soup in SOUPS:
        text = soup * (CHARS // len(soup))
        start = time.process_time()
        PARSERS[name](text)
        spent += time.process_time() - start
    assert spent < LIMIT_S
