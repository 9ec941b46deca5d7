"""How many ads a second each parser reads, on one core. The ads are invented.

Run: python bench/parsing.py

Times are CPU time, the median of several rounds, so that a busy machine changes them little.
"""

import json
import statistics
import time
from collections.abc import Callable

from pmjobs.parsing.contacts import redact_payload
from pmjobs.parsing.employment import find_employment_type
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.jobposting import posting_from
from pmjobs.parsing.jsonld import job_postings
from pmjobs.parsing.location import parse_locations
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import parse_salary
from pmjobs.parsing.title import names_project_work

ROUNDS = 7
ADS = 60

PARAGRAPH = (
    "You plan the renewal of signalling on {n} lines, agree the order of works with the regional "
    "operators and keep the board informed of cost, risk and time. Each quarter you present the "
    "forecast; each week you walk the sites. The team works in Leeds and in Porto since {year}. "
)
DUTIES = (
    "Set up the schedule for {n} work packages and keep it true",
    "Chair the change board and write down what it decides",
    "Negotiate with three suppliers and accept what they deliver",
    "Report spend of £{n}m against the baseline to the PMO",
    "Coach two project managers and review their plans",
)
ENDING = (
    "<p>You bring at least {n} years of experience managing infrastructure projects and a degree "
    "or similar. PRINCE2 is a plus.</p><p>The salary is £{n}5,000 to £{n}9,500 a year plus a bonus "
    "of 8 %. This is a full-time, hybrid role: two days a week in our Leeds office.</p>"
    "<p>Questions? Ask Robin: robin@example.org, +44 113 496 0{n}21.</p>"
)


def invented_ad(n: int) -> str:
    """Return the HTML of one ad of about 5 KB."""
    blocks = [f"<p>{PARAGRAPH.format(n=n + i, year=1990 + i)}</p>" for i in range(10)]
    duties = [f"<li>{duty.format(n=n)}</li>" for duty in DUTIES * 3]
    ending = ENDING.format(n=2 + n % 8)
    return f"<h2>Your role</h2>{''.join(blocks)}<ul>{''.join(duties)}</ul>{ending}"


def page_of(ad: str) -> str:
    """Return a careers page of about 50 KB with the ad as JSON-LD."""
    posting = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Project Manager",
               "description": ad, "datePosted": "2026-03-02",
               "hiringOrganization": {"name": "Brightwater Rail"}}  # fmt: skip
    filler = "<div class='teaser'><a href='/jobs/4021'>Another post</a> in Leeds</div>" * 600
    script = f"<script type='application/ld+json'>{json.dumps(posting)}</script>"
    return f"<html><head>{script}</head><body>{filler}</body></html>"


def all_fields(html: str) -> None:
    """Do what a source does with one ad: redact, convert, read every field."""
    text = text_of(redact_payload(html))
    parse_salary(text, dollar="USD")
    parse_experience(text)
    parse_locations("Leeds, UK; Remote - Portugal")
    find_remote(location="Leeds, UK", title="Project Manager", description=text)
    find_employment_type(text)
    names_project_work("Senior Project Manager")


def read_page(page: str) -> None:
    """Find the ad in a page and read it."""
    for ad in job_postings(page):
        posting_from(ad, source="jsonld", source_id="1", url=None)


def seconds_each(function: Callable[[str], object], inputs: list[str]) -> float:
    """Return the CPU time of one call, in seconds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for item in inputs:
            function(item)
        rounds.append((time.process_time() - start) / len(inputs))
    return statistics.median(rounds)


def main() -> None:
    ads = [invented_ad(n) for n in range(ADS)]
    texts = [text_of(ad) for ad in ads]
    bodies = [json.dumps({"id": n, "content": ad}) for n, ad in enumerate(ads)]
    rows: list[tuple[str, Callable[[str], object], list[str]]] = [
        ("markup: text_of", text_of, ads),
        ("contacts: redact_payload (JSON)", redact_payload, bodies),
        ("salary: parse_salary", parse_salary, texts),
        ("experience: parse_experience", parse_experience, texts),
        ("remote: find_remote", lambda text: find_remote(description=text), texts),
        ("employment: find_employment_type", find_employment_type, texts),
        ("all fields of one ad", all_fields, ads),
        ("page with JSON-LD to posting", read_page, [page_of(ad) for ad in ads]),
    ]
    print(f"{len(ads)} invented ads of {sum(map(len, ads)) // len(ads):,} characters, one core")
    for name, function, inputs in rows:
        function(inputs[0])
        each = seconds_each(function, inputs)
        print(f"{name:36} {each * 1e6:7.0f} us {1 / each:9,.0f} a second")


if __name__ == "__main__":
    main()
