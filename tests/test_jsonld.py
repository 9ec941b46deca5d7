"""JobPosting in JSON-LD, in every messy way pages write it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.jsonld import job_postings

AD = {"@context": "https://schema.org", "@type": "JobPosting", "title": "PMO Lead"}
TEXT = json.dumps(AD)


def page(script: str, kind: str = 'type="application/ld+json"') -> str:
    return f"<html><head><script {kind}>{script}</script></head><body>x</body></html>"


# (what is odd about it, the page): each holds AD once.
ONE_AD = [
    ("plain", page(TEXT)),
    ("unquoted type", page(TEXT, "type=application/ld+json")),
    ("type in capitals with a charset", page(TEXT, "TYPE='Application/LD+JSON; charset=utf-8'")),
    ("encoded plus in the type", page(TEXT, 'type="application/ld&#43;json"')),
    ("CDATA in a line comment", page(f"\n//<![CDATA[\n{TEXT}\n//]]>\n")),
    ("CDATA in a block comment", page(f"/*<![CDATA[*/{TEXT}/*]]>*/")),
    ("bare CDATA", page(f"<![CDATA[{TEXT}]]>")),
    ("an HTML comment", page(f"<!-- {TEXT} -->")),
    ("a byte order mark", page(f"\ufeff{TEXT}")),
    ("entity-encoded whole", page(TEXT.replace('"', "&quot;"))),
    ("a semicolon after it", page(f"{TEXT};")),
    ("a brace too many", page(f"{TEXT}}}")),
    ("in a list", page(f"[{TEXT}]")),
    ("in a graph", page(json.dumps({"@graph": [{"@type": "WebSite"}, AD]}))),
    ("in an item list", page(json.dumps({"itemListElement": [{"item": AD}]}))),
    ("after another value", page('{"@type": "Organization"}\n' + TEXT)),
    ("in the second script", page("") + page(TEXT)),
    ("after a broken script", page('{"@type": "JobPosting", "title": ') + page(TEXT)),
]

# (what is odd about it, the script, title)
REPAIRED = [
    ("raw line break in a string", '{"@type": "JobPosting", "title": "PMO\nLead"}', "PMO\nLead"),
    ("raw tab in a string", '{"@type": "JobPosting", "title": "PMO\tLead"}', "PMO\tLead"),
    ("missing comma", '{"@type": "JobPosting" "title": "PMO Lead"}', "PMO Lead"),
    ("trailing comma", '{"@type": "JobPosting", "title": "PMO Lead",}', "PMO Lead"),
    ("single quotes", "{'@type': 'JobPosting', 'title': 'PMO Lead'}", "PMO Lead"),
    ("quotes in a string", '{"@type": "JobPosting", "title": "a "PMO" lead"}', 'a "PMO" lead'),
    ("cut off", '{"@type": "JobPosting", "title": "PMO Lead", "url": "ht', "PMO Lead"),
]

TYPES = [
    "JobPosting",
    ["JobPosting"],
    ["Thing", "JobPosting"],
    "http://schema.org/JobPosting",
    "https://schema.org/JobPosting",
    "schema:JobPosting",
    " jobPosting",
]

NO_AD = [
    "",
    "plain text about a JobPosting",
    page(""),
    page("JobPosting"),
    page(json.dumps({"@type": "Organization", "note": "JobPosting"})),
    page(json.dumps({"@type": "JobPostings"})),
    page(json.dumps({"@type": None, "a": "jobposting"})),
    page(TEXT, 'type="text/javascript"'),
    f"<!-- {page(TEXT)} -->",
    page('{"jobposting":[' * 50_000),
    page("[" * 100_000 + "JobPosting"),
    page('{"@type": "JobPosting", "a": ' + "[" * 500 + "]" * 500 + "}"),
]


@pytest.mark.parametrize("html", [html for _, html in ONE_AD], ids=[name for name, _ in ONE_AD])
def test_one_ad_is_found(html):
    assert [ad["title"] for ad in job_postings(html) if ad["title"]] == ["PMO Lead"]


@pytest.mark.parametrize(
    ("script", "title"), [case[1:] for case in REPAIRED], ids=[case[0] for case in REPAIRED]
)
def test_broken_json_is_repaired(script, title):
    assert [ad["title"] for ad in job_postings(page(script))] == [title]


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_the_type_has_many_spellings(kind):
    assert job_postings(page(json.dumps({"@type": kind, "n": 1}))) == [{"@type": kind, "n": 1}]


@pytest.mark.parametrize("html", NO_AD, ids=range(len(NO_AD)))
def test_a_page_without_an_ad_gives_none(html):
    assert job_postings(html) == []


def test_capitalised_keys_are_found():
    assert job_postings(page('{"@Type": "JobPosting", "Title": "PM"}'))[0]["Title"] == "PM"


def test_ads_come_in_the_pages_order():
    ads = [{**AD, "title": str(n)} for n in range(5)]
    html = page(json.dumps({"@graph": ads[:3]})) + page(json.dumps(ads[3:]))
    assert [ad["title"] for ad in job_postings(html)] == list("01234")


def test_nothing_beyond_the_cap_is_repaired():
    script = '{"@type": "JobPosting", "title": "PM" "description": "' + "x" * 1_000_000 + '"}'
    assert job_postings(page(script)) == []


@given(st.text())
def test_any_script_is_read(text):
    job_postings(page("JobPosting" + text))
    job_postings(page('{"@type": "JobPosting", "title": "' + text))


def test_recorded_pages(shared):
    folder = shared / "payloads" / "26_jsonld_html"
    found = {
        path.name: len(job_postings(path.read_text(encoding="utf-8", errors="replace")))
        for path in folder.rglob("*.html")
    }
    assert len(found) >= 10
    assert {name for name, n in found.items() if n} == {
        name for name in found if "neura" in name or "crypto" in name
    }
