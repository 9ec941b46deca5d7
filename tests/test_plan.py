"""The plan over wanted ads, and the reports it is written as."""

from datetime import date
from html.parser import HTMLParser

import pytest

from pmjobs.compare import compare, rank
from pmjobs.compare.document import Document, Section, as_html, as_markdown, as_text
from pmjobs.compare.plan import make_plan, wanted_of
from pmjobs.compare.plan_pages import plan_document
from pmjobs.domain.plan import gap_advice
from tests.builders import TODAY, ad, estimated, pay, reader

SKILLS = [{"name": "Risk management", "proof": "I ran 12 workshops; reserve spent: half, on time"}]


def me(**parts):
    parts.setdefault("skill", SKILLS)
    return reader(3, experience={"years_managing_projects": 2, "degree": "degree"}, **parts)


def wanted(*texts: str, profile=None, level=4, **more):
    who = profile or me()
    return [
        compare(ad(f"Requirements\n{text}", key=str(n), **more), estimated(level), who, today=TODAY)
        for n, text in enumerate(texts)
    ]


def planned(*texts: str, **more):
    profile = more.pop("profile", None) or me()
    return make_plan(wanted(*texts, profile=profile, **more), profile, today=TODAY)


def test_at_most_three_gaps_and_the_rest_by_name():
    plan = planned("- P3M3, NPV, Planview, Tableau, Prosci and Six Sigma are required")

    assert len(plan.gaps) == 3
    assert len(plan.later) == 3
    assert plan.gaps[0].priority >= plan.gaps[1].priority >= plan.gaps[2].priority


def test_what_more_ads_ask_for_comes_first():
    plan = planned("- Six Sigma", "- Six Sigma", "- Six Sigma and Tableau")

    assert [(one.gap.name, one.n_ads) for one in plan.gaps] == [
        ("Lean and Six Sigma", 3),
        ("BI dashboards", 1),
    ]


def test_what_is_sooner_closed_comes_before_what_only_an_employer_can_give():
    plan = planned("- Experience of line management and of Tableau")

    assert [str(one.gap.kind) for one in plan.gaps] == ["knowledge", "authority"]


def test_essential_outweighs_desirable():
    plan = planned("- Six Sigma would be a plus", "- Tableau")

    assert [one.gap.name for one in plan.gaps] == ["BI dashboards", "Lean and Six Sigma"]


def test_a_closed_exam_stands_first_and_counts_half():
    plan = planned("- PMP certification", profile=reader(
        3, experience={"years_managing_projects": 2, "degree": "degree"}))  # fmt: skip

    assert "cannot sit it yet" in plan.gaps[0].first
    assert plan.gaps[0].priority == pytest.approx(0.4)
    assert "cannot sit it yet" in as_text(plan_document(plan))


def test_every_kind_of_gap_has_four_sources_and_leads_with_its_own():
    for kind, advice in gap_advice().items():
        assert advice.first == getattr(advice, advice.lead)
        assert all((advice.training, advice.doing, advice.coach, advice.mentor)), kind


def test_by_when_follows_the_kind():
    plan = planned("- Tableau")

    assert plan.gaps[0].by_when == date(2027, 2, 24)


def test_stories_use_the_readers_own_line_and_ask_for_what_it_leaves_out():
    short = me(skill=[{"name": "Risk management", "proof": "risk workshops"}])
    full = planned("- Risk management", "- Risk management").stories[0]
    thin = planned("- Risk management", profile=short).stories[0]

    assert (full.n_ads, full.proof, full.missing) == (2, SKILLS[0]["proof"], ())
    assert thin.missing == ("situation", "size", "own part", "result")


def test_a_certificate_is_no_story():
    who = reader(3, certificate=[{"name": "PMP"}])

    assert planned("- PMP", profile=who).stories == ()


def test_the_market_says_what_the_ads_pay_and_ask():
    plan = planned(
        "- Tableau and five years managing projects", "- Tableau", salary=pay(60000, 90000)
    )

    assert plan.market.pay[0].middle == 70000
    assert plan.market.years == 5
    assert plan.market.asked[0][:2] == ("BI dashboards", 2)
    assert plan.market.n_without_pay == 0


def test_bigger_work_inside_comes_first():
    inside = planned("- Tableau", employer="Larkfield Dental Supplies")

    assert inside.internal.startswith("Inside first: Senior Project Manager is open")
    assert planned("- Tableau").internal.startswith("Ask inside first")


def test_ads_that_are_ruled_out_or_a_step_down_are_not_planned_for():
    who = me(out={"employers": ["Badco"]})
    pairs = [
        (ad("x", key="up"), estimated(4)),
        (ad("x", key="down"), estimated(1)),
        (ad("x", key="bad", employer="Badco"), estimated(4)),
    ]

    found = wanted_of(rank(pairs, who, today=TODAY))

    assert [one.posting.source_id for one in found] == ["up"]


def test_no_ads_make_an_empty_plan():
    plan = make_plan([], me(), today=TODAY)

    assert plan.gaps == ()
    assert "No ads are wanted yet" in as_text(plan_document(plan))


HOSTILE = "<script>alert(1)</script> [x](javascript:1) `a` | b * c _d_ # e \x1b[31m"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)


def hostile() -> Document:
    section = Section(HOSTILE, (HOSTILE,), (HOSTILE,), ((HOSTILE,),), (HOSTILE,))
    return Document(HOSTILE, HOSTILE, (section,))


def test_words_of_an_ad_are_only_words_in_html():
    page = Tags()
    page.feed(as_html(hostile()))

    assert not page.seen & {"script", "a", "img"}
    assert "default-src 'none'" in as_html(hostile())


def test_words_of_an_ad_are_only_words_in_markdown_and_in_a_terminal():
    assert "<script>" not in as_markdown(hostile()).replace("\\<script\\>", "")
    assert "[x](" not in as_markdown(hostile()).replace("\\[x\\](", "")
    assert "\x1b" not in as_text(hostile()) + as_markdown(hostile()) + as_html(hostile())


def test_the_three_forms_say_the_same():
    document = plan_document(planned("- Tableau"))

    for written in (as_text(document), as_markdown(document), as_html(document)):
        assert "BI dashboards" in written
        assert "What these ads pay and ask" in written
