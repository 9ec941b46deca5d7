"""Ads as JSON lines: good ones become postings, a bad one costs its line."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.errors import ParseError
from pmjobs.parsing.ad_lines import MAX_LINE_CHARS, posting_of, read_ad_lines
from pmjobs.posting import EmploymentType, PayPeriod, Posting

GOOD = {
    "id": "a1",
    "title": " PMO Lead ",
    "employer": "Brightwater",
    "description": " You plan.\n\nPay: $90,000 a year. 5 years of experience asked. ",
    "location": "Austin, TX (Hybrid)",
    "country": "United States",
    "employment_type": "Full-time",
    "nobody_knows": [1, {"x": None}],
}

# (line, where and what)
BAD = [
    ("oops", "line 1: JSON: not readable"),
    ('{"id": "a"', "line 1: JSON: not readable"),
    ("[1]", "line 1: JSON: not an object"),
    ("[" * 100_000, "line 1: JSON: nested too deeply"),
    ("1" * 5_000, "line 1: JSON: not readable"),
    ("{}", "line 1: id: missing"),
    ('{"id": null, "title": "PM"}', "line 1: id: missing"),
    ('{"id": " "}', "line 1: id: missing"),
    ('{"id": true}', "line 1: id: missing"),
    ('{"id": ["a"]}', "line 1: id: missing"),
    ('{"id": "a", "title": 5}', "a: title: not a text but int \\(line 1\\)"),
    ('{"id": "a", "description": ["x"]}', "a: description: not a text but list \\(line 1\\)"),
    (json.dumps({"id": "a", "title": "x" * 3_000}), "title: longer than 2,000 characters"),
    (json.dumps({"id": "a", "description": "x" * 2_000_001}), "longer than 2,000,000"),
    ('{"id": "' + "x" * MAX_LINE_CHARS, "line 1: JSON: longer than 10,000,000"),
]


def test_a_good_line_becomes_a_posting():
    (posting,) = read_ad_lines([json.dumps(GOOD)])
    assert isinstance(posting, Posting)
    assert posting.key == "input:a1"
    assert (posting.title, posting.employer) == ("PMO Lead", "Brightwater")
    assert posting.description == GOOD["description"]
    assert posting.base_salary.currency == "USD"
    assert posting.experience_years.minimum == 5
    assert posting.employment_type == (EmploymentType.FULL_TIME,)
    assert posting.country == "US"
    assert posting.remote.kind == "hybrid"


def test_stated_pay_wins_over_pay_in_the_text():
    posting = posting_of({**GOOD, "salary_min": "80000", "salary_max": 0, "salary_currency": "EUR",
                          "salary_period": "year"}, where="x")  # fmt: skip
    assert posting.base_salary.currency == "EUR"
    assert posting.base_salary.maximum is None
    assert posting.base_salary.period is PayPeriod.YEAR


@pytest.mark.parametrize("key", ["title", "employer", "description", "location", "salary_min"])
def test_fields_may_be_null_or_absent(key):
    assert isinstance(posting_of({**GOOD, key: None}, where="x"), Posting)
    assert isinstance(posting_of({k: v for k, v in GOOD.items() if k != key}, where="x"), Posting)


def test_an_ad_of_an_id_alone_states_nothing_else():
    assert posting_of({"id": 7}, where="x") == Posting(source="input", source_id="7", title="")


def test_markup_is_read_where_there_is_no_text():
    assert posting_of({"id": 7, "description_html": "<p>a</p>"}, where="x").description == "a"


def test_a_country_belongs_to_places_that_name_none():
    ads = [{"id": 1, "location": place, "country": "CA"} for place in ("Paris", "Paris, FR", None)]
    assert [posting_of(ad, where="x").country for ad in ads] == ["CA", "FR", "CA"]


@pytest.mark.parametrize(("line", "message"), BAD, ids=range(len(BAD)))
def test_a_bad_line_says_where_and_what(line, message):
    (error,) = read_ad_lines([line])
    with pytest.raises(ParseError, match=message):
        raise error


def test_the_run_goes_on_after_a_bad_line():
    lines = [json.dumps(GOOD), "", "oops\n", "\ufeff" + json.dumps({**GOOD, "id": "a2"})]
    first, error, second = read_ad_lines(lines)
    assert (first.source_id, error.source_id, second.source_id) == ("a1", "line 3", "a2")


@given(
    st.lists(st.text() | st.dictionaries(st.sampled_from(list(GOOD)), st.text()).map(json.dumps))
)
def test_every_line_gets_an_answer(lines):
    answers = list(read_ad_lines(lines))
    assert len(answers) == sum(bool(line.strip()) for line in lines)


def test_every_ad_of_the_corpus_is_read(shared):
    with gzip.open(shared / "corpus" / "ads.jsonl.gz", "rt", encoding="utf-8") as lines:
        head = [line for n, line in enumerate(lines) if n % 10 == 0]
    for line, answer in zip(head, read_ad_lines(head), strict=True):
        assert isinstance(answer, Posting)
        assert answer.description == json.loads(line)["description"]
