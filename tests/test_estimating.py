"""From an ad to its level: what must not matter does not, what is quoted is there."""

import io
import json
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmjobs
from pmjobs.estimate_json import estimate_as_json, estimate_from_json
from pmjobs.estimating import estimate_lines, estimate_many, estimate_pending, estimate_posting
from pmjobs.ladder import Dimension, Family, Level, Track
from pmjobs.level.artefact import load_model
from pmjobs.level.scope import Kind
from pmjobs.places import shipped
from pmjobs.posting import PayPeriod, Posting, Salary

SENIOR = """About Harrow & Lisle
We are a family of builders.

What you will do
As our Senior Project Manager you will own the delivery of complex, multi-site projects end to end.
- Lead cross-functional teams and manage three project managers
- Define governance, chair the delivery board and present to the executive steering committee
- Manage budgets of £4m and negotiate contracts with suppliers
- Manage interdependencies across the transformation programme

About you
At least eight years of experience leading large programmes. PRINCE2 Practitioner.
"""
HELPER = """What you will do
- Assist the project manager with the plan and take minutes at meetings
- Update the action log, file documents and chase actions
- Book rooms and travel for the team, raise purchase orders
- Prepare reports and distribute agendas under the direction of the PMO lead
- Answer questions of suppliers about their orders and pass the harder ones on to the manager
- Keep the shared calendar, the address list and the folders of two small projects up to date
"""
TAIL = """

Benefits
Dental cover, a 401(k) plan, 25 days of annual leave and a pension scheme.

Equal opportunities
We are an equal opportunity employer and consider everybody regardless of race, age or religion.
Please apply now through our website."""


@pytest.fixture(scope="module")
def model():
    return load_model(shipped("models/level"))


def posting(description, title="Project Manager", **known):
    return Posting(source="t", source_id="1", title=title, description=description, **known)


def judged(posting, model):
    found = estimate_posting(posting, model)
    return found.family, found.track, found.level, found.probabilities, found.level_low


def test_a_helper_is_far_below_a_senior(model):
    low, high = (estimate_posting(posting(text), model) for text in (HELPER, SENIOR))
    assert low.level <= Level.COORDINATOR
    assert high.level >= Level.SENIOR
    assert high.dimensions[Dimension.PEOPLE] > low.dimensions.get(Dimension.PEOPLE, 0)


@pytest.mark.parametrize(
    "title", ["Project Coordinator", "SENIOR PROJECT MANAGER", "Chief Delivery Officer", "Baker"]
)
def test_another_title_changes_nothing_but_the_claim(model, title):
    before = posting(SENIOR, title="Senior Project Manager")
    after = replace(before, title=title)
    assert judged(after, model) == judged(before, model)


def test_another_name_for_the_post_in_the_text_changes_nothing(model):
    other = SENIOR.replace("Senior Project Manager", "Junior Programme Officer")
    assert judged(posting(other), model) == judged(posting(SENIOR), model)


def test_another_employer_or_pay_changes_nothing(model):
    plain = judged(posting(SENIOR), model)
    pay = Salary("GBP", Decimal(24_000), None, PayPeriod.YEAR, "£24,000")
    assert judged(posting(SENIOR, employer="Harrow & Lisle"), model) == plain
    assert judged(posting(SENIOR, employer="Acme", base_salary=pay), model) == plain


def test_boilerplate_at_the_end_changes_nothing(model):
    assert judged(posting(SENIOR + TAIL), model) == judged(posting(SENIOR), model)


@pytest.mark.parametrize("text", [SENIOR, HELPER, SENIOR + TAIL])
def test_every_quote_is_verbatim(model, text):
    found = estimate_posting(posting(text), model)
    assert found.evidence
    for span in (*found.evidence, *found.senses):
        assert span.quote
        assert text[span.start : span.end] == span.quote


def test_evidence_never_quotes_benefits_or_legal_text(model):
    found = estimate_posting(posting(SENIOR + TAIL), model)
    assert all(span.end <= len(SENIOR) for span in found.evidence)


def test_more_years_never_lower_the_level(model):
    levels = [
        sum(level * p for level, p in estimate_posting(
            posting(SENIOR.replace("eight", words)), model).probabilities.items())
        for words in ("two", "four", "eight", "twelve")
    ]  # fmt: skip
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "cannot tell: no text"),
        (" \n ", "cannot tell: no text"),
        ("Great team! Apply now.", "cannot tell: the text is too short"),
        ("Manage projects. Project manager needed.", "cannot tell: the text is too short"),
        ("プロジェクトの計画、予算、進捗を管理します。" * 20, "cannot tell: not in English"),
        ("Sie leiten Projekte und berichten an die Leitung. " * 10, "cannot tell: not in English"),
        ("§§§ *** 🚀🚀 --- " * 500, "cannot tell"),
    ],
)
def test_where_nothing_can_be_told_there_is_no_level(model, text, reason):
    found = estimate_posting(posting(text), model)
    assert found.abstained
    assert found.level is None
    assert found.family is Family.UNCLEAR
    assert found.reason.startswith(reason)


def test_a_very_long_ad_is_read_in_time(model):
    text = SENIOR + "You manage the plan and the team. " * 150_000
    found = estimate_posting(posting(text), model)
    assert found.level is not None


def test_an_ad_of_other_work_has_no_level(model):
    text = (
        "Responsibilities: Serve tables, take orders and look after our guests in the restaurant. "
        "Clean the kitchen, handle cash and help the chef to prepare dishes for the evening shift. "
        "You will greet customers, recommend wines and keep the dining room tidy at all times. "
        "You will polish glasses, fold napkins, set up the buffet for breakfast and close the bar "
        "at night together with the other waiters and the barman."
    )
    found = estimate_posting(posting(text, title="Waiter"), model)
    assert not found.in_scope
    assert found.level is None
    assert found.reason.startswith("not project work")


def test_an_inflated_title_is_flagged(model):
    found = estimate_posting(posting(HELPER, title="Senior Programme Manager"), model)
    assert "over_titled" in found.flags
    assert found.title_gap <= -2


def test_years_are_evidence_of_experience(model):
    found = estimate_posting(posting(SENIOR), model)
    assert found.experience_years.minimum == 8
    quotes = [e.quote for e in found.evidence if e.dimension is Dimension.EXPERIENCE]
    assert any("eight years" in quote for quote in quotes)


@pytest.mark.parametrize(
    ("years", "budget", "usual"), [("three", "£1m", "below"), ("eight", "£40m", "above")]
)
def test_a_fact_says_on_which_side_of_the_usual_it_stands(model, years, budget, usual):
    text = SENIOR.replace("eight", years).replace("£4m", budget)
    evidence = estimate_posting(posting(text), model).evidence
    facts = {e.quote: e for e in evidence if e.usual}
    for fact in (facts[budget], facts[f"At least {years} years of experience"]):
        assert fact.usual == usual
        assert (fact.contribution < 0) == (usual == "below")
    assert any(e.usual is None and budget in e.quote for e in evidence)  # the sentence of the sum


def test_an_estimate_survives_json(model):
    found = estimate_posting(posting(SENIOR), model)
    again = estimate_from_json(json.loads(json.dumps(estimate_as_json(found))))
    assert again.evidence == found.evidence
    assert again.level == found.level


def test_the_set_of_eight_in_ten_lies_inside_that_of_nine_in_ten(model):
    found = [estimate_posting(posting(text), model) for text in (SENIOR, HELPER, SENIOR + HELPER)]
    for e in found:
        assert e.level_low <= e.likely_low <= e.level <= e.likely_high <= e.level_high


def test_a_stored_estimate_without_the_set_of_eight_in_ten_is_still_read(model):
    data = estimate_as_json(estimate_posting(posting(SENIOR), model))
    assert {"likely_low", "likely_high"} <= set(data)
    again = estimate_from_json({k: v for k, v in data.items() if not k.startswith("likely")})
    assert (again.likely_low, again.likely_high) == (None, None)
    assert again.level == data["level"]


def test_lines_go_in_and_come_out_in_order_and_bad_ones_are_counted(model):
    lines = [
        json.dumps({"id": "a", "title": "PM", "employer": None, "description": SENIOR}),
        "not json",
        json.dumps({"id": "b", "title": "PM", "description": None}),
        json.dumps({"title": "no id"}),
    ]
    out = io.StringIO()

    done = estimate_lines(lines, out, model)

    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (done.read, done.failed) == (4, 2)
    assert [a.get("level") is not None for a in answers] == [True, False, False, False]
    assert "error" in answers[1]
    assert "error" in answers[3]
    assert answers[2]["reason"] == "cannot tell: no text"


def test_two_processes_give_the_same_as_one(model):
    ads = [posting(text) for text in (SENIOR, HELPER, SENIOR + TAIL)]
    assert list(estimate_many(ads, model, n_jobs=2)) == list(estimate_many(ads, model))
    assert [estimate_posting(ad, model) for ad in ads] == list(estimate_many(ads, model))


class FakeStore:
    """Two stored ads; remembers what was saved."""

    def __init__(self):
        self.rows = [Stored(posting(SENIOR)), Stored(posting(HELPER))]
        self.saved = []

    def without_estimate(self, model_id):
        return iter(self.rows)

    def postings(self, *, only_open):
        return iter(self.rows)

    def save_estimates(self, estimates):
        self.saved = list(estimates)
        return len(self.saved)


class Stored:
    def __init__(self, ad):
        self.posting = ad


def test_pending_ads_are_estimated_and_saved(model):
    store, seen = FakeStore(), []
    assert estimate_pending(store, model, on_progress=seen.append) == 2
    assert seen == [2]
    assert [stored for stored, _ in store.saved] == store.rows


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=500), title=st.text(max_size=60))
def test_no_text_breaks_it(model, text, title):
    found = estimate_posting(posting(SENIOR[:200] + text, title=title), model)
    assert all((SENIOR[:200] + text)[e.start : e.end] == e.quote for e in found.evidence)


def test_a_quote_bears_the_anchor_of_its_own_phrase(model):
    found = estimate_posting(posting(HELPER), model)
    helping = [e for e in found.evidence if e.dimension is Dimension.ACCOUNTABILITY]
    assert helping
    assert all(e.anchor <= 1.0 for e in helping)


def test_a_senior_title_on_a_helpers_duties_is_a_label_only(model):
    label = estimate_posting(posting(HELPER, title="Senior Project Manager"), model)
    plain = estimate_posting(posting(HELPER, title="Project Assistant"), model)
    assert [s.sense for s in label.senses] == ["S11"]
    assert plain.senses == ()


def test_many_years_for_ordinary_duties_are_told_as_tenure(model):
    text = HELPER + "\nRequirements\nAt least 9 years of experience in project support."
    found = estimate_posting(posting(text), model)
    assert [s.sense for s in found.senses] == ["S10"]


def test_a_range_and_a_contract_are_flagged(model):
    found = estimate_posting(
        posting(SENIOR, title="Project Manager / Senior Project Manager (6 month contract)"), model
    )
    assert {"range", "contract"} <= set(found.flags)
    assert not {"range", "contract"} & set(estimate_posting(posting(SENIOR), model).flags)


@pytest.mark.parametrize("period", [PayPeriod.YEAR, None], ids=["a year", "not stated"])
def test_pay_far_below_the_duties_is_under_graded(model, period):
    low = Salary(currency="GBP", minimum=Decimal(24_000), maximum=Decimal(25_000),
                 period=period, text="£24,000 - £25,000")  # fmt: skip
    found = estimate_posting(posting(SENIOR, base_salary=low), model)
    assert {"conflict", "under_graded"} <= set(found.flags)


def test_few_words_of_duties_make_no_level_unless_they_show_much(model):
    short = posting("\n".join(HELPER.splitlines()[:4]))
    found = estimate_posting(short, model)
    assert (found.abstained, found.level) == (True, None)
    assert found.reason == "cannot tell: the ad says too little about the work"
    assert estimate_posting(posting(SENIOR), model).level is not None  # 51 words, six dimensions


def test_nothing_is_said_where_project_work_is_as_likely_as_not(model):
    toss_up = replace(model, work=Undecided())
    for text in (SENIOR, HELPER):
        found = estimate_posting(posting(text), toss_up)
        assert (found.abstained, found.level) == (True, None)
        assert found.reason == "cannot tell whether this is project work"
    outside = replace(model, work=Undecided(Family.OPERATIONS_LINE, 0.47))
    found = estimate_posting(posting(SENIOR), outside)
    assert (found.abstained, found.in_scope) == (True, False)


@dataclass
class Undecided:
    """A scorer of kinds of work that cannot make up its mind."""

    family: Family = Family.PROJECT_DELIVERY
    inside: float = 0.53

    def decide(self, row):
        return Kind(self.family, self.inside, Track.PROJECT)


def test_several_posts_in_one_ad_keep_the_interval_open(model):
    plain = estimate_posting(posting(HELPER), model)
    several = estimate_posting(posting(HELPER + "We are hiring at several levels.\n"), model)
    assert "range" in several.flags
    assert several.level == plain.level
    assert several.level_high >= several.level + 1


def test_a_day_rate_in_the_text_is_flagged():
    found = pmjobs.estimate(SENIOR + "Contract: £850 per day outside IR35.\n")
    assert {"contract", "day_rate"} <= set(found.flags)


def test_a_sense_quotes_a_line_that_tells_of_it(model):
    found = estimate_posting(posting(SENIOR), model)
    quotes = {sense.sense: sense.quote for sense in found.senses}
    assert "three project managers" in quotes["S3"]
    assert "transformation programme" in quotes["S4"]


def test_a_line_that_only_names_the_post_is_no_evidence(model):
    named = estimate_posting(posting(HELPER + "Project Manager.\nSenior Project Manager.\n"), model)
    assert not [e for e in named.evidence if "Manager" in e.quote and len(e.quote) < 30]
    assert named.probabilities == estimate_posting(posting(HELPER), model).probabilities


def test_a_teaser_is_not_called_other_work(model):
    text = (
        "A leading bank needs somebody special for an exciting new adventure in the city. "
        "You will thrive under pressure. Great rates, nice people, call us today or send your CV, "
        "quoting the reference below, to hear much more about it."
    )
    found = estimate_posting(posting(text, title="Programme Director"), model)
    assert found.abstained
    assert found.family is Family.UNCLEAR


def test_the_packages_own_estimate_can_be_asked_again():
    first, second = (pmjobs.estimate(SENIOR, title="Project Manager") for _ in range(2))
    assert first == second
    assert first.level is not None
