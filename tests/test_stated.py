"""Facts with units: what an ad states of its post in so many words."""

import numpy as np
import pytest

from pmjobs.level.model import STATED, UNSTATED, stated_facts
from pmjobs.level.reading import read
from pmjobs.level.stated import Stated, rank_of
from pmjobs.level.stated_evidence import evidence_of_facts


def facts(line, heading="Duties"):
    reading = read(f"{heading}:\n{line}")
    return {kind: fact.value for kind, fact in reading.facts.items()}


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("Lead a team of 8 across two sites.", Stated.TEAM, 8),
        ("Line manage six coordinators and a planner.", Stated.TEAM, 6),
        ("Manages up to 12 staff.", Stated.TEAM, 12),
        ("Supervise a group of about twenty-odd; lead a staff of 25.", Stated.TEAM, 25),
        ("Responsible for 4-6 direct reports.", Stated.TEAM, 4),
        ("Run 3 to 5 projects side by side.", Stated.PROJECTS, 3),
        ("Deliver several client projects.", Stated.PROJECTS, 2),
        ("Manage ten construction programmes.", Stated.PROJECTS, 10),
        ("Deliver an 18-month programme of moves.", Stated.MONTHS, 18),
        ("Plan a two-year transformation.", Stated.MONTHS, 24),
        ("Own a multi-year roadmap.", Stated.MONTHS, 24),
        ("Move nine branches over 14 months.", Stated.MONTHS, 14),
        ("You report to the Chief Operating Officer.", Stated.BOSS, 7),
        ("Reporting to the director of operations, you plan the moves.", Stated.BOSS, 5.6),
        ("The post reports directly to a senior project manager.", Stated.BOSS, 4),
        ("The post is responsible to the head of delivery for three moves.", Stated.BOSS, 6),
        ("Plan moves under the direct supervision of a senior project manager.", Stated.BOSS, 4),
        ("One of three positions reporting to the director of change.", Stated.BOSS, 6),
        ("This position will report to the programme manager.", Stated.BOSS, 5),
        ("Reports to: Head of Demand Planning", Stated.BOSS, 6),
        ("The post reports to the group chief executive.", Stated.BOSS, 7),
        ("You report directly to the managing director of the group.", Stated.BOSS, 7),
        ("You report to the board and its chair.", Stated.BOSS, 7),
        ("The post reports into the permanent secretary.", Stated.BOSS, 7),
        ("Manage a team of project managers.", Stated.MANAGERS, 1),
        ("You will coach and develop the programme managers of a region.", Stated.MANAGERS, 1),
        ("Own the £4m budget.", Stated.BUDGET, 4e6),
    ],
)
def test_a_fact_has_its_unit(line, kind, value):
    assert facts(line)[kind] == pytest.approx(value)


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("PMP certification required.", Stated.QUALIFICATION, 3),
        ("PMP preferred.", Stated.QUALIFICATION, 2.5),
        ("PRINCE2 Foundation.", Stated.QUALIFICATION, 2),
        ("A bachelor's degree in engineering.", Stated.QUALIFICATION, 2),
        ("High school diploma.", Stated.QUALIFICATION, 1),
        ("Chartered Project Professional or PgMP.", Stated.QUALIFICATION, 4),
        ("At least seven years of experience managing projects.", Stated.YEARS, 7),
        ("Has run five projects at once.", Stated.PROJECTS, 5),
    ],
)
def test_requirements_state_facts_too(line, kind, value):
    assert facts(line, "Requirements")[kind] == value


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Join a team of 12 engineers.", Stated.TEAM),
        ("Our team of 40 leads the market.", Stated.TEAM),
        ("Manage projects of $500 a day.", Stated.TEAM),
        ("Lead meetings with 3 suppliers.", Stated.TEAM),
        ("A 12-month fixed term contract.", Stated.MONTHS),
        ("Five years of programme management experience.", Stated.MONTHS),
        ("Prepare weekly status reports to the director.", Stated.BOSS),
        ("Provide progress reporting to the director.", Stated.BOSS),
        ("Work with an industry-leading project managers' network.", Stated.MANAGERS),
        ("Support our lead project managers.", Stated.MANAGERS),
        ("Work closely with project managers.", Stated.MANAGERS),
        ("Manage the budget of the project.", Stated.PROJECTS),
    ],
)
def test_what_only_looks_like_a_fact_is_none(line, kind):
    assert kind not in facts(line)


def test_the_largest_of_a_kind_counts_and_keeps_its_words():
    text = "Duties:\nLead a team of 4 planners.\nHead a department of 30 in Leeds."
    fact = read(text).facts[Stated.TEAM]
    assert text[fact.start : fact.end] == "department of 30"


def test_years_keep_their_words_with_offsets():
    text = "Duties:\nPlan the moves.\nBenefits\nA pension.\nRequirements\n- 8 years of experience."
    fact = read(text).facts[Stated.YEARS]
    assert text[fact.start : fact.end] == "8 years of experience"


def test_package_and_boilerplate_state_nothing():
    text = "Benefits\nLead a team of 9.\nAbout us\nWe report to the chief executive officer."
    assert not read(text).facts


def test_the_boss_is_read_as_a_fact_alone():
    text = "Duties:\nYou report to the programme director of the bank and plan the moves."
    reading = read(text)
    assert reading.boss
    assert text[reading.boss.start : reading.boss.end].startswith("programme dir")
    assert "director" not in {word for words in reading.tokens for word in words}
    assert len(reading.lowered) == len(text)


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("project coordinator", "project manager"),
        ("project manager", "programme manager"),
        ("programme manager", "director of change"),
        ("director of change", "chief executive officer"),
    ],
)
def test_roles_are_ranked(lower, higher):
    assert rank_of(lower) < rank_of(higher)


def test_what_is_not_stated_is_said_to_be_so():
    silent = stated_facts(read("Duties:\nPlan the moves."))
    assert silent.tolist() == UNSTATED.tolist()
    told = stated_facts(read("Duties:\nLead a team of 9 and plan the moves."))
    changed = [name for name, a, b in zip(STATED, silent, told, strict=True) if a != b]
    assert changed == ["team"]


def test_more_is_a_larger_feature_up_to_a_limit():
    def size(n):
        return stated_facts(read(f"Duties:\nLead a team of {n}."))[STATED.index("team")]

    assert size(2) < size(8) < size(90) == pytest.approx(np.log1p(90))
    assert size(300) == size(1500)


def test_facts_are_evidence_with_their_words():
    text = "Duties:\nLead a team of 12 and report to the chief executive officer."
    reading = read(text)
    found = evidence_of_facts(text, reading, dict.fromkeys(Stated, 0.5))
    assert {(e.dimension.value, e.anchor, e.quote) for e in found} == {
        ("people", 3.0, "team of 12"),
        ("autonomy", 3.5, "chief executive officer"),
    }
    assert all(text[e.start : e.end] == e.quote and e.contribution == 0.5 for e in found)
