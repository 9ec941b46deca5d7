"""Years of experience that ads ask for, and the years in ads that are nobody's experience."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.parsing.experience import parse_experience

# (text, minimum, maximum)
ASKED = [
    ("5 years of experience", 5, None),
    ("5+ years of experience in project management", 5, None),
    ("5 + years' experience", 5, None),
    ("5-7 years of experience", 5, 7),
    ("5 – 7 years’ experience", 5, 7),
    ("5 to 7 years of relevant experience", 5, 7),
    ("5-7+ years of experience", 5, 7),
    ("between 3 and 5 years of experience", 3, 5),
    ("at least three years of experience", 3, None),
    ("a minimum of 5 (five) years of experience", 5, None),
    ("minimum of five (5) years of experience", 5, None),
    ("Minimum 8 yrs experience", 8, None),
    ("10 or more years of experience", 10, None),
    ("more than ten years of experience leading programmes", 10, None),
    ("1 year of experience", 1, None),
    ("one to two years of experience", 1, 2),
    ("0-2 years of experience", 0, 2),
    ("1.5 years of experience", 1.5, None),
    ("18 months of experience", 1.5, None),
    ("You have 6 years managing projects", 6, None),
    ("You bring 6+ years as a project manager", 6, None),
    ("Experience: 4 years", 4, None),
    ("Years of experience: 3-5", 3, 5),
    ("Experience (years): 7+", 7, None),
    ("3+ YOE", 3, None),
    ("We are looking for someone with 4+ years of experience", 4, None),
    ("7 years’ progressive experience in PMO", 7, None),
    ("one decade of experience running programmes is required", 10, None),
    ("Bachelor's degree and 5 years of experience", 5, None),
    ("Bachelor's degree with 8 years of experience, or Master's with 6 years", 8, None),
    (
        "Master's degree and 6 years of experience, or a Bachelor's and 8 years of experience",
        8,
        None,
    ),
    ("2+ years of SQL experience\n8+ years of project management experience", 8, None),
    ("10 years of experience in construction, 4 years of it managing projects", 4, None),
    ("8-10+ years of PM experience, at least 2 years in AI", 8, 10),
    ("5 years of project experience required, 8 years preferred", 5, None),
    ("mindestens 5 Jahre Berufserfahrung", 5, None),
    ("Mindestens drei Jahre Erfahrung im Projektmanagement", 3, None),
    ("3-5 Jahre Berufserfahrung", 3, 5),
    ("5-jährige Berufserfahrung", 5, None),
    ("5 ans d'expérience en gestion de projet", 5, None),
    ("au moins trois années d'expérience", 3, None),
    ("Vous avez 3 à 5 ans d’expérience", 3, 5),
    ("mínimo 3 años de experiencia", 3, None),
    ("experiencia mínima de 5 años en gestión de proyectos", 5, None),
    ("minimaal 3 jaar ervaring", 3, None),
    ("3 tot 5 jaar werkervaring", 3, 5),
    ("minst tre års erfarenhet", 3, None),
    ("5 års erfarenhet av projektledning", 5, None),
    ("Minst 5 års erfaring", 5, None),
    ("For over 20 years we have built bridges.\nYou have 5 years of experience.", 5, None),
]

NOT_ASKED = [
    "",
    "no experience needed",
    "several years of experience",
    "30 years of excellence",
    "For over 20 years we have built bridges",
    "With more than 25 years of experience, Acme is a leading builder",
    "Our company has 40 years of experience",
    "We have over 15 years of experience in railways",
    "Our team combines 100 years of experience",
    "A firm with 12 years of experience in project management",
    "within the last 5 years",
    "You delivered two projects in the past 3 years",
    "a 2 year fixed term contract",
    "a 3-year programme to replace the ERP",
    "Contract: 2 years",
    "You must be 18 years or older",
    "Must be at least 21 years of age",
    "options vesting over 4 years",
    "a five-year strategy",
    "our 10-year roadmap",
    "a 4-year degree in engineering",
    "4 years of university",
    "after 5 years of service you get a sabbatical",
    "PMP within 2 years of joining",
    "a pension after 3 years",
    "a 10 year warranty",
    "founded 12 years ago",
    "growing for 8 years in a row",
    "5 years of experience preferred",
    "Ideally you have 5 years of experience",
    "8+ years of project experience is a plus",
    "Nice to have\n• 5 years of experience with SAP",
    "Preferred qualifications\n• 5+ years of experience\n• PMP",
    "wünschenswert sind 5 Jahre Erfahrung",
    "Bachelor's degree, or 4 years of equivalent experience",
    "6 years of experience in lieu of a degree",
    "a 6 month probation",
    "£45,000 a year",
    "in 2024",
    "1999 years of experience",
]


@pytest.mark.parametrize(("text", "minimum", "maximum"), ASKED)
def test_years_asked_for(text, minimum, maximum):
    years = parse_experience(text)
    assert years is not None
    assert (years.minimum, years.maximum) == (minimum, maximum)
    assert years.text in text


@pytest.mark.parametrize("text", NOT_ASKED)
def test_other_years(text):
    assert parse_experience(text) is None


def test_the_words_are_kept():
    text = "You have at least 5 (five) years of relevant work experience in building."
    assert parse_experience(text).text == "at least 5 (five) years of relevant work experience"


pieces = st.lists(
    st.sampled_from([*(case[0] for case in ASKED), *NOT_ASKED, " ", "\n", "5", "-", "years", "("])
)


@given(pieces.map("".join) | pieces.map(" ".join) | st.text())
def test_any_text_is_read_and_the_evidence_is_in_it(text):
    years = parse_experience(text)
    if years is not None:
        assert years.text
        assert years.text in text
        assert 0 <= years.minimum <= 25
