"""Fields of a schema.org JobPosting, in the spellings pages use."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.errors import ParseError
from pmjobs.parsing.jobposting import (
    base_salary_of,
    description_of,
    employer_of,
    experience_of,
    identifier_of,
    locations_of,
    posting_from,
    remote_of,
    title_of,
)
from pmjobs.parsing.jsonld import job_postings

FULL = {
    "@type": "JobPosting",
    "title": " PMO &amp; Delivery Lead ",
    "description": "<p>You plan.</p><ul><li>report</li></ul>",
    "datePosted": "2026-03-02T09:00:00+01:00",
    "validThrough": "2026-05-01",
    "hiringOrganization": {"@type": "Organization", "name": "Brightwater"},
    "employmentType": ["FULL_TIME", "CONTRACTOR"],
    "jobLocation": {"address": {"addressLocality": "Leeds", "addressCountry": "GB"}},
    "baseSalary": {"currency": "GBP", "value": {"minValue": 50000, "maxValue": "60,000",
                                                "unitText": "YEAR"}},
    "identifier": {"name": "Brightwater", "value": "BW-7"},
    "experienceRequirements": {"monthsOfExperience": 60},
    "url": "https://example.org/jobs/7",
}  # fmt: skip

TITLES = [("PM", "PM"), ("<b>PM</b>", "PM"), ("R&amp;amp;D PM", "R&D PM"), (" ", None),
          (None, None), (["PM"], "PM"), (5, None)]  # fmt: skip

EMPLOYERS = [
    ("Brightwater", "Brightwater"), ({"name": "Brightwater"}, "Brightwater"),
    ([{"name": "Brightwater"}], "Brightwater"), ({"Name": ["Brightwater"]}, "Brightwater"),
    ({"@id": "x"}, None), ("", None), (None, None), (7, None),
]  # fmt: skip

DESCRIPTIONS = [
    ("<p>a</p><p>b</p>", "a\nb"), ("&lt;p&gt;a&lt;/p&gt;", "a"), ("a&amp;#10;b", "a\nb"),
    ("a\\nb", "a\nb"), ("R&amp;amp;D", "R&D"), ("", None), (None, None), (["<p>a</p>"], "a"),
]  # fmt: skip

# (jobLocation, (text, locality, region, country) of each)
LOCATIONS = [
    ("Leeds, UK", [("Leeds, UK", "Leeds", None, "GB")]),
    ({"address": "Leeds, UK"}, [("Leeds, UK", "Leeds", None, "GB")]),
    ({"name": "Leeds, UK"}, [("Leeds, UK", "Leeds", None, "GB")]),
    ({"address": {"addressLocality": "Austin", "addressRegion": "TX", "addressCountry": "US"}},
     [("Austin, TX, US", "Austin", "TX", "US")]),
    ({"address": {"addressLocality": "Austin", "addressRegion": "TX"}},
     [("Austin, TX", "Austin", "TX", "US")]),
    ({"Address": {"AddressCountry": {"name": "Deutschland"}}},
     [("Deutschland", None, None, "DE")]),
    ({"address": {"addressLocality": "New York, NY, USA; Remote", "addressCountry": "CH"}},
     [("New York, NY, USA", "New York", "NY", "US")]),
    ([{"address": {"addressLocality": "Oslo"}}, {"address": {"addressLocality": "Bergen"}}],
     [("Oslo", "Oslo", None, None), ("Bergen", "Bergen", None, None)]),
    ([], []), (None, []), ({"address": {}}, []), (5, []),
]  # fmt: skip

# (baseSalary, currency, minimum, maximum, period)
SALARIES = [
    ({"currency": "EUR", "value": {"minValue": 5, "maxValue": 6, "unitText": "HOUR"}},
     "EUR", 5, 6, "HOUR"),
    ({"currency": "EUR", "value": {"value": 50000, "unitText": "YEAR"}},
     "EUR", 50000, 50000, "YEAR"),
    ({"currency": "EUR", "value": 50000}, "EUR", 50000, 50000, None),
    ({"currency": "EUR", "minValue": 50000, "maxValue": 60000, "unitText": "Yearly"},
     "EUR", 50000, 60000, "YEAR"),
    ({"currency": "USD", "value": {"value": "$100,000", "unitText": "YEAR"}},
     "USD", 100000, 100000, "YEAR"),
    ({"currency": "USD", "value": "$100,000 - $120,000"}, "USD", 100000, 120000, None),
    ("£50,000 - £60,000 a year", "GBP", 50000, 60000, "YEAR"),
    ([{"currency": "EUR", "value": {"minValue": 0}}, {"currency": "EUR", "value": 7000}],
     "EUR", 7000, 7000, None),
    ({"currency": "€", "value": {"minValue": "60000", "maxValue": "50000"}},
     "EUR", 50000, 60000, None),
]  # fmt: skip

NO_SALARY = [None, {}, [], "", "competitive", {"value": {"minValue": 5}}, {"currency": "EUR"}, 5,
             {"currency": "EUR", "value": {"minValue": 0, "maxValue": 0}},
             {"currency": "EUR", "value": []}]  # fmt: skip


def test_a_full_ad_is_read():
    posting = posting_from(FULL, source="jsonld", source_id="7", url="https://example.org/found")
    assert posting.key == "jsonld:7"
    assert posting.title == "PMO & Delivery Lead"
    assert posting.employer == "Brightwater"
    assert posting.description == "You plan.\n• report"
    assert (posting.date_posted, posting.valid_through) == (date(2026, 3, 2), date(2026, 5, 1))
    assert posting.base_salary.maximum == Decimal(60000)
    assert posting.experience_years.minimum == 5
    assert " ".join(posting.employment_type) == "FULL_TIME CONTRACTOR"
    assert posting.country == "GB"
    assert posting.requisition_id == "BW-7"
    assert posting.url == "https://example.org/jobs/7"


def test_what_no_field_states_is_read_from_the_description():
    ad = {"title": "PM", "description": "This is a part-time role. Pay: €40,000 a year. "
          "5 years of experience. You work from home."}  # fmt: skip
    posting = posting_from(ad, source="jsonld", source_id="7", url=None)
    assert posting.base_salary.currency == "EUR"
    assert posting.experience_years.minimum == 5
    assert posting.remote.kind == "remote"
    assert posting.employment_type == ("PART_TIME",)


def test_an_ad_without_a_title_is_an_error():
    with pytest.raises(ParseError, match="7: title: missing"):
        posting_from({"title": " "}, source="jsonld", source_id="7", url=None)


@pytest.mark.parametrize(("value", "title"), TITLES, ids=str)
def test_title(value, title):
    assert title_of({"title": value}) == title


@pytest.mark.parametrize(("value", "employer"), EMPLOYERS, ids=str)
def test_employer(value, employer):
    assert employer_of({"hiringOrganization": value}) == employer


@pytest.mark.parametrize(("value", "text"), DESCRIPTIONS, ids=str)
def test_description(value, text):
    assert description_of({"description": value}) == text


@pytest.mark.parametrize(("value", "places"), LOCATIONS, ids=str)
def test_locations(value, places):
    read = [(p.text, p.locality, p.region, p.country) for p in locations_of({"jobLocation": value})]
    assert read == places


@pytest.mark.parametrize(("value", "currency", "minimum", "maximum", "period"), SALARIES)
def test_salary(value, currency, minimum, maximum, period):
    salary = base_salary_of({"baseSalary": value}, dollar="USD")
    assert (salary.currency, salary.minimum, salary.maximum, salary.period) == (
        currency, minimum, maximum, period,
    )  # fmt: skip


@pytest.mark.parametrize("value", NO_SALARY, ids=str)
def test_no_salary(value):
    assert base_salary_of({"baseSalary": value}) is None


def test_remote_work_names_where_applicants_live():
    ad = {"jobLocationType": "TELECOMMUTE",
          "applicantLocationRequirements": [{"@type": "Country", "name": "US"}]}  # fmt: skip
    assert [place.country for place in locations_of(ad)] == ["US"]
    assert remote_of(ad).text == "TELECOMMUTE"
    assert remote_of(ad, "Two days a week in the office").kind == "hybrid"
    assert remote_of({}) is None


@pytest.mark.parametrize(
    ("value", "years"),
    [({"monthsOfExperience": 18}, 1.5), ({"monthsOfExperience": "24"}, 2),
     ("3 years of experience", 3), ({"monthsOfExperience": None}, None), ("none", None),
     (None, None), ({}, None)],
)  # fmt: skip
def test_experience(value, years):
    found = experience_of({"experienceRequirements": value})
    assert (found and found.minimum) == years


@pytest.mark.parametrize(
    ("value", "identifier"),
    [("R-1", "R-1"), (12, "12"), ({"value": "R-1"}, "R-1"), ({"value": 12, "name": "x"}, "12"),
     ({"name": "R-1"}, "R-1"), ([{"value": "R-1"}], "R-1"), (None, None), ({}, None), (True, None)],
)  # fmt: skip
def test_identifier(value, identifier):
    assert identifier_of({"identifier": value}) == identifier


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "name", "address", "currency", "minValue"]), inner
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*FULL, "DatePosted", "jobLocationType"]), values))
def test_any_object_gives_a_posting(ad):
    posting_from({**ad, "title": "PM"}, source="jsonld", source_id="7", url=None)


def test_recorded_pages(shared):
    folder = shared / "payloads" / "26_jsonld_html"
    ads = [
        ad
        for path in sorted(folder.rglob("*.html"))
        for ad in job_postings(path.read_text(encoding="utf-8", errors="replace"))
    ]
    postings = [posting_from(ad, source="jsonld", source_id="7", url=None) for ad in ads]
    assert len(postings) == 3
    assert all(posting.description and posting.date_posted for posting in postings)
    json.dumps([posting.title for posting in postings])
