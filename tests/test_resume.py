"""Résumés of invented people, in six formats, become records of work and of nothing else."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from pmjobs.ladder import Dimension
from pmjobs.profile import profile_from
from pmjobs.resume import propose_profile, read_resume
from pmjobs.resume.anchors import manages_projects, proposed_anchors, shown_by
from pmjobs.resume.personal import veil_of
from pmjobs.resume.record import Month, Proof, Role, Section

FOLDER = Path(__file__).parent / "resumes"
PEOPLE = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((FOLDER / "people").glob("*"))]
TODAY = date(2026, 11, 15)


def read(person):
    return read_resume(next((FOLDER / "files").glob(f"{person['id']}.*")), today=TODAY)


@pytest.fixture(scope="module", params=PEOPLE, ids=lambda person: person["id"])
def case(request):
    return request.param, read(request.param)


def test_the_format_is_told_from_the_content(case):
    person, resume = case
    kind = person["id"].split("_")[0]
    assert resume.format == {"json": "json-resume"}.get(kind, kind)


def test_roles_have_their_title_employer_and_period(case):
    person, resume = case
    titles = person["expect"].get("titles") or [role["title"] for role in person["roles"]]
    assert [role.title for role in resume.roles] == titles
    assert [role.employer.rstrip(".") for role in resume.roles] == [
        role["employer"].rstrip(".") for role in person["roles"]
    ]
    assert [role.start.year for role in resume.roles] == [
        int(role["start"][:4]) for role in person["roles"]
    ]
    assert [role.current for role in resume.roles] == [
        role["end"] is None for role in person["roles"]
    ]


def test_bullets_stay_with_their_role(case):
    person, resume = case
    assert [len(role.bullets) for role in resume.roles] == [
        len(role["bullets"]) for role in person["roles"]
    ]


def test_skills_certificates_and_languages_are_found(case):
    person, resume = case
    skills = {skill.skill for skill in resume.skills}
    assert {name or written for written, name in person["skills"].items()} <= skills
    assert [c.name for c in resume.certificates] == [c["name"] for c in person["certificates"]]
    assert {(x.language, x.level) for x in resume.languages} == {
        (x["language"], x["level"]) for x in person["languages"]
    }


def test_every_conclusion_has_the_line_it_came_from(case):
    _, resume = case
    lines = {bullet for role in resume.roles for bullet in role.bullets}
    assert all(proposal.proof in lines for proposal in resume.anchors)
    assert all(size.proof in lines and size.text in size.proof.text for size in resume.scale)
    assert all(skill.words in skill.proof.text for skill in resume.skills)
    assert all(bullet.where for bullet in lines)


def test_anchors_are_at_most_one_step_above_what_a_careful_reader_gives(case):
    person, resume = case
    for proposal in resume.anchors:
        true = person["expect"]["anchors"].get(str(proposal.dimension), 0)
        assert proposal.anchor <= true + 1, proposal


def test_nothing_about_the_person_reaches_the_records(case):
    person, resume = case
    profile = propose_profile(resume)
    who = person["personal"]
    secrets = [who["email"], who["phone"], who["address"], who["born"], who["nationality"]]
    for secret in (*secrets, *who["name"].split(), "Algernon", "Plume"):
        assert secret not in repr(resume), secret
        assert secret not in profile, secret
    assert who["marital"] not in {w.strip(".,;:()'\"").lower() for w in profile.split()}


def test_years_of_degrees_are_not_kept(case):
    person, resume = case
    assert resume.education
    assert not any(str(entry["year"]) in repr(resume.education) for entry in person["education"])


def test_the_proposed_profile_can_be_loaded_as_it_stands(case):
    _, resume = case
    profile = profile_from(tomllib.loads(propose_profile(resume)))
    assert profile.level is None  # nothing is confirmed
    assert profile.title == next(role.title for role in resume.roles if role.current)


def test_proposals_can_be_taken_over_and_keep_their_mark(case):
    _, resume = case
    text = propose_profile(resume, live=True)
    profile = profile_from(tomllib.loads(text))
    assert {d: own.anchor for d, own in profile.anchors.items()} == {
        proposal.dimension: proposal.anchor for proposal in resume.anchors
    }
    marked = [line for line in text.splitlines() if line.startswith("anchor = ")]
    assert all("proposed: confirm" in line for line in marked)


def test_a_proposed_profile_asks_what_a_resume_never_says(case):
    _, resume = case
    assert any(question.startswith("pay:") for question in resume.questions)
    shown = {proposal.dimension for proposal in resume.anchors}
    names = [question.split(":")[0] for question in resume.questions]
    assert ("Strategic contribution" in names) == (Dimension.STRATEGIC not in shown)


def test_another_name_gender_and_birth_date_change_nothing(tmp_path):
    text = (FOLDER / "files" / "text_one_line.txt").read_text(encoding="utf-8")
    other = (
        text.replace("Isolde Marrack", "Ambrose Teagle")
        .replace("isolde.marrack", "ambrose.teagle")
        .replace("3 May 1984", "9 June 1961")
        .replace("Cornish", "Danish")
        .replace("2006", "1983")
    )
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(text.replace("Line-managed", "She line-managed"), encoding="utf-8")
    second.write_text(other.replace("Line-managed", "He line-managed"), encoding="utf-8")
    assert read_resume(first, today=TODAY) == read_resume(second, today=TODAY)


def test_a_skill_was_last_used_when_its_last_role_ended(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(
        "Experience\n\nProject Manager, Alder Ltd, 2018 - 2020\n- Ran the RAID log\n\n"
        "Project Manager, Birch Ltd, Jan 2012 - May 2014\n- Planned in Primavera P6\n"
        "- Kept the RAID log\n\nSkills\nSmartsheet\n",
        encoding="utf-8",
    )
    skills = {skill.skill: skill for skill in read_resume(path, today=TODAY).skills}
    assert skills["RAID log upkeep"].last_used == Month(2020)
    assert skills["Primavera P6"].last_used == Month(2014, 5)
    assert skills["Smartsheet"].last_used is None


def test_three_posts_at_one_firm_share_its_name(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(
        "Experience\n\nKestrel Systems\nFull-time · 5 yrs 2 mos\n\nProgramme Manager\n"
        "Jan 2021 – Present\n- Ran a programme\n\nProject Manager\nMar 2018 – Dec 2020\n- Ran it\n",
        encoding="utf-8",
    )
    roles = read_resume(path, today=TODAY).roles
    assert [(role.title, role.employer) for role in roles] == [
        ("Programme Manager", "Kestrel Systems"),
        ("Project Manager", "Kestrel Systems"),
    ]


def test_a_resume_without_headings_still_leaves_its_head_out(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(
        "Ottilie Brandreth\n12 Swift Row, Hull\n\nProject Manager, Alder Ltd, 2018 - 2020\n"
        "- Delivered a move on time\n",
        encoding="utf-8",
    )
    resume = read_resume(path, today=TODAY)
    assert [role.title for role in resume.roles] == ["Project Manager"]
    assert "Brandreth" not in repr(resume)
    assert "Swift" not in repr(resume)


def test_sections_about_the_person_are_not_read(tmp_path):
    path = tmp_path / "cv.md"
    path.write_text(
        "# Someone Else\n\n## Personal details\n\nBorn in Ystad\n\n## Experience\n\n"
        "### Project Manager, Alder Ltd\n\n2018 - 2020\n\n- Delivered a move\n\n"
        "## References\n\nWilhelmina Tanqueray, Alder Ltd\n\n## Hobbies\n\nUkulele\n",
        encoding="utf-8",
    )
    resume = read_resume(path, today=TODAY)
    assert resume.sections == (Section.EXPERIENCE,)
    for word in ("Ystad", "Tanqueray", "Ukulele", "Someone"):
        assert word not in repr(resume)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Nationality: Ruritanian", None),
        ("Geburtsdatum 1.2.1980", None),
        ("born 1980 in Lisbon", None),
        ("Female", None),
        ("jo@example.org", None),
        ("Reported to Mrs Winifred Oakes and led a team", "Reported to [name] and led a team"),
        ("reporting to Winifred Oakes, the director", "reporting to [name], the director"),
        ("She ran her first project herself", "they ran their first project themselves"),
        ("Projektleiterin (m/w/d)", "Projektleiter"),
        ("Cheffe de projet", "Chef de projet"),
        ("London, 03/2016 - 12/2018", "London, 03/2016 - 12/2018"),
        ("Delivered a single sign-on", "Delivered a single sign-on"),
        ("Managed address data for the born-digital archive",
         "Managed address data for the born-digital archive"),
    ],
)  # fmt: skip
def test_a_line_keeps_its_work_and_loses_its_person(line, left):
    assert veil_of(["Jo Sample"]).clean(line) == left


def role(*lines, end=None, title="Project Manager"):
    return Role(title, "Alder", Month(2015), end, end is None,
                tuple(Proof(line, "line 1") for line in lines), "line 1")  # fmt: skip


@pytest.mark.parametrize(
    ("line", "dimension", "anchor"),
    [
        ("Assisted the project manager with reports", Dimension.ACCOUNTABILITY, 0),
        ("Maintained the RAID log for two projects", Dimension.ACCOUNTABILITY, 1),
        ("Delivered the office move on time", Dimension.ACCOUNTABILITY, 2),
        ("Recovered a stalled rollout", Dimension.ACCOUNTABILITY, 3),
        ("Accountable to the board for outcomes", Dimension.ACCOUNTABILITY, 4),
        ("Led a cross-functional team of eight", Dimension.PEOPLE, 2),
        ("Line-managed two officers", Dimension.PEOPLE, 3),
        ("Line-managed four project managers", Dimension.PEOPLE, 4),
        ("Presented to the executive steering committee", Dimension.STAKEHOLDERS, 3),
        ("Prepared papers for the board", Dimension.STAKEHOLDERS, None),
        ("Briefed ministers weekly", Dimension.STAKEHOLDERS, 4),
        ("Designed the governance of the merger", Dimension.AUTONOMY, 3),
        ("Ensured compliance with governance", Dimension.AUTONOMY, None),
        ("Wrote the business case", Dimension.STRATEGIC, 2),
        ("Supported the strategy", Dimension.STRATEGIC, None),
        ("Processed purchase orders", Dimension.COMMERCIAL, 1),
        ("Managed the project budget", Dimension.COMMERCIAL, 2),
        ("Ran the graduate training programme", Dimension.PROGRAMME, None),
        ("Oversaw three programmes", Dimension.PROGRAMME, 4),
        ("A strategic self-starter with an ownership mindset", Dimension.STRATEGIC, None),
    ],
)  # fmt: skip
def test_a_line_shows_what_its_words_say_and_no_more(line, dimension, anchor):
    assert shown_by(line).get(dimension) == anchor


def test_one_grand_line_among_modest_ones_is_held_back():
    grand, again = "Oversaw three programmes", "Directed two programmes abroad"
    (once,) = [a for a in proposed_anchors([role(grand)], [], today=TODAY)
               if a.dimension is Dimension.PROGRAMME]  # fmt: skip
    (twice,) = [a for a in proposed_anchors([role(grand, again)], [], today=TODAY)
                if a.dimension is Dimension.PROGRAMME]  # fmt: skip
    assert (once.anchor, twice.anchor) == (3.5, 4)


def test_work_of_long_ago_proposes_nothing():
    old = role("Oversaw three programmes", end=Month(2004, 5))
    assert proposed_anchors([old], [], today=TODAY) == ()


def test_a_title_proposes_nothing():
    assert proposed_anchors([role(title="Chief Transformation Officer")], [], today=TODAY) == ()


@pytest.mark.parametrize(
    ("title", "manages"),
    [
        ("Project Manager", True),
        ("Head of PMO", True),
        ("Director of Projects", True),
        ("IT Programme Lead", True),
        ("Projektleiter", True),
        ("Junior Project Manager", False),
        ("Project Coordinator", False),
        ("Product Manager", False),
        ("Service Delivery Manager", False),
        ("Property Portfolio Manager", False),
        ("Teilprojektleiter", False),
        ("Scrum Master", False),
    ],
)
def test_only_titles_that_manage_projects_count_as_years_of_it(title, manages):
    assert manages_projects(title) is manages
