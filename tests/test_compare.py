"""The comparison as a whole: what changes it, what must not, and the form it is written in."""

import json
from dataclasses import replace

import pytest

from pmjobs.compare import compare, comparison_as_json, rank, read_posting
from pmjobs.compare.digest import LEAST_SCORE
from pmjobs.compare.plan import wanted_of
from pmjobs.compare.score import AFTER_PROJECTS
from pmjobs.compare.verdicts import Standing
from pmjobs.domain.characteristics import Verdict, characteristics
from pmjobs.domain.moves import Move, Step
from pmjobs.ladder import Family
from pmjobs.parsing.ad_lines import posting_of
from pmjobs.posting import EmploymentType, Location, Remote, WorkPlace
from tests.builders import TODAY, ad, estimated, pay, reader

TEXT = """About us
We insure tractors and have 400 colleagues. Everybody gets health insurance.

What you will do
- Take our claims platform from business case to go-live: £2m, three suppliers, eighteen months
- Keep the RAID log and report to the programme board
- Manage the interdependencies with the other projects of the programme
- No direct reports

What you bring
- At least five years managing projects
- PRINCE2 Practitioner or PMP
- Strong risk management and stakeholder management
- Experience with MS Project or Smartsheet
- You must have worked with budgets of £1m or more
- Experience of the insurance industry
- Scrum would be a plus
- Prosci certification desirable

What we offer
- 28 days of holiday and a training budget of £1,500
"""
SKILLS = [
    {"name": "Risk management", "depth": "proficient", "proof": "halved the contingency"},
    {"name": "Stakeholder management", "depth": "proficient", "proof": "chaired a users' forum"},
    {"name": "Smartsheet", "depth": "competent", "proof": "planned a move of 300 desks"},
]
CODES = {
    "accountability": 3,
    "scope": 3,
    "people": 2,
    "stakeholders": 3,
    "autonomy": 2.5,
    "programme": 2,
}
ESTIMATE = estimated(4, dims=CODES)


def me(level=3, skills=SKILLS, **parts):
    parts.setdefault("experience", {"years_managing_projects": 6})
    parts.setdefault("wishes", {"bigger_projects": 3, "within_programmes": 2, "line_management": 1})
    return reader(level, skill=skills, certificate=[{"name": "PRINCE2 Practitioner"}], **parts)


def compared(profile=None, posting=None, estimate=ESTIMATE):
    return compare(posting or ad(TEXT), estimate, profile or me(), today=TODAY)


def names(comparison, standing) -> set[str]:
    return {one.name for one in comparison.judged if one.standing is standing}


def without_score(comparison) -> dict:
    shown = comparison_as_json(comparison)
    return {k: v for k, v in shown.items() if k not in ("title", "id")}


# What it says


def test_requirements_are_met_missing_or_unclear_with_their_sentences():
    found = compared()

    assert {"5 years managing projects", "PRINCE2 Practitioner", "Risk management"} <= names(
        found, Standing.MET
    )
    assert "Financial services" in names(found, Standing.MISSING)
    assert "budgets of £1m" in names(found, Standing.UNCLEAR)
    assert all(TEXT[j.requirement.start : j.requirement.end] == j.requirement.quote
               for j in found.judged)  # fmt: skip


def test_a_benefit_is_no_requirement_and_no_field():
    found = compared(posting=ad("What we offer\n- Health insurance\n- Excel training\n"))

    assert found.judged == ()


def test_an_equivalent_closes_a_gap_one_step_down():
    text = "Requirements\n- PMP certification is essential\n- Experience with MS Project"
    found = compared(posting=ad(text))

    assert {(j.name, j.note) for j in found.judged} == {
        ("PMP", "one step down, by PRINCE2 Practitioner"),
        ("Microsoft Project", "one step down, by Smartsheet"),
    }
    assert found.gaps == ()


def test_what_everybody_at_ones_level_has_is_asked_back_not_missing():
    text = (
        "Requirements\n- Experience of change control\n- Experience of portfolio shaping and P3M3"
    )
    found = compared(posting=ad(text))

    assert names(found, Standing.UNCLEAR) == {"Change control"}
    assert names(found, Standing.MISSING) == {
        "Portfolio shaping",
        "Delivery capability and PMO maturity",
    }


def test_a_skill_two_steps_too_shallow_is_a_gap_of_experience():
    skills = [{"name": "Risk management", "depth": "practised", "proof": "kept a register"}]
    found = compared(me(skills=skills), ad("Requirements\n- Strong risk management skills"))

    assert found.gaps[0].kind == "experience"
    assert found.gaps[0].note == "practised, where this level takes proficient"


def test_one_year_is_no_years():
    found = compared(
        me(experience={"years_working": 1}), ad("Requirements\n- At least 1 year of experience")
    )

    assert [(j.name, j.proof) for j in found.judged] == [("1 year of work", "1 year of work")]


def test_gaps_come_essential_first_and_heavier_dimension_first():
    text = (
        "Requirements\n- Experience of negotiation and of line management\n- Experience of NPV"
        "\nNice to have\n- Experience of P3M3 and of recovering failing projects"
    )
    found = compared(me(level=2, skills=[]), ad(text))

    kinds = [(str(g.importance), g.weight) for g in found.gaps]
    assert kinds == sorted(kinds, key=lambda k: (k[0] != "essential", -k[1]))
    assert {g.kind for g in found.gaps} >= {"authority", "knowledge", "behaviour"}


def test_nobody_is_told_to_sit_an_exam_that_is_closed_to_them():
    young = reader(3, experience={"years_managing_projects": 2, "degree": "degree"})
    ready = reader(3, experience={"years_managing_projects": 4, "degree": "degree"})
    posting = ad("Requirements\n- PMP required")

    assert "cannot sit it yet: it asks for 36 months" in compared(young, posting).gaps[0].advice
    assert "you have 24. Until then: CAPM" in compared(young, posting).gaps[0].advice
    assert "cannot" not in compared(ready, posting).gaps[0].advice
    assert "Check first" in compared(reader(3), posting).gaps[0].advice


def test_strengths_are_proved_and_say_what_the_employer_gains():
    found = compared()
    risk = next(s for s in found.strengths if s.name == "Risk management")

    assert risk.proof == "halved the contingency"
    assert risk.benefit
    assert risk.builds  # autonomy 2.5 in the ad, 2 in the profile
    assert {s.name for s in found.strengths} >= {"PRINCE2 Practitioner", "Stakeholder engagement"}


def test_a_skill_outside_the_table_is_found_by_its_own_words():
    skills = [{"name": "Beekeeping", "proof": "ran 40 hives"}]
    found = compared(me(skills=skills), ad("What you will do\n- Plan the beekeeping season\n"))

    assert [(s.name, s.evidence, s.proof) for s in found.strengths] == [
        ("Beekeeping", "- Plan the beekeeping season", "ran 40 hives")
    ]


def test_characteristics_carry_their_line():
    shown = {w.characteristic: w for w in compared().wished}

    assert shown["line_management"].verdict is Verdict.RULED_OUT
    assert shown["line_management"].quote == "- No direct reports"
    assert shown["within_programmes"].verdict is Verdict.SHOWN
    assert shown["development"].verdict is Verdict.SHOWN
    assert shown["bigger_projects"].verdict is Verdict.SHOWN
    assert shown["bigger_projects"].trend == "more"
    assert shown["p_and_l"].verdict is Verdict.NOT_STATED


def test_what_a_post_offers_is_shown_only_as_far_as_its_quoted_line_shows_it():
    found = estimated(4, dims={"people": 4.0}, quotes={"people": "Lead a team of eight"})
    weaker = replace(found, evidence=(replace(found.evidence[0], anchor=3.0),))

    wished = [compared(posting=ad("Plan."), estimate=e).wished for e in (found, weaker)]
    offered = [next(w for w in all_ten if w.name == "Line management") for all_ten in wished]

    assert [one.verdict for one in offered] == [Verdict.SHOWN, Verdict.NOT_STATED]


def test_questions_are_about_what_the_ad_does_not_say():
    asked = {q.about for q in compared().questions}

    assert {"strategic", "commercial", "pay"} <= asked
    assert not asked & set(CODES)


def test_the_parts_of_the_score_add_up():
    score = compared().score

    assert score.total == pytest.approx(sum(part.points for part in score.parts))
    assert sum(part.most for part in score.parts) == 100
    assert all(0 <= part.points <= part.most and part.why for part in score.parts)


def test_a_thin_ad_gets_a_line_and_no_verdict():
    found = compared(posting=ad(None), estimate=estimated(None))

    assert found.move is Move.UNCLEAR
    assert found.steps == (Step.UNCLEAR,)
    assert 0 < found.score.total < 100


LINE_POST = estimated(None, family=Family.SERVICE_DELIVERY_ITSM, track=None)
LEADS = {"dims": {"people": 4.0}, "quotes": {"people": "Eight project managers report to you"}}


def test_a_wish_to_lead_people_raises_project_posts_that_do_and_no_line_posts():
    leader, other = me(wishes={"line_management": 3}), me(wishes={"development": 3})
    posts = {"leads": estimated(4, **LEADS), "leads nobody": estimated(4), "line": LINE_POST}

    def scores(profile):
        return {name: compared(profile, ad("Plan."), found).score for name, found in posts.items()}

    mine, theirs = scores(leader), scores(other)

    assert mine["leads"].total > mine["leads nobody"].total > mine["line"].total
    assert mine["leads"].total > theirs["leads"].total
    assert mine["line"].total == theirs["line"].total <= 15
    assert mine["line"].capped == "line work, which leaves project work"


def test_a_wish_for_a_line_post_ranks_them_below_every_project_post_that_fits():
    seeker = me(wishes={"p_and_l": 3})
    text = "Requirements\n- Risk management\n- PRINCE2 Practitioner\n- Stakeholder management"

    line = compared(seeker, ad(text), LINE_POST)
    project = compared(seeker, ad("Requirements\n- Six Sigma"), estimated(4))

    assert 15 < line.score.total < LEAST_SCORE <= project.score.total
    assert line.score.capped == AFTER_PROJECTS
    assert wanted_of([project, line]) == [project, line]
    assert wanted_of([project, compared(posting=ad(text), estimate=LINE_POST)]) == [project]


def test_work_outside_projects_is_capped_with_the_reason():
    found = compared(posting=ad("Sell."), estimate=estimated(None, family=Family.ACCOUNT_SALES))

    assert found.score.total <= 15
    assert found.score.capped == "not project work: account sales"


RULED_OUT = [
    ({"employers": ["Quillstone Limited"]}, "you ruled out Quillstone Limited"),
    ({"words": ["tractors"]}, "you ruled out 'tractors'"),
    ({"moves": ["up"]}, "you ruled out the move up"),
    ({"sectors": ["banking_regulatory_change"]}, None),
    ({"places": ["onsite"]}, "you ruled out onsite work"),
]


@pytest.mark.parametrize(("out", "reason"), RULED_OUT)
def test_what_is_ruled_out_comes_last_with_the_reason_and_is_not_hidden(out, reason):
    posting = replace(ad(TEXT), remote=Remote(WorkPlace.ONSITE, "on site"))
    other = ad("Support the project manager.", key="2", employer="Thornbury")
    pairs = [(posting, ESTIMATE), (other, estimated(3))]

    found = rank(pairs, me(out=out), today=TODAY)

    assert len(found) == 2
    mine = next(one for one in found if one.posting is posting)
    assert mine.ruled_out == reason
    if reason:
        assert found[-1] is mine
        assert mine.score.total <= 10
        assert mine.score.capped == reason


# What must not change it

WANTED = ["Financial services", "Scrum", "PMP", "Prosci", "Change control", "RAID log upkeep"]


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.parametrize("depth", ["aware", "practised", "competent", "proficient", "expert", None])
def test_a_skill_more_never_lowers_the_score_and_one_less_never_raises_it(name, depth):
    entry = {"name": name} | ({"depth": depth} if depth else {})
    base = compared().score.total

    assert compared(me(skills=[*SKILLS, entry])).score.total >= base
    for n in range(len(SKILLS)):
        fewer = [*SKILLS[:n], *SKILLS[n + 1 :]]
        assert compared(me(skills=fewer)).score.total <= base


def test_deeper_is_never_worse():
    totals = [
        compared(me(skills=[{"name": "Risk management", "depth": depth}])).score.total
        for depth in ("aware", "practised", "competent", "proficient", "expert")
    ]

    assert totals == sorted(totals)


@pytest.mark.parametrize(
    "skills",
    [
        list(reversed(SKILLS)),
        [{**skill, "name": skill["name"].upper()} for skill in SKILLS],
        [
            {**SKILLS[0], "name": "risk mitigation"},
            {**SKILLS[1], "name": "stakeholder engagement"},
            {**SKILLS[2], "name": "smart sheet"},
        ],
    ],
    ids=["order", "case", "synonyms"],
)
def test_order_case_and_synonyms_of_skills_change_nothing(skills):
    found, base = compared(me(skills=skills)), compared()

    assert found.score == base.score
    assert [(j.standing, j.credit) for j in found.judged] == [
        (j.standing, j.credit) for j in base.judged
    ]


@pytest.mark.parametrize("title", ["Project Assistant", "Junior Project Manager", "Dogsbody", "PM"])
def test_a_worse_title_changes_no_score_and_no_move(title):
    mine = compared(me(now={"title": title}))
    theirs = compared(posting=ad(TEXT, title=title), estimate=replace(ESTIMATE, title_level=None))
    base = compared()

    for found in (mine, theirs):
        assert found.score == base.score
        assert found.moved == base.moved
        assert found.judged == base.judged


@pytest.mark.parametrize(
    "person",
    [
        {"name": "Ingrid Halloran"},
        {"name": "Tariq", "gender": "male", "birth_date": "1961-01-01"},
        {"nationality": "Finnish", "photo": "x.png", "pronouns": "she/her"},
    ],
)
def test_who_the_reader_is_changes_nothing(person):
    found = compared(me(now=person, **{k: v for k, v in person.items() if k != "now"}))

    assert without_score(found) == without_score(compared())


def test_gendered_words_and_years_of_graduation_in_the_proof_change_nothing():
    skills = [
        {**skill, "proof": f"{skill['proof']}; she led it after her degree in 1987"}
        for skill in SKILLS
    ]

    assert compared(me(skills=skills)).score == compared().score


@pytest.mark.parametrize("wish", [0, 3])
@pytest.mark.parametrize("offered", [pay(30000), pay(52000), pay(90000, 120000), None])
def test_pay_moves_only_the_verdicts_on_pay(offered, wish):
    wishes = {"bigger_projects": 2, "remuneration": wish}
    own = {"amount": 50000, "currency": "GBP"}
    base = compared(me(pay=own, wishes=wishes))
    found = compared(me(pay=own, wishes=wishes), ad(TEXT, salary=offered))

    by_pay = {"remuneration"}
    assert found.moved == base.moved
    assert found.judged == base.judged
    assert found.gaps == base.gaps
    assert [w for w in found.wished if w.characteristic not in by_pay] == [
        w for w in base.wished if w.characteristic not in by_pay
    ]
    for mine, theirs in zip(found.score.parts, base.score.parts, strict=True):
        assert mine == theirs or (mine.name == "wishes" and wish)


PADDING = """
Equal opportunity
We are an equal opportunity employer and welcome everybody regardless of race, age or gender.
Benefits
Private medical insurance, a pension, cycle to work, a gym, free fruit and a payments app.
"""


@pytest.mark.parametrize("copies", [1, 5, 40])
def test_padding_changes_nothing(copies):
    found = compared(posting=ad(TEXT + PADDING * copies))

    assert found.score == compared().score
    assert found.gaps == compared().gaps


def test_saying_everything_twice_changes_nothing():
    assert compared(posting=ad(f"{TEXT}\n{TEXT}")).score == compared().score


def test_a_reading_made_before_gives_the_same_comparison():
    posting = ad(TEXT)

    assert compare(posting, ESTIMATE, me(), today=TODAY, reading=read_posting(posting)) == compared(
        posting=posting
    )


def test_ranking_does_not_depend_on_the_order_of_ads():
    pairs = [(ad(TEXT, key=str(n)), estimated(n)) for n in range(1, 8)]
    forth, back = rank(pairs, me(), today=TODAY), rank(pairs[::-1], me(), today=TODAY)

    assert [c.key for c in forth] == [c.key for c in back]
    assert [c.score.total for c in forth] == sorted((c.score.total for c in forth), reverse=True)


def test_one_level_up_beats_the_same_and_three_up_for_somebody_who_wants_up():
    totals = {
        level: compared(posting=ad(TEXT), estimate=estimated(level)).score.total
        for level in (2, 3, 4, 6)
    }

    assert max(totals, key=totals.get) == 4
    assert totals[3] > totals[6] > 0


def test_place_counts_where_both_sides_state_it():
    near = replace(ad(TEXT), locations=(Location("Leeds, UK", "Leeds", None, "GB"),))
    far = replace(ad(TEXT), locations=(Location("Austin, TX", "Austin", "TX", "US"),))
    homely = {"countries": ["GB"], "towns": ["Leeds"], "remote": "hybrid"}

    assert (
        compared(me(places=homely), near).score.total > compared(me(places=homely), far).score.total
    )
    assert compared(me(), near).score == compared(me(), far).score


# The form it is written in


def test_an_ad_of_an_input_line_answers_with_the_id_given_in_it():
    line = posting_of({"id": "a/7", "title": "PM", "description": TEXT}, where="line 1")

    assert comparison_as_json(compared(me(), line))["id"] == "a/7"


def test_json_has_the_fields_of_the_contract():
    shown = json.loads(json.dumps(comparison_as_json(compared())))

    assert shown["id"] == "test:1"
    assert 0 <= shown["score"] <= 100
    assert shown["level"] == 4
    assert shown["real_step"] == 1
    assert shown["move"] in {str(move) for move in Move}
    assert shown["move"] == shown["moves"][0]
    assert shown["step_type"] in {str(step) for step in Step}
    assert set(shown["must_have"]) == {"met", "missing", "unclear"}
    assert all(set(gap) >= {"skill", "kind", "evidence", "advice"} for gap in shown["gaps"])
    assert list(shown["characteristics"]) == list(characteristics())
    assert set(shown["characteristics"].values()) <= {str(v) for v in Verdict}
    assert all(isinstance(question, str) for question in shown["questions"])


def test_an_ad_without_anything_is_written_too():
    empty = ad(None, title="PM", employer=None)
    shown = comparison_as_json(compared(reader(None), empty, estimated(None, title_level=None)))

    assert shown["level"] is None
    assert shown["real_step"] is None
    assert shown["must_have"] == {"met": [], "missing": [], "unclear": []}
    assert "rate yourself" in shown["reason"] or shown["reason"]


def test_a_contract_post_is_compared_by_its_day_rate():
    posting = ad(TEXT, salary=pay(600, None, period="DAY"))
    posting = replace(posting, employment_type=(EmploymentType.CONTRACTOR,))
    own = {"amount": 60000, "currency": "GBP"}

    found = compared(me(pay=own), posting)

    assert found.pay.gain == pytest.approx(0.1)  # 600 x 110 = 66,000
    assert "a day rate taken as 1/110" in found.pay.note
