"""Rows of people's tables become ads, whatever their columns are called. All rows are invented."""

from datetime import date
from decimal import Decimal

import pytest

from pmjobs.errors import ParseError
from pmjobs.parsing.columns import COLUMNS, column_name, fields_of, posting_of_row
from pmjobs.posting import EmploymentType, PayPeriod, WorkPlace

JOBSPY = {
    "id": "in-77",
    "site": "indeed",
    "job_url": "https://www.indeed.com/viewjob?jk=0123456789abcdef",
    "job_url_direct": "https://weir.example/jobs/77",
    "title": "Senior Project Manager",
    "company": "Weir Ltd",
    "location": "Leeds, England, United Kingdom",
    "date_posted": "2026-10-02",
    "job_type": "fulltime",
    "salary_source": "direct_data",
    "interval": "yearly",
    "min_amount": "55000.0",
    "max_amount": "65000.0",
    "currency": "GBP",
    "is_remote": "False",
    "emails": "",
    "description": "**Duties**\n\n* You plan the dredging\\.\n* 5 years of experience in projects",
}


def read(row):
    return posting_of_row(row, source="import", source_id="row 1")


def test_a_row_of_python_jobspy_is_read_whole():
    ad = read(JOBSPY)
    assert (ad.title, ad.employer) == ("Senior Project Manager", "Weir Ltd")
    assert ad.url == "https://www.indeed.com/viewjob?jk=0123456789abcdef"
    assert ad.description == (
        "Duties\n• You plan the dredging.\n• 5 years of experience in projects"
    )
    assert ad.date_posted == date(2026, 10, 2)
    assert ad.employment_type == (EmploymentType.FULL_TIME,)
    assert [(place.locality, place.country) for place in ad.locations] == [("Leeds", "GB")]
    pay = ad.base_salary
    assert (pay.currency, pay.minimum, pay.maximum, pay.period) == (
        "GBP",
        Decimal("55000"),
        Decimal("65000"),
        PayPeriod.YEAR,
    )
    assert ad.experience_years.minimum == 5
    assert ad.remote is None


def test_pay_that_jobspy_read_out_of_the_text_is_read_there_again():
    guessed = JOBSPY | {"salary_source": "description", "min_amount": 3.0, "max_amount": 9.0}
    assert read(guessed).base_salary is None
    told = guessed | {"description": "Salary: £60,000 per year. You plan."}
    assert read(told).base_salary.minimum == Decimal("60000")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Job Title", "job_title"),
        ("jobTitle", "job_title"),
        ("\ufeffTITLE", "title"),
        ("Salary (max)", "salary_max"),
        ("date-posted ", "date_posted"),
    ],
)
def test_columns_go_by_their_words(written, meant):
    assert column_name(written) == meant


def test_every_known_name_is_spelt_as_it_is_looked_for():
    for names in COLUMNS.values():
        assert [column_name(name) for name in names] == list(names)


def test_an_empty_cell_gives_way_to_the_next_column_of_its_kind():
    row = {"title": "nan", "Job Title": "PMO Lead", "company": float("nan"), "Client": "Weir"}
    assert fields_of(row) == {"title": "PMO Lead", "employer": "Weir"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"remote": "Yes"}, WorkPlace.REMOTE),
        ({"is_remote": True}, WorkPlace.REMOTE),
        ({"remote": "hybrid"}, WorkPlace.HYBRID),
        ({"work_from_home_type": "Hybrid", "is_remote": True}, WorkPlace.HYBRID),
        ({"workplace_type": "On-site"}, WorkPlace.ONSITE),
        ({"remote": "no"}, None),
    ],
)
def test_remote_may_be_a_flag_or_words(row, expected):
    found = read({"title": "PM", **row}).remote
    assert (found and found.kind) == expected


def test_objects_and_lists_in_cells_are_read_by_their_names():
    ad = read(
        {
            "name": "PM",
            "company": {"display_name": "Weir Ltd"},
            "locations": [{"name": "Ulm, Germany"}, "Linz, Austria"],
        }
    )
    assert ad.employer == "Weir Ltd"
    assert [place.country for place in ad.locations] == ["DE", "AT"]


def test_places_in_columns_of_their_own_are_put_together():
    row = {"title": "PM", "city": "Ulm", "country": "Germany"}
    assert [(p.locality, p.country) for p in read(row).locations] == [("Ulm", "DE")]
    row = {"title": "PM", "location": "Ulm", "country": "DE"}
    assert [(p.locality, p.country) for p in read(row).locations] == [("Ulm", "DE")]


def test_what_pmjobs_exports_comes_back():
    row = {
        "source_id": "weir/7",
        "title": "PM",
        "employer": "'=Weir",
        "location": "Ulm, Germany; Linz, Austria",
        "remote": "hybrid",
        "pay_minimum": "50000",
        "pay_maximum": "",
        "currency": "EUR",
        "pay_period": "YEAR",
        "employment_type": "FULL_TIME, CONTRACTOR",
        "level": "4",
    }
    ad = read(row)
    assert ad.employer == "=Weir"
    assert [place.country for place in ad.locations] == ["DE", "AT"]
    assert (ad.base_salary.minimum, ad.base_salary.maximum) == (Decimal("50000"), None)
    assert ad.employment_type == (EmploymentType.FULL_TIME, EmploymentType.CONTRACTOR)


@pytest.mark.parametrize("posted", ["3 days ago", "soon", "31/31/2026", "99999999999999999999"])
def test_a_date_that_says_no_day_is_none_and_the_ad_stays(posted):
    assert read({"title": "PM", "date_posted": posted}).date_posted is None


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"company": "Weir"}, "title: missing"),
        ({"title": "  ", "company": "Weir"}, "title: missing"),
        ({"title": "PM" * 2000}, "title: longer than 2,000"),
        ({"title": "PM", "description": "x" * 2_000_001}, "description: longer than"),
    ],
)
def test_a_row_that_is_no_ad_says_why(row, problem):
    with pytest.raises(ParseError, match=f"row 1: {problem}"):
        read(row)
