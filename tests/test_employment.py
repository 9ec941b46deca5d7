"""Kinds of employment, from fields of many systems and from ad text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.employment import find_employment_type, parse_employment_type

# (field, kinds)
FIELDS = [
    ("FULL_TIME", "FULL_TIME"),
    ("Full-time", "FULL_TIME"),
    ("full time", "FULL_TIME"),
    ("FullTime", "FULL_TIME"),
    ("fulltime_permanent", "FULL_TIME"),
    ("Regular Full Time (Salary)", "FULL_TIME"),
    ("Vollzeit, unbefristet", "FULL_TIME"),
    ("Temps plein - CDI", "FULL_TIME"),
    ("Heltid", "FULL_TIME"),
    ("Voltijd", "FULL_TIME"),
    ("Jornada completa", "FULL_TIME"),
    ("PART_TIME", "PART_TIME"),
    ("PartTime", "PART_TIME"),
    ("Teilzeit", "PART_TIME"),
    ("Deltid", "PART_TIME"),
    ("Vollzeit oder Teilzeit", "FULL_TIME PART_TIME"),
    ("parttime_fixed_term", "PART_TIME TEMPORARY"),
    ("Full-time / freelance", "FULL_TIME CONTRACTOR"),
    ("Contract", "CONTRACTOR"),
    ("CONTRACTOR", "CONTRACTOR"),
    ("1099", "CONTRACTOR"),
    ("Freiberuflich", "CONTRACTOR"),
    ("Fixed term", "TEMPORARY"),
    ("Temporary", "TEMPORARY"),
    ("CDD", "TEMPORARY"),
    ("befristet", "TEMPORARY"),
    ("Visstidsanställning", "TEMPORARY"),
    ("Intern", "INTERN"),
    ("Internship", "INTERN"),
    ("Praktikum", "INTERN"),
    ("Stage", "INTERN"),
    ("VOLUNTEER", "VOLUNTEER"),
    ("PER_DIEM", "PER_DIEM"),
    ("Per diem", "PER_DIEM"),
    ("OTHER", "OTHER"),
    ("Other, full-time", "FULL_TIME"),
    (["FULL_TIME", "CONTRACTOR"], "FULL_TIME CONTRACTOR"),
    (["Experienced", "Permanent", "Full time", None, 3], "FULL_TIME"),
    ("Permanent", ""),
    ("unbefristet", ""),
    ("Festanstellung", ""),
    ("Experienced", ""),
    ("internal", ""),
    ("contractual obligations", ""),
    ("", ""),
    ([], ""),
    (None, ""),
]

# (description, kinds, the words)
TEXTS = [
    ("Job type: Full-time", "FULL_TIME", "Full-time"),
    ("Role\nContract: 12 months, fixed-term\nYou plan", "TEMPORARY", "12 months, fixed-term"),
    ("This is a full-time role.", "FULL_TIME", "full-time"),
    ("This is a 12-month fixed-term contract.", "TEMPORARY", "12-month fixed-term"),
    ("We offer a part-time position", "PART_TIME", "part-time"),
    ("Anstellungsart: Vollzeit", "FULL_TIME", "Vollzeit"),
    ("Omfattning: Heltid", "FULL_TIME", "Heltid"),
    ("PMO\nFull-time | Permanent\nYou plan", "FULL_TIME", "Full-time | Permanent"),
]

SAY_NOTHING = [
    "You lead full-time staff and contractors",
    "You negotiate contracts with contractors",
    "Contract: see the annex",
    "We are a full-time mess",
    "",
]


@pytest.mark.parametrize(("field", "kinds"), FIELDS, ids=lambda value: str(value)[:40])
def test_fields_name_kinds(field, kinds):
    assert " ".join(parse_employment_type(field)) == kinds


@pytest.mark.parametrize(("text", "kinds", "words"), TEXTS)
def test_statements_about_the_post_count(text, kinds, words):
    found = find_employment_type(text)
    assert found is not None
    assert (" ".join(found[0]), found[1]) == (kinds, words)


@pytest.mark.parametrize("text", SAY_NOTHING)
def test_other_mentions_do_not(text):
    assert find_employment_type(text) is None


@given(st.text())
def test_any_text_is_read_and_the_words_are_in_it(text):
    parse_employment_type(text)
    found = find_employment_type(f"Job type: {text}\nThis is a contract role")
    assert found is None or found[1] in f"Job type: {text}\nThis is a contract role"
