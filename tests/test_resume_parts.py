"""Headings cut a résumé into sections; entries, sizes and headers of roles are told apart."""

import json
import tomllib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmjobs.profile import profile_from
from pmjobs.resume import propose_profile
from pmjobs.resume.entries import certificate_of, education_of
from pmjobs.resume.files import FileKind
from pmjobs.resume.headings import parts_of, section_of
from pmjobs.resume.json_resume import contents_of
from pmjobs.resume.lines import Line, markdown_lines, plain_lines
from pmjobs.resume.parts import contents_of_lines
from pmjobs.resume.reading import conclude
from pmjobs.resume.record import Month, Proof, Section
from pmjobs.resume.roles import roles_of, title_and_employer
from pmjobs.resume.scale import scale_of
from pmjobs.resume.skills import mentions

HEADINGS = {
    "Experience": Section.EXPERIENCE,
    "PROFESSIONAL EXPERIENCE": Section.EXPERIENCE,
    "Employment History:": Section.EXPERIENCE,
    "2. Career history": Section.EXPERIENCE,
    "Berufserfahrung": Section.EXPERIENCE,
    "Beruflicher Werdegang": Section.EXPERIENCE,
    "Expérience professionnelle": Section.EXPERIENCE,
    "E D U C A T I O N": Section.EDUCATION,
    "Education & Training": Section.EDUCATION,
    "Key Skills": Section.SKILLS,
    "Core competencies": Section.SKILLS,
    "Skills and languages": Section.SKILLS,
    "Kenntnisse": Section.SKILLS,
    "Licenses & Certifications": Section.CERTIFICATES,
    "Zertifikate und Weiterbildung": Section.CERTIFICATES,
    "Sprachkenntnisse": Section.LANGUAGES,
    "Personal details": Section.PERSONAL,
    "References": Section.PERSONAL,
    "About me": Section.SUMMARY,
    "Volunteering": Section.OTHER,
}
NO_HEADINGS = [
    "",
    "Experience with Jira and Confluence in two firms",
    "Project Manager",
    "Skilled negotiator",
    "Alder Education Ltd",
    "2019 - 2021",
]


@pytest.mark.parametrize(("text", "section"), HEADINGS.items())
def test_a_heading_opens_its_section(text, section):
    assert section_of(text) is section


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_other_lines_open_none(text):
    assert section_of(text) is None


bodies = st.lists(
    st.text(st.characters(categories=["Ll"]), min_size=3, max_size=12).filter(
        lambda word: section_of(word) is None
    ),
    max_size=4,
)


@given(st.lists(st.tuples(st.sampled_from(sorted(HEADINGS)), bodies), min_size=1, max_size=6))
def test_sections_come_in_the_order_of_the_file_with_their_own_lines(blocks):
    lines = [Line("Jo Sample", "")]
    for heading, body in blocks:
        lines.append(Line(heading, "", heading=1, gap=True))
        lines += [Line(word, "", bullet=True) for word in body]
    parts = parts_of(lines)
    assert [part.section for part in parts] == [HEADINGS[heading] for heading, _ in blocks]
    assert [[line.text for line in part.lines] for part in parts] == [body for _, body in blocks]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text):
    for read in (plain_lines, markdown_lines):
        contents_of_lines(read(text))


@given(
    st.text(
        st.sampled_from("Project Manager, Alder Ltd 2019-2021\n\t-•|#*()Skills:EdM€£$1,. "),
        max_size=300,
    )
)
def test_no_text_like_a_resume_breaks_the_reader(text):
    for read in (plain_lines, markdown_lines):
        contents = contents_of_lines(read(text))
        assert all(role.title or role.employer for role in contents.roles)


HEADERS = [
    (["Senior Project Manager, Quillon Foods Ltd, Leeds"],
     "Senior Project Manager", "Quillon Foods Ltd"),
    (["Quillon Foods Ltd – Leeds", "Senior Project Manager"],
     "Senior Project Manager", "Quillon Foods Ltd"),
    (["Project Manager at Alder"], "Project Manager", "Alder"),
    (["Project Manager @ Alder"], "Project Manager", "Alder"),
    (["Projektleiter bei der Nordkai GmbH"], "Projektleiter", "Nordkai GmbH"),
    (["Head of PMO | Tarn Bank | London"], "Head of PMO", "Tarn Bank"),
    (["Director, Change", "Alder, Inc., Boston"], "Director, Change", "Alder, Inc."),
    (["Employer: Alder", "Position: PMO Analyst"], "PMO Analyst", "Alder"),
    (["Delivery Manager (contract)", "Department for Harbours"],
     "Delivery Manager (contract)", "Department for Harbours"),
    (["Scrum Master", "Remote"], "Scrum Master", None),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "title", "employer"), HEADERS)
def test_a_header_names_title_and_employer(texts, title, employer):
    assert title_and_employer(texts) == (title, employer)


def test_a_bullet_that_mentions_years_heads_no_role():
    lines = plain_lines(
        "Project Manager, Alder Ltd, 2018 - 2020\n- Cut defects between 2018 and 2019\n"
        "- Led the 2019 - 2020 relocation of the plant with its people\n"
    )
    (role,) = roles_of(lines)
    assert len(role.bullets) == 2


def test_an_undated_role_keeps_its_place_and_has_no_dates():
    lines = markdown_lines(
        "### Project Manager, Alder Ltd\n\n- Ran a move\n\n### PMO Analyst, Birch\n"
    )
    assert [(r.title, r.employer, r.start) for r in roles_of(lines)] == [
        ("Project Manager", "Alder Ltd", None),
        ("PMO Analyst", "Birch", None),
    ]


SIZES = [
    ("Managed a budget of £4.5m across 3 countries", {("budget", "4500000"), ("countries", "3")}),
    ("Delivered a EUR 12 million migration with a team of 25",
     {("budget", "12000000"), ("team", "25")}),
    ("12 Mio. Euro Projektbudget, Führung von 14 Mitarbeitern",
     {("budget", "12000000"), ("team", "14")}),
    ("budget 1.250.000 €", {("budget", "1250000")}),
    ("a $2,500,000 contract", {("budget", "2500000")}),
    ("Leitung von 3 Teilprojekten", {("projects", "3")}),
    ("ran an 18-month programme", {("duration", "18")}),
    ("led twelve engineers", {("team", "12")}),
    ("a 30-strong project team", {("team", "30")}),
    ("Saved €200k a year", set()),
    ("Reduced project spend by 1.2m EUR", set()),
    ("Project manager for a £2bn retailer", set()),
    ("Sales of £3m and revenue of £4m", set()),
    ("Delivered under budget by £300k", set()),
    ("In 2019 projects moved", set()),
    ("A team of young people", set()),
    ("paid £450 a day", set()),
]  # fmt: skip


@pytest.mark.parametrize(("line", "sizes"), SIZES)
def test_only_numbers_tied_to_the_work_are_sizes(line, sizes):
    found = scale_of(Proof(line, ""), last=None, current=True)
    assert {(s.kind.value, f"{s.value:f}") for s in found} == sizes


@given(st.decimals("0.1", "900", places=1), st.sampled_from(["£", "€", "EUR ", "CHF "]))
def test_millions_read_back(amount, sign):
    line = f"Managed a budget of {sign}{amount}m"
    (size,) = scale_of(Proof(line, ""), last=None, current=True)
    assert size.value == amount * Decimal(1_000_000)


CERTIFICATES = [
    ("PRINCE2 Practitioner (AXELOS), June 2021", "PRINCE2 Practitioner", "2021-06", None),
    ("PMP, PMI, 2019, valid until 12/2025", "PMP", "2019", "2025-12"),
    ("PMI-ACP – 2020", "PMI-ACP", "2020", None),
    ("Certified ScrumMaster (CSM), Scrum Alliance", "Certified ScrumMaster (CSM)", None, None),
    ("2018: APM PMQ", "APM PMQ", "2018", None),
    ("MSP Practitioner, certificate no. GR123/456", "MSP Practitioner", None, None),
    ("IPMA Level C, 03/2020 - 03/2025", "IPMA Level C", "2020-03", "2025-03"),
]


@pytest.mark.parametrize(("text", "name", "awarded", "expires"), CERTIFICATES)
def test_a_certificate_has_its_name_and_dates(text, name, awarded, expires):
    found = certificate_of(text, Proof(text, ""))
    assert found.name == name
    assert (str(found.awarded) if found.awarded else None) == awarded
    assert (str(found.expires) if found.expires else None) == expires


def test_education_keeps_no_supervisor_grade_or_year():
    lines = [
        Line("MSc Engineering, University of Elmet, 2001 - 2003", ""),
        Line("Thesis supervised by Prof. Wilhelmina Tanqueray, grade 1.3", "", bullet=True),
    ]
    (entry,) = education_of(lines)
    assert (entry.qualification, entry.institution) == ("MSc Engineering", "University of Elmet")


@pytest.mark.parametrize(
    ("text", "stated", "ids"),
    [
        ("Kept the RAID log", False, ["raid_logs"]),
        ("RAID arrays and disks", True, []),
        ("safe working", True, []),
        ("SAFe", True, ["scaled_agile"]),
        ("insurance", False, []),
        ("Customer success manager, CSM", False, []),
    ],
)
def test_words_that_need_care_count_only_with_it(text, stated, ids):
    assert [mention.skill for mention in mentions(text, stated=stated)] == ids


def test_a_period_of_one_stated_month_is_a_month():
    (role,) = roles_of(plain_lines("Project Manager, Alder Ltd, May 2019 - May 2019\n"))
    assert (role.start, role.end) == (Month(2019, 5), Month(2019, 5))


words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["Project Manager", "PMP, 2019", "Jira", "Led 40 people, £9m", "1950-01", '"""']
    ),
)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), words, st.lists(words, max_size=3))
keys = st.sampled_from(
    ["name", "position", "startDate", "endDate", "highlights", "summary", "keywords", "language",
     "fluency", "date", "studyType", "institution"]
)  # fmt: skip
parts = st.one_of(leaves, st.lists(st.one_of(leaves, st.dictionaries(keys, leaves)), max_size=4))


@given(
    st.dictionaries(
        st.sampled_from(["basics", "education", "skills", "certificates", "languages", "projects"]),
        parts,
    ),
    parts,
)
def test_whatever_a_resume_holds_its_proposal_is_a_profile(data, work):
    data = json.loads(json.dumps({**data, "work": work}))
    resume = conclude(contents_of(data, "cv"), FileKind.JSON_RESUME, today=date(2026, 11, 15))
    for live in (False, True):
        profile_from(tomllib.loads(propose_profile(resume, live=live)))
